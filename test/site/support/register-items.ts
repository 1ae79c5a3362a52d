/** The items of the scenarios, by names that people know, among as many others as are wanted; put into the register before work begins. */
import type { ManagedItem } from '../../../src/contract';
import type { OpenDatabase } from './many-items';
import { loadRegister, makeRegister, type RegisterWorld, type WorldSize } from './register-world';

const item = (key: string, name: string, more: Partial<ManagedItem> = {}): ManagedItem => ({
  key,
  class: 'hardware',
  name,
  life: 'inUse',
  attributes: {},
  ...more,
});

export const KNOWN: readonly ManagedItem[] = [
  item('SW-3B-02', 'Access switch, ward 3B', { class: 'network', location: 'Ward 3B', attributes: { model: 'M-24', firmware: '4.1' } }),
  item('CAB-3B', 'Patch cabinet, ward 3B', { class: 'network', location: 'Ward 3B' }),
  item('PR-4-01', 'Printer, floor 4', { location: 'Floor 4', attributes: { model: 'LP-20' } }),
  item('PR-3-01', 'Printer, floor 3', { location: 'Floor 3', attributes: { model: 'LP-20' } }),
  item('DESK-12', 'Desk 12, ward 2A', { class: 'facility', location: 'Ward 2A' }),
  item('OLD-1', 'Printer that was taken away', { life: 'retired' }),
  item('PEN-1', 'Writing things', { class: 'consumable' }),
];

/** What is carried: SW-3B-02 and CAB-3B support this service. */
export const SERVICE = { id: 'wardnet', name: 'Ward network' };

/** `others`: how many more, and how they are related. */
export async function loadItems(database: Pick<OpenDatabase, 'fill'>, others: WorldSize = { items: 20, relations: 20 }): Promise<RegisterWorld> {
  const world = makeRegister(others);
  const first = world.items.length;
  KNOWN.forEach((one, index) =>
    world.items.push({ id: first + index + 1, item: one, createdAt: Date.UTC(2024, 0, 1), verified: undefined, goneAt: undefined }),
  );
  for (const index of [0, 1])
    world.relations.push({ src: first + index + 1, kind: 'supports', dst: 0, ref: SERVICE.id, group: undefined, need: undefined });
  await loadRegister(database, { ...world, services: [...world.services, SERVICE] });
  return world;
}
