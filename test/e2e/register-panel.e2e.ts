/** The register beside a change, as whoever plans and carries it out meets it: an item is found, what changes is said, and the register is told once. */
import { randomUUID } from 'node:crypto';
import { create, idle, move } from '../../sandbox/demo/acts';
import { operate, planned, releasedTo } from '../scenarios/acts';
import { Play } from '../scenarios/play';
import { expect, expectAccessible, openItem, test } from './support';

/** From its first item on a register binds everybody on the site, so this one has a site of its own. */
test.use({ siteOf: 'register-panel' });

const CALL = {
  Customer: 'Sint Lucas Ziekenhuis',
  Service: 'Ward network',
  Category: ['Network', 'no connection'],
  Impact: 'High',
  Urgency: 'Medium',
};

test('what changes of an item is planned beside the change, and told in the register once', async ({ page, world, as, problems }) => {
  const { lotte, bram, joris } = world.people;
  for (const item of [
    { key: 'SW-3B-02', class: 'network', name: 'Access switch, ward 3B', life: 'inUse', location: 'Ward 3B', attributes: { model: 'M-24' } },
    { key: 'CAB-3B', class: 'network', name: 'Patch cabinet, ward 3B', life: 'inUse', attributes: {} },
  ])
    expect(await lotte.invoke('usm', 'register.new', { request: randomUUID(), item })).toMatchObject({ state: 'ok' });
  const { key } = await create(world, bram, 'Request for Change', 'Another switch on ward 3B', { ...CALL, 'Items concerned': ['CAB-3B'] });
  await idle(world);

  await as('joris');
  await openItem(page, world.url, key);
  const panel = page.frameLocator('iframe[title="Register"]');
  await expect(panel.getByRole('link', { name: 'CAB-3B' })).toBeVisible();
  await panel.getByRole('button', { name: 'Add item to change' }).click();
  await panel.getByRole('combobox', { name: 'Item to change' }).fill('switch 3B');
  await panel.getByRole('option', { name: /^SW-3B-02/ }).click();
  await panel.getByRole('button', { name: 'Plan changes, SW-3B-02' }).click();
  await panel.getByRole('combobox', { name: 'What changes' }).selectOption('Model');
  await panel.getByRole('textbox', { name: 'Model' }).fill('M-48');
  await expectAccessible(page);
  await panel.getByRole('button', { name: 'Keep plan' }).click();
  await expect(panel.getByText('Model: M-24 to M-48')).toBeVisible();
  await expect(panel.getByText('1 update open')).toBeVisible();

  const play = new Play(world, () => undefined);
  await planned(play, key);
  const acceptor = await releasedTo(play, key);
  await operate(play, await play.theOne(key, 'hands over to'), acceptor);
  await page.getByRole('button', { name: 'Switch to dark theme' }).click();
  await expect(panel.locator('html')).toHaveAttribute('data-color-mode', 'dark');
  await panel.getByRole('button', { name: 'Update register, SW-3B-02' }).click();
  await expect(panel.getByText('in the register', { exact: true })).toBeVisible();
  await expectAccessible(page);
  await move(world, bram, key, 'Confirm');
  const shown = await joris.invoke<{ item: { attributes: Record<string, string> }; version: number }>('usm', 'register.get', { key: 'SW-3B-02' });
  expect(shown).toMatchObject({ item: { attributes: { model: 'M-48' } }, version: 2 });
  expect(problems).toEqual([]);
});
