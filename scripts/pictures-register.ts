/** Pictures of the register: the list, one item, the classes; of a site on which Noordhaven keeps one. */
import { randomUUID } from 'node:crypto';
import type { FrameLocator, Page } from '@playwright/test';
import { create, fillIn, idle } from '../sandbox/demo/acts';
import { makeAgreements } from '../sandbox/demo/agreements';
import { makeRegister } from '../sandbox/demo/register';
import type { World } from '../sandbox/demo/world';

const usm = (page: Page): FrameLocator => page.frameLocator('iframe[title="USM"]');

async function register(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'USM', exact: true }).click();
  await usm(page).getByRole('link', { name: 'Register', exact: true }).click();
  await usm(page).getByRole('row').nth(1).waitFor();
}

/** With rows chosen, and the columns open. */
async function chosen(page: Page): Promise<void> {
  await register(page);
  for (const key of ['NET-0587', 'NET-0588'])
    await usm(page)
      .getByRole('checkbox', { name: `Choose ${key}` })
      .check();
  await usm(page)
    .getByRole('button', { name: /^Columns/ })
    .click();
}

async function item(page: Page): Promise<void> {
  await register(page);
  await usm(page).getByRole('link', { name: 'Core switch, 3rd floor north' }).click();
  await usm(page).getByText('3 incidents in 30 days').waitFor();
}

async function classes(page: Page): Promise<void> {
  await register(page);
  await usm(page).getByRole('link', { name: 'Classes and rules' }).click();
  await usm(page)
    .getByRole('button', { name: /^Network/ })
    .click();
}

/** The month in which changes are planned, with the days of one of them open. */
async function calendar(page: Page): Promise<void> {
  await register(page);
  await usm(page).getByRole('link', { name: 'Calendar of changes' }).click();
  const overlapping = usm(page).getByRole('gridcell', { name: /overlapping/ });
  if ((await overlapping.count()) === 0) await usm(page).getByRole('button', { name: 'Later month' }).click();
  await overlapping.first().click();
}

const FILE = [
  'Key;Name;Class;Life cycle;Location;Firmware;Kept by',
  'NET-0413;Core switch, 3rd floor north;Network;In use;Room 3.002;8.2.4;network',
  'NET-0414;Core switch, 3rd floor south;Network;In use;Room 3.120;;network',
  'HW-33105;Printer, ward 3B;Hardware;In use;Ward 3C;;desk',
  'HW-50001;Printer, ward 3C;Hardware;In use;Ward 3C;;desk',
  'HW-50002;Printer, ward 3D;Hardware;Planned;Ward 3D;;desk',
  ';Nobody knows;Hardware;In use;Ward 3D;;desk',
].join('\r\n');

async function matched(page: Page): Promise<void> {
  await register(page);
  await usm(page).getByRole('link', { name: 'Import and export' }).click();
  await usm(page)
    .getByLabel('File with items')
    .setInputFiles({ name: 'hospital-2026-11.csv', mimeType: 'text/csv', buffer: Buffer.from(FILE) });
  await usm(page).getByText('6 rows').first().waitFor();
}

async function looked(page: Page): Promise<void> {
  await matched(page);
  await usm(page).getByRole('button', { name: 'Look before you write' }).click();
  await usm(page).getByText('Nothing has been written.').waitFor();
}

async function reported(page: Page): Promise<void> {
  await looked(page);
  await usm(page)
    .getByRole('button', { name: /^Import \d+ items?$/ })
    .click();
  await usm(page)
    .getByText(/^Imported: /)
    .waitFor();
}

const IN_A_WEEK = 7 * 86_400_000;
const AN_HOUR = 3_600_000;

/** Another change on the same switch at the same time, and days on which nothing is changed. */
async function planMore(world: World): Promise<void> {
  const { bram, joris, lotte } = world.people;
  const from = Date.now() + IN_A_WEEK;
  const given = { Customer: 'Sint Lucas Ziekenhuis', Service: 'Ward network', 'Items to change': ['NET-0413', 'SW-0077'] };
  const other = await create(world, bram, 'Request for Change', 'New software for the core switch', given);
  await fillIn(world, joris, other.key, { 'Window start': new Date(from), 'Window end': new Date(from + 2 * AN_HOUR) });
  const freeze = {
    id: randomUUID(),
    name: 'Month-end closing',
    why: 'Administration closes its books.',
    from: from + 24 * AN_HOUR,
    until: from + 72 * AN_HOUR,
    scope: { kind: 'some', classes: ['software'], keepers: ['desk'], locations: [], items: [] },
  };
  await lotte.invoke('usm', 'register.saveFreeze', { freeze, version: 0 });
  await idle(world);
}

export async function keepRegister(world: World): Promise<void> {
  await makeAgreements(world);
  await makeRegister(world);
  await planMore(world);
}

export const REGISTERED = [
  { name: 'register', person: 'lotte', path: '/', height: 1000, act: chosen },
  { name: 'register-dark', person: 'lotte', path: '/', height: 1000, dark: true, act: chosen },
  { name: 'register-item', person: 'lotte', path: '/', height: 1300, act: item },
  { name: 'register-item-dark', person: 'lotte', path: '/', height: 1300, dark: true, act: item },
  { name: 'register-calendar', person: 'lotte', path: '/', height: 1000, act: calendar },
  { name: 'register-calendar-dark', person: 'lotte', path: '/', height: 1000, dark: true, act: calendar },
  { name: 'register-import-map', person: 'lotte', path: '/', height: 1300, act: matched },
  { name: 'register-import-preview', person: 'lotte', path: '/', height: 1200, act: looked },
  { name: 'register-import-report', person: 'lotte', path: '/', height: 1000, act: reported },
  { name: 'register-classes', person: 'lotte', path: '/', height: 1200, act: classes },
] as const;
