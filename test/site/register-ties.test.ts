/** What work items name is followed in whatever order readings come, also at once: in the end the register says what the newest reading said. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../sandbox/clock';
import { type SqlServer, startSqlServer } from '../../sandbox/forge';
import { answerSql } from '../../sandbox/forge/sql/service';
import { DATABASE_CACHE } from '../../scripts/paths';
import type { TieRole } from '../../src/contract';
import type { StatusKey } from '../../src/method';
import { registerMigrations } from '../../src/register/tables';
import { changesOf } from '../../src/register/tied';
import { forgetWork, hasHeard, heardOf, keepOutcome, keepPlan, type Naming, readKnown, sync } from '../../src/register/ties';

const INSTALLATION = 'ties';
const dataDir = mkdtempSync(join(tmpdir(), 'usm-ties-'));
let server: SqlServer;

/** What the platform gives a function, as far as SQL needs it. */
async function platform(): Promise<void> {
  server = await startSqlServer({ cacheDir: DATABASE_CACHE, dataDir, clock: systemClock, limitRates: false });
  Object.assign(globalThis, {
    __forge_runtime__: {
      appContext: { appId: 'ties', environmentId: 'ties', environmentType: 'DEVELOPMENT', invocationId: 'ties', installationId: INSTALLATION },
      lambdaContext: { getRemainingTimeInMillis: () => 25_000 },
    },
    __forge_fetch__: async (_target: unknown, path: string, { body }: { body: string }) => {
      const answer = await answerSql(server, INSTALLATION, true, path, body);
      return new Response(JSON.stringify(answer.body), { status: answer.status });
    },
  });
  for (const { statement } of registerMigrations) await server.execute(INSTALLATION, statement, [], 'ddl');
}

beforeAll(platform);
afterAll(async () => {
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

interface Reading {
  names: Record<TieRole, string[]>;
  status: StatusKey;
}

const KEYS = ['A-1', 'B-2', 'C-3'];
const some = fc.subarray(KEYS);
const reading: fc.Arbitrary<Reading> = fc.record({
  names: fc.record({ concerned: some, toChange: some, toAdd: some }),
  status: fc.constantFrom('registered', 'accepted', 'realising', 'closed'),
});

const naming = (id: string, { names, status }: Reading, place: number): Naming => ({
  work: { id, key: `NSS-${id}` },
  type: 'rfc',
  status,
  reportedAt: 1_000,
  window: { start: place * 1_000, end: place * 1_000 + 500 },
  names,
  // Two at a time in one millisecond: then the id of the entry tells.
  heard: heardOf(1_800_000_000_000 + Math.floor(place / 2), String(100 + place)),
});

async function stands(id: string): Promise<string[]> {
  const { rows } = await server.execute(
    INSTALLATION,
    `SELECT item_key, role, status, is_open FROM mi_tie WHERE work_id = ? AND item_key <> '' ORDER BY role, item_key`,
    [id],
    'dml',
  );
  return (rows as Record<string, unknown>[]).map((row) => Object.values(row).join(' '));
}

const expected = ({ names, status }: Reading): string[] =>
  (['concerned', 'toChange', 'toAdd'] as const).flatMap((role, place) =>
    [...names[role]].sort().map((key) => `${key} ${String(place)} ${status} ${status === 'closed' ? '0' : '1'}`),
  );

describe('readings of a work item', () => {
  let next = 1;

  it.each([
    ['one after the other', false],
    ['at once', true],
  ])('in any order, each perhaps twice, %s', async (_how, atOnce) => {
    await fc.assert(
      fc.asyncProperty(fc.array(reading, { minLength: 1, maxLength: 5 }), fc.infiniteStream(fc.nat()), async (readings, chance) => {
        const id = String((next += 1));
        const told = readings.flatMap((one, place) => [naming(id, one, place), naming(id, one, place)]);
        const weights = new Map(told.map((one) => [one, chance.next().value as number]));
        const shuffled = [...told].sort((a, b) => (weights.get(a) ?? 0) - (weights.get(b) ?? 0));
        if (atOnce) await Promise.all(shuffled.map(sync));
        else for (const one of shuffled) await sync(one);
        expect(await stands(id)).toEqual(expected(readings.at(-1) as Reading));
      }),
      { numRuns: 25 },
    );
  });

  it('a name that was taken away does not come back with an old reading; what is planned for the others stays', async () => {
    const [both, one]: [Reading, Reading] = [
      { names: { concerned: [], toChange: ['A-1', 'B-2'], toAdd: [] }, status: 'accepted' },
      { names: { concerned: [], toChange: ['B-2'], toAdd: [] }, status: 'accepted' },
    ];
    await sync(naming('900', both, 1));
    await keepPlan('900', 'B-2', 'toChange', { changes: [{ attribute: 'name', to: 'Another' }] });
    await keepOutcome('900', 'B-2', 'toChange', { outcome: 'updated', by: 'ada', at: 1 });
    await sync(naming('900', one, 2));
    await sync(naming('900', both, 1));
    expect(await changesOf(['900'])).toMatchObject([{ key: 'B-2', outcome: 'updated', plan: { changes: [{ attribute: 'name', to: 'Another' }] } }]);
    await keepPlan('900', 'B-2', 'toChange', undefined);
    expect(await changesOf(['900'])).toMatchObject([{ key: 'B-2', outcome: undefined, plan: undefined }]);
    expect([await hasHeard('900', '102'), await hasHeard('900', '103'), await hasHeard('901', '1')]).toEqual([true, false, false]);
  });

  it('its twin without the order of readings would be wrong: the same reading as if it were newer is believed', async () => {
    const old: Reading = { names: { concerned: ['A-1'], toChange: [], toAdd: [] }, status: 'accepted' };
    await sync(naming('910', { ...old, names: { ...old.names, concerned: [] } }, 2));
    await sync(naming('910', old, 1));
    expect(await stands('910')).toEqual([]);
    await sync(naming('910', old, 3));
    expect(await stands('910')).toEqual(['A-1 0 accepted 1']);
  });

  it('another change under way is in the way until it ends, and not while nobody has accepted it', async () => {
    const naming1 = (status: StatusKey, place: number): Naming =>
      naming('920', { names: { concerned: [], toChange: ['C-3'], toAdd: [] }, status }, place);
    const others = async (): Promise<string[]> =>
      (await readKnown({ workId: '921', names: ['c-3'], since: 0 })).others.map(({ workKey }) => workKey).filter((key) => key === 'NSS-920');
    for (const [place, [status, found]] of [
      ['registered', []],
      ['accepted', ['NSS-920']],
      ['realising', ['NSS-920']],
      ['fulfilled', []],
    ].entries() as Iterable<[number, [StatusKey, string[]]]>) {
      await sync(naming1(status, place));
      expect(await others(), status).toEqual(found);
    }
    await sync(naming1('accepted', 9));
    await forgetWork('920');
    expect(await others()).toEqual([]);
  });

  it('labels that are no keys are left to the rules', async () => {
    await sync(naming('930', { names: { concerned: ['two words', 'x'.repeat(60), 'A-1'], toChange: [], toAdd: [] }, status: 'accepted' }, 1));
    expect(await stands('930')).toEqual(['A-1 0 accepted 1']);
  });
});
