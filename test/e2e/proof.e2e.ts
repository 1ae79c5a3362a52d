/** What proves a confirmation: a file chosen among those of the work item, another one added from the dialog, and both in the history. */
import { create, idle, move } from '../../sandbox/demo/acts';
import { expect, expectAccessible, expectStatus, openDialog, openItem, processPanel, test } from './support';

test('a coordinator proves it by a file that is added in the dialog', async ({ page, world, as, problems }) => {
  const { sofia, amira, daan } = world.people;
  const { key } = await create(world, sofia, 'Incident', 'No network on ward 3B', {
    Customer: 'Sint Lucas Ziekenhuis',
    Service: 'Ward network',
    Category: ['Network', 'no connection'],
    Impact: 'Medium',
    Urgency: 'Medium',
    Observed: 'Nothing connects.',
    Agreed: 'Every bed has a connection.',
  });
  await move(world, amira, key, 'Accept');
  await move(world, daan, key, 'Fix on the spot', { 'What was done': 'Restarted the upper switch.' });
  await idle(world);
  await as('amira');
  await openItem(page, world.url, key);
  await processPanel(page).getByRole('button', { name: 'Record confirmation', exact: true }).first().click();
  const form = openDialog(page).frameLocator('iframe');
  const proof = form.getByRole('group', { name: 'Proof, if there is any' });
  await proof.getByLabel('Add a file').setInputFiles([
    { name: 'beds.txt', mimeType: 'text/plain', buffer: Buffer.from('All 19 beds answer.') },
    { name: 'nurse calls.txt', mimeType: 'text/plain', buffer: Buffer.from('All calls arrive.') },
  ]);
  await expect(proof.getByRole('checkbox', { name: 'beds.txt' })).toBeChecked();
  await proof.getByRole('checkbox', { name: 'nurse calls.txt' }).uncheck();
  await form.getByRole('radio', { name: /^By phone/ }).check();
  await form.getByRole('textbox', { name: 'What was said' }).fill('All 19 beds checked.');
  await expectAccessible(page);
  const folder = process.env['HISTORY_SHOTS'];
  if (folder) await page.screenshot({ path: `${folder}/proof.png`, fullPage: true });
  await form.getByRole('button', { name: 'Record and fulfil' }).click();
  await expect(openDialog(page)).toBeHidden();
  await expectStatus(page, 'Fulfilled');
  await page.getByRole('group', { name: 'Show' }).getByRole('button', { name: 'USM history' }).click();
  const history = page.frameLocator('iframe[title="USM history"]');
  await expect(history.getByText('“beds.txt” proves the confirmation')).toBeVisible();
  await expect(history.getByText('nurse calls.txt')).toHaveCount(0);
  expect(problems).toEqual([]);
});
