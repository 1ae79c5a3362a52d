/**
 * Puts back exactly what was chosen. Workflows are read, changed and written as a whole under their version; whatever somebody else changed in them
 * passes through. Nothing that somebody added is removed, and nothing is written where nothing has to change.
 */
import { getStatusesById, updateWorkflows } from 'jira.js/cloud';
import { z } from 'zod';
import { JiraError } from '../../jira/client';
import { asFault, Fault, newReference } from '../../platform/errors';
import { changeVersioned } from '../../platform/kvs';
import { now } from '../../platform/clock';
import { log } from '../../platform/log';
import type { Installed } from '../model';
import { PARTS } from '../parts';
import { inParallel, PART_KEYS, siteOf } from '../site';
import { inWords } from '../words';
import { movesWork, type Single, writesOf } from './acts';
import { compare } from './compare';
import type { Act, Actual, Deviation, Expected, ReadingPart } from './model';
import { type Observation, observe, partOf } from './observe';
import { READING_PARTS, workflowRows } from './read';
import { type DriftTools, NO_DECISIONS, type StoredReading, withRepairs } from './state';
import { listed, plural } from './words';
import { isAfter, isGate, statusShape, type StatusInFull, type Workflow, withoutNulls } from './workflow';

/** Somebody else's change of the same workflow, or of the configuration at large: read anew and tried again. */
const TRIES = 3;
const WAIT_MS = 500;

const inTheWay = (thrown: unknown): boolean =>
  thrown instanceof JiraError && (thrown.status === 409 || (thrown.status === 400 && /version/i.test(thrown.message)));

// --- workflows ---

/** What has changed, by comparing what was read with what was made of it. */
function mended(rows: readonly Workflow[], { ids }: Expected, deviations: readonly Deviation[]): Workflow[] {
  return rows.flatMap((row) => {
    const mends = deviations.flatMap(({ fix }) => (fix?.on === 'workflow' && ids.workflows[fix.type] === row.id ? [fix.mend] : []));
    const next = mends.reduce((workflow, mend) => mend(workflow), row);
    return JSON.stringify(next) === JSON.stringify(row) ? [] : [next];
  });
}

/** Jira wants the statuses in full; those that are put back have to be asked for. */
async function statusesFor({ clients }: DriftTools, rows: readonly Workflow[], known: readonly StatusInFull[]): Promise<StatusInFull[]> {
  const used = [...new Set(rows.flatMap((row) => row.statuses.map((one) => one.statusReference)))];
  const missing = used.filter((id) => !known.some((one) => one.id === id));
  const asked = missing.length === 0 ? [] : z.array(statusShape).parse(await getStatusesById(clients.person, { id: missing }));
  return [...known, ...asked].filter((one) => used.includes(one.id));
}

/** Writes the mended workflows in one request. */
async function writeWorkflows(tools: DriftTools, rows: readonly Workflow[], known: readonly StatusInFull[]): Promise<void> {
  const statuses = await statusesFor(tools, rows, known);
  await updateWorkflows(
    tools.clients.person,
    withoutNulls({
      statuses: statuses.map(({ id, name, statusCategory, description }) => ({
        id,
        statusReference: id,
        name,
        statusCategory,
        description: description ?? '',
      })),
      workflows: rows.map(({ id, version, description, startPointLayout, loopedTransitionContainerLayout, statuses: own, transitions }) => ({
        id,
        version,
        description,
        startPointLayout,
        loopedTransitionContainerLayout,
        statuses: own.map(({ statusReference, layout, properties, approvalConfiguration }) => ({
          statusReference,
          layout,
          properties: properties ?? {},
          approvalConfiguration,
        })),
        transitions,
      })),
    }) as Parameters<typeof updateWorkflows>[1],
  );
}

/** From the reading at hand; where somebody else was faster, from a new one. */
async function mendWorkflows(
  tools: DriftTools,
  { expected, actual, deviations }: Pick<Observation, 'expected' | 'actual' | 'deviations'>,
  chosen: ReadonlySet<string>,
): Promise<void> {
  let found = actual.workflows;
  let named = deviations.filter((one) => chosen.has(one.id));
  for (let attempt = 1; found && named.length > 0; attempt += 1) {
    const rows = mended(found.rows, expected, named);
    if (rows.length === 0) return;
    if (!found.aris)
      throw new Fault(
        'platform.unavailable',
        'Jira does not list the rules of the app yet, which takes a while after it was installed. Try again in a minute.',
      );
    try {
      await writeWorkflows(tools, rows, found.statuses);
      return;
    } catch (thrown) {
      if (attempt >= TRIES || !inTheWay(thrown)) throw thrown;
    }
    await new Promise((done) => setTimeout(done, WAIT_MS));
    const again: Actual = {
      ...actual,
      workflows: { ...found, ...(await workflowRows(tools.clients.person, Object.values(expected.ids.workflows))) },
    };
    found = again.workflows;
    named = compare(expected, again).filter((one) => chosen.has(one.id));
  }
}

// --- objects ---

/** Makes anew what is gone, in the order in which one needs the other; every new id is kept at once. */
async function make(tools: DriftTools, site: Installed, expected: Expected, acts: readonly Extract<Act, { do: 'make' }>[]): Promise<Installed> {
  let kept = site;
  const ids = structuredClone(expected.ids);
  for (const key of PART_KEYS) {
    const keys = acts.filter((one) => one.part === key).map((one) => one.key);
    const part = PARTS.find((one) => one.key === key);
    if (!part || keys.length === 0) continue;
    for (const one of keys) delete ids[key][one];
    await part.ensure(siteOf(tools.clients, expected.target, tools.environmentId, { ids }), keys);
    kept = withIds(kept, ids);
    await tools.installed.write(kept);
  }
  return kept;
}

const KEPT_APART = ['fields', 'statuses', 'workTypes', 'workflows', 'resolutions', 'linkTypes', 'roles'] as const;

/** The settings that the rest of the app reads follow the ids by part. */
function withIds(site: Installed, ids: Expected['ids']): Installed {
  const pick = (part: (typeof KEPT_APART)[number]) => Object.fromEntries(Object.keys(site[part]).map((key) => [key, ids[part][key] ?? '']));
  return { ...site, ...Object.fromEntries(KEPT_APART.map((part) => [part, pick(part)])), all: structuredClone(ids) };
}

const isMake = (act: Act): act is Extract<Act, { do: 'make' }> => act.do === 'make';
const isSingle = (act: Act): act is Single => act.do !== 'make';

interface Failure {
  /** Ids of the deviations it was for. */
  ids: string[];
  text: string;
}

/** Runs `act`; what goes wrong is told with the deviations it was for, and does not stop the others. */
async function attempt(ids: string[], act: () => Promise<unknown>): Promise<Failure[]> {
  try {
    await act();
    return [];
  } catch (thrown) {
    if (!(thrown instanceof JiraError) && asFault(thrown).code === 'ours.fault') log.error('drift.repair', thrown, { reference: newReference() });
    return [{ ids, text: inWords(thrown) }];
  }
}

/** Everything chosen, once. Answers what could not be done. */
async function mendAll(
  tools: DriftTools,
  site: Installed,
  seen: Observation,
  chosen: ReadonlySet<string>,
): Promise<{ site: Installed; failures: Failure[] }> {
  const named = seen.deviations.filter((one) => chosen.has(one.id));
  const acts = named.flatMap(({ id, fix }) => (fix?.on === 'site' ? [{ id, act: fix.act }] : []));
  const idsFor = (some: readonly Act[]): string[] => acts.filter(({ act }) => some.includes(act)).map(({ id }) => id);
  const makes = acts.map(({ act }) => act).filter(isMake);
  let kept = site;
  const failed = makes.length === 0 ? [] : await attempt(idsFor(makes), async () => (kept = await make(tools, site, seen.expected, makes)));
  // Workflows before statuses: a workflow is written with its statuses in full, under the names they had when they were read.
  const ofWorkflows = named.filter((one) => one.fix?.on === 'workflow').map((one) => one.id);
  const flows = ofWorkflows.length === 0 ? [] : await attempt(ofWorkflows, () => mendWorkflows(tools, seen, new Set(ofWorkflows)));
  const writes = writesOf(acts.map(({ act }) => act).filter(isSingle));
  const write = (one: (typeof writes)[number]): Promise<Failure[]> => attempt(idsFor(one.acts), () => one.run(tools.clients.person));
  // Jira changes workflow schemes in a task, and runs one of those at a time.
  const inTasks = writes.filter((one) => one.acts.some(movesWork));
  const others = await inParallel(
    writes.filter((one) => !inTasks.includes(one)),
    write,
  );
  for (const one of inTasks) others.push(await write(one));
  return { site: kept, failures: [...failed, ...flows, ...others.flat()] };
}

const rulesOfOurs = ({ workflows }: Actual): number =>
  (workflows?.rows ?? [])
    .flatMap((row) => row.transitions)
    .reduce((sum, one) => sum + [...one.validators, ...one.actions].filter((rule) => isGate(rule) || isAfter(rule)).length, 0);

/** What follows from an object that was made anew, such as rules that name it, is put right with it: so often at most. */
const ROUNDS = 3;

/** Repairs these deviations as the administrator; answers the reading afterwards. */
export async function repair(tools: DriftTools, installed: Installed, ids: readonly string[], by: { name: string }): Promise<StoredReading> {
  const makesAnew = ids.some((id) => id.endsWith('.gone'));
  const parts: readonly ReadingPart[] = makesAnew ? READING_PARTS : [...new Set(ids.map(partOf))];
  let seen = await observe(tools, installed, 'person', parts);
  const named = seen.deviations.filter((one) => ids.includes(one.id));
  if (named.length > 0 && named.every((one) => !one.fix))
    throw new Fault('person.refused', `No app can mend this: ${listed(named.map((one) => one.sentence))}. What to do is written beside it.`);

  const before = new Set(seen.deviations.map((one) => one.id));
  const failures: Failure[] = [];
  let [site, chosen] = [installed, new Set(named.map((one) => one.id))];
  for (let round = 0; round < ROUNDS && chosen.size > 0; round += 1) {
    const rules = rulesOfOurs(seen.actual);
    const done = await mendAll(tools, site, seen, chosen);
    failures.push(...done.failures);
    site = done.site;
    seen = await observe(tools, site, 'person', parts);
    if (rulesOfOurs(seen.actual) > rules) await tools.rules.putIn(by.name);
    chosen = new Set(makesAnew ? seen.deviations.filter((one) => !before.has(one.id) && one.fix).map((one) => one.id) : []);
  }

  const left = new Set(seen.deviations.map((one) => one.id));
  const mendedNow = named.filter((one) => !left.has(one.id)).map((one) => one.sentence);
  if (mendedNow.length > 0) await changeVersioned(tools.decisions, NO_DECISIONS, (state) => withRepairs(state, mendedNow, by.name, now()));
  // Whoever else repaired the same meanwhile has done no harm.
  const still = failures.filter((one) => one.ids.some((id) => left.has(id)));
  if (still.length > 0) {
    const done = mendedNow.length === 0 ? 'Nothing was repaired.' : `${plural(mendedNow.length, 'deviation was', 'deviations were')} repaired.`;
    throw new Fault('person.refused', `${done} ${[...new Set(still.map((one) => one.text))].join(' ')}`);
  }
  return seen.reading;
}
