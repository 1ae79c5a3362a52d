/** What others may ask of the register. */
export { registerMigrations as migrations } from './tables';
export { calendar, readFreezes, removeFreeze, saveFreeze } from './calendar';
export { freezesTouching } from './freezes';
