/** What a changelog says of the way a work item took: its steps, and what the method does not know. */
import { type StatusKey, WORKFLOWS, type WorkTypeKey } from '../method';
import type { Installed } from '../setup/model';
import { type LedgerLine, markFollowed, record, stepId } from './ledger';
import { type Change, changesOf, type IssueAnswer, statusOf, typeWithId, type WorkItem } from './model';

/** How a work item stands now, with its changelog, the oldest entry first. */
export interface Walker {
  id: string;
  typeId: string;
  spaceId: string;
  created: number;
  /** Undefined: a status that is not USM's, or nobody looked. */
  status: StatusKey | undefined;
  changes: readonly Change[];
}

type Site = Pick<Installed, 'workTypes' | 'projects' | 'applied'>;

export const isUsmSpace = (site: Pick<Installed, 'projects'>, id: string): boolean => site.projects.some((one) => one.id === id);

interface Moment {
  change: Change;
  /** The work type that USM knew it by, before and after; undefined where USM did not know it. */
  before: WorkTypeKey | undefined;
  after: WorkTypeKey | undefined;
  changedType: boolean;
  changedSpace: boolean;
}

/** The changelog tells what was before each change, so it is read from the end. */
function momentsOf({ typeId, spaceId, changes }: Walker, site: Site): Moment[] {
  const known = (type: string, space: string): WorkTypeKey | undefined => (isUsmSpace(site, space) ? typeWithId(site, type) : undefined);
  let [type, space] = [typeId, spaceId];
  const moments: Moment[] = [];
  for (const change of changes.toReversed()) {
    const after = known(type, space);
    const changedType = change.typeBefore !== undefined && change.typeBefore !== type;
    const changedSpace = change.spaceBefore !== undefined && change.spaceBefore !== space;
    type = change.typeBefore ?? type;
    space = change.spaceBefore ?? space;
    moments.push({ change, before: known(type, space), after, changedType, changedSpace });
  }
  return moments.reverse();
}

const hasWay = (type: WorkTypeKey, from: StatusKey | undefined, to: StatusKey): boolean =>
  from !== undefined && WORKFLOWS[type].transitions.some((one) => one.from.includes(from) && one.to === to);

type Anomaly = Pick<LedgerLine, 'happened' | 'from' | 'to'>;

function anomalyAt({ change, before, after, changedType, changedSpace }: Moment, stood: StatusKey | undefined): Anomaly | undefined {
  if (!before) return undefined;
  if (changedSpace && !after) return { happened: 'leftSpace' };
  // Whoever has only registered it may still say what it is.
  if (changedType && (!after || stood !== 'registered')) return { happened: 'typeChanged' };
  const { status } = change;
  if (!status?.to || changedType || changedSpace || hasWay(before, status.from, status.to)) return undefined;
  return { happened: 'noWay', from: status.from, to: status.to };
}

export interface Walk {
  steps: LedgerLine[];
  anomalies: LedgerLine[];
}

/** Where nothing happened before it, a work item stands at the beginning of its workflow. */
const START: StatusKey = 'registered';

/** Pure. */
export function walkOf(walker: Walker, site: Site): Walk {
  const { id, changes, created } = walker;
  const moments = momentsOf(walker, site);
  const walk: Walk = { steps: [], anomalies: [] };
  const strange = (name: string, at: number, anomaly: Anomaly, actor?: string): void => {
    // What was done before USM worked here is not USM's to judge.
    if (at < site.applied.at) return;
    walk.anomalies.push({ ...anomaly, id: `${id}:${name}:${anomaly.happened ?? ''}`, itemId: id, at, kind: 'anomaly', actor });
  };
  const firstMove = changes.find((one) => one.status);
  const atFirst = firstMove ? firstMove.status?.from : walker.status;
  const born = moments[0] ? moments[0].before : isUsmSpace(site, walker.spaceId) && typeWithId(site, walker.typeId);
  if (born && atFirst && atFirst !== START) strange('start', created, { happened: 'noWay', to: atFirst });
  let stood = atFirst;
  for (const moment of moments) {
    const { change, before, after } = moment;
    const { status, at, by } = change;
    if (status?.to && after) {
      const from = before ? status.from : undefined;
      walk.steps.push({ id: stepId(id, change.id), itemId: id, at, kind: 'status', from, to: status.to, actor: by?.accountId });
    }
    const anomaly = anomalyAt(moment, stood);
    if (anomaly) strange(change.id, at, anomaly, by?.accountId);
    if (status) stood = status.to;
  }
  return walk;
}

/** Whether it stands where its changelog says that it came to. */
export function standsAsTold({ status, changes }: Walker): boolean {
  const last = changes.findLast((one) => one.status);
  return !last || !status || last.status?.to === status;
}

export const walkerOf = ({ id, fields, changelog }: IssueAnswer, site: Installed): Walker => ({
  id,
  typeId: fields.issuetype.id,
  spaceId: fields.project.id,
  created: fields.created,
  status: statusOf(site, fields.status.id),
  changes: changesOf(changelog?.histories ?? [], site),
});

/** Brings the ledger up to the changelog of one work item. */
export async function recordWalk(walker: Walker, site: Installed): Promise<void> {
  const { steps, anomalies } = walkOf(walker, site);
  await record([...anomalies, ...steps]);
}

/** Writes one step, once all that follows from it is done. */
export async function recordStep(item: WorkItem, changeId: string, site: Installed): Promise<void> {
  const { steps } = walkOf({ ...item, spaceId: item.projectId }, site);
  await record(steps.filter((one) => one.id === stepId(item.id, changeId)));
  await markFollowed(item.id, changeId);
}
