/** What the organisation decides about its register: the classes, and how a direct edit is met. Small lists, changed by several people. */
import { z } from 'zod';
import { type ItemClass, itemClass, type RegisterSettings, registerSettings } from '../contract';
import { cached } from '../platform/cache';
import { versioned } from '../platform/kvs';
import { DEFAULT_CLASSES } from './classes';

const classes = versioned('register.classes', z.object({ classes: z.array(itemClass) }));
const settings = versioned('register.settings', registerSettings);

export interface KeptClasses {
  classes: readonly ItemClass[];
  version: number;
}

export async function readClasses(): Promise<KeptClasses> {
  const found = await classes.read();
  return found ? { classes: found.value.classes, version: found.version } : { classes: DEFAULT_CLASSES, version: 0 };
}

/** So long a change may go unnoticed by functions that are running already. */
const CACHED_MS = 30_000;
const inUse = cached(CACHED_MS, async () => (await readClasses()).classes);
/** For whoever shows or judges; whoever writes reads them anew. */
export const classesNow = (): Promise<readonly ItemClass[]> => inUse.get();

export async function writeClasses(next: readonly ItemClass[], after: number): Promise<boolean> {
  const written = await classes.write({ classes: [...next] }, after);
  inUse.forget();
  return written;
}

/** Until somebody says otherwise a direct edit is recorded as unauthorised, with its reason. */
const FIRST: RegisterSettings = { directEdit: 'warn' };

export async function readSettings(): Promise<RegisterSettings & { version: number }> {
  const found = await settings.read();
  return found ? { ...found.value, version: found.version } : { ...FIRST, version: 0 };
}
export const writeSettings = ({ directEdit }: RegisterSettings, after: number): Promise<boolean> => settings.write({ directEdit }, after);
