/** Pictures of what a failure reaches, and of what hangs together with an item; and the site they are taken of. */
import type { FrameLocator, Page } from '@playwright/test';
import { CORE } from '../sandbox/demo/floor';

const usm = (page: Page): FrameLocator => page.frameLocator('iframe[title="USM"]');

/** From the list, as people come to it. */
async function item(page: Page): Promise<FrameLocator> {
  await page.getByRole('link', { name: 'USM', exact: true }).click();
  await usm(page).getByRole('link', { name: 'Register', exact: true }).click();
  await usm(page).getByRole('searchbox', { name: 'Key or name' }).fill(CORE);
  await usm(page).getByRole('link', { name: 'Core switch 3N', exact: true }).click();
  return usm(page);
}

async function impact(page: Page): Promise<void> {
  const frame = await item(page);
  await frame.getByRole('button', { name: 'Show impact' }).click();
  await frame.getByRole('tree').waitFor();
}

async function explore(page: Page): Promise<void> {
  await impact(page);
  await usm(page).getByRole('link', { name: 'Explore', exact: true }).click();
  await usm(page).getByRole('table').first().waitFor();
}

export const reaching = () => [
  { name: 'impact', person: 'lotte', path: '/', height: 1250, act: impact } as const,
  { name: 'impact-dark', person: 'lotte', path: '/', height: 1250, dark: true, act: impact } as const,
  { name: 'explore', person: 'lotte', path: '/', height: 1000, act: explore } as const,
];
