/** What becomes of work items whose status leaves their workflow. */
import type { Jira } from '../rest';
import { change } from '../issues/change';
import { workflowFor } from '../lookups';
import type { Issue } from '../store';
import type { StatusIds } from './build';
import type { Fault } from './checks';
import type { UpdateInput } from './shapes';

export interface StatusMove {
  issue: Issue;
  statusId: string;
}

type WorkflowChange = UpdateInput['workflows'][number];

/** Where each stranded work item goes, and a fault for every kind of work item that the request sends nowhere. */
export function planMoves({ store }: Jira, change: WorkflowChange, ids: StatusIds): { moves: StatusMove[]; faults: Fault[] } {
  const kept = new Set(change.statuses.map((one) => ids.get(one.statusReference)));
  const stranded = store.issues.filter((one) => workflowFor(store, one.projectId, one.workTypeId).id === change.id && !kept.has(one.statusId));
  const moves: StatusMove[] = [];
  const faults: Fault[] = [];
  for (const issue of stranded) {
    const own = change.statusMappings?.find((one) => one.projectId === issue.projectId && one.issueTypeId === issue.workTypeId)?.statusMigrations;
    const idOf = (reference: string) => ids.get(reference) ?? reference;
    const target = [...(own ?? []), ...(change.defaultStatusMappings ?? [])].find((one) => idOf(one.oldStatusReference) === issue.statusId);
    const statusId = target && idOf(target.newStatusReference);
    if (statusId && kept.has(statusId)) moves.push({ issue, statusId });
    else {
      faults.push({
        code: 'STATUS_MAPPING_MISSING',
        level: 'ERROR',
        type: 'STATUS_MAPPING',
        message: `Work items stand in the status ${issue.statusId}, which leaves the workflow, and no mapping says where they go.`,
        elementReference: {
          statusReference: issue.statusId,
          statusMappingReference: { issueTypeId: issue.workTypeId, projectId: issue.projectId },
        },
      });
    }
  }
  return { moves, faults };
}

/** Moves work items without their workflow: no rule is asked, no event is told, the change log tells of it. */
export function carryOut(jira: Jira, moves: StatusMove[], authorId: string): void {
  for (const { issue, statusId } of moves) {
    change(jira, authorId, issue, () => {
      issue.statusId = statusId;
    });
  }
}
