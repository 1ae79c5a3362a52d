/** Setup by the deployed app, its process killed in every step: at a request drawn at random, carried out or not. It resumes, and undo takes all of it back. */
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Visitor } from '../../sandbox/demo/client';
import { Store } from '../../sandbox/jira/store';
import { readTransfer } from '../../sandbox/site';
import { planChanged, setupPlan, setupProgress, type SetupProgress, setupTarget, verification } from '../../src/contract';
import { picture } from '../features/support/setup';
import { type FreshSite, freshSite } from '../scenarios/site';

const TARGET = setupTarget.parse({ spaces: { kind: 'new', key: 'NSS', name: 'Noordhaven Shared Services' }, begin: 'warn' });
/** Every call asks for so many requests before it can have done anything: who asks, how far it is, whether it is free. */
const SOON = 4;
/** Only large steps ask for so many. */
const LATE = 60;

let fresh: FreshSite;
let admin: Visitor;
let kills: number;

beforeEach(async () => {
  fresh = await freshSite();
  admin = new Visitor(fresh.site.url, fresh.site.administrator.email);
  kills = 0;
});
afterEach(() => fresh.stop());

/** One call of the page; with a fault set it may be killed. Then the lease of the dead has to run out before anybody goes on. */
async function survive(call: string, payload: object, at?: { killAfterRequests: number; performed: boolean }): Promise<SetupProgress | undefined> {
  fresh.site.faults.set(at ? { functions: [{ match: { module: 'usm-setup' }, ...at }] } : {});
  const answer = await admin.invoke('usm-setup', call, payload).catch((thrown: unknown) => {
    if (!String(thrown).includes('process ended')) throw thrown;
    kills += 1;
  });
  fresh.site.faults.set({});
  if (answer === undefined) {
    await admin.ask('POST', '/_sandbox/clock', { advanceMs: 30_000 });
    return undefined;
  }
  const changed = planChanged.safeParse(answer);
  if (changed.success) throw new Error(changed.data.text);
  return setupProgress.parse(answer);
}

interface Kill {
  killAfterRequests: number;
  performed: boolean;
}

/** Before every step that is left in peace, one call that dies soon, and one that may die in the middle. */
async function through(call: string, payload: object, going: SetupProgress['phase'], draw?: () => { soon: Kill; late: Kill }) {
  let progress = await survive(call, payload);
  for (let calls = 0; calls < 200; calls += 1) {
    if (progress && progress.phase !== going) return progress;
    if (draw) {
      const { soon, late } = draw();
      await survive(call, payload, soon);
      await survive(call, payload, late);
    }
    progress = (await survive(call, payload)) ?? progress;
  }
  throw new Error('It did not end.');
}

const kill = (most: number): fc.Arbitrary<Kill> => fc.record({ killAfterRequests: fc.integer({ min: 1, max: most }), performed: fc.boolean() });

/** Numbers that a failing run names, to be drawn again. */
function draws(): () => { soon: Kill; late: Kill } {
  const some = fc.sample(fc.record({ soon: kill(SOON), late: kill(LATE) }), { numRuns: 200, seed: fc.readConfigureGlobal().seed ?? 0 });
  return () => some.pop() ?? { soon: { killAfterRequests: 1, performed: true }, late: { killAfterRequests: 9, performed: true } };
}

/** The site's configuration, read off its export. */
async function pictured() {
  const store = new Store();
  store.load(readTransfer(await fresh.site.exportFile()).store);
  return picture(store);
}

const plan = async () => setupPlan.parse(await admin.invoke('usm-setup', 'setup.plan', TARGET));

it('killed in every step, it is resumed to the same site, verified, applied again without a write, and undone', async () => {
  const before = await pictured();
  const { hash } = await plan();
  const applied = await through('setup.step', { target: TARGET, hash }, 'running', draws());
  expect(applied).toMatchObject({ phase: 'done', left: [] });
  expect(kills).toBeGreaterThanOrEqual(applied.done.length / 2);
  // Nothing was made twice: every name stands once.
  const after = await pictured();
  for (const names of [after.linkTypes, after.roles, after.resolutions, after.workTypes]) expect(new Set(names).size).toBe(names.length);
  expect(new Set(after.fields.map(([name]) => name)).size).toBe(after.fields.length);
  expect(Object.keys(after.workflows).filter((name) => name.startsWith('USM '))).toHaveLength(8);
  const { checks, drifts } = verification.parse(await admin.invoke('usm-setup', 'setup.verify'));
  expect(drifts).toBe(0);
  expect(checks.filter((one) => one.is === 'wrong')).toEqual([]);

  const again = await plan();
  expect(again.nodes.filter((one) => one.action !== 'reuse')).toEqual([]);

  kills = 0;
  const undone = await through('setup.undo', { hash }, 'undoing', draws());
  expect(undone).toMatchObject({ phase: 'undone', kept: [] });
  expect(kills).toBeGreaterThanOrEqual(undone.done.length / 2);
  expect(await pictured()).toEqual(before);
}, 240_000);

it('applied again writes nothing in Jira', async () => {
  for (const _ of [1, 2]) {
    const { hash } = await plan();
    const applied = await through('setup.step', { target: TARGET, hash }, 'running');
    expect(applied.phase).toBe('done');
    if (_ === 2) expect(applied.writes).toBe(0);
  }
  expect(kills).toBe(0);
});
