/** What lies under a draft, while it is put together: parts by the way to them. Pure. */
import type { Underpinning } from '../../../../src/contract/agreements';

type Way = readonly number[];
type Group = Extract<Underpinning, { row: unknown } | { side: unknown }>;
export type GroupKind = 'row' | 'side';

export const isGroup = (part: Underpinning): part is Group => 'row' in part || 'side' in part;
export const kindOf = (group: Group): GroupKind => ('row' in group ? 'row' : 'side');
export const partsOf = (part: Underpinning): Underpinning[] => ('row' in part ? part.row : 'side' in part ? part.side : []);
export const group = (kind: GroupKind, parts: Underpinning[]): Underpinning => (kind === 'row' ? { row: parts } : { side: parts });

/** Another in the place of the part at a way; undefined takes it out. What is left empty goes with it. */
export function replaced(root: Underpinning, way: Way, next: Underpinning | undefined): Underpinning | undefined {
  const [step, ...rest] = way;
  if (step === undefined) return next;
  if (!isGroup(root)) return root;
  const parts = partsOf(root).flatMap((part, index) => (index === step ? (replaced(part, rest, next) ?? []) : [part]));
  return parts.length === 0 ? undefined : group(kindOf(root), parts);
}

/** One more part beside or after what is there. A single one becomes a row of two. */
export function added(root: Underpinning | undefined, way: Way, part: Underpinning): Underpinning {
  if (root === undefined) return part;
  const at = way.reduce<Underpinning | undefined>((one, step) => (one ? partsOf(one)[step] : undefined), root);
  if (at === undefined) return root;
  return replaced(root, way, isGroup(at) ? group(kindOf(at), [...partsOf(at), part]) : group('row', [at, part])) ?? part;
}

/** One place earlier or later in its group. */
export function moved(root: Underpinning, way: Way, by: -1 | 1): Underpinning {
  const [step, ...rest] = way;
  if (step === undefined || !isGroup(root)) return root;
  const parts = partsOf(root);
  if (rest.length > 0)
    return group(
      kindOf(root),
      parts.map((part, index) => (index === step ? moved(part, rest, by) : part)),
    );
  const [one, other] = [parts[step], parts[step + by]];
  if (!one || !other) return root;
  return group(
    kindOf(root),
    parts.map((part, index) => (index === step ? other : index === step + by ? one : part)),
  );
}

/** A row becomes side by side, and the other way round. */
export const turned = (part: Underpinning): Underpinning => (isGroup(part) ? group(kindOf(part) === 'row' ? 'side' : 'row', partsOf(part)) : part);

/** The agreements named, from the outside in. */
export const legsIn = (part: Underpinning | undefined): string[] =>
  part === undefined || 'missing' in part ? [] : 'leg' in part ? [part.leg] : partsOf(part).flatMap(legsIn);
