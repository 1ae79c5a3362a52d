/** Pictures of the register: the list, one item, the classes; of a site on which Noordhaven keeps one. */
import type { FrameLocator, Page } from '@playwright/test';
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

export async function keepRegister(world: World): Promise<void> {
  await makeAgreements(world);
  await makeRegister(world);
}

export const REGISTERED = [
  { name: 'register', person: 'lotte', path: '/', height: 1000, act: chosen },
  { name: 'register-dark', person: 'lotte', path: '/', height: 1000, dark: true, act: chosen },
  { name: 'register-item', person: 'lotte', path: '/', height: 1300, act: item },
  { name: 'register-item-dark', person: 'lotte', path: '/', height: 1300, dark: true, act: item },
  { name: 'register-classes', person: 'lotte', path: '/', height: 1200, act: classes },
] as const;
