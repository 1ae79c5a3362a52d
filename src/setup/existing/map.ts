/** Which USM work type and status present work becomes: by name and category. Pure. */
import { createHash } from 'node:crypto';
import { forkOf, type StatusCategory, STATUSES, type StatusKey, WORK_TYPE_KEYS, workType, WORKFLOWS, type WorkTypeKey } from '../../method';
import { sameName } from '../site';

/** What work types of this meaning are usually called. Nothing is suggested for a name that is not here: an epic is no call. */
const USUAL_NAMES: Record<WorkTypeKey, readonly string[]> = {
  wish: ['New feature', 'Feature', 'Feature request', 'Suggestion'],
  rfc: ['Change', 'Change request', 'RFC'],
  incident: ['Bug', 'Fault', 'Defect', 'Failure', 'Outage'],
  serviceRequest: ['Task', 'Support', 'Request', 'Service request with approvals', 'IT help', 'Question'],
  complaint: ['Complaints'],
  improvement: ['Story', 'Enhancement'],
  preventiveAction: ['Problem', 'Risk', 'Threat'],
  optimization: ['Optimisation'],
};

/** Jira Service Management puts this before the names of its own. */
const OF_THE_SYSTEM = /^\[system\]\s*/i;

export const suggested = (name: string): WorkTypeKey | undefined =>
  WORK_TYPE_KEYS.find((key) => [workType(key).name, ...USUAL_NAMES[key]].some((one) => sameName(name.replace(OF_THE_SYSTEM, ''), one)));

/** A status as a space has it. */
export interface Status {
  id: string;
  name: string;
  category: StatusCategory;
}

/** Words in the names of statuses that say more than their category; the first that fits counts. */
const TELLING: readonly [RegExp, StatusKey][] = [
  [/\b(wait|hold|block|pend|pause|stall)/i, 'waiting'],
  [/\b(test|qa\b)/i, 'testing'],
  [/\b(review|verif|accept|confirm|resolved)/i, 'reviewing'],
  [/\b(analy|investig|diagnos|triag)/i, 'analysing'],
  [/\b(plan|schedul)/i, 'planning'],
  [/\b(specif|design|refin)/i, 'specifying'],
  [/\b(negotiat|offer|approv|authori)/i, 'negotiating'],
  [/\b(prepar|develop|build)/i, 'preparing'],
  [/\b(cancel|reject|declin|withdr|duplicat|abandon|invalid|obsolete|won.?t)/i, 'cancelled'],
];

/** Done long ago is closed: nobody should be asked to evaluate it. Begun work stands where work is done: with whoever does it, or at the first thinking. */
function byCategory(type: WorkTypeKey, category: StatusCategory): StatusKey {
  if (category === 'TODO') return 'registered';
  if (category === 'DONE') return 'closed';
  const begun = workType(type).path.find((status) => STATUSES[status].category === 'IN_PROGRESS');
  return forkOf(type) && begun ? begun : 'realising';
}

/** The status of USM that work in this one comes to. `usm` is the key of a status that USM shares with the space. */
export function statusFor(type: WorkTypeKey, { name, category }: Status, usm?: StatusKey): StatusKey {
  const { statuses } = WORKFLOWS[type];
  const fits = (key: StatusKey): boolean => statuses.includes(key) && STATUSES[key].category === category;
  if (usm && statuses.includes(usm)) return usm;
  return (
    statuses.find((key) => fits(key) && sameName(name, STATUSES[key].name)) ??
    TELLING.find(([word, key]) => fits(key) && word.test(name))?.[1] ??
    byCategory(type, category)
  );
}

/** What becomes of one present work type. */
export interface Row {
  typeId: string;
  typeName: string;
  to: WorkTypeKey;
  toTypeId: string;
  statuses: readonly (Status & { to: StatusKey; toStatusId: string })[];
}

/** Independent of the order in which Jira lists things. `seed` tells one move from the next with the same mapping. */
export function hashOf(fromId: string, toId: string, rows: readonly Row[], seed: string): string {
  const lines = rows.flatMap(({ typeId, toTypeId, statuses }) => [
    JSON.stringify([typeId, toTypeId]),
    ...statuses.map(({ id, toStatusId }) => JSON.stringify([typeId, id, toStatusId])),
  ]);
  return createHash('sha256')
    .update([fromId, toId, seed, ...lines.sort()].join('\n'))
    .digest('hex');
}

/** Everything that becomes one work type of USM: a request to Jira moves to one work type. */
export interface Group {
  to: WorkTypeKey;
  toTypeId: string;
  typeIds: string[];
  /** Id of the status to come to -> ids of the present ones. A status that both workflows have stays, and is not named. */
  statuses: Record<string, string[]>;
}

export function groupsOf(rows: readonly Row[]): Group[] {
  const groups = new Map<WorkTypeKey, Group>();
  for (const { typeId, to, toTypeId, statuses } of rows) {
    const group = groups.get(to) ?? { to, toTypeId, typeIds: [], statuses: {} };
    groups.set(to, group);
    group.typeIds.push(typeId);
    for (const { id, toStatusId } of statuses) {
      if (id === toStatusId) continue;
      const ids = (group.statuses[toStatusId] ??= []);
      if (!ids.includes(id)) ids.push(id);
    }
  }
  return [...groups.values()];
}

/** So many work items, subtasks included, move in one request (OpenAPI: submitBulkMove). */
export const MOVED_AT_ONCE = 1_000;

/** Work items in lists that Jira takes at once; `weight` counts the subtasks that go along. */
export function batchesOf<One extends { weight: number }>(items: readonly One[], limit = MOVED_AT_ONCE): One[][] {
  const batches: One[][] = [];
  let room = 0;
  for (const item of items) {
    if (item.weight > room) {
      batches.push([]);
      room = limit;
    }
    batches.at(-1)?.push(item);
    room -= item.weight;
  }
  return batches;
}
