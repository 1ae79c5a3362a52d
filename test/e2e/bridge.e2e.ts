/** An app's Custom UI with the real @forge/bridge, in a browser, between two origins. */
import { expect, test, type FrameLocator, type Page } from '@playwright/test';
import { startFixtureSite } from '../site/fixtures/custom-ui/site';

let site: Awaited<ReturnType<typeof startFixtureSite>>;
const problems: string[] = [];

test.beforeAll(async () => {
  site = await startFixtureSite();
});
test.afterAll(() => site.stop());

test.beforeEach(async ({ context, page }) => {
  problems.length = 0;
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  page.on('pageerror', (error) => problems.push(error.message));
  await context.addCookies([{ name: 'person', value: 'ada', url: site.siteOrigin }]);
});

async function openPanel(page: Page): Promise<FrameLocator> {
  await page.goto(`${site.siteOrigin}/browse/AB-1?issue=AB-1`);
  const panel = page.frameLocator('iframe[title="Fixture panel"]');
  await expect(panel.locator('#context')).toBeVisible();
  return panel;
}

async function press(frame: FrameLocator, name: string, expected: string | RegExp): Promise<void> {
  await frame.getByRole('button', { name, exact: true }).click();
  await expect(frame.locator(`#${name}-result`)).toHaveText(expected);
}

test('a panel knows its work item and reaches its resolver and Jira', async ({ page }) => {
  const panel = await openPanel(page);
  const context = JSON.parse((await panel.locator('#context').textContent()) ?? '') as Record<string, unknown>;
  expect(context).toMatchObject({
    accountId: 'ada',
    moduleKey: 'panel',
    locale: 'en-GB',
    timezone: 'Europe/London',
    siteUrl: site.siteOrigin,
    theme: { colorMode: 'light', light: 'light', dark: 'dark' },
    extension: {
      type: 'jira:issuePanel',
      issue: { id: '10001', key: 'AB-1', type: 'Task', typeId: '3' },
      project: { id: '7', key: 'AB', type: 'software' },
      location: `${site.siteOrigin}/browse/AB-1?issue=AB-1`,
    },
  });
  await press(panel, 'echo', /"payload":\{"text":"hello"\}.*"accountId":"ada"/);
  await press(panel, 'nothing', '{}');
  await press(panel, 'broken', 'failed: The abacus is broken.');
  await press(panel, 'jira', /"status":200.*"accountId":"ada"/);
  await press(panel, 'post', '{"method":"POST","body":"{\\"a\\":1}","token":"no-check"}');
  await press(panel, 'elsewhere', /failed: requestJira takes paths that begin with \/rest\//);
  await press(panel, 'url', `${site.siteOrigin}/browse/AB-2`);
  expect(problems).toEqual([]);
});

test('what the site does not have answers with the name of the command', async ({ page }) => {
  const panel = await openPanel(page);
  await press(panel, 'unknown', 'failed: This site does not have the bridge command "makeCoffee".');
  await press(panel, 'close', "failed: this resource's view is not closable.");
  await press(panel, 'history', 'failed: createHistory is for modules with a page of their own.');
});

test('a dialog gets its context, closes with a payload and gives the focus back', async ({ page }) => {
  const panel = await openPanel(page);
  const opener = panel.getByRole('button', { name: 'dialog', exact: true });
  await opener.click();
  const dialog = page.getByRole('dialog', { name: 'Pick one' });
  await expect(dialog).toBeVisible();
  expect((await dialog.boundingBox())?.width).toBe(400);
  const inside = dialog.frameLocator('iframe');
  await expect(inside.locator('#modal')).toHaveText('{"choice":7}');
  await expect(inside.locator('#issue')).toHaveText('AB-1');
  await expect(dialog.locator('iframe')).toBeFocused();

  await inside.getByRole('button', { name: 'emit', exact: true }).click();
  await expect(panel.locator('#event')).toHaveText('{"from":"dialog"}');

  await inside.getByRole('button', { name: 'done', exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect(panel.locator('#closed')).toHaveText('{"picked":7}');
  await expect(page.locator('iframe[title="Fixture panel"]')).toBeFocused();
  // The button that opened the dialog has the keyboard again.
  await page.keyboard.press('Enter');
  await expect(inside.locator('#modal')).toBeVisible();
  expect(problems).toEqual([]);
});

test('Escape inside the dialog and a click beside it close it, unless the app said no', async ({ page }) => {
  const panel = await openPanel(page);
  const dialog = page.getByRole('dialog');
  await panel.getByRole('button', { name: 'dialog', exact: true }).click();
  await expect(dialog.frameLocator('iframe').locator('#modal')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(panel.locator('#closed')).toHaveText('nothing');

  await panel.getByRole('button', { name: 'dialog', exact: true }).click();
  await expect(dialog.frameLocator('iframe').locator('#modal')).toBeVisible();
  await page.mouse.click(5, 5);
  await expect(dialog).toBeHidden();

  await panel.getByRole('button', { name: 'stubborn', exact: true }).click();
  await expect(dialog.frameLocator('iframe').locator('#modal')).toHaveText('{}');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await page.mouse.click(5, 5);
  await dialog.evaluate((element) => (element as HTMLElement).focus());
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeVisible();
});

test('the frame follows the page: height, colour, flags, refreshing', async ({ page }) => {
  const panel = await openPanel(page);
  const frame = page.locator('iframe[title="Fixture panel"]');
  await panel.getByRole('button', { name: 'grow', exact: true }).click();
  await expect.poll(async () => (await frame.boundingBox())?.height).toBeGreaterThan(700);

  const background = () => panel.locator('body').evaluate((body) => getComputedStyle(body).backgroundColor);
  expect(await background()).toBe('rgb(255, 255, 255)');
  await page.getByRole('button', { name: 'Dark' }).click();
  await expect.poll(background).toBe('rgb(31, 31, 33)');

  await press(panel, 'flag', 'done');
  const flag = page.getByRole('status').filter({ hasText: 'All is well.' });
  await flag.getByRole('button', { name: 'Undo' }).click();
  await expect(panel.locator('#undo')).toHaveText('undone');
  await flag.getByRole('button', { name: 'Dismiss' }).click();
  await expect(flag).toBeHidden();

  await press(panel, 'refresh', 'done');
  await expect(page.getByTestId('note')).toHaveText('refreshed');
  await press(panel, 'view-issue', 'done');
  await expect(page.getByTestId('note')).toHaveText('opened AB-2');
  await expect(panel.locator('#issue-closed')).toHaveText('yes');
  expect(problems).toEqual([]);
});

test('the policy stops inline scripts', async ({ page }) => {
  const panel = await openPanel(page);
  await press(panel, 'eval', 'false');
  expect(problems.join()).toContain('Content Security Policy');
});

test('an unsubscribed listener hears nothing more', async ({ page }) => {
  const panel = await openPanel(page);
  await press(panel, 'deaf', 'done');
  await panel.getByRole('button', { name: 'dialog', exact: true }).click();
  const inside = page.getByRole('dialog').frameLocator('iframe');
  await press(inside, 'emit', 'done');
  await inside.getByRole('button', { name: 'done', exact: true }).click();
  await expect(panel.locator('#closed')).toHaveText('{"picked":7}');
  await expect(panel.locator('#event')).toHaveCount(0);
});

test('a page keeps its path below its own address', async ({ page }) => {
  await page.goto(site.siteOrigin);
  const address = await page.evaluate(
    async () => ((await (await fetch('/_forge/modules?location=global')).json()) as { address: string }[])[0]?.address,
  );
  await page.goto(`${site.siteOrigin}${address}/steps/1`);
  const frame = page.frameLocator('iframe[title="Fixture page"]');
  await expect(frame.locator('#at')).toHaveText('/steps/1');
  await frame.getByRole('button', { name: 'in', exact: true }).click();
  await expect(frame.locator('#at')).toHaveText('PUSH /steps/2?x=1');
  expect(page.url()).toBe(`${site.siteOrigin}${address}/steps/2?x=1`);
  await frame.getByRole('button', { name: 'back', exact: true }).click();
  await expect(frame.locator('#at')).toHaveText('POP /steps/1');
  await frame.getByRole('button', { name: 'out', exact: true }).click();
  await expect(frame.locator('#at')).toHaveText('PUSH /admin');
  expect(page.url()).toBe(`${site.siteOrigin}${address}/admin`);
  await press(frame, 'title', 'done');
  expect(await page.title()).toBe('Steps');
  await press(frame, 'stop', 'done');
  await frame.getByRole('button', { name: 'in', exact: true }).click();
  await expect.poll(() => page.url()).toContain('/steps/2');
  await expect(frame.locator('#at')).toHaveText('PUSH /admin');
  expect(problems).toEqual([]);
});

test('only the page that was placed is heard: not another origin in its frame, not another frame of its origin', async ({ page }) => {
  const panel = await openPanel(page);
  await press(panel, 'flag', 'done');
  await expect(page.getByText('Saved')).toBeVisible();

  const forged = `<script>parent.postMessage({ forgeBridge: 1, t: 'cmd', id: 1, name: 'showFlag', data: { id: 2, title: 'Forged' } }, '*');
    parent.postMessage('sent', '*');</script>`;
  await page.evaluate(
    ([html, url]) =>
      new Promise<void>((resolve) => {
        window.addEventListener('message', (event) => event.data === 'sent' && resolve());
        const stranger = document.body.appendChild(document.createElement('iframe'));
        stranger.src = url ?? '';
        stranger.title = 'Stranger';
        // With allow-same-origin a srcdoc has the origin of the page, not the app's.
        stranger.addEventListener('load', () => ((document.querySelector('iframe[title="Fixture panel"]') as HTMLIFrameElement).srcdoc = html ?? ''));
      }),
    [forged, `${site.frameOrigin}/r/main/panel.html`],
  );
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  await expect(page.getByText('Forged')).toHaveCount(0);
  await expect(page.frameLocator('iframe[title="Stranger"]').locator('main')).toBeAttached();
  await expect(page.frameLocator('iframe[title="Stranger"]').locator('#context')).toHaveCount(0);
});
