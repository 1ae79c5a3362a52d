/**
 * A scenario played by clicking. What people do to work is clicked as they would: a step from the status button and on Jira's screen, a field where it stands,
 * a confirmation, a hand-over, a new work type and the evaluation in the dialogs of the process panel; a refusal is what the screen says.
 * Over REST goes what is not the method's: creating and linking a work item, becoming somebody else, asking by its id for a
 * step that is not offered, and reading back what Jira recorded.
 */
import type { Page } from '@playwright/test';
import type { Given, Item } from '../../sandbox/demo/acts';
import { PEOPLE, type PersonKey, type World } from '../../sandbox/demo/world';
import { FIELDS, STATUSES, TRIAGE_OUTCOMES, TRIAGE_QUESTIONS, type TriageKey, workType } from '../../src/method';
import { CUSTOMER } from '../scenarios/agreements-acts';
import { Expected, Play, type StepReport } from '../scenarios/play';
import {
  agreementPanel,
  edit,
  expect,
  fill,
  type Filling,
  handOver,
  momentInput,
  openDialog,
  openFromPanel,
  openItem,
  sendDialog,
  statusButton,
} from './support';

const STATUS_NAMES = Object.values(STATUSES).map(({ name }) => name);
const KINDS = new Map(Object.values(FIELDS).map(({ name, kind }) => [name as string, kind]));

/** What a person does to give a field its value. */
function filling(name: string, value: unknown): Filling {
  switch (KINDS.get(name)) {
    case 'option':
      return { choice: String(value) };
    case 'options':
    case 'labels':
      return { words: value as string[] };
    case 'moment':
      return momentInput(value as Date);
    default:
      return String(value);
  }
}

/** A new draft is begun in the panel; a next version is asked for where times were tried. */
const beginsNew = (payload: object): boolean => JSON.stringify(payload).includes('"how":"new"');

export class ClickingPlay extends Play {
  /** What people did, by how. */
  clicked = 0;
  overRest = 0;
  private at: { person: PersonKey; key: string } | undefined;
  /** The last Wish for which a draft was begun. */
  private wish: string | undefined;

  constructor(
    world: World,
    tell: (step: StepReport) => void,
    private readonly page: Page,
    private readonly becomes: (person: PersonKey) => Promise<void>,
  ) {
    super(world, tell);
  }

  override create(...given: Parameters<Play['create']>): Promise<Item> {
    this.overRest += 1;
    return super.create(...given);
  }

  override link(...given: Parameters<Play['link']>): Promise<void> {
    this.overRest += 1;
    return super.link(...given);
  }

  /** The menu is looked at; what it does not offer can only be tried by its id. */
  override notOffered(...given: Parameters<Play['notOffered']>): Promise<void> {
    this.overRest += 1;
    return super.notOffered(...given);
  }

  /** A draft is begun, and accepted by the customer, in the agreement panel of its Wish; what stands on other pages goes over HTTP. */
  override async calls<T extends { state: string }>(...given: Parameters<Play['calls']>): Promise<T> {
    const [person, does, name, payload, key = this.wish] = given;
    if (key !== undefined && name === 'wish.draft' && beginsNew(payload)) {
      await this.step(person, does, () => this.startsDraft(person, key));
      this.wish = key;
      return super.calls(person, `looks at the draft for ${key}`, 'wish.offer', {}, key);
    }
    if (key !== undefined && name === 'agreements.accept' && person === CUSTOMER) {
      await this.step(person, does, () => this.accepts(person, key));
      return super.calls(person, `looks at what was accepted for ${key}`, 'wish.offer', {}, key);
    }
    this.overRest += 1;
    return super.calls(...given);
  }

  private async startsDraft(person: PersonKey, key: string): Promise<void> {
    await this.looks(person, key);
    const panel = agreementPanel(this.page);
    await panel.getByRole('combobox', { name: 'Who provides it' }).selectOption({ label: 'Service desk' });
    await panel.getByRole('button', { name: 'Start a draft' }).click();
    await expect(panel.getByRole('button', { name: 'Write draft' })).toBeVisible();
  }

  private async accepts(person: PersonKey, key: string): Promise<void> {
    await this.looks(person, key);
    const panel = agreementPanel(this.page);
    await panel.getByRole('button', { name: /^Accept version/ }).click();
    await panel.getByRole('button', { name: /^Accept for/ }).click();
    await expect(panel.getByText(`${PEOPLE[person].name} accepted version`)).toBeVisible();
  }

  /** Looks at a work item as somebody. */
  private async looks(person: PersonKey, key: string): Promise<void> {
    this.clicked += 1;
    if (this.at?.person === person && this.at.key === key) return;
    await this.becomes(person);
    await openItem(this.page, this.world.url, key);
    this.at = { person, key };
  }

  protected override async takesStep(person: PersonKey, key: string, name: string, given: Given): Promise<void> {
    await this.looks(person, key);
    if (name === 'Confirm') return this.confirms();
    if (name === 'Reclassify') return this.reclassifies(given);
    if (given['Hand over to']) return this.handsOver(given);
    const refusal = await this.attempts(name, given);
    if (refusal !== undefined) throw new Expected(`${name} on ${key} is refused: ${refusal}`);
  }

  protected override async fillsIn(person: PersonKey, key: string, given: Given): Promise<void> {
    await this.looks(person, key);
    for (const [name, value] of Object.entries(given)) await edit(this.page, name, filling(name, value));
  }

  protected override async takesOn(person: PersonKey, key: string, when: Date): Promise<void> {
    await this.looks(person, key);
    await edit(this.page, 'Assignee', { choice: PEOPLE[person].name });
    await edit(this.page, 'Planned for', momentInput(when));
  }

  protected override async isRefused(person: PersonKey, key: string, name: string, given: Given): Promise<string> {
    await this.looks(person, key);
    const refusal = await this.attempts(name, given);
    if (refusal === undefined) throw new Expected(`${name} on ${key} is not refused`);
    return refusal;
  }

  protected override async isOffered(person: PersonKey, key: string): Promise<string[]> {
    await this.looks(person, key);
    const items = await this.opensMenu();
    const names = (await items.allInnerTexts()).map((text) => text.split('\n')[0] ?? '');
    await this.page.keyboard.press('Escape');
    return names;
  }

  /** The dialog asks all five at once. */
  protected override async evaluate(key: string): Promise<void> {
    const person = this.someone('coordinator');
    await this.step(person, `evaluates and closes ${key}`, async () => {
      await this.looks(person, key);
      const form = await openFromPanel(this.page, 'Evaluate and close');
      const usual = ['Yes', 'Yes', 'No', 'No', 'No'];
      for (const [index, answer] of usual.entries())
        await form.getByRole('group').nth(index).getByRole('radio', { name: answer, exact: true }).check();
      await sendDialog(this.page, `Close ${key}`);
      await expect(statusButton(this.page, STATUSES.closed.name)).toBeVisible();
    });
  }

  private async opensMenu() {
    await this.page.getByRole('button', { name: /^Status / }).click();
    const items = this.page.getByRole('menuitem');
    await expect(items.first()).toBeVisible();
    return items;
  }

  /** Takes a step from the status button, on its screen where it has one. Answers what the screen says when it is refused. */
  private async attempts(name: string, given: Given): Promise<string | undefined> {
    const { page } = this;
    await this.opensMenu();
    const way = page.getByRole('menuitem', { name: new RegExp(`^${name} (${STATUS_NAMES.join('|')})$`) });
    const arrived = statusButton(page, (await way.innerText()).split('\n').at(-1) ?? '');
    await way.click();

    const dialog = openDialog(page);
    const flag = page.getByRole('region', { name: 'Notifications' }).getByRole('alert');
    await expect(dialog.or(flag).or(arrived).first()).toBeVisible();
    if (await dialog.isVisible()) {
      for (const [field, value] of Object.entries(given)) await fill(page, dialog, field, filling(field, value));
      await dialog.getByRole('button', { name, exact: true }).click();
      const said = dialog.getByRole('alert').filter({ hasText: /\S/ });
      await expect(said.or(arrived).first()).toBeVisible();
      if (await arrived.isVisible()) return undefined;
      const text = (await said.allInnerTexts()).join('\n');
      await dialog.getByRole('button', { name: 'Cancel' }).click();
      await expect(dialog).toBeHidden();
      return text;
    }
    if (await arrived.isVisible()) return undefined;
    const text = await flag.innerText();
    await flag.getByRole('button', { name: 'Dismiss' }).click();
    return text;
  }

  private async confirms(): Promise<void> {
    await openFromPanel(this.page, 'Confirm');
    await sendDialog(this.page, 'Confirm result');
    await expect(statusButton(this.page, STATUSES.fulfilled.name)).toBeVisible();
  }

  private async handsOver(given: Given): Promise<void> {
    const [type] = given['Hand over to'] as string[];
    await handOver(this.page, { ...(type !== undefined && { type }), team: String(given['Solution team']), what: String(given['What is asked']) });
    await expect(statusButton(this.page, STATUSES.realising.name)).toBeVisible();
  }

  /** Answers the questions of triage so that they lead to the work type. */
  private async reclassifies(given: Given): Promise<void> {
    const to = String(given['Reclassify as']);
    const outcome = TRIAGE_OUTCOMES.find(({ type }) => workType(type).name === to);
    if (!outcome) throw new Expected(`no answers lead to ${to}`);
    const form = await openFromPanel(this.page, 'Reclassify');
    for (const [question, answer] of Object.entries(outcome.answers) as [TriageKey, string][]) {
      const { text, answers } = TRIAGE_QUESTIONS[question];
      const { name } = (answers as Record<string, { name: string }>)[answer] ?? { name: '' };
      await form
        .getByRole('group', { name: text })
        .getByRole('radio', { name: new RegExp(`^${name}\\b`) })
        .check();
    }
    await form.getByRole('textbox', { name: 'Reason in words' }).fill(String(given['Reason in words']));
    await sendDialog(this.page, `Reclassify as ${to}`);
    await expect(statusButton(this.page, STATUSES.cancelled.name)).toBeVisible();
  }
}
