/** What a file says, what the register says, and what the last file said: what would be written, and what somebody has to decide. Pure. */
import { type AttributeChange, COMMON_ATTRIBUTES, type Decision, type ItemClass, type ManagedItem, managedItem, type Relation } from '../contract';
import { RELATION_KINDS } from '../method';
import type { FileItem, Why } from './import-convert';

/** Everything an item says, by attribute. */
export const saidBy = (item: ManagedItem): Record<string, string> => ({
  ...item.attributes,
  ...Object.fromEntries(COMMON_ATTRIBUTES.flatMap((attribute) => (item[attribute] === undefined ? [] : [[attribute, item[attribute]]]))),
});

const isCommon = (attribute: string): boolean => COMMON_ATTRIBUTES.some((one) => one === attribute);

/** The same item saying this as well. */
export function saying(item: Pick<ManagedItem, 'key' | 'class'> & Partial<ManagedItem>, says: Readonly<Record<string, string>>): ManagedItem {
  const entries = Object.entries(says);
  return managedItem.parse({
    ...item,
    ...Object.fromEntries(entries.filter(([attribute]) => isCommon(attribute))),
    attributes: { ...item.attributes, ...Object.fromEntries(entries.filter(([attribute]) => !isCommon(attribute))) },
  });
}

export interface Here {
  item: ManagedItem;
  /** By attribute, what the last file said. */
  said: Readonly<Record<string, string>>;
  /** Another file remembers it; of this one nothing is kept. */
  others: boolean;
  verified: number | undefined;
  gone: boolean;
  /** Of these kinds, what it has already: kind and end, in small letters. */
  relations: ReadonlySet<string>;
  /** Under a running change. */
  locked: boolean;
}

export interface Choices {
  right: 'ask' | 'file' | 'register';
  /** For all that nobody decided one by one. */
  rest?: 'file' | 'register' | undefined;
  /** One by one. */
  one: Readonly<Record<string, Decision>>;
}

export interface Conflict {
  attribute: string;
  register: string;
  file: string;
  decision: Decision | undefined;
}

export interface Difference {
  changes: AttributeChange[];
  conflicts: Conflict[];
  /** Of `changes`: whether any is of a managed attribute. */
  managed: boolean;
  /** What a file said last, from now on. */
  said: Record<string, string>;
  /** Whether that is anything new, or it had been gone. */
  noted: boolean;
  verified: number | undefined;
  relations: Omit<Relation, 'from'>[];
}

export const relationSign = ({ kind, to }: Pick<Relation, 'kind' | 'to'>): string => `${kind} ${to.toLowerCase()}`;
const isFile = (decision: Decision | undefined): boolean => decision === 'file';

/** Relations that are new, as a change of the item: by kind, what came to it. */
function relationChanges(relations: readonly Omit<Relation, 'from'>[]): AttributeChange[] {
  return RELATION_KINDS.flatMap((kind) => {
    const to = relations.filter((one) => one.kind === kind).map((one) => one.to);
    return to.length === 0 ? [] : [{ attribute: kind, to: to.join(', ') }];
  });
}

/**
 * By attribute: the same is left. What the file did not change since it was read last is the register's. What the register did not change since is the
 * file's, and so is what the register does not say at all. The rest has changed on both sides: somebody decides. Empty says nothing.
 */
export function reconciled(file: FileItem, here: Here, of: ItemClass | undefined, { right, rest, one }: Choices): Difference {
  const says = saidBy(here.item);
  const changes: AttributeChange[] = [];
  const conflicts: Conflict[] = [];
  for (const [attribute, value] of Object.entries(file.says)) {
    const [now, base] = [says[attribute], here.said[attribute]];
    if (now === value || base === value) continue;
    if (now === undefined || now === base) {
      changes.push({ attribute, ...(now !== undefined && { from: now }), to: value });
      continue;
    }
    const decision = one[attribute] ?? (right === 'ask' ? rest : right);
    if (isFile(decision)) changes.push({ attribute, from: now, to: value });
    else if (decision !== 'register' || one[attribute] !== undefined) conflicts.push({ attribute, register: now, file: value, decision });
  }
  const relations = file.relations.filter((relation) => !here.relations.has(relationSign(relation)));
  const verified = file.verified !== undefined && file.verified > (here.verified ?? 0) ? file.verified : undefined;
  const undecided = new Set(conflicts.filter(({ decision }) => decision !== 'register').map(({ attribute }) => attribute));
  // Whatever is still open is asked again next time.
  const said = { ...here.said, ...Object.fromEntries(Object.entries(file.says).filter(([attribute]) => !undecided.has(attribute))) };
  const all = [...changes, ...relationChanges(relations)];
  return {
    changes: all,
    conflicts,
    managed: changes.some(({ attribute }) => of?.managed.includes(attribute) ?? true),
    said,
    noted: !here.others && (here.gone || Object.entries(said).some(([attribute, value]) => here.said[attribute] !== value)),
    verified,
    relations,
  };
}

export type Outcome = 'update' | 'managed' | 'same' | 'note' | 'decide' | 'waits';

export function outcomeOf({ changes, conflicts, managed, noted, verified }: Difference, locked: boolean): Outcome {
  const open = conflicts.some(({ decision }) => decision === undefined || decision === 'keeper');
  if (locked && (managed || open)) return 'waits';
  if (open) return 'decide';
  if (changes.length > 0 || verified !== undefined) return managed ? 'managed' : 'update';
  return noted ? 'note' : 'same';
}

/** What a new item lacks. */
export function lacking(file: FileItem): Why[] {
  const wrong: Why[] = [];
  if (file.class === undefined) wrong.push({ why: 'It has no class', todo: 'Match a column with the class, or say the class of all rows.' });
  if (file.says['name'] === undefined) wrong.push({ why: 'It is new and has no name', todo: 'Fill in the name.' });
  return wrong;
}
