/** Which blueprint this version of the app has: setup stores the hash of what it applied, and another one in the code means an upgrade. */
import { createHash } from 'node:crypto';
import { BLUEPRINT } from './blueprint';

/** The same value always gives the same text, in whatever order its keys were written. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, one: unknown) =>
    typeof one === 'object' && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
      : one,
  );

export const hashOfBlueprint = (blueprint: unknown): string => createHash('sha256').update(canonical(blueprint)).digest('hex');

let known: string | undefined;

export const blueprintHash = (): string => (known ??= hashOfBlueprint(BLUEPRINT));
