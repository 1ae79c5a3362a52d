import type { ItemLink, LinkedItem } from '../schemas';

/** Linked items under the verb that leads to them, verbs in the order they first appear. */
export function byVerb(links: ItemLink[]): [verb: string, items: LinkedItem[]][] {
  const groups = new Map<string, LinkedItem[]>();
  for (const link of links) {
    const item = link.outwardIssue ?? link.inwardIssue;
    if (!item) continue;
    const verb = link.outwardIssue ? link.type.outward : link.type.inward;
    groups.set(verb, [...(groups.get(verb) ?? []), item]);
  }
  return [...groups];
}
