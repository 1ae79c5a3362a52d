/** A real site for browser tests, and what a person does on it: sign in, open a work item, take a step, fill in a field, look into an app's frame. */
import { AxeBuilder } from '@axe-core/playwright';
import { expect as expected, test as base, type FrameLocator, type Locator, type Page } from '@playwright/test';
import { makeWorld, PEOPLE, type PersonKey, type World } from '../../sandbox/demo/world';
import type { Site } from '../../sandbox/site';
import { BUILDS } from '../../scripts/build';
import { buildIfStale } from '../../scripts/stamp';
import { freshSite } from '../scenarios/site';

/** The first site of a worker may have to be built. */
const START_MS = 120_000;

interface OfWorker {
  /** The app and the pages as the sources say. */
  built: boolean;
  /** Whose site it is: a file that names itself here has one of its own, since workers are told apart by it. */
  siteOf: string;
  /** A site on which the app is set up and people work; shared by the tests of a worker. */
  world: World;
  /** A site as it is on its first day. */
  emptySite: Site;
}

interface OfTest {
  /** Signs in without the pages, for tests that are not about switching. */
  as(person: PersonKey): Promise<void>;
  /** What the browser complained about: console errors, exceptions, violations of a policy. */
  problems: string[];
}

async function inhabited({ built: _, siteOf: __ }: Pick<OfWorker, 'built' | 'siteOf'>, use: (world: World) => Promise<void>): Promise<void> {
  const { site, stop } = await freshSite({ delivery: 'instant' });
  await use(await makeWorld(site.url, site.administrator.email));
  await stop();
}

export const test = base.extend<OfTest, OfWorker>({
  built: [
    async ({}, use) => {
      for (const build of Object.values(BUILDS)) await buildIfStale(build);
      await use(true);
    },
    { scope: 'worker', timeout: START_MS },
  ],
  siteOf: ['everybody', { option: true, scope: 'worker' }],
  world: [inhabited, { scope: 'worker', timeout: START_MS }],
  emptySite: [
    async ({ built: _ }, use) => {
      const { site, stop } = await freshSite({ delivery: 'instant' });
      await use(site);
      await stop();
    },
    { scope: 'worker', timeout: START_MS },
  ],
  as: async ({ context, world }, use) => {
    await use(async (person) => {
      const { accountId } = await world.people[person].ask<{ accountId: string }>('GET', '/rest/api/3/myself');
      await context.addCookies([{ name: 'site_person', value: encodeURIComponent(accountId), url: world.url }]);
    });
  },
  problems: async ({ page }, use) => {
    const problems: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text());
    });
    page.on('pageerror', (error) => problems.push(error.message));
    await use(problems);
  },
});

/** The panel asks again every few seconds. */
export const expect = expected.configure({ timeout: 10_000 });

/** Chooses on the page of people whom to be; `path`: where to go then. */
export async function signIn(page: Page, url: string, name: string, path = '/'): Promise<void> {
  await page.goto(`${url}/people`);
  await page.getByRole('button', { name: new RegExp(`^${name}`) }).click();
  // Who is this person already sees the name before the page that follows: it would run into the next one.
  await page.waitForURL((now) => now.pathname !== '/people');
  await expect(page.getByRole('button', { name: `Account of ${name}` })).toBeVisible();
  if (path !== '/') await page.goto(`${url}${path}`);
}

/** Becomes somebody else by the picture at the top right, staying where one is. */
export async function becomes(page: Page, person: PersonKey): Promise<void> {
  const { name } = PEOPLE[person];
  const account = page.getByRole('button', { name: /^Account of / });
  if ((await account.getAttribute('aria-label')) === `Account of ${name}`) return;
  await account.click();
  await page.getByRole('menuitem', { name }).click();
  await expect(page.getByRole('button', { name: `Account of ${name}` })).toBeVisible();
}

export async function openItem(page: Page, url: string, key: string): Promise<void> {
  await page.goto(`${url}/browse/${key}`);
  await expect(page.getByRole('button', { name: /^Status / })).toBeVisible();
}

export const processPanel = (page: Page): FrameLocator => page.frameLocator('iframe[title="USM process"]');
export const agreementPanel = (page: Page): FrameLocator => page.frameLocator('iframe[title="Agreement"]');
export const openDialog = (page: Page): Locator => page.getByRole('dialog');
export const handOverDialog = (page: Page): FrameLocator => openDialog(page).frameLocator('iframe');

/** Presses a button of the panel that opens a dialog of the app; answers the dialog once it is there. */
export async function openFromPanel(page: Page, button: string): Promise<FrameLocator> {
  await processPanel(page).getByRole('button', { name: button, exact: true }).last().click();
  const dialog = handOverDialog(page);
  await expect(dialog.getByRole('heading', { level: 1 })).toBeVisible();
  return dialog;
}

/** Presses the button of a dialog of the app that does what it is for. */
export async function sendDialog(page: Page, button: string): Promise<void> {
  await handOverDialog(page).getByRole('button', { name: button, exact: true }).click();
  await expect(openDialog(page)).toBeHidden();
}

/** Hands over by the panel's button and its dialog. Where only one process may be asked, none is chosen. */
export async function handOver(page: Page, asked: { type?: string; team: string; what: string }): Promise<void> {
  const form = await openFromPanel(page, 'Hand over');
  if (asked.type !== undefined && (await form.getByRole('radio').count()) > 0)
    await form.getByRole('radio', { name: new RegExp(`^${asked.type}`) }).check();
  await form.getByRole('combobox', { name: 'Ask' }).selectOption(asked.team);
  await form.getByRole('textbox', { name: 'What is asked' }).fill(asked.what);
  await form.getByLabel('Ready by', { exact: false }).first().fill(tomorrow());
  await form.getByLabel('Ready by, time').fill('12:00');
  await sendDialog(page, 'Hand over');
}

/** Where the work item stands, as its button says. */
export async function expectStatus(page: Page, status: string): Promise<void> {
  await expect(statusButton(page, status)).toBeVisible();
}

export const statusButton = (page: Page, status: string): Locator => page.getByRole('button', { name: `Status ${status}, change status` });

/** Chooses a step from the status button, where it stands with the status it leads to. */
export async function chooseStep(page: Page, name: string, status: string): Promise<void> {
  await page.getByRole('button', { name: /^Status / }).click();
  await page.getByRole('menuitem', { name: `${name} ${status}`, exact: true }).click();
}

/** Takes a step that has no screen, and sees the status it leads to. */
export async function takeStep(page: Page, name: string, status: string): Promise<void> {
  await chooseStep(page, name, status);
  await expectStatus(page, status);
}

/** What is typed (a date or moment as the browser's own field takes it), `choice` for one of a list, `words` for labels or several of a list; none empties it. */
export type Filling = string | { choice: string } | { words: readonly string[] };

/** As the browser's own field for a moment takes it, in the zone of whoever types. */
export function momentInput(at: Date): string {
  const two = (part: number): string => String(part).padStart(2, '0');
  const day = [at.getFullYear(), at.getMonth() + 1, at.getDate()].map(two).join('-');
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

const DAY = 86_400_000;
/** As the browser's own field for a date takes it. */
export const tomorrow = (): string => momentInput(new Date(Date.now() + DAY)).slice(0, 10);

/** What is typed into: lists are searched by boxes of their own. */
const TYPED = 'input:not([role="combobox"]), textarea';

async function choose(page: Page, scope: Locator, label: string, option: string): Promise<void> {
  await scope.getByRole('combobox', { name: label, exact: true }).fill(option);
  await page.getByRole('option', { name: option, exact: true }).click();
}

/** Fills one field of a form. What must be given has a star at its label. */
export async function fill(page: Page, scope: Locator, label: string, filling: Filling): Promise<void> {
  if (typeof filling === 'string')
    return scope
      .getByLabel(new RegExp(`^${label}\\*?$`))
      .and(scope.locator(TYPED))
      .fill(filling);
  if ('choice' in filling) return choose(page, scope, label, filling.choice);
  if (filling.words.length === 0) return scope.getByRole('button', { name: 'clear', exact: true }).click();
  const box = scope.getByRole('combobox', { name: label, exact: true });
  for (const word of filling.words) {
    await box.fill(word);
    await box.press('Enter');
  }
  // Its list stays open over what stands below.
  await box.blur();
}

/** Changes a field on the work item itself, where it stands. */
export async function edit(page: Page, label: string, filling: Filling): Promise<void> {
  const opener = page.getByRole('button', { name: `Edit ${label}`, exact: true });
  const more = page.getByRole('button', { name: /^Show \d+ more/ });
  await expect(opener.or(more).first()).toBeVisible();
  if (!(await opener.isVisible())) await more.click();
  await opener.click();
  const form = page.locator('form').filter({ has: page.getByRole('button', { name: `Save ${label}`, exact: true }) });
  if (typeof filling === 'string') await form.locator(TYPED).fill(filling);
  else await fill(page, form, label, filling);
  // A choice of one is saved as soon as it is made.
  const save = form.getByRole('button', { name: `Save ${label}`, exact: true });
  if (typeof filling === 'string' || !('choice' in filling)) await save.click();
  await expect(save).toBeHidden();
  // A field that was empty moves up to the filled ones, and all below it with it.
  const emptied = typeof filling === 'object' && 'words' in filling && filling.words.length === 0;
  if (!emptied) await expect(opener.locator('..')).not.toHaveText(/^(None|Unassigned)$/);
}

/** Nothing that keeps people out: violations that axe calls serious or critical, over the page and its frames. */
export async function expectAccessible(page: Page): Promise<void> {
  // A colour that is still changing is no colour that anybody reads.
  for (const frame of page.frames())
    await frame.evaluate(() =>
      Promise.allSettled(document.getAnimations().flatMap((one) => (one instanceof CSSTransition ? [one.finished] : []))).then(() => true),
    );
  const { violations } = await new AxeBuilder({ page }).analyze();
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(grave.map(({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.target.join(' ')} ${node.failureSummary ?? ''}`).join(' | ')}`)).toEqual(
    [],
  );
}
