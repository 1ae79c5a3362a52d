/** Levels, pause and removal on a site with the app that would be deployed: what people meet, what it costs, and what is left by whoever dies half-way. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../../sandbox/clock';
import { create, idle, type Item, move, tryMove, waysFor } from '../../sandbox/demo/acts';
import type { Visitor } from '../../sandbox/demo/client';
import { makeWorld, setUp, type World } from '../../sandbox/demo/world';
import { Visitor as Person } from '../../sandbox/demo/client';
import type { Intercept } from '../../sandbox/site';
import { type Level, type ProcessPanel, processAnswer, ruleCalls, type RulesOverview } from '../../src/contract';
import { RULE_IDS } from '../../src/method';
import { type FreshSite, freshSite } from '../scenarios/site';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Functions that run already notice a change after a minute; their clock goes on while the site's stands. */
const NOTICED = 2 * MINUTE;

let fresh: FreshSite;
let world: World;
let admin: Visitor;
const clock = new ManualClock(new Date());

let fault: Intercept = (_request, next) => next();
let asked: { method: string; path: string }[] = [];
const countedAs = (method: string, path: RegExp): number => asked.filter((one) => one.method === method && path.test(one.path)).length;
const CONFIG = /^\/rest\/api\/3\/workflow\/rule\/config/;
const UPDATE = /^\/rest\/api\/3\/workflows\/update$/;

beforeAll(async () => {
  fresh = await freshSite({
    clock,
    // Hours pass at one moment of a clock that stands still: all their rounds fall into one minute.
    limitRates: false,
    intercept: (request, next) => {
      asked.push(request);
      return fault(request, next);
    },
  });
  world = await makeWorld(fresh.site.url, fresh.site.administrator.email);
  admin = world.admin;
});
afterAll(() => fresh.stop());
beforeEach(() => {
  fault = (_request, next) => next();
  fresh.site.faults.set({});
  asked = [];
});

async function call(name: keyof typeof ruleCalls, payload: unknown = {}, who: Visitor = admin): Promise<RulesOverview> {
  const answer = ruleCalls['rules.overview'].answer.parse(await who.invoke('usm-setup', name, payload));
  if (answer.state !== 'ok') throw new Error(JSON.stringify(answer));
  return answer;
}
const refusedCall = (name: keyof typeof ruleCalls, payload: unknown, who: Visitor = admin): Promise<unknown> =>
  who.invoke('usm-setup', name, payload);
const overview = (): Promise<RulesOverview> => call('rules.overview');
const setLevel = (rule: string, level: Level, at?: number): Promise<RulesOverview> =>
  call('rules.setLevel', { rule, level, ...(at !== undefined && { at }) });
const row = ({ rules }: RulesOverview, rule: string) => rules.find((one) => one.rule === rule);
const round = (): Promise<unknown> => admin.ask('POST', '/_sandbox/schedule');

interface Rule {
  ruleKey: string;
  parameters: Record<string, string>;
}
interface Workflow {
  name: string;
  version: { versionNumber: number };
  transitions: { id: string; name: string; validators: Rule[]; actions: Rule[]; conditions?: unknown }[];
}
const workflows = async (who: Visitor = admin): Promise<Workflow[]> =>
  (await who.ask<{ values: Workflow[] }>('GET', '/rest/api/3/workflows/search?queryString=USM&expand=values.transitions')).values;
const ours = (rule: Rule): boolean => rule.ruleKey.startsWith('forge:');
const forgeRules = async (who: Visitor = admin): Promise<Rule[]> =>
  (await workflows(who)).flatMap(({ transitions }) => transitions.flatMap((one) => [...one.validators, ...one.actions].filter(ours)));
/** What asks before a step: of the data, and of the person. */
const gates = async (): Promise<Rule[]> => (await forgeRules()).filter((one) => /usm-(gate|who)$/.test(one.parameters['key'] ?? ''));

/** Level of a rule in the gates of all steps that ask it, as Jira keeps them. */
async function levelsInJira(type: string, transition: string): Promise<Record<string, Level>> {
  const found = (await gates())
    .map((one) => JSON.parse(one.parameters['config'] ?? '{}') as { type: string; transition: string; levels?: Record<string, Level> })
    .find((one) => one.type === type && one.transition === transition);
  return found?.levels ?? {};
}

const FAILURE = {
  Customer: 'Sint Lucas Ziekenhuis',
  Service: 'Ward network',
  Category: ['Network', 'no connection'],
  Impact: 'High',
  Urgency: 'Medium',
  Observed: 'Nothing connects.',
  Agreed: 'Every bed has a connection.',
};

/** An accepted incident; with an item to change, V06 forbids to fix it on the spot. */
async function incident(given: Record<string, unknown> = { 'Items to change': ['SW-1'] }): Promise<Item> {
  const item = await create(world, world.people.sofia, 'Incident', 'No network', { ...FAILURE, ...given });
  await move(world, world.people.amira, item.key, 'Accept');
  await idle(world);
  return item;
}
const fix = (key: string) => tryMove(world, world.people.daan, key, 'Fix on the spot', { 'What was done': 'Plugged in.' });

async function panel(key: string): Promise<ProcessPanel> {
  const answer = processAnswer.parse(await world.people.daan.invoke('usm-process', 'work.process', {}, key));
  if (answer.state !== 'ok') throw new Error(JSON.stringify(answer));
  return answer;
}
const lineOf = ({ next }: ProcessPanel, transition: string, rule: string) =>
  next.find((one) => one.transition === transition)?.rules.find((one) => one.rule === rule);

describe('the overview', () => {
  it('shows every rule and every rule of ours in Jira, for one read of rules', async () => {
    asked = [];
    const shown = await overview();
    expect(shown.rules.map((one) => one.rule)).toEqual([...RULE_IDS]);
    expect(shown.inJira).toEqual({ rules: (await forgeRules()).length, disabled: 0, behind: 0 });
    expect(shown.inJira.rules).toBeGreaterThan(100);
    expect([countedAs('GET', CONFIG), countedAs('PUT', CONFIG)]).toEqual([1, 0]);
  });

  it('is for Jira administrators', async () => {
    expect(await refusedCall('rules.overview', {}, world.people.amira)).toMatchObject({ state: 'forbidden' });
    expect(await refusedCall('rules.remove', {}, world.people.amira)).toMatchObject({ state: 'forbidden' });
    expect((await forgeRules()).length).toBeGreaterThan(100);
  });
});

describe('a level', () => {
  it('goes into Jira by one write, without rewriting a workflow', async () => {
    const before = await workflows();
    asked = [];
    const shown = await setLevel('V06', 'warn');
    expect(row(shown, 'V06')).toMatchObject({ level: 'warn', settable: true });
    expect(shown.log[0]).toMatchObject({ text: 'V06 from Enforce to Warn' });
    expect(shown.inJira.behind).toBe(0);
    expect([countedAs('GET', CONFIG), countedAs('PUT', CONFIG), countedAs('POST', UPDATE)]).toEqual([2, 1, 0]);
    expect(await levelsInJira('incident', 'fixOnTheSpot')).toEqual({ V06: 'warn' });
    expect(await levelsInJira('serviceRequest', 'accept')).toEqual({ V06: 'warn' });
    expect(await levelsInJira('incident', 'analyse')).toEqual({});
    const parts = (all: Workflow[]) =>
      all.map(({ name, transitions }) => [name, transitions.map((one) => [one.id, one.name, one.validators.length])]);
    expect(parts(await workflows())).toEqual(parts(before));
    // Once more the same: nothing to write.
    asked = [];
    await setLevel('V06', 'warn');
    expect(countedAs('PUT', CONFIG)).toBe(0);
  });

  it('of a warning is told in the panel before, lets pass, and leaves a record', async () => {
    const { key } = await incident();
    clock.advance(NOTICED);
    expect(lineOf(await panel(key), 'fixOnTheSpot', 'V06')).toMatchObject({ state: 'warning' });
    const before = row(await overview(), 'V06');
    expect((await fix(key)).status).toBe(204);
    expect(row(await overview(), 'V06')).toMatchObject({ refused: before?.refused, letThrough: (before?.letThrough ?? 0) + 1 });
  });

  it('off is not asked, and nobody hears of it', async () => {
    await setLevel('V06', 'off');
    const { key } = await incident();
    clock.advance(NOTICED);
    expect(lineOf(await panel(key), 'fixOnTheSpot', 'V06')).toBeUndefined();
    const before = row(await overview(), 'V06');
    expect((await fix(key)).status).toBe(204);
    expect(row(await overview(), 'V06')).toMatchObject({ refused: before?.refused, letThrough: before?.letThrough });
  });

  it('enforced refuses with its sentence, is counted by rule, and the panel names the refusal', async () => {
    await setLevel('V06', 'enforce');
    const { key } = await incident();
    const before = await overview();
    const answer = await fix(key);
    expect(answer.status).toBe(400);
    expect(JSON.stringify(answer.body)).toContain('V06');
    const after = await overview();
    expect(row(after, 'V06')?.refused).toBe((row(before, 'V06')?.refused ?? 0) + 1);
    expect(row(after, 'V04')?.refused).toBe(row(before, 'V04')?.refused);
    expect((await panel(key)).refused).toMatchObject({ transition: 'Fix on the spot', unmet: 1, of: 3 });
  });

  it('of a rule that is always asked cannot be set', async () => {
    expect(await refusedCall('rules.setLevel', { rule: 'V04', level: 'off' })).toMatchObject({ state: 'error', code: 'person.input' });
    expect((await overview()).log.some((one) => one.text.startsWith('V04'))).toBe(false);
  });

  it('can begin later, and does so by itself', async () => {
    const at = clock.now().getTime() + HOUR;
    asked = [];
    expect(row(await setLevel('V21', 'warn', at), 'V21')).toMatchObject({ level: 'enforce', next: { level: 'warn', at } });
    expect(countedAs('PUT', CONFIG)).toBe(0);
    await round();
    expect(await levelsInJira('rfc', 'agreePlan')).toEqual({});
    clock.advance(HOUR + MINUTE);
    await round();
    expect(await levelsInJira('rfc', 'agreePlan')).toEqual({ V21: 'warn' });
    expect(row(await overview(), 'V21')).toMatchObject({ level: 'warn' });
    expect(row(await overview(), 'V21')?.next).toBeUndefined();
  });
});

describe('what goes wrong', () => {
  it('a round with nothing to do asks Jira nothing about rules', async () => {
    await overview();
    asked = [];
    await round();
    expect(asked.filter((one) => CONFIG.test(one.path))).toEqual([]);
  });

  it('Jira does not take it: the decision stands, the page says what is behind, the round finishes it', async () => {
    fault = ({ method, path }, next) => (method === 'PUT' && CONFIG.test(path) ? Promise.resolve(new Response('', { status: 503 })) : next());
    const shown = await setLevel('V14', 'warn');
    expect(row(shown, 'V14')?.level).toBe('warn');
    // V14 guards Close in each of the eight workflows.
    expect(shown.inJira.behind).toBe(8);
    expect(await levelsInJira('wish', 'close')).toEqual({});
    fault = (_request, next) => next();
    await round();
    expect(await levelsInJira('wish', 'close')).toEqual({ V14: 'warn' });
    expect((await overview()).inJira.behind).toBe(0);
  });

  it('Jira takes it and its answer is lost: nothing is written twice', async () => {
    fault = async ({ method, path }, next) => {
      const answer = await next();
      return method === 'PUT' && CONFIG.test(path) ? new Response('', { status: 504 }) : answer;
    };
    expect((await setLevel('V14', 'off')).inJira.behind).toBe(0);
    fault = (_request, next) => next();
    asked = [];
    await round();
    expect([countedAs('GET', CONFIG), countedAs('PUT', CONFIG)]).toEqual([1, 0]);
  });

  it('two administrators at once: both decisions stand', async () => {
    await Promise.all([setLevel('V13', 'warn'), setLevel('V14', 'warn'), setLevel('V21', 'off'), setLevel('V36', 'warn')]);
    await round();
    const shown = await overview();
    expect(shown.inJira.behind).toBe(0);
    expect(['V13', 'V14', 'V21', 'V36'].map((rule) => row(shown, rule)?.level)).toEqual(['warn', 'warn', 'off', 'warn']);
    expect(await levelsInJira('rfc', 'release')).toEqual({ V13: 'warn' });
    expect(await levelsInJira('rfc', 'agreePlan')).toEqual({ V21: 'off' });
    expect(await levelsInJira('incident', 'close')).toEqual({ V14: 'warn' });
  });

  it('killed at any of its requests: decided or not, never half, and Jira follows', { timeout: 400_000 }, async () => {
    let [decided, killed] = [0, 0];
    let before = await overview();
    for (let request = 1, died = true; died; request += 1) {
      const wanted: Level = request % 2 === 0 ? 'warn' : 'off';
      fresh.site.faults.set({ functions: [{ match: { function: 'resolver' }, killAfterRequests: request, performed: request % 3 === 0 }] });
      died = await setLevel('V42', wanted).then(
        () => false,
        () => true,
      );
      fresh.site.faults.set({});
      // Whoever held the lease is gone by then.
      clock.advance(MINUTE);
      await round();
      const after = await overview();
      const level = row(after, 'V42')?.level ?? 'enforce';
      expect([row(before, 'V42')?.level, wanted]).toContain(level);
      expect(after.inJira.behind, `killed at request ${String(request)}`).toBe(0);
      expect(await levelsInJira('improvement', 'confirm')).toEqual(level === 'enforce' ? {} : { V42: level });
      expect(after.log.length - before.log.length).toBeLessThanOrEqual(1);
      if (died && level === wanted) decided += 1;
      if (died) killed += 1;
      before = after;
    }
    // Some died before anything was kept, some after.
    expect(killed).toBeGreaterThan(decided);
    expect(decided).toBeGreaterThan(2);
    console.info(`killed at ${String(killed)} requests, ${String(decided)} times after the decision was kept`);
  });
});

describe('a pause', () => {
  let key: string;
  let shown: RulesOverview;
  let writes: number;

  beforeAll(async () => {
    await setLevel('V06', 'enforce');
    ({ key } = await incident({ 'Items to change': ['SW-1'] }));
    asked = [];
    shown = await call('rules.pause', { reason: 'Ward network is down', hours: 4 });
    writes = countedAs('PUT', CONFIG);
  });

  it('switches every gate off and leaves everything else, in as few writes as rules fit', async () => {
    const all = await forgeRules();
    const off = all.filter((one) => one.parameters['disabled'] === 'true');
    const parameters = (rules: Rule[]) => rules.map((one) => one.parameters);
    expect(parameters(off)).toEqual(parameters(await gates()));
    expect(shown.paused?.reason).toBe('Ward network is down');
    expect((shown.paused?.until ?? 0) - (shown.paused?.at ?? 0)).toBe(4 * HOUR);
    expect(shown.inJira).toMatchObject({ disabled: off.length, behind: 0 });
    expect(off.length).toBeGreaterThan(50);
    expect(writes).toBe(Math.ceil(off.length / 100));
  });

  it('lets pass whoever may take the step, and nobody else', async () => {
    expect((await waysFor(world.people.karel, key)).map((one) => one.name)).not.toContain('Fix on the spot');
    clock.advance(NOTICED);
    expect((await panel(key)).paused).toMatchObject({ reason: 'Ward network is down' });
    expect((await tryMove(world, world.people.daan, key, 'Fix on the spot')).status).toBe(204);
    await idle(world);
  });

  it('ends by itself, and then every gate asks again', async () => {
    clock.advance(4 * HOUR + MINUTE);
    await round();
    const after = await overview();
    expect(after.paused).toBeUndefined();
    expect(after.inJira).toMatchObject({ disabled: 0, behind: 0 });
    expect(after.lastPause).toMatchObject({ checked: false, exceptions: [] });
    const other = await incident();
    expect((await fix(other.key)).status).toBe(400);
    clock.advance(NOTICED);
    expect((await panel(other.key)).paused).toBeUndefined();
  });

  it('is looked at afterwards: what was passed that a rule would have refused is listed, once', async () => {
    clock.advance(6 * MINUTE);
    await round();
    await round();
    const { lastPause, rules } = await overview();
    expect(lastPause?.checked).toBe(true);
    expect(lastPause?.exceptions.map((one) => [one.key, one.rule, one.step])).toEqual([
      [key, 'V06', 'Fix on the spot'],
      [key, 'V50', 'Fix on the spot'],
    ]);
    expect(rules.find((one) => one.rule === 'V50')?.letThrough).toBe(1);
  });

  it('ends by hand as well', async () => {
    await call('rules.pause', { reason: 'Again', hours: 1 });
    const after = await call('rules.resume');
    expect(after.paused).toBeUndefined();
    expect(after.inJira.disabled).toBe(0);
    expect(after.log[0]?.text).toBe('All rules resumed');
  });

  it('that dies in the middle is finished by the round', async () => {
    fresh.site.faults.set({ functions: [{ match: { function: 'resolver' }, killAfterRequests: 1, performed: true, kinds: ['jira'] }] });
    await refusedCall('rules.pause', { reason: 'Dies', hours: 1 }).catch(() => undefined);
    fresh.site.faults.set({});
    clock.advance(MINUTE);
    await round();
    const after = await overview();
    expect(after.inJira.behind).toBe(0);
    expect(after.inJira.disabled).toBe(after.paused ? (await gates()).length : 0);
    await call('rules.resume');
  });
});

describe('the removal', () => {
  it('takes every rule of ours off the workflows, tries again where somebody else was writing, and leaves the rest as it was', async () => {
    const before = await workflows();
    const conditions = (all: Workflow[]) =>
      all.map((one) => [
        one.name,
        one.transitions.map(({ id, name, conditions: who }) => [id, name, JSON.stringify(who ?? {}).replace(/"id":"[^"]*"/g, '')]),
      ]);
    let conflicts = 2;
    fault = ({ path }, next) => {
      if (!UPDATE.test(path) || conflicts === 0) return next();
      conflicts -= 1;
      return Promise.resolve(Response.json({ errorMessages: ['Workflow version and version token must match'], errors: {} }, { status: 409 }));
    };
    const shown = await call('rules.remove');
    expect(conflicts).toBe(0);
    expect(countedAs('POST', UPDATE)).toBe(8 + 2);
    expect(shown.inJira).toEqual({ rules: 0, disabled: 0, behind: 0 });
    expect(shown.removed?.by).toBe('Site administrator');
    expect(await forgeRules()).toEqual([]);
    const after = await workflows();
    expect(conditions(after)).toEqual(conditions(before));
    const kept = (all: Workflow[]) =>
      all.map((one) =>
        one.transitions.map(({ validators, actions }) =>
          [...validators, ...actions].filter((rule) => !ours(rule)).map((rule) => [rule.ruleKey, rule.parameters]),
        ),
      );
    expect(kept(after)).toEqual(kept(before));
  });

  it('once more writes nothing', async () => {
    asked = [];
    const shown = await call('rules.remove');
    expect(shown.inJira.rules).toBe(0);
    expect(asked.filter((one) => one.method !== 'GET').map((one) => one.path)).toEqual([]);
  });

  it('leaves work items readable and movable, and says so when somebody pauses', async () => {
    const item = await create(world, world.people.sofia, 'Incident', 'Afterwards', {});
    expect((await tryMove(world, world.people.amira, item.key, 'Accept')).status).toBe(204);
    expect(await refusedCall('rules.pause', { reason: 'Nothing there', hours: 1 })).toMatchObject({ state: 'error', code: 'person.conflict' });
  });
});

describe('an app that is uninstalled', () => {
  it('switches all its rules off, so that no step is refused for ever', async () => {
    const other = await freshSite();
    try {
      const person = new Person(other.site.url, other.site.administrator.email);
      await setUp(person);
      expect((await forgeRules(person)).every((one) => one.parameters['disabled'] === 'false')).toBe(true);
      await person.ask('POST', `/_sandbox/apps/${other.site.forge.manifest.appId}/uninstall`);
      const left = await forgeRules(person);
      expect(left.length).toBeGreaterThan(100);
      expect(left.every((one) => one.parameters['disabled'] === 'true')).toBe(true);
    } finally {
      await other.stop();
    }
  });
});
