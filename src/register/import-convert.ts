/** A line of a file as an item would say it: what each cell means by its column, or in words why it cannot be read. Pure. */
import { createHash } from 'node:crypto';
import {
  ATTRIBUTE_CHARS,
  type AttributeDefinition,
  CELL_CHARS,
  COMMON_ATTRIBUTES,
  CRITICALITIES,
  type DateOrder,
  type ImportMapping,
  type ItemClass,
  itemKey,
  type MappedColumn,
  relation,
  type Relation,
} from '../contract';
import { LIFE, LIFE_KEYS, RELATION_KINDS, type RelationKind, RELATIONS } from '../method';

export interface Why {
  why: string;
  todo: string;
}

export interface FileItem {
  /** As the file writes it; absent where items are recognised by what they are. */
  key: string | undefined;
  class: string | undefined;
  /** Common ones and those of its class, by key; what is empty says nothing. */
  says: Record<string, string>;
  /** A day, in ms: when somebody looked at it. */
  verified: number | undefined;
  relations: Omit<Relation, 'from'>[];
}

/** What words of a file are looked up in. Parties: by id and by name, in small letters. */
export interface Around {
  classes: readonly ItemClass[];
  parties: ReadonlyMap<string, string>;
}

const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
const sayWord = (word: string): string => `“${word.length > 60 ? `${word.slice(0, 60)}…` : word}”`;

const DAY = /^(\d{1,4})[-./](\d{1,2})[-./](\d{1,4})(?:[T ].*)?$/;
const ORDER: Record<DateOrder, readonly [number, number, number]> = { ymd: [1, 2, 3], dmy: [3, 2, 1], mdy: [3, 1, 2] };

/** A day as it is written everywhere: 2026-11-20. What begins with a year is year, month, day in any case. */
export function dayOf(text: string, order: DateOrder): string | undefined {
  const parts = DAY.exec(text.trim());
  if (!parts) return undefined;
  const [year, month, day] = ORDER[parts[1]?.length === 4 ? 'ymd' : order].map((at) => Number(parts[at])) as [number, number, number];
  const at = new Date(Date.UTC(year, month - 1, day));
  return year > 999 && at.getUTCMonth() === month - 1 && at.getUTCDate() === day ? at.toISOString().slice(0, 10) : undefined;
}

/** Between keys in one cell; a sign between brackets belongs to the name of a way. */
const BETWEEN = /[;,\n|]+(?![^[]*\])/;
const END = /^([^[]+?)(?:\s*\[(.+?)(?:\s+(\d{1,2}))?\])?$/;

/** Keys as a relations column names them: "NET-1; NET-2 [feeds 1]" are two, of which the second is one of the ways called feeds, where one has to hold. */
export function endsIn(kind: RelationKind, cell: string): Omit<Relation, 'from'>[] | string {
  const ends: Omit<Relation, 'from'>[] = [];
  for (const part of cell.split(BETWEEN)) {
    const text = part.trim();
    if (text === '') continue;
    const [, to = '', group, need] = END.exec(text) ?? [];
    const parsed = relation
      .omit({ from: true })
      .safeParse({ kind, to, ...(group !== undefined && { group }), ...(need !== undefined && { need: Number(need) }) });
    if (!parsed.success || (RELATIONS[kind].to === 'item' && !itemKey.safeParse(to).success)) return text;
    ends.push(parsed.data);
  }
  return ends;
}
/** The other way round. */
export const endCell = ({ to, group, need }: Omit<Relation, 'from'>): string =>
  group === undefined ? to : `${to} [${group}${need === undefined ? '' : ` ${String(need)}`}]`;

type Read = { value: string } | Why;

function ownValue(definition: AttributeDefinition, text: string, { dates }: MappedColumn): Read {
  const { name, kind, choices } = definition;
  switch (kind) {
    case 'text':
      return { value: text };
    case 'number':
      return /^-?\d{1,15}([.,]\d{1,9})?$/.test(text)
        ? { value: text.replace(',', '.') }
        : { why: `${name} is a number; ${sayWord(text)} is none`, todo: 'Write it with digits only.' };
    case 'date': {
      const day = dayOf(text, dates);
      return day === undefined
        ? { why: `${name} is a day; ${sayWord(text)} is none`, todo: 'Write it as 2026-11-20, or choose how days are written.' }
        : { value: day };
    }
    case 'choice': {
      const chosen = choices.find((one) => same(one, text));
      return chosen === undefined
        ? { why: `${name} has no choice ${sayWord(text)}`, todo: `Choose one of ${choices.join(', ')}.` }
        : { value: chosen };
    }
  }
}

const MOST: Record<string, number> = { name: 200, location: 120, keeper: 40, supplier: 40, uc: 14 };

function commonValue(attribute: (typeof COMMON_ATTRIBUTES)[number], text: string, header: string, { parties }: Around): Read {
  switch (attribute) {
    case 'life': {
      const life = LIFE_KEYS.find((key) => same(key, text) || same(LIFE[key], text));
      return life === undefined
        ? { why: `${sayWord(text)} is no part of a life cycle`, todo: `Match ${sayWord(text)} of ${header}.` }
        : { value: life };
    }
    case 'criticality': {
      const word = CRITICALITIES.find((one) => same(one, text));
      return word === undefined ? { why: `${sayWord(text)} is no criticality`, todo: 'Write low, medium or high, or match it.' } : { value: word };
    }
    case 'keeper':
    case 'supplier': {
      const id = parties.get(text.toLowerCase());
      return id === undefined
        ? { why: `Nobody here is called ${sayWord(text)}`, todo: `Match it in ${header}, or add it to the parties.` }
        : { value: id };
    }
    case 'uc':
      return /^(SA|OLA|UC)-\d{1,9}$/i.test(text)
        ? { value: text.toUpperCase() }
        : { why: `${sayWord(text)} is no number of an agreement`, todo: 'Write it as UC-003.' };
    default:
      return { value: text };
  }
}

const ofClass = (text: string, classes: readonly ItemClass[]): ItemClass | undefined =>
  classes.find(({ key, name }) => same(key, text) || same(name, text));

/** What is no attribute: when it was looked at, and what it is related to. */
function readApart(item: FileItem, { to, header, dates }: MappedColumn, text: string): Why[] {
  if (to === 'verified') {
    const day = dayOf(text, dates);
    if (day === undefined) return [{ why: `${header}: ${sayWord(text)} is no day`, todo: 'Write it as 2026-11-20, or choose how days are written.' }];
    item.verified = Date.parse(day);
    return [];
  }
  const kind = RELATION_KINDS.find((one) => `rel.${one}` === to);
  const ends = kind ? endsIn(kind, text) : text;
  if (typeof ends === 'string') return [{ why: `${header}: ${sayWord(ends)} is no key`, todo: 'Write keys with ; between them.' }];
  item.relations.push(...ends);
  return [];
}

/** `known`: the class that the register says it has. */
export function converted(cells: readonly string[], mapping: ImportMapping, around: Around, known?: string): { item: FileItem; wrong: Why[] } {
  const wrong: Why[] = [];
  const item: FileItem = { key: undefined, class: known ?? mapping.class, says: {}, verified: undefined, relations: [] };
  const columns = mapping.columns.filter(({ to }) => to !== 'leave');
  const texts = columns.map((column, index) => {
    const text = (cells[index] ?? '').trim();
    return Object.hasOwn(column.values, text) ? (column.values[text] ?? '') : text;
  });
  columns.forEach(({ to, header }, index) => {
    const text = texts[index] ?? '';
    if ((cells[index]?.length ?? 0) > CELL_CHARS) wrong.push({ why: `${header} holds more than ${String(CELL_CHARS)} letters`, todo: 'Shorten it.' });
    else if (text.includes('\0'))
      wrong.push({ why: `${header} has a sign that is no letter (NUL)`, todo: 'Take it out, and save the file as text.' });
    else if (text.includes('\uFFFD'))
      wrong.push({ why: `${header} has letters that cannot be read`, todo: 'Choose the encoding the file was saved in.' });
    else if (text !== '' && to === 'key') {
      if (itemKey.safeParse(text).success) item.key = text;
      else wrong.push({ why: `${sayWord(text)} is no key`, todo: 'A key is one word of at most 40 letters, digits and . _ / -' });
    } else if (text !== '' && to === 'class') {
      const found = ofClass(text, around.classes);
      if (found) item.class = found.key;
      else wrong.push({ why: `Class ${sayWord(text)} is not known`, todo: `Match ${sayWord(text)} with a class.` });
    }
  });
  if (wrong.length > 0) return { item, wrong };
  const of = around.classes.find(({ key }) => key === item.class);
  columns.forEach((column, index) => {
    const text = texts[index] ?? '';
    const { to, header } = column;
    if (text === '' || to === 'key' || to === 'class' || to === 'leave') return;
    if (to === 'verified' || to.startsWith('rel.')) {
      wrong.push(...readApart(item, column, text));
      return;
    }
    if (to.startsWith('own.')) {
      const key = to.slice('own.'.length);
      const definition = of?.attributes.find((one) => one.key === key);
      if (!of) return;
      if (!definition) {
        wrong.push({ why: `Class ${of.name} has no attribute for ${header}`, todo: 'Empty it, or add the attribute to the class.' });
        return;
      }
      const read = ownValue(definition, text, column);
      if (!('value' in read)) wrong.push(read);
      else if (read.value.length > ATTRIBUTE_CHARS)
        wrong.push({ why: `${header} is longer than ${String(ATTRIBUTE_CHARS)} letters`, todo: 'Shorten it.' });
      else item.says[key] = read.value;
      return;
    }
    const attribute = COMMON_ATTRIBUTES.find((one) => one === to);
    if (!attribute) return;
    const read = commonValue(attribute, text, header, around);
    const most = MOST[attribute] ?? ATTRIBUTE_CHARS;
    if (!('value' in read)) wrong.push(read);
    else if (read.value.length > most) wrong.push({ why: `${header} is longer than ${String(most)} letters`, todo: 'Shorten it.' });
    else item.says[attribute] = read.value;
  });
  const own = item.key;
  if (own !== undefined && item.relations.some(({ kind, to }) => RELATIONS[kind].to === 'item' && same(to, own))) {
    wrong.push({ why: 'It would have a relation with itself', todo: `Take ${own} out of its own relations.` });
  }
  item.relations = once(item.relations);
  return { item, wrong };
}

function once(relations: readonly Omit<Relation, 'from'>[]): Omit<Relation, 'from'>[] {
  return [...new Map(relations.map((one) => [`${one.kind} ${one.to.toLowerCase()}`, one])).values()];
}

const digest = (parts: readonly string[]): string =>
  `~${createHash('sha256').update(parts.join('\n').toLowerCase()).digest('base64url').slice(0, 38)}`;

/** What it is recognised by where keys do not tell: the class and what its class says makes it that item. */
export function identityOf(of: ItemClass | undefined, says: Readonly<Record<string, string>>): string | undefined {
  if (!of || of.identity.length === 0) return undefined;
  const values = of.identity.map((attribute) => says[attribute] ?? '');
  return values.includes('') ? undefined : digest([of.key, ...values]);
}

/** The same item has the same sign in every file and in the register. */
export function signOf(item: FileItem, mapping: ImportMapping, { classes }: Around): string | Why {
  if (mapping.recognise === 'key') {
    if (item.key !== undefined) return item.key.toLowerCase();
    const header = mapping.columns.find(({ to }) => to === 'key')?.header ?? 'key';
    return { why: `Column ${header} is empty`, todo: 'Fill in the key.' };
  }
  const of = classes.find(({ key }) => key === item.class);
  if (!of) return { why: 'It has no class', todo: 'Match a column with the class, or say the class of all rows.' };
  const sign = identityOf(of, item.says);
  if (sign !== undefined) return sign;
  const names = of.identity.map((key) => of.attributes.find((one) => one.key === key)?.name ?? key);
  return names.length === 0
    ? { why: `Class ${of.name} does not say what makes an item`, todo: 'Say it at the class, or recognise items by key.' }
    : { why: `${names.join(' or ')} is empty, by which it is recognised`, todo: `Fill in ${names.join(' and ')}.` };
}
