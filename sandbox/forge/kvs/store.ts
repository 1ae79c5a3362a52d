/** Keys and values of one installation, with the platform's rules on both. Pure but for the clock. */
import type { Clock } from '../../clock';
import type { Json } from '../../jira/store';
import { KVS } from '../limits';

export interface Entry {
  key: string;
  value: Json;
  createdAt: number;
  updatedAt: number;
  /** ISO moment. */
  expireTime?: string;
}

export interface Ttl {
  value: number;
  unit: 'SECONDS' | 'MINUTES' | 'HOURS' | 'DAYS';
}

const UNIT_MS: Record<Ttl['unit'], number> = { SECONDS: 1000, MINUTES: 60_000, HOURS: 3_600_000, DAYS: 86_400_000 };
/** Forge docs: expired data is deleted up to 48 hours late; until then it is still read and still blocks FAIL_IF_EXISTS. */
const DELETED_LATE_MS = 48 * UNIT_MS.HOURS;

export type Shelf = 'plain' | 'secret';

export class KvsStore {
  private shelves: Record<Shelf, Map<string, Entry>> = { plain: new Map(), secret: new Map() };

  constructor(private readonly clock: Clock) {}

  get(shelf: Shelf, key: string): Entry | undefined {
    const entry = this.shelves[shelf].get(key);
    if (!entry?.expireTime || Date.parse(entry.expireTime) + DELETED_LATE_MS > this.now()) return entry;
    this.shelves[shelf].delete(key);
    return undefined;
  }

  set(shelf: Shelf, key: string, value: Json, ttl?: Ttl): Entry {
    const now = this.now();
    const entry: Entry = { key, value, createdAt: this.get(shelf, key)?.createdAt ?? now, updatedAt: now };
    if (ttl) entry.expireTime = new Date(now + ttl.value * UNIT_MS[ttl.unit]).toISOString();
    this.shelves[shelf].set(key, entry);
    return entry;
  }

  delete(shelf: Shelf, key: string): boolean {
    return this.shelves[shelf].delete(key);
  }

  /** Entries whose key begins so, in the order of their keys, behind the cursor. */
  query(prefix: string, after: string | undefined, limit: number): { data: Entry[]; cursor?: string } {
    const keys = [...this.shelves.plain.keys()].filter((key) => key.startsWith(prefix) && (after === undefined || key > after)).sort();
    const data = keys.map((key) => this.get('plain', key)).filter((entry) => entry !== undefined);
    const page = data.slice(0, limit);
    const last = page.at(-1);
    return data.length > limit && last ? { data: page, cursor: Buffer.from(last.key).toString('base64url') } : { data: page };
  }

  toJSON(): Json {
    return structuredClone(Object.fromEntries(Object.entries(this.shelves).map(([name, shelf]) => [name, [...shelf.values()]]))) as unknown as Json;
  }

  load(snapshot: Json): void {
    const { plain, secret } = structuredClone(snapshot) as unknown as Record<Shelf, Entry[]>;
    const mapOf = (entries: Entry[]) => new Map(entries.map((entry) => [entry.key, entry]));
    this.shelves = { plain: mapOf(plain), secret: mapOf(secret) };
  }

  private now(): number {
    return this.clock.now().getTime();
  }
}

/** Codes of Forge docs: storage error handling. */
export interface Refusal {
  code: 'EMPTY_KEY' | 'INVALID_KEY' | 'KEY_TOO_LONG' | 'MAX_SIZE' | 'MAX_DEPTH';
  message: string;
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
