/** One scenario being played: who acts, what Jira recorded, what was expected. How a person acts may be replaced: here it is over HTTP. */
import { isDeepStrictEqual } from 'node:util';
import { AS_USUAL, create, fillIn, type Given, idle, type Item, move, takeOn, tryMove, waysFor } from '../../sandbox/demo/acts';
import type { Visitor } from '../../sandbox/demo/client';
import { PEOPLE, type PersonKey, type World } from '../../sandbox/demo/world';

export interface StepReport {
  who: string;
  does: string;
  passed: boolean;
  detail?: string;
}

const HOUR = 3_600_000;

export class Expected extends Error {}

type Profile = (typeof PEOPLE)[PersonKey]['profile'];

interface Linked {
  key: string;
  verb: string;
}

interface ItemNow {
  key: string;
  status: string;
  resolution: string | undefined;
  priority: string | undefined;
  /** Every status it has stood in, in order. */
  sequence: string[];
  links: Linked[];
  fields: Record<string, unknown>;
}

interface IssueAnswer {
  key: string;
  fields: Record<string, unknown> & {
    status: { name: string };
    resolution: { name: string } | null;
    priority: { name: string } | null;
    issuelinks: { type: { inward: string; outward: string }; inwardIssue?: { key: string }; outwardIssue?: { key: string } }[];
  };
  changelog: { histories: { id: string; created: string; items: { fieldId?: string; fromString: string; toString: string }[] }[] };
}

export class Play {
  readonly steps: StepReport[] = [];
  private last: PersonKey | undefined;

  constructor(
    readonly world: World,
    private readonly tell: (step: StepReport) => void,
  ) {}

  /** Somebody of this profile, other than whoever acted last. */
  someone(...profiles: Profile[]): PersonKey {
    const fit = (Object.keys(PEOPLE) as PersonKey[]).filter((key) => profiles.includes(PEOPLE[key].profile));
    const others = fit.filter((key) => key !== this.last);
    const found = others[this.steps.length % others.length];
    if (!found) throw new Expected(`nobody else holds ${profiles.join(' or ')}`);
    return found;
  }

  visitor(person: PersonKey): Visitor {
    return this.world.people[person];
  }

  protected async step<T>(person: PersonKey, does: string, act: () => Promise<T>): Promise<T> {
    const who = `${PEOPLE[person].name} (${PEOPLE[person].profile})`;
    this.last = person;
    try {
      const answer = await act();
      this.report({ who, does, passed: true });
      return answer;
    } catch (error) {
      this.report({ who, does, passed: false, detail: error instanceof Error ? error.message : String(error) });
      throw error;
    }
  }

  private report(step: StepReport): void {
    this.steps.push(step);
    this.tell(step);
  }

  async create(person: PersonKey, workType: string, summary: string, given: Given): Promise<Item> {
    return this.step(person, `creates ${workType} "${summary}"`, () => create(this.world, this.visitor(person), workType, summary, given));
  }

  /** Moves by the name of the transition, and lets everything that follows arrive. */
  async move(person: PersonKey, key: string, name: string, given: Given = {}): Promise<void> {
    await this.step(person, `${name} on ${key}`, async () => {
      await this.takesStep(person, key, name, given);
      await idle(this.world);
    });
  }

  async fillIn(person: PersonKey, key: string, given: Given): Promise<void> {
    await this.step(person, `fills in ${Object.keys(given).join(', ')} on ${key}`, () => this.fillsIn(person, key, given));
  }

  /** Calls the app as its pages do, on a work item or on the page of the site; whatever is not `ok` fails the scenario. */
  async calls<T extends { state: string }>(person: PersonKey, does: string, name: string, payload: object, key?: string): Promise<T> {
    return this.step(person, does, async () => {
      const answer = await this.visitor(person).invoke<T>(key === undefined ? 'usm' : 'usm-process', name, payload, key);
      if (answer.state !== 'ok') throw new Expected(`${name}: ${JSON.stringify(answer)}`);
      return answer;
    });
  }

  /** Takes the work on, for an hour from now. */
  async takeOn(person: PersonKey, key: string): Promise<void> {
    await this.step(person, `takes on ${key}`, () => this.takesOn(person, key, new Date(Date.now() + HOUR)));
  }

  /** Evaluates work that went as usual, and closes it. Without the evaluation it is refused. */
  async close(key: string): Promise<void> {
    await this.refused(this.someone('coordinator'), key, 'Close', 'V14', 'Answer the evaluation questions.');
    await this.evaluate(key);
  }

  protected async evaluate(key: string): Promise<void> {
    await this.fillIn(this.someone('coordinator', 'operator'), key, AS_USUAL);
    await this.move(this.someone('coordinator'), key, 'Close');
    await this.readOnly(this.someone('coordinator'), key);
  }

  /** T9 locks: Jira itself refuses every edit. */
  async readOnly(person: PersonKey, key: string): Promise<void> {
    await this.step(person, `cannot edit ${key} any more`, async () => {
      const answer = await this.visitor(person).send('PUT', `/rest/api/3/issue/${key}`, { fields: { summary: 'Written afterwards' } });
      if (answer.status !== 400) throw new Expected(`expected 400, got ${String(answer.status)}`);
      if ((await this.look(key)).fields['summary'] === 'Written afterwards') throw new Expected(`${key} was edited`);
    });
  }

  protected takesStep(person: PersonKey, key: string, name: string, given: Given): Promise<void> {
    return move(this.world, this.visitor(person), key, name, given);
  }

  protected fillsIn(person: PersonKey, key: string, given: Given): Promise<void> {
    return fillIn(this.world, this.visitor(person), key, given);
  }

  protected takesOn(person: PersonKey, key: string, when: Date): Promise<void> {
    return takeOn(this.world, this.visitor(person), key, when);
  }

  /** In which words. */
  protected async isRefused(person: PersonKey, key: string, name: string, given: Given): Promise<string> {
    const { status, body } = await tryMove(this.world, this.visitor(person), key, name, given);
    const text = JSON.stringify(body ?? '');
    if (status !== 400) throw new Expected(`expected 400, got ${String(status)} ${text}`);
    return text;
  }

  /** The names of the steps. */
  protected async isOffered(person: PersonKey, key: string): Promise<string[]> {
    return (await waysFor(this.visitor(person), key)).map(({ name }) => name);
  }

  /** Tries a step that must be refused with the rule's sentence; the work item stays exactly as it was. */
  async refused(person: PersonKey, key: string, name: string, rule: string, says: string, given: Given = {}): Promise<void> {
    await this.step(person, `${name} on ${key} is refused by ${rule}`, async () => {
      // What follows from earlier acts has arrived, so that only the refusal could change anything.
      await idle(this.world);
      const before = await this.look(key);
      const text = await this.isRefused(person, key, name, given);
      if (!text.includes(says) || !text.includes(rule)) throw new Expected(`expected "${says}" (${rule}) in ${text}`);
      const after = await this.look(key);
      if (!isDeepStrictEqual(before, after)) throw new Expected(`the refusal changed ${key}`);
    });
  }

  /** This person is not offered the step, and Jira refuses it when it is asked for by id all the same. */
  async notOffered(person: PersonKey, key: string, name: string, transitionId: string): Promise<void> {
    await this.step(person, `is not offered ${name} on ${key}, nor by its id`, async () => {
      if ((await this.isOffered(person, key)).includes(name)) throw new Expected(`${name} is offered`);
      const before = await this.look(key);
      const answer = await this.visitor(person).send('POST', `/rest/api/3/issue/${key}/transitions`, { transition: { id: transitionId } });
      if (answer.status !== 400) throw new Expected(`expected 400, got ${String(answer.status)}`);
      if (!isDeepStrictEqual(before, await this.look(key))) throw new Expected(`the refusal changed ${key}`);
    });
  }

  /** What Jira says of a work item, read by somebody without any special right. */
  async look(key: string): Promise<ItemNow> {
    const answer = await this.visitor('karel').ask<IssueAnswer>('GET', `/rest/api/3/issue/${key}?expand=changelog`);
    const histories = [...answer.changelog.histories].sort((a, b) => Number(a.id) - Number(b.id));
    const moves = histories.flatMap((one) => one.items.filter((item) => item.fieldId === 'status'));
    return {
      key: answer.key,
      status: answer.fields.status.name,
      resolution: answer.fields.resolution?.name,
      priority: answer.fields.priority?.name,
      sequence: ['Registered', ...moves.map((one) => one.toString)],
      links: answer.fields.issuelinks.map((link) =>
        link.outwardIssue ? { key: link.outwardIssue.key, verb: link.type.outward } : { key: link.inwardIssue?.key ?? '', verb: link.type.inward },
      ),
      fields: answer.fields,
    };
  }

  /** Links two work items by hand; `from` performs the verb. */
  async link(person: PersonKey, type: string, from: string, to: string): Promise<void> {
    await this.step(person, `links ${from} to ${to} as ${type}`, () =>
      this.visitor(person).ask('POST', '/rest/api/3/issueLink', { type: { name: type }, inwardIssue: { key: from }, outwardIssue: { key: to } }),
    );
  }

  /** Whoever registered it confirms the result. */
  async confirmAsRequester(key: string): Promise<void> {
    const { displayName } = (await this.look(key)).fields['reporter'] as { displayName: string };
    const person = (Object.keys(PEOPLE) as PersonKey[]).find((one) => PEOPLE[one].name === displayName);
    if (!person) throw new Expected(`${displayName} does not play`);
    await this.move(person, key, 'Confirm');
  }

  /** The steps whose name begins so that this person is offered. */
  async expectWays(person: PersonKey, key: string, beginning: string, names: string[]): Promise<void> {
    const offered = await this.isOffered(person, key);
    this.expect(
      `${key} offers ${names.join(', ') || `no ${beginning}`}`,
      offered.filter((name) => name.startsWith(beginning)),
      names,
    );
  }

  /** Each came into this status after the one before it. */
  async expectOrder(keys: string[], status: string): Promise<void> {
    const moments: string[] = [];
    for (const key of keys) {
      const { changelog } = await this.visitor('karel').ask<IssueAnswer>('GET', `/rest/api/3/issue/${key}?expand=changelog`);
      moments.push(changelog.histories.find((one) => one.items.some((item) => item.fieldId === 'status' && item.toString === status))?.created ?? '');
    }
    this.expect(`${keys.join(', ')} in this order`, moments, [...moments].sort());
  }

  field(item: ItemNow, name: string): unknown {
    return item.fields[this.world.fields.get(name) ?? name];
  }

  /** The work items this one is linked to by a verb. */
  async linked(key: string, verb: string): Promise<string[]> {
    return (await this.look(key)).links.filter((link) => link.verb === verb).map((link) => link.key);
  }

  /** The one work item behind a verb. */
  async theOne(key: string, verb: string): Promise<string> {
    const found = await this.linked(key, verb);
    if (found.length !== 1 || found[0] === undefined)
      throw new Expected(`${key} ${verb}: expected one work item, found ${found.join(', ') || 'none'}`);
    return found[0];
  }

  expect(what: string, actual: unknown, expected: unknown): void {
    const passed = isDeepStrictEqual(actual, expected);
    this.report({
      who: 'expected',
      does: what,
      passed,
      ...(!passed && { detail: `expected ${JSON.stringify(expected)}, found ${JSON.stringify(actual)}` }),
    });
    if (!passed) throw new Expected(`${what}: expected ${JSON.stringify(expected)}, found ${JSON.stringify(actual)}`);
  }

  /** The statuses a work item went through, in the method's short names. */
  async expectSequence(key: string, short: string, resolution?: string): Promise<void> {
    const now = await this.look(key);
    this.expect(`${key} [${short}]`, now.sequence.map((name) => name.slice(0, 3)).join(' '), short);
    if (resolution !== undefined) this.expect(`${key} resolution ${resolution}`, now.resolution, resolution);
  }

  /** The path code the process panel shows. */
  async expectPath(key: string, code: string): Promise<void> {
    const panel = await this.visitor('karel').invoke<{ state: string; path?: { code: string } }>('usm-process', 'work.process', {}, key);
    this.expect(`${key} is on path ${code}`, panel.path?.code, code);
  }

  /** How it was fulfilled, as the property for JQL and boards says. */
  async expectFulfilment(key: string, kind: 'workflow' | 'process'): Promise<void> {
    const { value } = await this.visitor('karel').ask<{ value: { fulfilment?: string } }>('GET', `/rest/api/3/issue/${key}/properties/usm`);
    this.expect(`${key} is ${kind}-fulfilled`, value.fulfilment, kind);
  }
}
