/** A failure that needs a change, from the report to the end, as the people in it do it: every step by a click, every expectation something they see. */
import type { Locator, Page } from '@playwright/test';
import { EVALUATION } from '../../src/method';
import {
  becomes,
  chooseStep,
  edit,
  expect,
  expectStatus,
  fill,
  type Filling,
  handOver,
  handOverDialog,
  openDialog,
  openItem,
  processPanel,
  signIn,
  takeStep,
  test,
  tomorrow,
} from './support';

const REPORT: [label: string, filling: Filling][] = [
  ['Customer', { choice: 'Sint Lucas Ziekenhuis' }],
  ['Service', { choice: 'Ward network' }],
  ['Category', { choice: 'Network' }],
  ['Category, second choice', { choice: 'no connection' }],
  ['Impact', { choice: 'High' }],
  ['Urgency', { choice: 'Medium' }],
  ['Observed', 'None of the bedside screens connect.'],
  ['Agreed', 'Bedside screens work at every bed.'],
  ['Items to change', { words: ['SW-3B-02'] }],
];

async function report(page: Page, summary: string): Promise<string> {
  await page.getByRole('button', { name: 'Create', exact: true }).click();
  const dialog = openDialog(page);
  await expect(dialog.getByRole('textbox', { name: 'Summary' })).toBeFocused();
  await fill(page, dialog, 'Work type', { choice: 'Incident' });
  await fill(page, dialog, 'Summary', summary);
  for (const [label, filling] of REPORT) await fill(page, dialog, label, filling);
  await dialog.getByRole('button', { name: 'Create', exact: true }).click();
  await expect(dialog).toBeHidden();
  await page.getByRole('button', { name: 'View work item' }).click();
  await expectStatus(page, 'Registered');
  return new URL(page.url()).pathname.split('/').pop() ?? '';
}

/** The one work item of this type in the panel's chain. */
const inChain = (page: Page, type: string): Locator =>
  processPanel(page)
    .getByRole('listitem')
    .filter({ has: processPanel(page).getByRole('img', { name: type }) });

/** Hands over; answers the key that the panel then shows. */
async function handOverTo(page: Page, team: string, what: string, type: string): Promise<string> {
  await handOver(page, { team, what });
  const asked = inChain(page, type).getByRole('link');
  await expect(asked).toHaveText(/^NSS-\d+$/);
  return (await asked.textContent()) ?? '';
}

test('a failure that needs a change, by clicking', async ({ page, world }) => {
  test.setTimeout(180_000);
  const { url } = world;
  const panel = processPanel(page);
  let incident = '';
  let rfc = '';
  let request = '';

  await test.step('Sofia reports it', async () => {
    await signIn(page, url, 'Sofia Rossi');
    incident = await report(page, 'No network on ward 3B');
    await expect(panel.getByText('Next: Accepted')).toBeVisible();
  });

  await test.step('Amira accepts and has it analysed; Daan finds the solution', async () => {
    await becomes(page, 'amira');
    await takeStep(page, 'Accept', 'Accepted');
    await takeStep(page, 'Analyse', 'Analysing');
    await expect(panel.getByRole('tab', { name: /Solution found/ })).toBeVisible();
    await becomes(page, 'daan');
    await chooseStep(page, 'Solution found', 'Preparing');
    const dialog = openDialog(page);
    await fill(page, dialog, 'Solution', 'Another model; a restart fails again.');
    await fill(page, dialog, 'Recovery route', { choice: 'Change and operate' });
    await fill(page, dialog, 'Workaround', { choice: 'No' });
    await dialog.getByRole('button', { name: 'Solution found' }).click();
    await expectStatus(page, 'Preparing');
  });

  await test.step('Recover without handing over is refused, in words', async () => {
    await becomes(page, 'amira');
    await chooseStep(page, 'Recover', 'Realising');
    const dialog = openDialog(page);
    await dialog.getByRole('button', { name: 'Recover' }).click();
    const alert = dialog.getByRole('alert').first();
    await expect(alert).toContainText(`${incident} cannot move to Realising yet. 2 things are missing.`);
    await expect(alert).toContainText('Hand this over first');
    await expect(alert).toContainText(/\(USM V10, V52\. Reference [0-9A-F]{4}-[0-9A-F]{2}\)/);
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await expectStatus(page, 'Preparing');
    await expect(panel.getByText(/^Recover was refused at/)).toBeVisible();
    await expect(panel.getByText(/Nothing was changed\.$/)).toBeVisible();
  });

  await test.step('Amira hands over; a change is suggested because an item changes', async () => {
    await panel.getByRole('button', { name: 'Hand over' }).last().click();
    const form = handOverDialog(page);
    await expect(form.getByRole('radio', { name: /Request for Change/ })).toBeChecked();
    await expect(form.getByText('Needed: SW-3B-02 changes')).toBeVisible();
    await form.getByRole('button', { name: 'Cancel' }).click();
    await expect(openDialog(page)).toBeHidden();
    rfc = await handOverTo(page, 'Network', 'Replace access switch SW-3B-02 by another model. Screens work at every bed.', 'Request for Change');
    await expectStatus(page, 'Realising');
    await expect(panel.getByText('Path W3')).toBeVisible();
    await expect(panel.getByText(/was refused at/)).toHaveCount(0);
  });

  await test.step('the change opens from the chain', async () => {
    await panel.getByRole('link', { name: rfc }).last().click();
    await expect(openDialog(page).getByRole('button', { name: 'Status Registered, change status' })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(openDialog(page)).toBeHidden();
  });

  await test.step('Joris accepts and plans the change; Henk agrees, another builds, a third tests', async () => {
    await openItem(page, url, rfc);
    await becomes(page, 'joris');
    await expect(page.getByText('SW-3B-02').first()).toBeVisible();
    await takeStep(page, 'Accept', 'Accepted');
    await edit(page, 'Change category', { choice: 'Normal' });
    await takeStep(page, 'Plan', 'Planning');
    await edit(page, 'Plan', 'Mount the new switch below the old one.');
    await edit(page, 'Back-out', 'Move the connections back.');
    await edit(page, 'Window start', `${tomorrow()}T09:00`);
    await edit(page, 'Window end', `${tomorrow()}T10:00`);
    await becomes(page, 'marit');
    await takeStep(page, 'Agree plan', 'Preparing');
    await becomes(page, 'daan');
    await edit(page, 'Test plan', 'Two screens on the bench.');
    await edit(page, 'Deployment plan', 'Cabinet 3B, head nurse informed.');
    await takeStep(page, 'Offer for test', 'Testing');
  });

  await test.step('Inês releases by handing over to Operate', async () => {
    await becomes(page, 'ines');
    await edit(page, 'Test result', { choice: 'All passed' });
    request = await handOverTo(page, 'Workplace', 'Place the switch in cabinet 3B. Every screen shows a picture.', 'Service Request');
    await expectStatus(page, 'Realising');
  });

  await test.step('Operate does what was asked', async () => {
    await openItem(page, url, request);
    await becomes(page, 'amira');
    await takeStep(page, 'Accept', 'Accepted');
    await takeStep(page, 'Plan', 'Planning');
    await becomes(page, 'fatima');
    await edit(page, 'Assignee', { choice: 'Fatima Amrani' });
    await edit(page, 'Planned for', `${tomorrow()}T09:00`);
    await takeStep(page, 'Start', 'Realising');
    await edit(page, 'What was done', 'Switch placed, 24 connections moved, all screens looked at.');
    await takeStep(page, 'Deliver', 'Reviewing');
    await becomes(page, 'ines');
    await takeStep(page, 'Confirm', 'Fulfilled');
  });

  await test.step('the change has come back by itself; it is confirmed once the register says so', async () => {
    await openItem(page, url, rfc);
    await expectStatus(page, 'Reviewing');
    await becomes(page, 'amira');
    await chooseStep(page, 'Confirm', 'Fulfilled');
    await expect(page.getByText(`${rfc} stays in Reviewing`)).toBeVisible();
    await expect(page.getByText(/register for SW-3B-02/).first()).toBeVisible();
    await expect(panel.getByText(/^Confirm was refused at/)).toBeVisible();
    await expect(panel.getByText('V12')).toBeVisible();
    await becomes(page, 'daan');
    await edit(page, 'Register updated', { choice: 'Updated' });
    await becomes(page, 'amira');
    await takeStep(page, 'Confirm', 'Fulfilled');
  });

  await test.step('the incident has come back by itself; Sofia confirms, Amira closes', async () => {
    await openItem(page, url, incident);
    await expectStatus(page, 'Reviewing');
    await becomes(page, 'sofia');
    await takeStep(page, 'Confirm', 'Fulfilled');
    await becomes(page, 'joris');
    await edit(page, 'Evaluation', { words: EVALUATION.map(([usual]) => usual) });
    await takeStep(page, 'Close', 'Closed');
    await expect(panel.getByText('Path W3')).toBeVisible();
    await expect(panel.getByText('W3, Recover, Change, Operate')).toBeVisible();
    await expect(panel.getByRole('button', { name: 'Hand over' })).toHaveCount(0);
    await expect(inChain(page, 'Request for Change')).toContainText('Fulfilled');
    await expect(inChain(page, 'Service Request')).toContainText('Fulfilled');
  });
});
