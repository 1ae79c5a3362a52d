/** The dialogs of a work item, as the people in it use them: confirm, send back, evaluate and close, reclassify, follow up, and the next step. */
import type { Page } from '@playwright/test';
import { create, idle, move } from '../../sandbox/demo/acts';
import type { World } from '../../sandbox/demo/world';
import { expect, expectAccessible, expectStatus, handOverDialog, openDialog, openFromPanel, openItem, processPanel, test } from './support';

const FAILURE = {
  Customer: 'Sint Lucas Ziekenhuis',
  Service: 'Ward network',
  Category: ['Network', 'no connection'],
  Impact: 'Medium',
  Urgency: 'Medium',
  Observed: 'Nothing connects.',
  Agreed: 'A ward without network works again. Bedside screens and nurse calls work at every bed.',
};

/** An incident that was fixed on the spot and waits for its requester. */
async function fixed(world: World, given: Record<string, unknown> = {}): Promise<string> {
  const { sofia, amira, daan } = world.people;
  const { key } = await create(world, sofia, 'Incident', 'No network on ward 3B', { ...FAILURE, ...given });
  await move(world, amira, key, 'Accept');
  await move(world, daan, key, 'Fix on the spot', { 'What was done': 'Restarted the upper switch.' });
  await idle(world);
  return key;
}

/** Nothing is announced as wrong in the browser, and nobody is kept out. */
async function inBothThemes(page: Page): Promise<void> {
  await expectAccessible(page);
  const dark = (on: boolean) => page.evaluate((colour) => document.documentElement.setAttribute('data-color-mode', colour), on ? 'dark' : 'light');
  await dark(true);
  await expectAccessible(page);
  await dark(false);
}

test('whoever asked confirms with one word or none', async ({ page, world, as, problems }) => {
  const key = await fixed(world);
  await as('sofia');
  await openItem(page, world.url, key);
  const form = await openFromPanel(page, 'Confirm');
  await expect(form.getByText('Bedside screens and nurse calls work at every bed')).toBeVisible();
  await expect(form.getByRole('radio')).toHaveCount(0);
  await inBothThemes(page);
  await form.getByRole('textbox', { name: 'In your words' }).fill('It works again.');
  await page.keyboard.press('Control+Enter');
  await expect(openDialog(page)).toBeHidden();
  await expectStatus(page, 'Fulfilled');
  await expect(processPanel(page).getByText('Fulfilled 7 of 8')).toBeVisible();
  expect(problems).toEqual([]);
});

test('a coordinator records it with evidence; the focus goes to what is missing', async ({ page, world, as, problems }) => {
  const key = await fixed(world, { Impact: 'High', Urgency: 'High' });
  await as('amira');
  await openItem(page, world.url, key);
  const form = await openFromPanel(page, 'Record confirmation');
  await expect(form.getByRole('heading', { name: `Record confirmation of ${key}` })).toBeVisible();
  await expect(form.getByText('Sofia Rossi')).toBeVisible();
  await expect(form.getByRole('radio', { name: /^By phone/ })).toBeFocused();
  await form.getByRole('button', { name: 'Record and fulfil' }).click();
  await expect(form.getByText('Choose confirmed how.')).toBeVisible();
  await form.getByRole('radio', { name: /^By phone/ }).check();
  await form.getByRole('button', { name: 'Record and fulfil' }).click();
  await expect(form.getByRole('textbox', { name: 'What was said' })).toBeFocused();
  await form.getByRole('textbox', { name: 'What was said' }).fill('All 19 beds checked, screens and calls work.');
  // V36: it was of the highest priority, so the cause is asked about.
  await form.getByRole('button', { name: 'Record and fulfil' }).click();
  await expect(form.getByRole('radio', { name: /^Create a Preventive Action/ })).toBeFocused();
  await form.getByRole('radio', { name: /^Create a Preventive Action/ }).check();
  await form.getByRole('textbox', { name: 'What must not happen again' }).fill('Switches of this model fail again and again');
  await inBothThemes(page);
  await form.getByRole('button', { name: 'Record and fulfil' }).click();
  await expect(openDialog(page)).toBeHidden();
  await expectStatus(page, 'Fulfilled');
  await expect(processPanel(page).getByText('A work item was made')).toBeVisible();
  expect(problems).toEqual([]);
});

test('it is not right yet is as good an answer', async ({ page, world, as, problems }) => {
  const key = await fixed(world);
  await as('sofia');
  await openItem(page, world.url, key);
  const form = await openFromPanel(page, 'Confirm');
  await form.getByRole('button', { name: 'It is not right yet' }).click();
  await expect(form.getByRole('heading', { name: `Not right yet: ${key}` })).toBeVisible();
  const words = form.getByRole('textbox', { name: 'What has to be different' });
  await expect(words).toBeFocused();
  await form.getByRole('button', { name: 'Send back' }).click();
  await expect(form.getByText('Write what has to be different.')).toBeVisible();
  await words.fill('Bed 12 has no connection.');
  // Typed words are not thrown away by Escape.
  await page.keyboard.press('Escape');
  await expect(form.getByRole('alertdialog')).toBeVisible();
  await form.getByRole('button', { name: 'Keep writing' }).click();
  await form.getByRole('button', { name: 'Send back' }).click();
  await expect(openDialog(page)).toBeHidden();
  await expectStatus(page, 'Analysing');
  expect(problems).toEqual([]);
});

test('five answers close it, and what they lead to is made', async ({ page, world, as, problems }) => {
  const key = await fixed(world);
  await move(world, world.people.sofia, key, 'Confirm');
  await idle(world);
  await as('amira');
  await openItem(page, world.url, key);
  const form = await openFromPanel(page, 'Evaluate and close');
  await expect(form.getByText('right the first time')).toBeVisible();
  const answer = (question: string, value: string) => form.getByRole('group', { name: question }).getByRole('radio', { name: value }).check();
  await answer('Was it handled properly', 'Yes');
  await answer('Is it recorded well enough', 'Yes');
  await answer('Can this be a standard', 'No');
  await form.getByRole('button', { name: `Close ${key}` }).click();
  const lesson = form.getByRole('group', { name: 'Is there something to learn' });
  await expect(lesson.getByRole('radio', { name: 'Yes' })).toBeFocused();
  await answer('Is there something to learn', 'No');
  await answer('Is an improvement needed', 'Yes');
  await form.getByRole('textbox', { name: 'Follow-up 1' }).fill('Tell Workplace the moment a hand-off arrives');
  await inBothThemes(page);
  await form.getByRole('button', { name: `Close ${key}` }).click();
  await expect(openDialog(page)).toBeHidden();
  await expectStatus(page, 'Closed');
  await expect(processPanel(page).getByText('Improvement')).toBeVisible();
  await expect(page.getByText('Tell Workplace the moment a hand-off arrives', { exact: true })).toBeVisible();
  expect(problems).toEqual([]);
});

test('a call under a wrong name goes on under its right one', async ({ page, world, as, problems }) => {
  const { key } = await create(world, world.people.sofia, 'Incident', 'Forgot the password', FAILURE);
  await idle(world);
  await as('amira');
  await openItem(page, world.url, key);
  const form = await openFromPanel(page, 'Reclassify');
  await expect(form.getByText(/Report time .* is kept/)).toBeVisible();
  await form.getByRole('radio', { name: /^Yes An agreement names/ }).check();
  await form.getByRole('radio', { name: /^Yes, now/ }).check();
  await expect(form.getByText('It is registered as an Incident already')).toBeVisible();
  await form.getByRole('radio', { name: /^No, it works/ }).check();
  await form.getByRole('radio', { name: /^No Routine work/ }).check();
  await inBothThemes(page);
  await form.getByRole('textbox', { name: 'Reason in words' }).fill('The service does what was agreed.');
  await form.getByRole('button', { name: 'Reclassify as Service Request' }).click();
  await expect(openDialog(page)).toBeHidden();
  await expectStatus(page, 'Cancelled');
  await expect(page.getByText('was reclassified as')).toBeVisible();
  expect(problems).toEqual([]);
});

test('a follow-up by the keyboard, and the focus comes back', async ({ page, world, as, problems }) => {
  const key = await fixed(world);
  await as('daan');
  await openItem(page, world.url, key);
  const opener = processPanel(page).getByRole('button', { name: 'Follow-up' });
  await expect(opener).toBeVisible();
  await opener.focus();
  await page.keyboard.press('Enter');
  const form = handOverDialog(page);
  await expect(form.getByRole('radio', { name: /^Incident/ })).toBeFocused();
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowDown');
  await expect(form.getByRole('radio', { name: /^Preventive Action/ })).toBeChecked();
  await page.keyboard.press('Tab');
  await page.keyboard.type('The cabinet smells burnt');
  await inBothThemes(page);
  await page.keyboard.press('Control+Enter');
  await expect(openDialog(page)).toBeHidden();
  await expect(processPanel(page).getByText('Preventive Action')).toBeVisible();
  await expect.poll(() => opener.evaluate((button) => button === document.activeElement && document.hasFocus())).toBe(true);
  expect(problems).toEqual([]);
});

test('the next step is a button, and what is missing has one too', async ({ page, world, as, problems }) => {
  const { sofia } = world.people;
  const { key } = await create(world, sofia, 'Incident', 'Printer prints blank pages', {
    Customer: FAILURE.Customer,
    Observed: 'Blank pages.',
    Agreed: 'It prints.',
  });
  await idle(world);
  await as('amira');
  await openItem(page, world.url, key);
  const facts = await openFromPanel(page, 'Choose the service');
  await expect(facts.getByRole('combobox', { name: 'Service' })).toBeFocused();
  await facts.getByRole('combobox', { name: 'Service' }).selectOption('Workplace');
  await inBothThemes(page);
  await facts.getByRole('button', { name: 'Choose the service' }).click();
  await expect(openDialog(page)).toBeHidden();
  await processPanel(page).getByRole('button', { name: 'Accept', exact: true }).click();
  await expectStatus(page, 'Accepted');
  const analysing = await openFromPanel(page, 'Analyse');
  await analysing.getByRole('combobox', { name: 'Category' }).selectOption('Workplace, printing');
  await analysing.getByRole('combobox', { name: 'Impact' }).selectOption('Low');
  await analysing.getByRole('combobox', { name: 'Urgency' }).selectOption('Low');
  await analysing.getByRole('button', { name: 'Analyse' }).click();
  await expectStatus(page, 'Analysing');
  const waiting = await openFromPanel(page, 'Pause');
  await waiting.getByRole('combobox', { name: 'Waiting for' }).selectOption('Customer');
  await waiting.getByLabel('Waiting until').fill('2030-01-01T12:00');
  await waiting.getByRole('button', { name: 'Pause', exact: true }).click();
  await expectStatus(page, 'Waiting');
  await processPanel(page).getByRole('button', { name: 'Resume to Analysing' }).click();
  await expectStatus(page, 'Analysing');
  expect(problems).toEqual([]);
});
