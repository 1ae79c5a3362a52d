/** What others may ask of the register. */
export { registerMigrations as migrations } from './tables';
