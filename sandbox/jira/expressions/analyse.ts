/** What an expression would cost, told without evaluating it. */
import { childrenOf, type Node } from './language/ast';

/** Properties that load something. */
const LOADING = new Set([
  ...['assignee', 'reporter', 'creator', 'parent', 'childIssues', 'subtasks', 'labels', 'comments', 'links', 'changelogs', 'votes', 'watches'],
  ...['watchers', 'voters', 'versions', 'fixVersions', 'components', 'attachments', 'worklogs', 'properties', 'groups', 'groupIds', 'displayName'],
]);

const loads = (name: string): boolean => LOADING.has(name) || /^customfield_\d+$/.test(name);

/** Letters for the lengths of lists. */
const LETTERS = ['N', 'M', 'K', 'L', 'P', 'Q'];

export interface Complexity {
  expensiveOperations: string;
  variables?: Record<string, string>;
}

/** A formula: so many operations by themselves, and so many for every item of a list. */
export function complexityOf(source: string, root: Node): Complexity {
  let fixed = 0;
  const perItem = new Map<string, number>();
  const walk = (node: Node, list: string | undefined): void => {
    const cost = node.kind === 'new' || (node.kind === 'member' && node.property.kind === 'literal' && loads(String(node.property.value))) ? 1 : 0;
    if (list === undefined) fixed += cost;
    else if (cost > 0) perItem.set(list, (perItem.get(list) ?? 0) + cost);
    const subject = node.kind === 'call' && node.callee.kind === 'member' ? node.callee.object : undefined;
    for (const child of childrenOf(node)) walk(child, subject && child.kind === 'arrow' ? source.slice(subject.start, subject.end) : list);
  };
  walk(root, undefined);
  const terms = [...perItem].map(([list, count], index) => ({ letter: LETTERS[index] ?? `N${index}`, list, count }));
  const formula = [
    ...(fixed > 0 || terms.length === 0 ? [String(fixed)] : []),
    ...terms.map(({ letter, count }) => (count === 1 ? letter : `${count} * ${letter}`)),
  ];
  return {
    expensiveOperations: formula.join(' + '),
    ...(terms.length > 0 && { variables: Object.fromEntries(terms.map(({ letter, list }) => [letter, list])) }),
  };
}
