/** The use cases of catalog/, for entry/. */
import { itemMigrations } from './items';
import { orderMigrations } from './orders';

export { round } from './accept';
export { approve } from './approve';
export { browse, item } from './browse';
export { choices, followRecord, followRecords } from './choices';
export { deed, get, items, save } from './keep';
export type { Looking } from './looking';
export { mine } from './mine';
export { order, tell } from './order';
export { panel, start } from './panel';

export const migrations = [...itemMigrations, ...orderMigrations];
