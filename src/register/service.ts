/** What others may ask of the register. */
export { registerMigrations as migrations } from './tables';
export { calendar, readFreezes, removeFreeze, saveFreeze } from './calendar';
export { freezesTouching } from './freezes';
export { neighbourhood, pathBetween } from './graph';
export { type Serves, serves } from './serves';
export { whatIf } from './what-if';
export { classNames } from './known';
