/** Whoever keeps agreements, at work: two on one draft, and the first agreement from nothing. */
import { randomUUID } from 'node:crypto';
import type { FrameLocator, Page } from '@playwright/test';
import { type Agreed, makeAgreements } from '../../sandbox/demo/agreements';
import type { Visitor } from '../../sandbox/demo/client';
import { bringIn, coverageFile } from '../../sandbox/demo/coverage';
import type { World } from '../../sandbox/demo/world';
import { expect, expectAccessible, test } from './support';

/** What is agreed binds everybody on a site, so this file has one of its own. */
test.use({ siteOf: 'agreements-edit' });

const usm = (page: Page): FrameLocator => page.frameLocator('iframe[title="USM"]');

async function open(page: Page, url: string, name: string): Promise<FrameLocator> {
  await page.goto(url);
  await page.getByRole('link', { name: 'USM', exact: true }).click();
  await usm(page).getByRole('link', { name, exact: true }).click();
  return usm(page);
}

async function inBothThemes(page: Page): Promise<void> {
  for (const theme of ['dark', 'light']) {
    await page.getByRole('button', { name: `Switch to ${theme} theme` }).click();
    await expect(usm(page).locator('html')).toHaveAttribute('data-color-mode', theme);
    await expectAccessible(page);
  }
}

let made: Promise<Agreed> | undefined;
const agreedIn = (world: World): Promise<Agreed> => (made ??= makeAgreements(world));

interface Detail {
  state: string;
  agreement: { id: string; name: string; provider: string; customer: string; owner: string };
  version: number;
  rowVersion: number;
  terms: { targets: { deliver: number }[]; readiness: string; scope: string };
}

/** A draft of the wards' promise in another name, as its keeper clones it. */
async function cloned(keeper: Visitor, { sa }: Agreed): Promise<string> {
  const { agreement } = await keeper.invoke<Detail>('usm', 'agreements.clone', {
    request: randomUUID(),
    id: sa,
    version: 1,
    name: 'Wi-Fi in the schools',
  });
  return agreement.id;
}

/** What another keeper does meanwhile, from another place. */
async function changedMeanwhile(who: Visitor, id: string): Promise<void> {
  const { agreement, version, rowVersion, terms } = await who.invoke<Detail>('usm', 'agreements.get', { id });
  const { name, provider, customer, owner } = agreement;
  const targets = terms.targets.map((one, index) => (index === 1 ? { ...one, deliver: 420 } : one));
  const answer = await who.invoke<Detail>('usm', 'agreements.save', {
    id,
    version,
    rowVersion,
    header: { name, provider, customer, owner },
    terms: { ...terms, targets, readiness: 'Every class is online.', scope: 'All schools of the town.' },
  });
  expect(answer.state).toBe('ok');
}

async function choose(page: Page, what: string, name: string): Promise<void> {
  const frame = usm(page);
  await frame.getByRole('button', { name: `Choose ${what}`, exact: true }).press('Enter');
  await frame.getByRole('combobox', { name: what, exact: true }).pressSequentially(name.slice(0, 6));
  await expect(frame.getByRole('option', { name, exact: false, selected: true })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(frame.getByRole('group', { name: what, exact: true })).toContainText(name);
}

test('from nothing to a first agreement that can be offered', async ({ page, world, as, problems }) => {
  test.setTimeout(120_000);
  await as('lotte');
  const frame = await open(page, world.url, 'Agreements');
  await expect(frame.getByRole('heading', { name: 'Nothing is agreed yet' })).toBeVisible();

  // First the two sides; who speaks for one is found as Jira finds people.
  await frame.getByRole('link', { name: 'Write a party' }).click();
  await frame.getByRole('button', { name: 'Save party' }).waitFor();
  await frame.getByRole('textbox', { name: 'Name' }).fill('IT of the town');
  await frame.getByRole('combobox', { name: 'Kind' }).selectOption('Team');
  await frame.getByRole('checkbox', { name: /^Belongs to the organisation/ }).check();
  await frame.getByRole('button', { name: 'Add a representative' }).click();
  await frame.getByRole('combobox', { name: /^Representatives/ }).pressSequentially('Lotte');
  await frame.getByRole('option', { name: 'Lotte Smit' }).click();
  await inBothThemes(page);
  await frame.getByRole('button', { name: 'Save party' }).click();
  await expect(frame.getByText('Everything is saved.')).toBeVisible();
  await frame.getByRole('button', { name: 'See all parties' }).click();
  await expect(frame.getByRole('row', { name: /IT of the town/ })).toContainText('Lotte Smit');
  await frame.getByRole('button', { name: 'Write a party' }).click();
  await frame.getByRole('textbox', { name: 'Name' }).fill('Library');
  await frame.getByRole('textbox', { name: 'Id' }).fill('it-of-the-town');
  await page.keyboard.press('Control+s');
  await expect(frame.getByText('“IT of the town” has the id it-of-the-town already. Give another id.').first()).toBeVisible();
  await frame.getByRole('textbox', { name: 'Id' }).fill('');
  await page.keyboard.press('Control+s');
  await expect(frame.getByText('Everything is saved.')).toBeVisible();

  // Then a service.
  await frame.getByRole('button', { name: 'See all parties' }).click();
  await frame.getByRole('link', { name: 'Services', exact: true }).click();
  await expect(frame.getByRole('heading', { name: 'There is no service yet' })).toBeVisible();
  await frame.getByRole('button', { name: 'Write a service' }).click();
  await frame.getByRole('textbox', { name: 'Name' }).fill('Reading tables');
  await frame.getByRole('textbox', { name: 'What people can use' }).fill('Tables with a screen and a lamp.');
  await frame.getByRole('button', { name: 'Save service' }).click();
  await expect(frame.getByText('1 of 4 cells filled')).toBeVisible();
  await expectAccessible(page);

  // Then what is promised.
  await frame.getByRole('link', { name: 'Agreements', exact: true }).click();
  await expect(frame.getByRole('link', { name: '2 parties' })).toBeVisible();
  await frame.getByRole('button', { name: 'Draft an agreement' }).click();
  await frame.getByRole('textbox', { name: 'Name' }).fill('Reading tables in the library');
  await choose(page, 'Provided by', 'IT of the town');
  await choose(page, 'For', 'Library');
  await frame.getByRole('textbox', { name: 'Name' }).press('Control+Enter');
  await expect(frame.getByRole('heading', { name: 'Edit Reading tables in the library' })).toBeVisible();
  await expect(frame.getByText('0 of 4 cells filled')).toBeVisible();
  await frame.getByRole('button', { name: 'Choose the services it is about.' }).click();
  await page.keyboard.press('Enter');
  await expect(frame.getByRole('option', { name: /Reading tables/ })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(frame.getByRole('group', { name: 'Services' })).toContainText('Reading tables');
  for (const cell of ['What people can use', 'How well it works', 'What people can ask', 'How well we help'])
    await frame.getByRole('textbox', { name: cell, exact: true }).fill(`${cell}, in a sentence.`);
  await expect(frame.getByText('4 of 4 cells filled')).toBeVisible();
  await frame.getByRole('button', { name: 'Add a target' }).click();
  await frame.getByRole('combobox', { name: 'Priority, row 1' }).selectOption('all');
  await frame.getByRole('textbox', { name: 'Answer, row 1' }).fill('0:30');
  await frame.getByRole('combobox', { name: 'Restore or deliver, row 1' }).fill('8:00');
  await frame.getByRole('textbox', { name: 'Counts as ready' }).fill('Every table has light.');
  await frame.getByRole('combobox', { name: 'Price' }).selectOption('included');
  await frame.getByLabel('First day').fill('2026-01-01');
  await expect(frame.getByText('Nothing is missing.')).toBeVisible();
  await page.keyboard.press('Control+s');
  await expect(frame.getByText('Everything is saved.')).toBeVisible();
  await frame.getByRole('link', { name: 'Read it' }).click();
  await expect(frame.getByRole('cell', { name: /How well we help, in a sentence\./ })).toBeVisible();
  await frame.getByRole('button', { name: 'Offer it' }).click();
  await expect(frame.getByRole('alertdialog', { name: 'Offer it' }).getByRole('button', { name: 'Offer it' })).toBeVisible();
  expect(problems).toEqual([]);
});

test('two write one draft: the second is told field by field, loses nothing, and saves on top', async ({ page, world, as, problems }) => {
  test.setTimeout(120_000);
  const id = await cloned(world.people.lotte, await agreedIn(world));
  await as('lotte');
  const frame = await open(page, world.url, 'Agreements');
  await frame.getByRole('link', { name: 'Wi-Fi in the schools', exact: true }).click();
  await frame.getByRole('button', { name: 'Edit draft' }).click();
  await expect(frame.getByRole('heading', { name: 'Edit Wi-Fi in the schools' })).toBeVisible();

  // What cannot be kept is told where it stands, and the focus is there.
  const restore = frame.getByRole('combobox', { name: 'Restore or deliver, row 1' });
  await restore.fill('soon');
  await frame.getByRole('button', { name: 'Save draft' }).first().click();
  await expect(frame.getByText('Write a time as 0:15, 2:30 or 45 min, or leave it empty.')).toBeVisible();
  await expect(restore).toBeFocused();
  await restore.fill('3:30');
  const ready = frame.getByRole('textbox', { name: 'Counts as ready' });
  await ready.fill('Every pupil is online.');
  await frame.getByRole('textbox', { name: 'How well it works', exact: true }).fill('Fast enough for a film in every class.');
  await expect(frame.getByText('4 of 4 cells filled')).toBeVisible();

  await changedMeanwhile(world.admin, id);
  await ready.press('Control+Enter');
  const told = frame.getByRole('alert', { name: 'Somebody else saved before you' });
  await expect(told).toBeVisible();
  await expect(ready).toHaveValue('Every pupil is online.');
  await inBothThemes(page);
  // Changed by both: somebody has to choose. Changed by the other alone: theirs, unless somebody says otherwise.
  const question = told.getByRole('group', { name: 'Counts as ready' });
  await expect(question).toContainText('Before: Every bed has a connection.');
  await expect(question.getByRole('radio', { checked: true })).toHaveCount(0);
  await expect(told.getByRole('button', { name: 'Save on top of theirs' })).toBeDisabled();
  await expect(
    told.getByRole('group', { name: 'Targets, Incident P2, restore or deliver' }).getByRole('radio', { name: 'Theirs: 7:00' }),
  ).toBeChecked();
  await told
    .getByRole('group', { name: 'What it is about' })
    .getByRole('radio', { name: /^Mine: nothing/ })
    .check();
  await question.getByRole('radio', { name: 'Mine: Every pupil is online.' }).check();
  await told.getByRole('button', { name: 'Save on top of theirs' }).click();
  await expect(told).toBeHidden();
  await expect(frame.getByText('Everything is saved.')).toBeVisible();

  const kept = await world.people.lotte.invoke<Detail>('usm', 'agreements.get', { id });
  expect(kept.terms.targets.slice(0, 2).map(({ deliver }) => deliver)).toEqual([210, 420]);
  expect(kept.terms).toMatchObject({
    readiness: 'Every pupil is online.',
    scope: '',
    card: { facilityHow: { text: 'Fast enough for a film in every class.' } },
  });

  // Whoever leaves with unsaved words is asked, and may stay.
  await frame.getByRole('textbox', { name: 'What it is about' }).fill('All schools.');
  await frame.getByRole('link', { name: 'Triage', exact: true }).click();
  const leaving = frame.getByRole('alertdialog', { name: 'Leave the draft without saving?' });
  await leaving.getByRole('button', { name: 'Stay and go on writing' }).click();
  await expect(frame.getByRole('textbox', { name: 'What it is about' })).toHaveValue('All schools.');
  await frame.getByRole('button', { name: 'Discard changes' }).click();
  await frame.getByRole('link', { name: 'Read it' }).click();
  await expect(frame.getByRole('heading', { name: 'Wi-Fi in the schools', level: 1 })).toBeVisible();
  expect(problems).toEqual([]);
});

test('coverage is read by the keyboard: from a finding to its cells, from cell to cell, and what stands behind one', async ({
  page,
  world,
  as,
  problems,
}) => {
  test.setTimeout(90_000);
  const { lotte } = world.people;
  const { accountId } = await lotte.ask<{ accountId: string }>('GET', '/rest/api/3/myself');
  const { settings } = await world.admin.invoke<{ settings: { calendars: { id: string }[] } }>('usm-setup', 'settings.read');
  await bringIn(lotte, coverageFile(accountId, settings.calendars[0]?.id ?? ''));
  await as('lotte');
  const frame = await open(page, world.url, 'Coverage');
  const map = frame.getByRole('grid', { name: 'Coverage: services by customers' });
  await expect(map).toBeVisible();
  await inBothThemes(page);

  // What lapses is chosen, and the focus of the map stands on its first cell.
  await frame
    .getByRole('listitem')
    .filter({ hasText: 'Print and scan' })
    .getByRole('button', { name: /^Lapses within 90 days/ })
    .press('Enter');
  await expect(map.getByRole('gridcell', { selected: true })).toHaveCount(4);
  const first = map.getByRole('gridcell', { name: /^Print and scan, As a whole: lapses within 90 days, SA-/ });
  await first.focus();
  await page.keyboard.press('ArrowRight');
  await expect(map.getByRole('gridcell', { name: /^Print and scan, Library: lapses/ })).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const cell = frame.getByRole('region', { name: 'The cell' });
  await expect(cell.getByRole('heading')).toBeFocused();
  await expect(cell.getByRole('link', { name: /^Read SA-/ })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(cell).toBeHidden();
  await expect(map.locator('[role="gridcell"]:focus')).toHaveCount(1);

  // Gaps alone, and the same as a table; both stand in the address.
  await frame.getByRole('combobox', { name: 'Show' }).selectOption('Show: gaps alone');
  await expect(map.getByRole('rowheader', { name: 'Meeting rooms' })).toHaveCount(0);
  await frame.getByRole('radio', { name: 'Table', exact: true }).check();
  const table = frame.getByRole('region', { name: 'Coverage as a table' });
  await expect(table.getByRole('row', { name: /^Print and scan Library Lapses within 90 days SA-/ })).toBeVisible();
  await expect(page).toHaveURL(/show=gaps&as=table/);
  expect(problems).toEqual([]);
});
