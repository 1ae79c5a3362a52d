/** How much of the key-value store an installation may use in a second or a minute (Forge docs: KVS and custom entity limits). */
import type { Clock } from '../../clock';
import { KVS } from '../limits';
import { WindowLimit } from '../rate';
import { serviceError, type ServiceAnswer } from '../service';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
/** The whole installation. */
const ALL = '';

/** Bytes that went one way, and what they are counted for. */
export interface Traffic {
  kind: 'read' | 'write' | 'query';
  bytes: number;
  /** Keys, or the index value of a query, each with its bytes. */
  parts: { name: string; bytes: number }[];
}

const tooMany = serviceError(429, 'TOO_MANY_REQUESTS', 'The app installation exceeded the maximum number of allowed operations.');
const throttled = serviceError(429, 'REQUEST_THROTTLED', 'The app installation exceeded the maximum transfer limit.');

export class KvsRates {
  private readonly requests: WindowLimit;
  private readonly units: Record<'read' | 'write', WindowLimit>;
  private readonly bytes: Record<Traffic['kind'], WindowLimit>;

  constructor(clock: Clock) {
    this.requests = new WindowLimit(clock, KVS.requestsPerSecond, SECOND);
    this.units = {
      read: new WindowLimit(clock, KVS.readUnitsPerMinute, MINUTE),
      write: new WindowLimit(clock, KVS.writeUnitsPerMinute, MINUTE),
    };
    this.bytes = {
      read: new WindowLimit(clock, KVS.keyReadBytesPerSecond, SECOND),
      write: new WindowLimit(clock, KVS.keyWriteBytesPerSecond, SECOND),
      query: new WindowLimit(clock, KVS.indexReadBytesPerSecond, SECOND),
    };
  }

  /** Before anything else; undefined = let it pass. */
  request(): ServiceAnswer | undefined {
    return this.requests.take(ALL) ? undefined : tooMany;
  }

  /** Before a write, and after a read, whose size is known then only. */
  traffic({ kind, bytes, parts }: Traffic): ServiceAnswer | undefined {
    const units = Math.max(1, Math.ceil(bytes / KVS.unitBytes));
    const minute = this.units[kind === 'write' ? 'write' : 'read'];
    if (!minute.allows(ALL, units)) return tooMany;
    const perKey = this.bytes[kind];
    if (parts.some((one) => !perKey.allows(one.name, one.bytes))) return throttled;
    minute.add(ALL, units);
    for (const one of parts) perKey.add(one.name, one.bytes);
    return undefined;
  }
}
