/** Keys and values of one installation, with the platform's rules on both. Reading by key is exact, queries may lag. Pure but for the clock. */
import { z } from 'zod';
import type { Clock } from '../../clock';
import type { Json } from '../../jira/store';
import { KVS } from '../limits';

export interface Entry {
  key: string;
  value: Json;
  createdAt: number;
  updatedAt: number;
  /** ISO moment. */
  expireTime?: string | undefined;
}

export interface Ttl {
  value: number;
  unit: 'SECONDS' | 'MINUTES' | 'HOURS' | 'DAYS';
}

const UNIT_MS: Record<Ttl['unit'], number> = { SECONDS: 1000, MINUTES: 60_000, HOURS: 3_600_000, DAYS: 86_400_000 };
const msOf = ({ value, unit }: Ttl): number => value * UNIT_MS[unit];
/** Forge docs: expired data is deleted up to 48 hours late; until then it is still read and still blocks FAIL_IF_EXISTS. */
const DELETED_LATE_MS = 48 * UNIT_MS.HOURS;

/** Where a key lives: the key-value store, the secrets, or one custom entity. */
export type Shelf = string;
export const SHELF = { plain: 'plain', secret: 'secret', entity: (name: string): Shelf => `entity ${name}` } as const;

/** What a query does not see yet: what stood under the key before it was written. */
interface Unsettled {
  shelf: Shelf;
  key: string;
  at: number;
  before: Entry | undefined;
}

const entrySchema = z.object({
  key: z.string(),
  value: z.json(),
  createdAt: z.number(),
  updatedAt: z.number(),
  expireTime: z.string().optional(),
});
export const kvsSnapshotSchema = z.record(z.string(), z.array(entrySchema));

export class KvsStore {
  private shelves = new Map<Shelf, Map<string, Entry>>();
  private unsettled: Unsettled[] = [];

  constructor(
    private readonly clock: Clock,
    /** How long a write is not seen by queries. */
    private readonly queryLagMs = 0,
  ) {}

  get(shelf: Shelf, key: string): Entry | undefined {
    const entry = this.shelf(shelf).get(key);
    if (!entry || this.kept(entry)) return entry;
    this.shelf(shelf).delete(key);
    return undefined;
  }

  set(shelf: Shelf, key: string, value: Json, ttl?: Ttl): Entry {
    const now = this.now();
    const before = this.get(shelf, key);
    const entry: Entry = { key, value, createdAt: before?.createdAt ?? now, updatedAt: now };
    if (ttl) entry.expireTime = new Date(now + msOf(ttl)).toISOString();
    this.note(shelf, key, before);
    this.shelf(shelf).set(key, entry);
    return entry;
  }

  delete(shelf: Shelf, key: string): boolean {
    const before = this.get(shelf, key);
    if (before) this.note(shelf, key, before);
    return this.shelf(shelf).delete(key);
  }

  /** All entries as a query sees them, in the order of their keys. */
  seen(shelf: Shelf): Entry[] {
    const seen = new Map(this.shelf(shelf));
    // Backwards, so that of several writes the one before the first counts.
    for (const { shelf: where, key, before } of this.settle().toReversed()) {
      if (where !== shelf) continue;
      if (before) seen.set(key, before);
      else seen.delete(key);
    }
    return [...seen.values()].filter((entry) => this.kept(entry)).sort((a, b) => (a.key < b.key ? -1 : 1));
  }

  toJSON(): z.infer<typeof kvsSnapshotSchema> {
    const all = [...this.shelves].map(([name, shelf]): [string, Entry[]] => [name, [...shelf.values()]]);
    return structuredClone({ plain: [], secret: [], ...Object.fromEntries(all) });
  }

  load(snapshot: Json): void {
    const all = Object.entries(kvsSnapshotSchema.parse(structuredClone(snapshot)));
    this.shelves = new Map(all.map(([name, entries]) => [name, new Map(entries.map((entry) => [entry.key, entry]))]));
    this.unsettled = [];
  }

  private shelf(name: Shelf): Map<string, Entry> {
    const found = this.shelves.get(name) ?? new Map<string, Entry>();
    this.shelves.set(name, found);
    return found;
  }

  private kept({ expireTime }: Entry): boolean {
    return expireTime === undefined || Date.parse(expireTime) + DELETED_LATE_MS > this.now();
  }

  private note(shelf: Shelf, key: string, before: Entry | undefined): void {
    if (this.queryLagMs > 0) this.settle().push({ shelf, key, at: this.now(), before });
  }

  private settle(): Unsettled[] {
    const since = this.now() - this.queryLagMs;
    this.unsettled = this.unsettled.filter(({ at }) => at > since);
    return this.unsettled;
  }

  private now(): number {
    return this.clock.now().getTime();
  }
}

/** What the platform does not take. Codes of Forge docs: error handling of the key-value store and of custom entities. */
export interface Refusal {
  code:
    | 'EMPTY_KEY'
    | 'INVALID_KEY'
    | 'KEY_TOO_LONG'
    | 'MAX_SIZE'
    | 'MAX_DEPTH'
    | 'INVALID_TTL'
    | 'INVALID_KEY_POLICY_RETURN_VALUE_COMBINATION'
    | 'INVALID_ENTITY_VALUE'
    | 'INCORRECT_PROPERTY_TYPE'
    | 'INVALID_ENTITY_INDEX'
    | 'INVALID_PARTITION'
    | 'COMPLEX_QUERY_PAGE_LIMIT_NOT_IN_RANGE'
    | 'EMPTY_FILTER_OPERATOR'
    | 'INVALID_FILTER_OPERATORS_COMBINATION'
    | 'INSUFFICIENT_FILTER_VALUES'
    | 'INVALID_CURSOR'
    | 'INVALID_REQUEST';
  message: string;
}

export function refuseTtl({ value, unit }: Ttl): Refusal | undefined {
  if (!Number.isInteger(value) || value <= 0)
    return { code: 'INVALID_TTL', message: `TTL value must be a positive integer, received: ${String(value)}` };
  return msOf({ value, unit }) > KVS.ttlMs ? { code: 'INVALID_TTL', message: 'TTL cannot be longer than a year.' } : undefined;
}

export function refuseKey(key: string): Refusal | undefined {
  if (key === '') return { code: 'EMPTY_KEY', message: 'The key is empty.' };
  if (key.length > KVS.keyLength) return { code: 'KEY_TOO_LONG', message: `The key is longer than ${KVS.keyLength} characters.` };
  if (!KVS.keyPattern.test(key)) return { code: 'INVALID_KEY', message: 'The key has characters that are not allowed.' };
  return undefined;
}

export function refuseValue(value: Json): Refusal | undefined {
  if (depthOf(value) > KVS.depth) return { code: 'MAX_DEPTH', message: `The value is nested deeper than ${KVS.depth} levels.` };
  if (Buffer.byteLength(JSON.stringify(value)) > KVS.valueBytes)
    return { code: 'MAX_SIZE', message: `The value is larger than ${KVS.valueBytes} bytes.` };
  return undefined;
}

function depthOf(value: Json): number {
  if (value === null || typeof value !== 'object') return 0;
  let deepest = 0;
  for (const one of Object.values(value)) deepest = Math.max(deepest, depthOf(one));
  return deepest + 1;
}
