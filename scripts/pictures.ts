/** `npm run pictures`: the pictures of docs/pictures, taken of the demonstration as the people in it see it. `-- confirm history`: only these. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type FrameLocator, type Page } from '@playwright/test';
import { loadDemo } from '../sandbox/demo';
import { create, idle, move } from '../sandbox/demo/acts';
import { makeAgreements } from '../sandbox/demo/agreements';
import { enter, makeWorld, type PersonKey, type World } from '../sandbox/demo/world';
import { freshSite } from '../test/scenarios/site';
import { makeDashboard, ownGadgets } from '../test/e2e/dashboard';
import { findChromium } from './chromium';
import { ROOT } from './paths';
import { makeFloor } from '../sandbox/demo/floor';
import { reaching } from './pictures-impact';
import { besideWork, failing } from './pictures-beside';
import { keeping, keepMore } from './pictures-keeping';
import { order, ordering } from './pictures-ordering';
import { keepRegister, REGISTERED } from './pictures-register';
import { step } from './steps';

const PICTURES = join(ROOT, 'docs', 'pictures');
const WIDTH = 1440;
const SETTLED_MS = 1_000;
const PANEL = 'iframe[title="USM process"]';

const NAMES = process.argv.slice(2);
const isWanted = ({ name }: { name: string }): boolean => NAMES.length === 0 || NAMES.includes(name);

interface Scene {
  name: string;
  person: PersonKey | 'admin';
  path: string;
  height: number;
  dark?: true;
  /** What happens before the picture is taken. */
  act(page: Page): Promise<void>;
}

const panelOf = (page: Page): FrameLocator => page.frameLocator(PANEL);
const panelReady = (page: Page): Promise<void> =>
  panelOf(page)
    .getByRole('heading', { name: /^Next:/ })
    .waitFor();

async function handOver(page: Page): Promise<void> {
  await panelOf(page).getByRole('button', { name: 'Hand over' }).last().click();
  const form = page.getByRole('dialog').frameLocator('iframe');
  await form.getByRole('combobox', { name: 'Ask' }).selectOption('Facilities');
  await form
    .getByRole('textbox', { name: 'What is asked' })
    .fill('Replace the display of room 2.14 by another model. Result: every laptop shows its picture within ten seconds.');
}

const receiptShown = (page: Page): Promise<void> => panelOf(page).getByRole('button', { name: 'Return with reason' }).waitFor();

/** A dialog of the panel, by the button that opens it. */
const deed =
  (button: string) =>
  async (page: Page): Promise<void> => {
    await panelOf(page).getByRole('button', { name: button, exact: true }).first().click();
    await page.getByRole('dialog').frameLocator('iframe').getByRole('heading', { level: 1 }).waitFor();
  };

async function history(page: Page): Promise<void> {
  await page.getByRole('group', { name: 'Show' }).getByRole('button', { name: 'USM history' }).click();
  const lines = page.frameLocator('iframe[title="USM history"]').getByRole('listitem');
  await lines.first().waitFor();
  await lines.first().scrollIntoViewIfNeeded();
}

const boardOf = (page: Page): FrameLocator => page.frameLocator('iframe[title="USM"]');

async function handOffBoard(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'USM', exact: true }).click();
  await boardOf(page).getByRole('listitem').first().waitFor();
}

async function handOffList(page: Page): Promise<void> {
  await handOffBoard(page);
  await boardOf(page).getByRole('radio', { name: 'List' }).check();
  await boardOf(page).getByRole('columnheader', { name: 'Ready by' }).getByRole('button').click();
}

async function agreements(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'USM', exact: true }).click();
  await boardOf(page).getByRole('link', { name: 'Agreements', exact: true }).click();
  await boardOf(page).getByRole('row').nth(1).waitFor();
}

async function agreement(page: Page): Promise<void> {
  await agreements(page);
  await boardOf(page).getByRole('link', { name: 'Internet and Wi-Fi on the wards' }).click();
  await boardOf(page).getByRole('heading', { name: 'Specification card' }).waitFor();
}

/** With another time tried for the leg that binds. */
async function chain(page: Page): Promise<void> {
  await agreement(page);
  await boardOf(page).getByRole('link', { name: 'Open the chain' }).last().click();
  await boardOf(page)
    .getByRole('button', { name: /^Try Noordkabel/ })
    .click();
}

async function refused(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Status / }).click();
  await page.getByRole('menuitem', { name: /^Recover/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Recover' }).click();
  await dialog.getByText(/Reference/).waitFor();
}

const setupOf = (page: Page): FrameLocator => page.frameLocator('iframe[title="USM setup"]');

/** What a site has that has been in use: names that USM brings along too. */
async function used({ admin }: World): Promise<void> {
  await admin.ask('POST', '/rest/api/3/issuetype', { name: 'Incident', description: 'Something is broken.', type: 'standard' });
  await admin.ask('POST', '/rest/api/3/statuses', {
    scope: { type: 'GLOBAL' },
    statuses: [
      { name: 'Negotiating', description: 'With purchasing.', statusCategory: 'TODO' },
      { name: 'Testing', description: '', statusCategory: 'IN_PROGRESS' },
    ],
  });
}

/** Setup from the first look to the end, on one page. */
async function album(page: Page, shoot: (name: string) => Promise<void>): Promise<void> {
  const setup = setupOf(page);
  await setup.getByRole('textbox', { name: 'Name' }).fill('Noordhaven Shared Services');
  await shoot('setup-assess');
  await setup.getByRole('button', { name: 'Make the plan' }).click();
  await setup.getByRole('treegrid').waitFor();
  await setup.getByRole('button', { name: 'Use this' }).waitFor();
  await shoot('setup-plan');
  await setup.getByRole('button', { name: 'Use this' }).click();
  await setup.getByRole('button', { name: 'Apply plan', disabled: false }).click();
  await setup
    .getByRole('alertdialog')
    .getByRole('button', { name: /^Create \d+ objects$/ })
    .click();
  await setup.getByRole('heading', { name: /^Step (8|9|1\d) of/ }).waitFor();
  await setup.getByRole('button', { name: 'Pause after this step' }).click();
  await setup.getByRole('button', { name: 'Resume' }).waitFor();
  await shoot('setup-apply');
  await setup.getByRole('button', { name: 'Resume' }).click();
  await setup.getByRole('heading', { name: 'Checks' }).waitFor({ timeout: 120_000 });
  await shoot('setup-verify');
}

/** Somebody edits what setup made. */
async function edited({ admin }: World): Promise<void> {
  interface Flow {
    id: string;
    version: object;
    description: string;
    statuses: object[];
    transitions: { id: string; name: string; validators: object[] }[];
  }
  const read = (name: string) => admin.ask<{ statuses: object[]; workflows: [Flow] }>('POST', '/rest/api/3/workflows', { workflowNames: [name] });
  const write = async (name: string, change: (all: Flow['transitions']) => Flow['transitions']): Promise<void> => {
    const { statuses, workflows } = await read(name);
    const [{ id, version, description, statuses: own, transitions }] = workflows;
    const next = [{ id, version, description, statuses: own, transitions: change(transitions) }];
    await admin.ask('POST', '/rest/api/3/workflows/update', { statuses, workflows: next });
  };
  await write('USM Incident', (all) => all.filter((one) => one.name !== 'Rework'));
  await write('USM Request for Change', (all) => all.map((one) => (one.name === 'Release' ? { ...one, validators: [] } : one)));
  await write('USM Wish', (all) => [
    ...all,
    ...all.filter((one) => one.name === 'Close').map((one) => ({ ...one, id: '901', name: 'Close at once' })),
  ]);
}

async function drift(page: Page): Promise<void> {
  const setup = setupOf(page);
  await setup.getByRole('link', { name: 'Drift' }).click();
  await setup.getByRole('button', { name: 'Read now' }).click();
  await setup.getByRole('radio', { name: /^Open \d/ }).waitFor();
}

async function rules(page: Page): Promise<void> {
  const setup = setupOf(page);
  await setup.getByRole('link', { name: 'Rules' }).click();
  await setup.getByRole('rowgroup').filter({ hasText: 'Yours to set' }).waitFor();
}

const settled = (page: Page): Promise<void> => page.waitForLoadState('networkidle');

async function workflow(page: Page): Promise<void> {
  await page
    .locator('svg')
    .getByRole('button', { name: /Solution found/ })
    .first()
    .click();
  await page.getByRole('heading', { name: 'Solution found' }).waitFor();
}

async function bulkChange(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Go on with/ }).click();
  await page.getByRole('combobox').first().waitFor();
}

/** A team's dashboard, and the address of a workflow. */
async function placesOf(world: World): Promise<{ dashboard: string; incident: string }> {
  const project = await world.admin.ask<{ id: string; key: string }>('GET', '/rest/api/3/project/NSS');
  const gadgets = await ownGadgets(world.people.amira, project);
  const dashboard = await makeDashboard(world.people.amira, { name: 'Service desk today', description: 'What is open in NSS.', gadgets });
  const { values } = await world.admin.ask<{ values: { id: string }[] }>('GET', '/rest/api/3/workflows/search?queryString=USM%20Incident');
  return { dashboard, incident: `/jira/settings/workflows/${values[0]?.id ?? ''}` };
}

/** An incident whose solution is known and not handed over yet. */
async function prepared(world: World): Promise<string> {
  const { sofia, amira, daan } = world.people;
  const hours = (count: number): Date => new Date(Date.now() + count * 3_600_000);
  const { key } = await create(world, sofia, 'Incident', 'Meeting room 2.14 has no picture', {
    Customer: 'Sint Lucas Ziekenhuis',
    Service: 'Meeting rooms',
    Category: ['Rooms', 'equipment'],
    Impact: 'Medium',
    Urgency: 'Medium',
    Observed: 'The screen stays dark with every laptop.',
    Agreed: 'Every room shows what is presented.',
    'Items to change': ['DP-2-14'],
    'Deliver or restore by': hours(4),
  });
  await move(world, amira, key, 'Accept');
  await move(world, amira, key, 'Analyse');
  await move(world, daan, key, 'Solution found', {
    Solution: 'Another display; this one is worn out.',
    'Recovery route': 'Change and operate',
    Workaround: 'No',
  });
  await idle(world);
  return key;
}

/** An incident that was fixed on the spot and is confirmed, not evaluated yet. */
async function fixed(world: World): Promise<string> {
  const { sofia, ines, daan } = world.people;
  const { key } = await create(world, sofia, 'Incident', 'No sound in the phone of the front desk', {
    Customer: 'Sint Lucas Ziekenhuis',
    Service: 'Telephony',
    Category: ['Telephony', 'no sound'],
    Impact: 'Low',
    Urgency: 'Medium',
    Observed: 'Callers are not heard.',
    Agreed: 'Both sides hear each other.',
  });
  await move(world, ines, key, 'Accept');
  await move(world, daan, key, 'Fix on the spot', { 'What was done': 'The handset was replaced.' });
  // Whoever asked for it is known once what follows Accept has happened.
  await idle(world);
  await move(world, sofia, key, 'Confirm');
  await idle(world);
  return key;
}

async function opened(browser: Browser, world: World, { person, path, height, dark }: Omit<Scene, 'name' | 'act'>): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: WIDTH, height }, locale: 'en-GB' });
  const visitor = person === 'admin' ? world.admin : world.people[person];
  const { accountId } = await visitor.ask<{ accountId: string }>('GET', '/rest/api/3/myself');
  await context.addCookies([{ name: 'site_person', value: encodeURIComponent(accountId), url: world.url }]);
  const page = await context.newPage();
  const address = new URL(path, world.url);
  if (dark) address.searchParams.set('theme', 'dark');
  await page.goto(address.href);
  return page;
}

async function shot(page: Page, name: string): Promise<string> {
  await page.mouse.move(0, 0);
  // The page asks again by itself: what came last is drawn by then.
  await page.waitForTimeout(SETTLED_MS);
  const file = `${name}.png`;
  const picture = await page.screenshot({ path: join(PICTURES, file), animations: 'disabled', caret: 'hide' });
  return `${file}, ${(picture.length / 1024).toFixed(0)} KiB`;
}

async function take(browser: Browser, world: World, scene: Scene): Promise<string> {
  const page = await opened(browser, world, scene);
  await scene.act(page);
  const taken = await shot(page, scene.name);
  await page.context().close();
  return taken;
}

async function main(): Promise<void> {
  const executablePath = findChromium();
  if (executablePath === undefined) {
    process.exitCode = 1;
    return;
  }
  mkdirSync(PICTURES, { recursive: true });
  const browser = await chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
  const empty = await freshSite();
  const filled = await freshSite();
  const promising = await freshSite();
  const asking = await freshSite();
  const registering = await freshSite();
  const failingSite = await freshSite();
  try {
    const { url, administrator } = filled.site;
    await loadDemo(url, administrator.email);
    const world = await enter(url, administrator.email);
    const other = await prepared(world);
    const fulfilled = await fixed(world);
    const { dashboard, incident } = await placesOf(world);
    const open = `/issues/bulk?jql=${encodeURIComponent('project = NSS AND statusCategory != Done ORDER BY key')}`;
    const scenes: Scene[] = [
      { name: 'work-item-light', person: 'amira', path: '/browse/NSS-1', height: 1760, act: panelReady },
      { name: 'work-item-dark', person: 'amira', path: '/browse/NSS-1', height: 1760, dark: true, act: panelReady },
      { name: 'hand-over', person: 'amira', path: `/browse/${other}`, height: 1100, act: handOver },
      { name: 'dashboard', person: 'amira', path: dashboard, height: 900, act: settled },
      { name: 'dashboard-dark', person: 'amira', path: dashboard, height: 900, dark: true, act: settled },
      { name: 'workflow', person: 'admin', path: incident, height: 1100, act: workflow },
      { name: 'bulk-change', person: 'amira', path: open, height: 900, act: bulkChange },
      { name: 'receipt', person: 'ines', path: '/browse/NSS-3', height: 1300, act: receiptShown },
      { name: 'receipt-dark', person: 'ines', path: '/browse/NSS-3', height: 1300, dark: true, act: receiptShown },
      { name: 'hand-off-board', person: 'ines', path: '/', height: 900, act: handOffBoard },
      { name: 'hand-off-board-dark', person: 'ines', path: '/', height: 900, dark: true, act: handOffBoard },
      { name: 'hand-off-list', person: 'ines', path: '/', height: 900, act: handOffList },
      { name: 'confirm', person: 'ines', path: '/browse/NSS-5', height: 1000, act: deed('Record confirmation') },
      { name: 'confirm-dark', person: 'ines', path: '/browse/NSS-5', height: 1000, dark: true, act: deed('Record confirmation') },
      { name: 'evaluate', person: 'ines', path: `/browse/${fulfilled}`, height: 1100, act: deed('Evaluate and close') },
      { name: 'follow-up', person: 'amira', path: '/browse/NSS-1', height: 1000, act: deed('Follow-up') },
      { name: 'reclassify', person: 'amira', path: '/browse/NSS-10', height: 1100, act: deed('Reclassify') },
      { name: 'history', person: 'amira', path: '/browse/NSS-1', height: 1400, act: history },
      { name: 'refused', person: 'amira', path: `/browse/${other}`, height: 900, act: refused },
    ];
    for (const scene of scenes.filter(isWanted)) await step(scene.name, () => take(browser, world, scene));

    const promised: Scene[] = [
      { name: 'agreements', person: 'lotte', path: '/', height: 800, act: agreements },
      { name: 'agreement', person: 'lotte', path: '/', height: 1500, act: agreement },
      { name: 'chain', person: 'lotte', path: '/', height: 1200, act: chain },
      { name: 'chain-dark', person: 'lotte', path: '/', height: 1200, dark: true, act: chain },
    ];
    if ([...promised, ...keeping(world)].some(isWanted)) {
      const others = await makeWorld(promising.site.url, promising.site.administrator.email);
      const kept = keeping(others).filter(isWanted);
      const agreed = await makeAgreements(others);
      for (const scene of promised.filter(isWanted)) await step(scene.name, () => take(browser, others, scene));
      if (kept.length > 0) await keepMore(others, agreed);
      for (const scene of kept) await step(scene.name, () => take(browser, others, scene));
    }

    if (besideWork({ incident: '', change: '' }).some(isWanted)) {
      const failed = await makeWorld(failingSite.site.url, failingSite.site.administrator.email);
      for (const scene of besideWork(await failing(failed)).filter(isWanted)) await step(scene.name, () => take(browser, failed, scene));
    }

    if (ordering('').some(isWanted)) {
      const askers = await makeWorld(asking.site.url, asking.site.administrator.email);
      const key = await order(askers);
      for (const scene of ordering(key).filter(isWanted)) await step(scene.name, () => take(browser, askers, scene));
    }

    if (REGISTERED.some(isWanted)) {
      const keepers = await makeWorld(registering.site.url, registering.site.administrator.email);
      await keepRegister(keepers);
      for (const scene of REGISTERED.filter(isWanted)) await step(scene.name, () => take(browser, keepers, scene));
    }

    if (reaching().some(isWanted)) {
      const floor = await freshSite({ limitRates: false });
      try {
        const hospital = await makeWorld(floor.site.url, floor.site.administrator.email);
        await makeFloor(hospital);
        for (const scene of reaching().filter(isWanted)) await step(scene.name, () => take(browser, hospital, scene));
      } finally {
        await floor.stop();
      }
    }

    const [{ address: setupPage = '' } = {}] = await world.admin.ask<{ address?: string }[]>('GET', '/_forge/modules?location=admin');
    await edited(world);
    const administration: Scene[] = [
      { name: 'drift', person: 'admin', path: setupPage, height: 1000, act: drift },
      { name: 'drift-dark', person: 'admin', path: setupPage, height: 1000, dark: true, act: drift },
      { name: 'rules', person: 'admin', path: setupPage, height: 1000, act: rules },
    ];
    for (const scene of administration.filter(isWanted)) await step(scene.name, () => take(browser, world, scene));

    // Setup is one walk: its pictures are taken together.
    if (NAMES.length > 0 && !NAMES.some((name) => name.startsWith('setup'))) return;
    const before = await enter(empty.site.url, empty.site.administrator.email);
    await used(before);
    const [{ address = '' } = {}] = await before.admin.ask<{ address?: string }[]>('GET', '/_forge/modules?location=admin');
    const page = await opened(browser, before, { person: 'admin', path: address, height: 1000 });
    await album(page, (name) => step(name, () => shot(page, name)));
    await page.context().close();
  } finally {
    await browser.close();
    await Promise.all([empty.stop(), filled.stop(), promising.stop(), asking.stop(), registering.stop(), failingSite.stop()]);
  }
}

await main();
