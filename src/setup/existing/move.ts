/**
 * Moves work items in batches. First all of them are found and their ids kept, then each batch is one task of Jira. Where a work item is decides whether it is
 * moved, not what was said about it: a batch whose task was never heard of is looked at, and only what has not come over is moved again.
 */
import { bulkFetchIssues, getBulkOperationProgress, searchAndReconsileIssuesUsingJqlPost, submitBulkMove } from 'jira.js/cloud';
import type { Client } from 'jira.js/core';
import { z } from 'zod';
import { moment, type MoveProgress, moveTarget, type MoveTarget, workTypeKey } from '../../contract';
import { JiraError } from '../../jira/client';
import { now } from '../../platform/clock';
import { Fault, newReference } from '../../platform/errors';
import type { Setting } from '../../platform/kvs';
import { log } from '../../platform/log';
import type { Installed } from '../model';
import { inParallel } from '../site';
import type { Lease } from '../../platform/lease';
import { inWords, jiraWords } from '../words';
import { batchesOf, type Group, groupsOf, MOVED_AT_ONCE } from './map';
import { hasSubtasks } from './preview';
import { having, mappingOf, requireMover } from './read';

const group = z.object({ to: workTypeKey, toTypeId: z.string(), typeIds: z.array(z.string()), statuses: z.record(z.string(), z.array(z.string())) });

export const batch = z.object({ group: z.number().int(), items: z.array(z.object({ id: z.string(), key: z.string() })) });
export type Batch = z.infer<typeof batch>;

export const moveState = z.object({
  version: z.literal(1),
  /** Names this run; the next one with the same mapping has another hash by it. */
  run: z.string(),
  target: moveTarget,
  hash: z.string(),
  phase: z.enum(['running', 'failed', 'done']),
  fromId: z.string(),
  toId: z.string(),
  /** The space has a work type that subtasks can become. */
  takesSubtasks: z.boolean(),
  groups: z.array(group),
  /** While the work items are being found: of which group, and from where on. */
  find: z.object({ group: z.number().int(), token: z.string().optional() }).optional(),
  /** Number of the next batch to be written, and those still to be moved; the first is at work. */
  next: z.number().int(),
  queue: z.array(z.number().int()),
  /** When the first of the queue was sent to Jira, and, once Jira has said so, as which task. */
  sent: z.object({ at: moment, size: z.number().int(), task: z.string().optional(), percent: z.number() }).optional(),
  /** How often Jira refused a whole batch since somebody last said to go on. */
  refusals: z.number().int(),
  moved: z.number().int(),
  total: z.number().int(),
  failures: z.array(z.object({ key: z.string(), text: z.string() })),
  failed: z.object({ text: z.string(), reference: z.string() }).optional(),
  /** The last step. */
  at: moment,
});
export type MoveState = z.infer<typeof moveState>;
type Sent = NonNullable<MoveState['sent']>;

export interface Tools {
  person: Client;
  site: Installed;
  lease: Lease;
  state: Setting<MoveState>;
  batch(number: number): Setting<Batch>;
}

/** A submission whose answer nobody heard may still be carried out; after so long it was not. */
const UNHEARD_MS = 60_000;
/** Somebody else's move that stands still so long was left. */
const LEFT_MS = 10 * 60_000;
/** Jira is asked again about a task within one step. */
const LOOKS = 4;
const LOOK_PAUSE_MS = 1_500;
/** Before somebody else's page is told how far it is. */
const BUSY_PAUSE_MS = 1_000;
/** A batch Jira refuses is halved until the work item it is about is found; many refusals are about all of them. */
const REFUSALS = 24;
/** So many failures are kept by name; a value of the store holds 240 KiB (Forge docs: KVS limits). */
const FAILURES_KEPT = 500;
const TEXT_KEPT = 300;
/** One request fetches at most so many work items (OpenAPI: bulkFetchIssues). */
const FETCHED_AT_ONCE = 100;

export function moveProgressOf(state: MoveState | undefined): MoveProgress {
  if (!state) return { state: 'ok', phase: 'none', moved: 0, total: 0, failures: [] };
  const { phase, hash, target, moved, total, failures, failed, sent } = state;
  const underWay = sent ? Math.floor((sent.size * sent.percent) / 100) : 0;
  return { state: 'ok', phase, hash, target, moved: moved + underWay, total, failures, ...(failed && { failed }) };
}

const failuresWith = (state: MoveState, more: MoveState['failures']): MoveState['failures'] =>
  [...state.failures, ...more.map(({ key, text }) => ({ key, text: text.slice(0, TEXT_KEPT) }))].slice(0, FAILURES_KEPT);

const foundAnswer = z.object({
  issues: z.array(z.object({ id: z.string(), key: z.string(), fields: z.object({ subtasks: z.array(z.unknown()).default([]) }) })).default([]),
  nextPageToken: z.string().nullish(),
});

/** One page of work items, as batches. The same page written twice is the same batches. */
async function find({ person, batch: at }: Tools, state: MoveState, { group: index, token }: NonNullable<MoveState['find']>): Promise<MoveState> {
  const { fromId, toId, groups, takesSubtasks, next } = state;
  const jql = `${having(fromId, groups[index]?.typeIds ?? [])} ORDER BY created ASC, key ASC`;
  const asked = { jql, fields: ['subtasks'], maxResults: MOVED_AT_ONCE, ...(token !== undefined && { nextPageToken: token }) };
  const { issues, nextPageToken } = foundAnswer.parse(await searchAndReconsileIssuesUsingJqlPost(person, asked));
  const leaves = fromId !== toId;
  const stuck = leaves && !takesSubtasks ? issues.filter((one) => one.fields.subtasks.length > 0) : [];
  const items = issues
    .filter((one) => !stuck.includes(one))
    .map(({ id, key, fields }) => ({ id, key, weight: leaves ? 1 + fields.subtasks.length : 1 }));
  const batches = batchesOf(items);
  await Promise.all(batches.map((rows, offset) => at(next + offset).write({ group: index, items: rows.map(({ id, key }) => ({ id, key })) })));
  const { find: _find, ...rest } = state;
  const onward = nextPageToken ? { group: index, token: nextPageToken } : index + 1 < groups.length ? { group: index + 1 } : undefined;
  return {
    ...rest,
    ...(onward && { find: onward }),
    next: next + batches.length,
    queue: [...state.queue, ...batches.map((_, offset) => next + offset)],
    total: state.total + issues.length,
    failures: failuresWith(
      state,
      stuck.map(({ key }) => ({
        key,
        text: `It has subtasks, and ${state.target.to} has no work type for them. Make them work items of their own, then move it.`,
      })),
    ),
  };
}

const fetchedAnswer = z.object({
  issues: z
    .array(z.object({ id: z.string(), fields: z.object({ project: z.object({ id: z.string() }), issuetype: z.object({ id: z.string() }) }) }))
    .default([]),
});

interface Looked {
  moved: string[];
  pending: string[];
  changed: string[];
  gone: string[];
}

/** Where these work items are now. Read from the work items themselves: a search may lag behind. */
async function look({ person }: Tools, state: MoveState, { typeIds, toTypeId }: Group, ids: readonly string[]): Promise<Looked> {
  const chunks = Array.from({ length: Math.ceil(ids.length / FETCHED_AT_ONCE) }, (_, at) =>
    ids.slice(at * FETCHED_AT_ONCE, (at + 1) * FETCHED_AT_ONCE),
  );
  const answers = await inParallel(chunks, async (issueIdsOrKeys) =>
    fetchedAnswer.parse(await bulkFetchIssues(person, { issueIdsOrKeys: [...issueIdsOrKeys], fields: ['project', 'issuetype'] })),
  );
  const found = new Map(answers.flatMap(({ issues }) => issues.map(({ id, fields }) => [id, fields] as const)));
  const where = (id: string): keyof Looked => {
    const fields = found.get(id);
    if (!fields) return 'gone';
    if (fields.project.id === state.toId && fields.issuetype.id === toTypeId) return 'moved';
    return fields.project.id === state.fromId && typeIds.includes(fields.issuetype.id) ? 'pending' : 'changed';
  };
  const looked: Looked = { moved: [], pending: [], changed: [], gone: [] };
  for (const id of ids) looked[where(id)].push(id);
  return looked;
}

/** The batch is through: what came over is counted, the rest is listed with the reason. */
function settled(state: MoveState, { items }: Batch, moved: number, reasons: ReadonlyMap<string, string>): MoveState {
  const { sent: _sent, ...rest } = state;
  return {
    ...rest,
    queue: state.queue.slice(1),
    moved: state.moved + moved,
    failures: failuresWith(
      state,
      items.flatMap(({ id, key }) => {
        const text = reasons.get(id);
        return text === undefined ? [] : [{ key, text }];
      }),
    ),
  };
}

const reasonsOf = ({ changed, gone }: Looked): [string, string][] => [
  ...changed.map((id): [string, string] => [id, 'Somebody moved it or gave it another work type meanwhile, so it was left alone.']),
  ...gone.map((id): [string, string] => [id, 'It does not exist any more, or you may not see it.']),
];

const progressAnswer = z.object({
  status: z.string(),
  progressPercent: z.number().default(0),
  processedAccessibleIssues: z.array(z.coerce.string()).default([]),
  failedAccessibleIssues: z.record(z.string(), z.array(z.string())).default({}),
});

const UNDER_WAY = new Set(['ENQUEUED', 'RUNNING', 'CANCEL_REQUESTED']);

/** How far Jira is; waits a little for a task that is still under way. */
async function ask(person: Client, taskId: string): Promise<z.infer<typeof progressAnswer>> {
  for (let looks = 1; ; looks += 1) {
    const answer = progressAnswer.parse(await getBulkOperationProgress(person, { taskId }));
    if (!UNDER_WAY.has(answer.status) || looks >= LOOKS) return answer;
    await new Promise((done) => setTimeout(done, LOOK_PAUSE_MS));
  }
}

/** Nobody knows what became of what was sent: the next step looks, and does not wait. */
const forgotten = (sent: Sent): Sent => ({ at: 0, size: sent.size, percent: 0 });

async function follow(tools: Tools, state: MoveState, current: Batch, sent: Sent & { task: string }): Promise<MoveState> {
  const answer = await ask(tools.person, sent.task).catch((thrown: unknown) => {
    // Jira keeps a task for 14 days (OpenAPI: getBulkOperationProgress).
    if (thrown instanceof JiraError && (thrown.status === 400 || thrown.status === 404)) return undefined;
    throw thrown;
  });
  if (!answer) return { ...state, sent: forgotten(sent) };
  const { status, progressPercent, processedAccessibleIssues, failedAccessibleIssues } = answer;
  if (UNDER_WAY.has(status)) return { ...state, sent: { ...sent, percent: progressPercent } };
  const processed = new Set(processedAccessibleIssues);
  const done = current.items.filter(({ id }) => processed.has(id)).length;
  const rest = current.items.map(({ id }) => id).filter((id) => !processed.has(id));
  const looked = await look(tools, state, groupOf(state, current), rest);
  const unsaid = looked.pending.filter((id) => failedAccessibleIssues[id] === undefined);
  if (status !== 'COMPLETE' && unsaid.length > 0) {
    const text = `Jira’s task ended as ${status}, and ${String(unsaid.length)} work items of it have not moved. Try again moves them.`;
    return { ...state, sent: forgotten(sent), phase: 'failed', failed: { text, reference: newReference() } };
  }
  const said = (id: string): string => failedAccessibleIssues[id]?.join(' ') ?? 'Jira did not move it and gave no reason.';
  return settled(
    state,
    current,
    done + looked.moved.length,
    new Map([...reasonsOf(looked), ...looked.pending.map((id): [string, string] => [id, said(id)])]),
  );
}

const groupOf = ({ groups }: MoveState, { group: index }: Batch): Group => {
  const found = groups[index];
  if (!found) throw new Error(`no group ${String(index)}`);
  return found;
};

const bodyOf = (state: MoveState, { toTypeId, statuses }: Group, ids: readonly string[]) => ({
  sendBulkNotification: false,
  targetToSourcesMapping: {
    [`${state.toId},${toTypeId}`]: {
      issueIdsOrKeys: ids,
      inferClassificationDefaults: true,
      inferFieldDefaults: true,
      inferStatusDefaults: false,
      // Within a space subtasks stay as they are; into another they have to go along.
      inferSubtaskTypeDefault: state.fromId !== state.toId,
      targetStatus: [{ statuses }],
    },
  },
});

/** A refused batch is looked at, and sent again without what is gone. Refused once more, it is halved, down to the one work item that Jira does not take. */
async function refused(tools: Tools, state: MoveState, current: Batch, looked: Looked, thrown: JiraError): Promise<MoveState> {
  const refusals = state.refusals + 1;
  if (refusals === 1) await requireMover(tools.person, state.target);
  if (refusals > REFUSALS) throw thrown;
  const { pending, moved } = looked;
  if (!state.sent) return { ...state, refusals, sent: forgotten({ at: 0, size: pending.length, percent: 0 }) };
  const reasons = new Map([...reasonsOf(looked), ...(pending.length === 1 ? pending.map((id): [string, string] => [id, jiraWords(thrown)]) : [])]);
  const through = settled({ ...state, refusals }, current, moved.length, reasons);
  if (pending.length === 1) return through;
  const items = current.items.filter(({ id }) => pending.includes(id));
  const middle = Math.ceil(items.length / 2);
  const halves = [items.slice(0, middle), items.slice(middle)];
  await Promise.all(halves.map((rows, at) => tools.batch(state.next + at).write({ group: current.group, items: rows })));
  return { ...through, next: state.next + 2, queue: [state.next, state.next + 1, ...through.queue] };
}

/** Sends the batch to Jira. That it is being sent is known before, and as which task afterwards. */
async function send(tools: Tools, state: MoveState, current: Batch): Promise<MoveState> {
  const toGroup = groupOf(state, current);
  const ids = current.items.map(({ id }) => id);
  // Sent once, and nobody knows what became of it.
  const looked = state.sent ? await look(tools, state, toGroup, ids) : { moved: [], pending: ids, changed: [], gone: [] };
  const { pending } = looked;
  const reasons = new Map(reasonsOf(looked));
  if (pending.length === 0) return settled(state, current, looked.moved.length, reasons);
  if (state.sent && now() < state.sent.at + UNHEARD_MS) return state;
  const sent: Sent = { at: now(), size: pending.length, percent: 0 };
  await tools.state.write({ ...state, sent, at: sent.at });
  try {
    const { taskId } = z.object({ taskId: z.string() }).parse(await submitBulkMove(tools.person, bodyOf(state, toGroup, pending)));
    return { ...state, sent: { ...sent, task: taskId } };
  } catch (thrown) {
    if (thrown instanceof JiraError && thrown.status === 400) return refused(tools, state, current, looked, thrown);
    throw thrown;
  }
}

/** The next small piece of the run. */
async function advance(tools: Tools, state: MoveState): Promise<MoveState> {
  if (state.find) return find(tools, state, state.find);
  const [number] = state.queue;
  const current = number === undefined ? undefined : await tools.batch(number).read();
  if (!current) return { ...state, queue: [], phase: 'done' };
  const { sent } = state;
  return sent?.task === undefined ? send(tools, state, current) : follow(tools, state, current, { ...sent, task: sent.task });
}

/** Opens a run of what was previewed, if the spaces are still as they were then. */
async function opened({ person, site }: Tools, target: MoveTarget, hash: string, former: MoveState | undefined): Promise<MoveState | undefined> {
  const mapping = await mappingOf(person, target, site, former?.run ?? '');
  if (mapping.hash !== hash) return undefined;
  await requireMover(person, target);
  return {
    version: 1,
    run: newReference(),
    target,
    hash,
    phase: 'running',
    fromId: mapping.from.id,
    toId: mapping.to.id,
    takesSubtasks: hasSubtasks(mapping.to),
    groups: groupsOf(mapping.rows),
    find: { group: 0 },
    next: 0,
    queue: [],
    refusals: 0,
    moved: 0,
    total: 0,
    failures: [],
    at: now(),
  };
}

const isOver = ({ phase, at }: MoveState): boolean => phase !== 'running' || now() > at + LEFT_MS;

const CHANGED = 'The spaces have changed since the preview was made. Nothing was moved. Look at the new preview.';

async function stepOf(tools: Tools, target: MoveTarget, hash: string): Promise<MoveState | undefined> {
  const stored = await tools.state.read();
  if (stored?.hash === hash) {
    if (stored.phase === 'done') return stored;
    const { failed: _failed, ...state } = stored;
    return attempt(tools, { ...state, phase: 'running', ...(stored.phase === 'failed' && { refusals: 0 }) });
  }
  if (stored && !isOver(stored)) {
    throw new Fault(
      'person.conflict',
      `Another move is under way, from ${stored.target.from} to ${stored.target.to}. Wait until it is done, then look again.`,
    );
  }
  const state = await opened(tools, target, hash, stored);
  return state && keep(tools, state);
}

async function keep(tools: Tools, state: MoveState): Promise<MoveState> {
  await tools.state.write(state);
  return state;
}

async function attempt(tools: Tools, state: MoveState): Promise<MoveState> {
  try {
    const next = await keep(tools, { ...(await advance(tools, state)), at: now() });
    if (next.phase === 'done') await inParallel([...Array(next.next).keys()], (number) => tools.batch(number).remove());
    return next;
  } catch (thrown) {
    const reference = newReference();
    log.error('existing.step', thrown, { reference });
    // As the store has it: what was sent to Jira before it failed is not forgotten.
    const kept = (await tools.state.read()) ?? state;
    return keep(tools, { ...kept, refusals: state.refusals, phase: 'failed', failed: { text: inWords(thrown), reference } });
  }
}

/** Moves the next batch, or looks how far the one under way is. The first call of a preview begins. */
export async function nextMove(tools: Tools, target: MoveTarget, hash: string): Promise<MoveProgress | { state: 'changed'; text: string }> {
  if (!(await tools.lease.take())) {
    await new Promise((done) => setTimeout(done, BUSY_PAUSE_MS));
    const stored = await tools.state.read();
    return stored ? moveProgressOf(stored) : { ...moveProgressOf(undefined), phase: 'running', target, hash };
  }
  try {
    const state = await stepOf(tools, target, hash);
    return state ? moveProgressOf(state) : { state: 'changed', text: CHANGED };
  } finally {
    await tools.lease.release();
  }
}
