/** Takes back what a run of setup has made, and nothing else: in the reverse order, as far as Jira lets go of it; what it keeps is listed with its reason. */
import { countIssues } from 'jira.js/cloud';
import type { PlanChanged, SetupProgress } from '../contract';
import { now } from '../platform/clock';
import { asFault, Fault, newReference } from '../platform/errors';
import { log } from '../platform/log';
import { keysOf, patience } from './apply';
import { BLUEPRINT } from './blueprint';
import { PARTS } from './parts';
import { inParallel, nameFor, type Site, siteOf } from './site';
import { progressOf, type SetupState, type Tools } from './state';
import { inWords } from './words';

type Kept = SetupState['kept'];

interface Step {
  name: string;
  run(site: Site, state: SetupState, tools: Tools): Promise<Undone>;
}

interface Undone {
  gone: number;
  kept: Kept;
  unfinished?: boolean;
}

const spaceIn = (state: SetupState, key: string): boolean => state.made.project?.[key] !== undefined;

/** Links of the kinds this run has made, on work items of any space: Jira deletes them together with their kind, without asking. */
async function linksOfMade(site: Site, state: SetupState): Promise<number> {
  const names = BLUEPRINT.linkTypes
    .filter(({ key }) => (state.made.linkTypes?.[key] ?? '') !== '')
    .map((one) => nameFor(state.target, 'linkTypes', one));
  if (names.length === 0) return 0;
  return (await countIssues(site.person, { jql: `issueLinkType IN (${names.map((name) => JSON.stringify(name)).join(', ')})` })).count ?? 0;
}

/** Work items that undo would have to delete, or that hold on to what it wants to remove. */
async function workIn(site: Site, state: SetupState, key: string): Promise<number> {
  const types = Object.values(state.made.workTypes ?? {}).filter((id) => id !== '');
  const isNew = state.target.spaces.kind === 'new';
  if (!isNew && types.length === 0) return 0;
  const jql = isNew ? `project = ${key}` : `project = ${key} AND issuetype IN (${types.join(', ')})`;
  return (await countIssues(site.person, { jql })).count ?? 0;
}

/** Undo never deletes work. */
async function refuseToDeleteWork(site: Site, state: SetupState): Promise<Undone> {
  const counts = await inParallel(
    keysOf(state.target).filter((key) => spaceIn(state, key)),
    async (key) => ({ key, count: await workIn(site, state, key) }),
  );
  const full = counts.filter(({ count }) => count > 0);
  const linked = await linksOfMade(site, state);
  if (full.length === 0 && linked > 0)
    throw new Fault(
      'person.conflict',
      `${String(linked)} work items are linked by USM’s kinds of links, which undo would delete with their links. Remove those links first, then try again.`,
    );
  if (full.length === 0) return { gone: 0, kept: [] };
  const where = full.map(({ key, count }) => `${String(count)} in ${key}`).join(', ');
  throw new Fault(
    'person.conflict',
    `There are work items of USM already (${where}). Undo removes what setup made and never work: move or delete them first, then try again. ` +
      'To stop only the rules, choose Remove on the rules page.',
  );
}

async function forget(_: Site, state: SetupState, tools: Tools): Promise<Undone> {
  const left = await tools.installed.read();
  if (!left) return { gone: 0, kept: [] };
  const gone = new Set(keysOf(state.target).filter((key) => spaceIn(state, key)));
  const projects = left.projects.filter((one) => !gone.has(one.key));
  if (projects.length === 0) await tools.installed.remove();
  else await tools.installed.write({ ...left, projects });
  return { gone: 0, kept: [] };
}

/** Spaces first: nothing in use can be removed. */
const stepsOf = ({ made }: SetupState): Step[] => [
  { name: 'Look for work items', run: refuseToDeleteWork },
  ...PARTS.toReversed()
    .filter((part) => Object.keys(made[part.key] ?? {}).length > 0)
    .map((part): Step => ({
      name: `Remove: ${part.title}`,
      async run(site, state) {
        const mine = state.made[part.key] ?? {};
        const { kept, unfinished } = await part.remove(site, mine);
        return { gone: Object.keys(mine).length - kept.length, kept, unfinished };
      },
    })),
  { name: 'Settings of the app', run: forget },
];

export const undoNames = (state: SetupState): string[] => stepsOf(state).map((one) => one.name);

const progressed = (state: SetupState, busy = false): SetupProgress => progressOf(state, undoNames(state), busy);

const NO_RUN = 'There is nothing of this plan to undo: another plan has run since, or it is undone already.';

/** Runs the next step of the undoing. */
export async function undoStep(tools: Tools, hash: string): Promise<SetupProgress | PlanChanged> {
  if (!(await tools.lease.take())) {
    const stored = await tools.progress.read();
    await patience();
    return stored ? progressed(stored, true) : { state: 'changed', text: NO_RUN, changes: [] };
  }
  try {
    const state = await tools.progress.read();
    if (state?.hash !== hash) return { state: 'changed', text: NO_RUN, changes: [] };
    if (state.phase === 'undone') return progressed(state);
    const { failed: _, endedAt: __, ...clean } = state;
    if (state.phase === 'undoing' || state.phase === 'undoFailed') return await runStep(tools, { ...clean, phase: 'undoing' });
    const begun: SetupState = { ...clean, phase: 'undoing', step: 0, done: [], kept: [] };
    await tools.progress.write(begun);
    return progressed(begun);
  } finally {
    await tools.lease.release();
  }
}

async function runStep(tools: Tools, state: SetupState): Promise<SetupProgress> {
  const steps = stepsOf(state);
  const step = steps[state.step];
  if (!step) return progressed(state);
  const begun = now();
  const site = siteOf(tools.clients, state.target, tools.environmentId, { ids: state.ids, former: state.former });
  const settle = async (next: Partial<SetupState>, busy = false): Promise<SetupProgress> => {
    const after: SetupState = { ...state, reads: state.reads + site.count.reads, writes: state.writes + site.count.writes, ...next };
    await tools.progress.write(after);
    return progressed(after, busy);
  };
  try {
    const { gone, kept, unfinished = false } = await step.run(site, state, tools);
    if (unfinished) return await settle({});
    const last = state.step + 1 >= steps.length;
    const note = kept.length > 0 ? { note: `${String(kept.length)} stay` } : {};
    const result = { name: step.name, made: gone, reused: kept.length, took: now() - begun, ...note };
    return await settle({
      step: state.step + 1,
      done: [...state.done, result],
      kept: [...state.kept, ...kept],
      ...(last && { phase: 'undone' as const, endedAt: now() }),
    });
  } catch (thrown) {
    const reference = newReference();
    log.error('setup.undo', thrown, { reference, step: step.name });
    if (asFault(thrown).code === 'platform.busy') {
      await patience();
      return settle({}, true);
    }
    return settle({ phase: 'undoFailed', failed: { name: step.name, text: inWords(thrown), reference, skippable: false } });
  }
}
