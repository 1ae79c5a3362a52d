/** What of a bulk change is decided without the site: groups of work items, the request, the outcome. */
import type { Status } from '../schemas';
import type { BulkInput, BulkProgress, Offer, Row } from '../search/api';

/** Work items that stand in one status, in the order in which the statuses turn up. */
export interface StatusGroup {
  status: Status;
  items: Row[];
}

export function byStatus(items: readonly Row[]): StatusGroup[] {
  const groups = new Map<string, StatusGroup>();
  for (const item of items) {
    const { status } = item.fields;
    const id = status.id ?? status.name;
    const group = groups.get(id) ?? { status, items: [] };
    group.items.push(item);
    groups.set(id, group);
  }
  return [...groups.values()];
}

/** Work items of one status that follow one workflow: they are offered the same. */
export interface Choice extends StatusGroup {
  id: string;
  /** Names of the work types in it. */
  types: string[];
  transitions: Offer['transitions'];
}

/** The groups of a status by what the site offers for it: one for each workflow. */
export function choicesOf({ status, items }: StatusGroup, offers: readonly Offer[]): Choice[] {
  return offers.flatMap(({ issues, transitions }, index) => {
    const here = items.filter(({ key }) => issues.includes(key));
    const types = [...new Set(here.map((one) => one.fields.issuetype.name))];
    return here.length === 0 ? [] : [{ id: `${status.id ?? status.name}.${index}`, status, items: here, types, transitions }];
  });
}

/** The request: groups without a choice stay as they are. */
export const inputsOf = (choices: readonly Choice[], chosen: Readonly<Record<string, string>>): BulkInput[] =>
  choices.flatMap(({ id, items }) => (chosen[id] ? [{ selectedIssueIdsOrKeys: items.map(({ key }) => key), transitionId: chosen[id] }] : []));

export interface Outcome {
  title: string;
  refused: { item: Row; reasons: string[] }[];
  /** Gone or hidden since they were chosen. */
  unreachable: number;
}

/** What became of a bulk change, in one line and work item by work item. */
export function outcomeOf(items: readonly Row[], targets: readonly string[], progress: BulkProgress): Outcome {
  const refused = items.flatMap((item) => {
    const reasons = progress.failedAccessibleIssues[item.id];
    return reasons ? [{ item, reasons }] : [];
  });
  const moved = progress.processedAccessibleIssues.length;
  const total = progress.totalIssueCount ?? items.length;
  const [target, ...others] = new Set(targets);
  const to = target && others.length === 0 ? ` to ${target}` : '';
  const not = total - moved;
  return { title: `${moved} of ${total} moved${to}${not > 0 ? `, ${not} not` : ''}`, refused, unreachable: Math.max(0, not - refused.length) };
}
