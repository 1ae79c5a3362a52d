/** All tables of the app, brought up to date; safe to run twice, and at once. */
import { z } from 'zod';
import * as agreements from '../agreements/service';
import * as catalog from '../catalog/service';
import { now } from '../platform/clock';
import { remainingMs } from '../platform/environment';
import { platformFault } from '../platform/errors';
import { versioned } from '../platform/kvs';
import { importMigrations } from '../platform/import-rows';
import { leaseMigrations } from '../platform/lease';
import { isUpToDate, migrate } from '../platform/sql';
import * as register from '../register/service';
import * as work from '../work/service';

const ALL = [...leaseMigrations, ...importMigrations, ...work.migrations, ...agreements.migrations, ...catalog.migrations, ...register.migrations];

/**
 * The event of the installation and whoever opens setup may come at the same moment. Forge SQL takes 25 changes of tables a minute (Forge docs: SQL
 * limits), so two runs side by side would stop each other: one has the turn, the other waits for it. Tables keep no lease yet, so the store does.
 */
const turn = versioned('tables', z.object({ until: z.number() }));
/** Whoever died in their turn holds up nobody for longer. */
const TURN_MS = 15_000;
const LOOK_AGAIN_MS = 1_000;
/** Kept back so that the handler can still answer. */
const RESERVE_MS = 4_000;

export async function bringTables(): Promise<void> {
  while (!(await isUpToDate(ALL))) {
    const held = await turn.read();
    const version = held?.version ?? 0;
    if ((held?.value.until ?? 0) <= now() && (await turn.write({ until: now() + TURN_MS }, version))) {
      await migrate(ALL);
      await turn.write({ until: 0 }, version + 1);
      return;
    }
    if (remainingMs() < RESERVE_MS) throw platformFault('platform.busy');
    await new Promise((done) => setTimeout(done, LOOK_AGAIN_MS));
  }
}
