/**
 * Where work items go when their work type gets another workflow and that lacks their status. Jira moves them in the same task as the switch; without a mapping
 * it refuses. By category: what had not begun is registered, what was under way is accepted, what was done is closed.
 */
import { readWorkflows } from 'jira.js/cloud';
import type { StatusMapping } from '../jira/operations';
import type { Flows } from './parts/existing';
import type { Site } from './site';

type Flow = { name?: string | undefined; statuses?: readonly { statusReference?: string | undefined }[] | undefined };

interface Status {
  id: string;
  category: string;
}

const RANK = { TODO: 0, IN_PROGRESS: 1, DONE: 2 } as const;

/** The status of the new workflow nearest to the old one: of the same category, else the nearest category; the first, for what is done the last. */
export function nearest(old: Status, offered: readonly Status[]): string | undefined {
  const rank = (one: Status): number => RANK[one.category as keyof typeof RANK] ?? 1;
  const distance = (one: Status): number => Math.abs(rank(one) - rank(old));
  const best = Math.min(...offered.map(distance));
  const near = offered.filter((one) => distance(one) === best);
  return (old.category === 'DONE' ? near.at(-1) : near[0])?.id;
}

/** Pure: for each work type whose workflow changes, a place for every status that goes. */
export function mappingsBetween(types: readonly { id: string; from: Flow; to: Flow }[], statuses: ReadonlyMap<string, Status>): StatusMapping[] {
  const ids = ({ statuses: rows = [] }: Flow): string[] => rows.flatMap((one) => (one.statusReference === undefined ? [] : [one.statusReference]));
  return types.flatMap(({ id, from, to }) => {
    const offered = ids(to).flatMap((one) => statuses.get(one) ?? []);
    const gone = ids(from).filter((one) => !ids(to).includes(one));
    const statusMappings = gone.flatMap((oldStatusId) => {
      const old = statuses.get(oldStatusId);
      const newStatusId = old && nearest(old, offered);
      return newStatusId === undefined ? [] : [{ oldStatusId, newStatusId }];
    });
    return statusMappings.length > 0 ? [{ issueTypeId: id, statusMappings }] : [];
  });
}

/** Mappings for a switch from one scheme to another. Reads their workflows where any work type changes its own. */
export async function statusMappings({ person }: Site, from: Flows, to: Flows): Promise<StatusMapping[]> {
  const named = ({ byType, byDefault = '' }: Flows, type: string): string => byType[type] ?? byDefault;
  const types = [...new Set([...Object.keys(from.byType), ...Object.keys(to.byType)])];
  const changing = types.filter((type) => named(from, type) !== named(to, type));
  if (changing.length === 0) return [];
  const workflowNames = [...new Set(changing.flatMap((type) => [named(from, type), named(to, type)]))];
  const { workflows = [], statuses = [] } = await readWorkflows(person, { workflowNames });
  const flow = (name: string): Flow => workflows.find((one) => one.name === name) ?? {};
  const known = new Map(statuses.map((one) => [String(one.statusReference), { id: String(one.id), category: String(one.statusCategory) }]));
  return mappingsBetween(
    changing.map((id) => ({ id, from: flow(named(from, id)), to: flow(named(to, id)) })),
    known,
  );
}
