/** The use cases of files on their way into the register. */
export { apply, begin, decide, forget, type Importing, round, step, stop, take, undoRun } from './import';
export { known, preview, report, setup } from './import-shown';
