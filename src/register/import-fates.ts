/** What becomes of a row, as a number: what would be done, and in tens how far that has come. */
import { FATE as BASE } from '../platform/import-rows';
import type { Compared } from './import-compare';

export const FATE = {
  waiting: BASE.waiting,
  create: BASE.added,
  update: BASE.changed,
  same: BASE.same,
  wrong: BASE.wrong,
  decide: 5,
  waits: 6,
  /** The item stays as it is; what the file said of it is remembered. */
  note: 7,
  /** An update of what is managed. */
  managed: 8,
  vanished: 9,
} as const;

export const FATE_OF: Record<Compared['outcome'], number> = {
  create: FATE.create,
  update: FATE.update,
  managed: FATE.managed,
  same: FATE.same,
  note: FATE.note,
  decide: FATE.decide,
  waits: FATE.waits,
  wrong: FATE.wrong,
};

export const STAGE = { written: 10, related: 20, same: 30, other: 40 } as const;
/** Those that write an item. */
export const WRITES = [FATE.create, FATE.update, FATE.managed] as const;
export const baseOf = (fate: number): number => fate % 10;
export const stageOf = (fate: number): number => fate - baseOf(fate);
