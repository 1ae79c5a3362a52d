/** Thousands of items at once, past the app's calls, as they would stand there after years. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock, type Clock } from '../../../sandbox/clock';
import { type SqlServer, startSqlServer } from '../../../sandbox/forge';
import { DATABASE_CACHE } from '../../../scripts/paths';
import { catalogItem } from '../../../src/contract';

export interface OpenDatabase {
  /** For the site. */
  sql: SqlServer;
  /** In the tables of the app that spoke last. */
  write(query: string, params: (string | number | null)[]): Promise<void>;
  /** Rows of them. */
  read(query: string): Promise<Record<string, unknown>[]>;
  /** Whole statements, for hundreds of thousands of rows. */
  fill(statements: Iterable<string>): Promise<void>;
  stop(): Promise<void>;
}

export async function openDatabase(clock: Clock = systemClock): Promise<OpenDatabase> {
  const dataDir = mkdtempSync(join(tmpdir(), 'usm-sql-'));
  const server = await startSqlServer({ cacheDir: DATABASE_CACHE, dataDir, clock, limitRates: false });
  let last = '';
  return {
    sql: {
      ...server,
      execute: (installation, ...rest) => {
        last = installation;
        return server.execute(installation, ...rest);
      },
    },
    write: async (query, params) => void (await server.execute(last, query, params, 'dml')),
    read: async (query) => (await server.execute(last, query, [], 'dml')).rows as Record<string, unknown>[],
    fill: (statements) => server.fill(last, statements),
    async stop() {
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

const PORTION = 200;
const THINGS = ['desk', 'chair', 'screen', 'key', 'card', 'printer', 'telephone', 'lamp', 'door', 'code'];
const PLACES = ['ward', 'kitchen', 'laboratory', 'reception', 'archive', 'theatre', 'garage'];

export const manyId = (n: number): string => `many-${String(n).padStart(5, '0')}`;
export const manyTitle = (n: number): string => `${THINGS[n % 10] ?? ''} for the ${PLACES[n % 7] ?? ''} ${String(n).padStart(5, '0')}`;

/** Approved, all of the service "workplace". */
export async function manyItems({ write }: OpenDatabase, count: number): Promise<void> {
  for (let from = 0; from < count; from += PORTION) {
    const items = Array.from({ length: Math.min(PORTION, count - from) }, (_, index) =>
      catalogItem.parse({
        id: manyId(from + index),
        title: manyTitle(from + index),
        what: 'Brought to where you are, tried out with you, and kept in order.',
        service: 'workplace',
        type: 'serviceRequest',
        delivery: { kind: 'days', days: 1 + (index % 9) },
      }),
    );
    await write(
      `INSERT INTO catalog_item (id, title, service, type, status, ready, charged, automatic, search, body, approved, deeds, version)
       VALUES ${items.map(() => `(?, ?, ?, ?, 'approved', ?, 0, 0, ?, ?, ?, '[]', 1)`).join(', ')}`,
      items.flatMap((one) => [
        one.id,
        one.title,
        one.service,
        one.type,
        one.delivery.kind === 'days' ? one.delivery.days * 1_440 : -1,
        `${one.title}\n${one.what}`,
        JSON.stringify(one),
        JSON.stringify(one),
      ]),
    );
  }
}
