/** Pictures of what people ask for, and of a work item that is done under an agreement: on a site where one is in force. */
import type { FrameLocator, Page } from '@playwright/test';
import { create, idle, move } from '../sandbox/demo/acts';
import { makeCatalog } from '../sandbox/demo/catalog';
import type { World } from '../sandbox/demo/world';

const usm = (page: Page): FrameLocator => page.frameLocator('iframe[title="USM"]');

async function catalog(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'USM', exact: true }).click();
  await usm(page).getByRole('link', { name: 'Catalog', exact: true }).click();
  await usm(page).getByRole('heading', { name: 'What can we do for you?' }).waitFor();
}

async function item(page: Page): Promise<void> {
  await catalog(page);
  await usm(page).getByRole('link', { name: 'A ward workplace' }).first().click();
  await usm(page).getByRole('table', { name: 'What is promised' }).waitFor();
}

async function promise(page: Page): Promise<void> {
  const panel = page.frameLocator('iframe[title="Agreement"]');
  await panel.getByRole('heading', { name: 'What this promise rests on' }).waitFor();
  await panel.getByRole('heading', { name: 'What this promise rests on' }).scrollIntoViewIfNeeded();
}

/** What is in force, and an incident that was accepted under it. */
export async function order(world: World): Promise<string> {
  await makeCatalog(world);
  const { sofia, amira } = world.people;
  const { key } = await create(world, sofia, 'Incident', 'Nothing prints on ward 3B', {
    Customer: 'Ward 3B',
    Service: 'Workplace',
    Category: ['Workplace', 'printing'],
    Impact: 'High',
    Urgency: 'High',
    Observed: 'No printer answers.',
    Agreed: 'Every ward can print.',
  });
  await move(world, amira, key, 'Accept');
  await idle(world);
  return key;
}

export const ordering = (key: string) => [
  { name: 'catalog', person: 'bram', path: '/', height: 1000, act: catalog } as const,
  { name: 'catalog-dark', person: 'bram', path: '/', height: 1000, dark: true, act: catalog } as const,
  { name: 'catalog-item', person: 'bram', path: '/', height: 1300, act: item } as const,
  { name: 'agreement-panel', person: 'amira', path: `/browse/${key}`, height: 1700, act: promise } as const,
];
