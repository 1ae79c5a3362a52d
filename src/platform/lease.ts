/** A lease: at most one holder at a time over all processes of an installation. A row in SQL decides, by a compare-and-set. */
import { randomUUID } from 'node:crypto';
import { now } from './clock';
import { change, type Migration, sqlNumber, select } from './sql';
import { z } from 'zod';

export const leaseMigrations: readonly Migration[] = [
  {
    name: 'v001_lease',
    statement: 'CREATE TABLE IF NOT EXISTS lease (name VARCHAR(64) NOT NULL PRIMARY KEY, owner VARCHAR(36) NOT NULL, until_ms BIGINT NOT NULL)',
  },
];

/** The platform ends an invocation after 25 s (Forge docs: invocation limits); whoever held the lease longer is gone. */
const LEASE_MS = 26_000;

export interface Lease {
  /** Whether it was free; then it is the caller's until `release`, or until an invocation cannot live any longer. */
  take(): Promise<boolean>;
  release(): Promise<void>;
}

export function lease(name: string): Lease {
  const owner = randomUUID();
  return {
    async take() {
      const [held] = await select(z.object({ until_ms: sqlNumber }), 'SELECT until_ms FROM lease WHERE name = ?', name);
      if (!held) await change("INSERT IGNORE INTO lease (name, owner, until_ms) VALUES (?, '', 0)", name);
      const at = now();
      return (await change('UPDATE lease SET owner = ?, until_ms = ? WHERE name = ? AND until_ms < ?', owner, at + LEASE_MS, name, at)) === 1;
    },
    async release() {
      await change('UPDATE lease SET until_ms = 0 WHERE name = ? AND owner = ?', name, owner);
    },
  };
}
