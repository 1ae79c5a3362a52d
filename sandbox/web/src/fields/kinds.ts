/** The kinds of field a person can fill: which kind a field is, and how its value travels between REST and an editor. No DOM here. */
import { z } from 'zod';
import { adfToText, textToAdf } from '../adf';
import type { FieldSchema, Person } from '../schemas';

/** What an editor holds while a person types. */
export interface Drafts {
  text: string;
  paragraph: string;
  number: string;
  date: string;
  datetime: string;
  url: string;
  option: string;
  options: string[];
  cascade: { parent: string; child: string };
  user: Person | null;
  users: Person[];
  group: { groupId: string; name: string } | null;
  groups: { groupId: string; name: string }[];
  labels: string[];
  item: string;
}
export type Kind = keyof Drafts;
export type Draft = Drafts[Kind];

interface KindRules<K extends Kind> {
  empty: Drafts[K];
  /** From a REST value; anything unreadable is empty. */
  read(value: unknown): Drafts[K];
  /** To a REST value; null empties the field. */
  write(draft: Drafts[K]): unknown;
}

const person = z.object({ accountId: z.string(), displayName: z.string() });
const group = z.object({ groupId: z.string(), name: z.string() });
const withId = z.object({ id: z.string() });
const words = (value: unknown): string => (typeof value === 'string' ? value : '');
const list = <T>(schema: z.ZodType<T>, value: unknown): T[] => z.array(schema).safeParse(value).data ?? [];
const orNull = (value: string): string | null => (value.trim() === '' ? null : value.trim());

/** Jira's moments carry a zone without a colon, which a browser's own date field does not read. */
export const moment = (value: string): Date => new Date(value.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
const localMoment = (value: string): string => {
  const at = moment(value);
  if (Number.isNaN(at.getTime())) return '';
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
};

export const kinds: { [K in Kind]: KindRules<K> } = {
  text: { empty: '', read: words, write: orNull },
  paragraph: { empty: '', read: adfToText, write: textToAdf },
  number: {
    empty: '',
    read: (value) => (typeof value === 'number' ? String(value) : ''),
    write: (draft) => (draft.trim() === '' ? null : Number(draft)),
  },
  date: { empty: '', read: words, write: orNull },
  datetime: {
    empty: '',
    read: (value) => localMoment(words(value)),
    write: (draft) => (draft ? new Date(draft).toISOString().replace('Z', '+0000') : null),
  },
  url: { empty: '', read: words, write: orNull },
  option: { empty: '', read: (value) => withId.safeParse(value).data?.id ?? '', write: (id) => (id ? { id } : null) },
  options: { empty: [], read: (value) => list(withId, value).map((one) => one.id), write: (ids) => ids.map((id) => ({ id })) },
  cascade: {
    empty: { parent: '', child: '' },
    read: (value) => {
      const found = withId.extend({ child: withId.nullish() }).safeParse(value).data;
      return { parent: found?.id ?? '', child: found?.child?.id ?? '' };
    },
    write: ({ parent, child }) => (parent ? { id: parent, ...(child ? { child: { id: child } } : {}) } : null),
  },
  user: {
    empty: null,
    read: (value) => person.safeParse(value).data ?? null,
    write: (draft) => (draft ? { accountId: draft.accountId } : null),
  },
  users: { empty: [], read: (value) => list(person, value), write: (drafts) => drafts.map(({ accountId }) => ({ accountId })) },
  group: { empty: null, read: (value) => group.safeParse(value).data ?? null, write: (draft) => (draft ? { groupId: draft.groupId } : null) },
  groups: { empty: [], read: (value) => list(group, value), write: (drafts) => drafts.map(({ groupId }) => ({ groupId })) },
  labels: { empty: [], read: (value) => list(z.string(), value), write: (draft) => draft },
  item: {
    empty: '',
    read: (value) => z.object({ key: z.string() }).safeParse(value).data?.key ?? '',
    write: (draft) => (draft.trim() ? { key: draft.trim().toUpperCase() } : null),
  },
};

const PARAGRAPH_SYSTEM = new Set(['description', 'environment', 'comment']);
const CUSTOM: Record<string, Kind> = { textarea: 'paragraph', url: 'url', labels: 'labels' };
const ITEMS: Record<string, Kind> = { option: 'options', user: 'users', group: 'groups', component: 'options', version: 'options', string: 'labels' };
const TYPES: Record<string, Kind> = {
  string: 'text',
  number: 'number',
  date: 'date',
  datetime: 'datetime',
  option: 'option',
  priority: 'option',
  resolution: 'option',
  securitylevel: 'option',
  'option-with-child': 'cascade',
  user: 'user',
  group: 'group',
  issuelink: 'item',
  'comments-page': 'paragraph',
};

/** Which kind a field is; undefined for what these pages cannot edit (attachments, time tracking, links). */
export function kindOf(schema: FieldSchema | undefined): Kind | undefined {
  if (!schema) return undefined;
  if (schema.system && PARAGRAPH_SYSTEM.has(schema.system)) return 'paragraph';
  const custom = schema.custom ? CUSTOM[schema.custom.split(':').pop() ?? ''] : undefined;
  if (custom) return custom;
  return schema.type === 'array' ? (schema.system === 'issuelinks' ? undefined : ITEMS[schema.items ?? '']) : TYPES[schema.type];
}

/** A REST value as an editor holds it. */
export const toDraft = (kind: Kind, value: unknown): Draft => kinds[kind].read(value);

/** What an editor holds as a REST value. */
export function toRest<K extends Kind>(kind: K, draft: Draft): unknown {
  return kinds[kind].write(draft as Drafts[K]);
}

/** Whether a REST value holds nothing a person could read. */
export const isEmptyValue = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
