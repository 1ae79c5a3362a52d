/**
 * Applies a plan in steps. Every step looks before it makes, and says what it is about to make before it makes it: a step that was killed is simply run again,
 * and what the dead one made is known as this run's own. Progress is kept after each step; the browser calls for the next one.
 */
import type { PlanChanged, SetupPlan, SetupProgress, SetupTarget } from '../contract';
import { now } from '../platform/clock';
import { asFault, Fault, newReference } from '../platform/errors';
import { log } from '../platform/log';
import { missingForApp } from './app-permissions';
import { BLUEPRINT } from './blueprint';
import { blueprintHash } from './blueprint-hash';
import { type Installed, installed } from './model';
import { PARTS } from './parts';
import { spacesByKey } from './parts/existing';
import { changesSince, planOn } from './plan';
import { idOf, inParallel, noIds, type Site, siteOf } from './site';
import { countOf, progressOf, type SetupState, type Tools } from './state';
import { inWords } from './words';

/** Between two questions of a browser that found somebody else at work, or Jira too busy. */
const BUSY_WAIT_MS = 2_000;

interface Did {
  made: number;
  reused: number;
}

interface Step {
  name: string;
  /** It may be left out without leaving anything half-made. */
  skippable?: true;
  run(site: Site, tools: Tools, state: SetupState): Promise<Did>;
}

const NOTHING: Did = { made: 0, reused: 0 };

export const keysOf = ({ spaces }: Pick<SetupTarget, 'spaces'>): readonly string[] => (spaces.kind === 'new' ? [spaces.key] : spaces.keys);

/** The app moves and makes work items by itself, so the spaces have to let it. */
async function checkApp(site: Site): Promise<Did> {
  const lacking = await inParallel(keysOf(site.target), async (key) => ({ key, missing: await missingForApp(site, key) }));
  const [first] = lacking.filter((one) => one.missing.length > 0);
  if (!first) return NOTHING;
  throw new Fault(
    'person.refused',
    `The app may not do all it has to in ${first.key}: ${first.missing.join(', ')} is missing. Give it to the role atlassian-addons-project-access in the ` +
      'permission scheme of the space, and try again. Right after the app was installed it can also help to wait a minute.',
  );
}

async function spacesOf(site: Site): Promise<Installed['projects']> {
  const { spaces } = site.target;
  if (spaces.kind === 'new') return [{ id: idOf(site.ids, 'project', spaces.key), key: spaces.key, name: spaces.name, existing: false }];
  const found = await spacesByKey(site, spaces.keys);
  return spaces.keys.map((key) => ({ id: idOf(site.ids, 'project', key), key, name: found.get(key)?.name ?? key, existing: true }));
}

/** What the rest of the app reads. Spaces set up earlier stay in the list. */
async function remember(site: Site, tools: Tools, state: SetupState): Promise<Did> {
  const former = await tools.installed.read();
  const spaces = await spacesOf(site);
  const { fields, statuses, workTypes, workflows, resolutions, linkTypes } = site.ids;
  const projects = [...(former?.projects ?? []).filter((one) => spaces.every(({ id }) => id !== one.id)), ...spaces];
  const all = noIds();
  for (const part of PARTS) all[part.key] = { ...former?.all[part.key], ...site.ids[part.key] };
  const left: Installed = {
    version: 1,
    fields: fields,
    statuses: statuses,
    workTypes: workTypes,
    workflows: workflows,
    resolutions: resolutions,
    linkTypes: linkTypes,
    roles: Object.fromEntries(BLUEPRINT.roles.map(({ key }) => [key, idOf(site.ids, 'roles', key)])) as Installed['roles'],
    projects,
    all,
    choices: { ...former?.choices, ...site.target.choices },
    blueprint: blueprintHash(),
    applied: { hash: state.hash, by: tools.by, at: now() },
  };
  await tools.installed.write(installed.parse(left));
  return NOTHING;
}

/** "Fields 2 of 3"; a group of one goes by its own name. */
const stepName = (title: string, index: number, of: number): string => (of === 1 ? title : `${title} ${String(index + 1)} of ${String(of)}`);

/** Tables first: without them a rule in a workflow would refuse every step. Spaces last: nobody meets half a rule. */
export const stepsFor = (target: SetupTarget): readonly Step[] => [
  { name: 'Tables of the app', run: (_, tools) => tools.migrate().then(() => NOTHING) },
  ...PARTS.flatMap((part) =>
    part.groups(target).map((keys, index, groups): Step => ({
      name: stepName(part.title, index, groups.length),
      async run(site, _, state) {
        const { made, reused } = await part.ensure(site, keys);
        for (const key of made) state.made[part.key] = { ...state.made[part.key], [key]: idOf(site.ids, part.key, key) };
        return { made: made.length, reused: reused.length };
      },
    })),
  ),
  { name: 'What the app may do', skippable: true, run: (site) => checkApp(site) },
  { name: 'Settings of the app', run: remember },
  {
    name: 'What an earlier version left different',
    async run(_, tools, state) {
      await tools.rulesPutIn();
      // What this run made is as it should be; only what was there before can differ.
      const former = Object.keys(state.made.workflows ?? {}).length === BLUEPRINT.workflows.length;
      return { made: former ? 0 : await tools.straighten(), reused: 0 };
    },
  },
];

export const stepNames = (target: SetupTarget): string[] => stepsFor(target).map((one) => one.name);

const progressed = (state: SetupState, busy = false): SetupProgress => progressOf(state, stepNames(state.target), busy);

export const patience = (): Promise<void> => new Promise((done) => setTimeout(done, BUSY_WAIT_MS));

const makesAnything = ({ counts }: SetupPlan): boolean => counts.create + counts.change > 0;

const isUnderWay = ({ phase }: SetupState): boolean => phase === 'running' || phase === 'failed';

/** Undo finds what was made by the names and spaces of its run, so one run must not inherit another's objects under other names. */
const sameObjects = (a: SetupTarget, b: SetupTarget): boolean => JSON.stringify([a.spaces, a.choices]) === JSON.stringify([b.spaces, b.choices]);

/** Opens the run of a plan that the site still agrees with. What a run before it left unfinished stays known as made, for undo. */
function opened({ target, hash, nodes }: SetupPlan, stored: SetupState | undefined, by: Tools['by']): SetupState {
  const blocking = nodes.filter((one) => one.action === 'conflict').map((one) => `“${one.name}”`);
  if (blocking.length > 0)
    throw new Fault('person.conflict', `Nothing was done, because of ${blocking.join(', ')}. The plan says what stands in the way.`);
  const unfinished = stored && isUnderWay(stored) ? stored : undefined;
  if (unfinished && countOf(unfinished.made) > 0 && !sameObjects(unfinished.target, target))
    throw new Fault(
      'person.conflict',
      `Setup of ${keysOf(unfinished.target).join(', ')} has begun and is not finished. Resume it, or stop and undo it; then apply this plan.`,
    );
  return {
    version: 2,
    target,
    hash,
    phase: 'running',
    step: 0,
    done: [],
    ids: noIds(),
    made: unfinished?.made ?? noIds(),
    former: unfinished?.former ?? {},
    reads: 0,
    writes: 0,
    kept: [],
    startedBy: by,
  };
}

async function open(tools: Tools, target: SetupTarget, hash: string, stored: SetupState | undefined): Promise<SetupProgress | PlanChanged> {
  if (stored && (stored.phase === 'undoing' || stored.phase === 'undoFailed'))
    throw new Fault('person.conflict', 'An undo has begun and is not finished. Finish it first; then make a new plan.');
  const plan = await planOn(siteOf(tools.clients, target, tools.environmentId));
  // Done already, unless somebody has taken everything away again: then the same plan holds once more.
  if (stored?.hash === hash && stored.phase === 'done' && !(plan.hash === hash && makesAnything(plan))) return progressed(stored);
  if (plan.hash !== hash) {
    const planned = await tools.planned.read();
    const changes = changesSince(planned?.hash === hash ? planned : undefined, plan);
    return { state: 'changed', text: 'The site has changed since the plan was made. Nothing was done. Look at the new plan.', changes };
  }
  const state = opened(plan, stored, tools.by);
  await tools.migrate();
  await tools.progress.write(state);
  return progressed(state);
}

/** Runs the next step. The first call of a plan checks it and counts as no step. */
export async function nextStep(tools: Tools, target: SetupTarget, hash: string, skip = false): Promise<SetupProgress | PlanChanged> {
  const before = await tools.progress.read();
  if (!(before?.hash === hash && isUnderWay(before))) return open(tools, target, hash, before);
  if (!(await tools.lease.take())) {
    await patience();
    return progressed((await tools.progress.read()) ?? before, true);
  }
  try {
    // Somebody else may have taken a step since.
    const state = (await tools.progress.read()) ?? before;
    if (state.hash !== hash || !isUnderWay(state)) return progressed(state);
    return await runStep(tools, state, skip);
  } finally {
    await tools.lease.release();
  }
}

/** Runs one step on `state` and keeps what came of it. */
async function runStep(tools: Tools, former: SetupState, skip: boolean): Promise<SetupProgress> {
  const { failed, ...kept } = former;
  const state: SetupState = { ...kept, phase: 'running' };
  const steps = stepsFor(state.target);
  const step = steps[state.step];
  if (!step) return progressed(former);
  const begun = now();
  const site = siteOf(tools.clients, state.target, tools.environmentId, {
    ids: state.ids,
    former: state.former,
    async intend(part, keys) {
      for (const key of keys) state.made[part] = { [key]: '', ...state.made[part] };
      await tools.progress.write(state);
    },
  });
  const settle = async (next: Partial<SetupState>, busy = false): Promise<SetupProgress> => {
    const after: SetupState = { ...state, reads: state.reads + site.count.reads, writes: state.writes + site.count.writes, ...next };
    await tools.progress.write(after);
    return progressed(after, busy);
  };
  const stepped = (did: Did, note: string | undefined): Promise<SetupProgress> => {
    const last = state.step + 1 >= steps.length;
    const result = { name: step.name, ...did, took: now() - begun, ...(note !== undefined && { note }) };
    return settle({ step: state.step + 1, done: [...state.done, result], ...(last && { phase: 'done' as const, endedAt: now() }) });
  };
  if (skip && step.skippable) return stepped(NOTHING, 'left out');
  try {
    const did = await step.run(site, tools, state);
    const waited = Math.ceil(tools.waited() / 1_000);
    const notes = [...(waited > 0 ? [`Jira asked to wait ${String(waited)} s`] : []), ...(failed ? ['done after it had failed once'] : [])];
    return await stepped(did, notes.length > 0 ? notes.join('; ') : undefined);
  } catch (thrown) {
    const reference = newReference();
    log.error('setup.step', thrown, { reference, step: step.name });
    if (asFault(thrown).code === 'platform.busy') {
      await patience();
      return settle({}, true);
    }
    return settle({ phase: 'failed', failed: { name: step.name, text: inWords(thrown), reference, skippable: step.skippable === true } });
  }
}
