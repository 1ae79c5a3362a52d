/** Which statuses a change of workflows leaves homeless, and where the mappings of a request send the work items that stand in them. */
import { z } from 'zod';
import { idSchema } from '../configure';
import { existing, workTypesOf } from '../lookups';
import { badRequest } from '../rest';
import type { Issue, Project, Store, Workflow, WorkflowScheme } from '../store';
import type { StatusMove } from '../workflows/migrate';

const statusMappings = z.array(z.looseObject({ oldStatusId: idSchema, newStatusId: idSchema }));

export const byTypeSchema = z.array(z.looseObject({ issueTypeId: idSchema, statusMappings }));
export const byWorkflowSchema = z.array(z.looseObject({ oldWorkflowId: z.string(), newWorkflowId: z.string(), statusMappings }));

/** The mappings of a request; those of a work type go before those of a workflow. */
export interface Mappings {
  byType: z.infer<typeof byTypeSchema>;
  byWorkflow: z.infer<typeof byWorkflowSchema>;
}

/** What a scheme says: the part of it that decides about workflows. */
export type Assignment = Pick<WorkflowScheme, 'defaultWorkflowId' | 'mappings'>;

/** The workflow that a scheme gives a work type. */
export const workflowIn = (store: Store, scheme: Assignment, workTypeId: string): Workflow =>
  existing(store.workflows, scheme.mappings[workTypeId] ?? scheme.defaultWorkflowId);

/** A work type whose workflow changes, with the statuses that the new one lacks. */
export interface Gap {
  workTypeId: string;
  from: Workflow;
  to: Workflow;
  statusIds: string[];
}

const statusIdsOf = (workflow: Workflow): string[] => workflow.statuses.map((one) => one.statusId);

/** What has to be mapped when the work items of these projects change from one assignment to another. */
export function gaps(store: Store, projects: Project[], from: Assignment, to: Assignment): Gap[] {
  const typeIds = new Set(projects.flatMap((one) => workTypesOf(store, one.id).map(({ id }) => id)));
  return [...typeIds].flatMap((workTypeId) => {
    const [old, next] = [workflowIn(store, from, workTypeId), workflowIn(store, to, workTypeId)];
    const kept = statusIdsOf(next);
    const statusIds = statusIdsOf(old).filter((id) => !kept.includes(id));
    return statusIds.length > 0 ? [{ workTypeId, from: old, to: next, statusIds }] : [];
  });
}

function mapped({ byType, byWorkflow }: Mappings, gap: Gap, statusId: string): string | undefined {
  const own = byType.filter((one) => one.issueTypeId === gap.workTypeId);
  const shared = byWorkflow.filter((one) => one.oldWorkflowId === gap.from.id && one.newWorkflowId === gap.to.id);
  const found = [...own, ...shared].flatMap((one) => one.statusMappings).find((one) => one.oldStatusId === statusId);
  return found && statusIdsOf(gap.to).includes(found.newStatusId) ? found.newStatusId : undefined;
}

/** 400 where a homeless status is sent nowhere, or to a status that its new workflow lacks. */
export function checkMapped(found: Gap[], mappings: Mappings): void {
  const missing = found.flatMap((gap) => gap.statusIds.filter((id) => mapped(mappings, gap, id) === undefined).map((id) => ({ gap, id })));
  const [first] = missing;
  if (!first) return;
  const { gap, id } = first;
  throw badRequest(
    `A mapping is required for the status ${id} of the issue type ${gap.workTypeId}, which the workflow "${gap.to.name}" does not have.`,
  );
}

/** Where the work items go that stand in homeless statuses. */
export function movesOf(issues: Issue[], found: Gap[], mappings: Mappings): StatusMove[] {
  const byType = new Map(found.map((one) => [one.workTypeId, one]));
  return issues.flatMap((issue) => {
    const gap = byType.get(issue.workTypeId);
    if (!gap?.statusIds.includes(issue.statusId)) return [];
    const statusId = mapped(mappings, gap, issue.statusId);
    if (statusId === undefined) throw badRequest(`There is no mapping for the status of ${issue.key}.`);
    return [{ issue, statusId }];
  });
}
