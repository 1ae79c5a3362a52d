/** What each column of a file most likely means, why, and how sure that is. Pure. */
import type { ColumnTarget, DateOrder, ImportMapping, ItemClass, MappedColumn } from '../../../../src/contract';
import { COLUMN_TARGETS, LIFE, RELATIONS } from '../../../../src/contract/register-import';
import { ATTRIBUTES } from '../words';

/** undefined: nobody has said yet. */
export interface Column extends Omit<MappedColumn, 'to'> {
  to: ColumnTarget | undefined;
  why: 'name' | 'earlier' | 'chosen' | 'none';
}

const KINDS = Object.keys(RELATIONS) as (keyof typeof RELATIONS)[];
const folded = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');

/** What columns are called elsewhere, besides their own names. */
const WORDS: Partial<Record<string, readonly string[]>> = {
  key: ['key', 'itemkey', 'assettag', 'tag', 'objectkey', 'assetkey', 'id'],
  name: ['name', 'label', 'description', 'descr', 'summary', 'hostname'],
  class: ['class', 'category', 'cat', 'type', 'objecttype'],
  life: ['lifecycle', 'life', 'status', 'stat', 'state'],
  keeper: ['keptby', 'keeper', 'team', 'dept', 'department', 'managedby'],
  location: ['location', 'room', 'loc', 'loccode', 'site', 'place'],
  criticality: ['criticality', 'importance'],
  supplier: ['supplier', 'vendor'],
  uc: ['uc', 'supplieragreement', 'underpinningcontract', 'contract'],
  verified: ['verified', 'lastseen', 'lastverified', 'lastchecked'],
  'rel.partOf': ['parent', 'parenttag', 'parentkey'],
  'rel.dependsOn': ['needs', 'dependencies'],
};

/** Attributes of classes, one for each key. */
export function ownTargets(classes: readonly ItemClass[]): { to: ColumnTarget; name: string }[] {
  const found = new Map<string, string>();
  for (const { attributes } of classes) for (const { key, name } of attributes) if (!found.has(key)) found.set(key, name);
  return [...found].map(([key, name]) => ({ to: `own.${key}`, name }));
}

export const TARGET_NAMES: Readonly<Record<(typeof COLUMN_TARGETS)[number], string>> = {
  ...ATTRIBUTES,
  key: 'Key',
  class: 'Class',
  verified: 'Verified',
  leave: 'Leave out',
};
const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

/** Everything that a column may mean, as people read it. */
export function targets(classes: readonly ItemClass[]): { to: ColumnTarget; name: string }[] {
  return [
    ...COLUMN_TARGETS.filter((one) => one !== 'leave').map((to) => ({ to, name: TARGET_NAMES[to] })),
    ...ownTargets(classes),
    ...KINDS.map((kind) => ({ to: `rel.${kind}` as const, name: `Relation: ${RELATIONS[kind].there}` })),
    { to: 'leave' as const, name: TARGET_NAMES.leave },
  ];
}

export function byName(header: string, classes: readonly ItemClass[]): ColumnTarget | undefined {
  const all = targets(classes);
  const exact = all.find(({ to }) => to === header);
  if (exact) return exact.to;
  const word = folded(header.replace(/ \(key\)$/, ''));
  if (word === '') return undefined;
  const isReference = header.endsWith(' (key)');
  const relation = KINDS.find((kind) => folded(RELATIONS[kind].there) === word || folded(kind) === word);
  if (relation) return `rel.${relation}`;
  if (isReference) return undefined;
  const named = all.find(({ to, name }) => folded(name) === word || folded(to.replace(/^(own|rel)\./, '')) === word);
  if (named) return named.to;
  const other = all.find(({ to }) => WORDS[to]?.includes(word));
  if (other) return other.to;
  return word.length < 4 ? undefined : ownTargets(classes).find(({ name }) => folded(name).startsWith(word))?.to;
}

/** undefined: they are written so that both are possible. */
export function datesOf(values: readonly string[]): DateOrder | undefined {
  const parts = values.flatMap((value) => {
    const found = /^(\d{1,4})[-./](\d{1,2})[-./](\d{1,4})/.exec(value.trim());
    return found ? [[Number(found[1]), Number(found[2]), found[1]?.length === 4] as const] : [];
  });
  if (parts.length === 0 || parts.every(([, , year]) => year)) return 'ymd';
  if (parts.some(([first]) => first > 12)) return 'dmy';
  return parts.some(([, second]) => second > 12) ? 'mdy' : undefined;
}

const isDate = (to: ColumnTarget | undefined, classes: readonly ItemClass[]): boolean =>
  to === 'verified' ||
  (to?.startsWith('own.') === true && classes.some(({ attributes }) => attributes.some(({ key, kind }) => kind === 'date' && `own.${key}` === to)));

export interface Beside {
  classes: readonly ItemClass[];
  parties: readonly { id: string; name: string }[];
}

/** What the words of a column can be matched with; undefined: they are taken as they are. */
export function choicesFor(to: ColumnTarget | undefined, { classes, parties }: Beside): { value: string; name: string }[] | undefined {
  switch (to) {
    case 'class':
      return classes.map(({ key, name }) => ({ value: key, name }));
    case 'life':
      return Object.entries(LIFE).map(([value, name]) => ({ value, name }));
    case 'criticality':
      return ['low', 'medium', 'high'].map((value) => ({ value, name: capital(value) }));
    case 'keeper':
    case 'supplier':
      return parties.map(({ id, name }) => ({ value: id, name }));
    default:
      return undefined;
  }
}

export const MOST_VALUES = 60;
/** The words of a column with how often they come; undefined: too many to be matched one by one. */
export function wordsOf(rows: readonly { cells: readonly string[] }[], column: number): Map<string, number> | undefined {
  const counts = new Map<string, number>();
  for (const { cells } of rows) {
    const word = (cells[column] ?? '').trim();
    if (word === '' || word.length > 200) continue;
    counts.set(word, (counts.get(word) ?? 0) + 1);
    if (counts.size > MOST_VALUES) return undefined;
  }
  return counts;
}

/** Of the words of a column, those that mean nothing here yet. */
export function unmatched({ to, values }: Column, words: ReadonlyMap<string, number>, beside: Beside): [string, number][] {
  const choices = choicesFor(to, beside);
  if (!choices) return [];
  const known = new Set(choices.flatMap(({ value, name }) => [value.toLowerCase(), name.toLowerCase()]));
  return [...words].filter(([word]) => !known.has((values[word] ?? word).toLowerCase()));
}

export function guessed(
  file: { headers: readonly string[]; rows: readonly { cells: readonly string[] }[] },
  classes: readonly ItemClass[],
  mappings: readonly ImportMapping[],
): Column[] {
  const taken = new Set<ColumnTarget>();
  return file.headers.map((header, index): Column => {
    const earlier = mappings.flatMap(({ columns }) => columns).find((one) => one.header === header);
    const to = earlier?.to ?? byName(header, classes);
    const free = to === undefined || to === 'leave' || to.startsWith('rel.') || !taken.has(to);
    if (to !== undefined && free) taken.add(to);
    const first = file.rows.slice(0, 500).map(({ cells }) => cells[index] ?? '');
    return {
      header,
      to: free ? to : undefined,
      values: earlier?.values ?? {},
      dates: earlier?.dates ?? (isDate(to, classes) ? (datesOf(first) ?? 'dmy') : 'ymd'),
      why: !free || to === undefined ? 'none' : earlier ? 'earlier' : 'name',
    };
  });
}
