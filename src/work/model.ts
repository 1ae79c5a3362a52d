/** A work item as the use cases see it: decoded from Jira's answer, by the ids setup left. Pure. */
import { z } from 'zod';
import { fromAdf } from '../jira/adf';
import {
  FIELD_KEYS,
  FIELDS,
  type FieldKey,
  type FieldValue,
  type FieldValues,
  STATUS_KEYS,
  type StatusCategory,
  type StatusKey,
  WORK_TYPE_KEYS,
  type WorkTypeKey,
} from '../method';
import type { Binding } from '../setup/model';

/** Text as Jira sends it, or the Date jira.js made of it: ms since the epoch. */
export const instant = z.union([z.date(), z.string()]).transform((sent) => (sent instanceof Date ? sent.getTime() : Date.parse(sent)));

const person = z.object({ accountId: z.string(), displayName: z.string().default(''), accountType: z.string().optional() });
const option = z.object({
  id: z.string().optional(),
  value: z.string(),
  child: z.object({ id: z.string().optional(), value: z.string() }).optional(),
});

/** A status of any space, with Jira's category of it. */
export const foreignStatus = z.object({ id: z.string(), name: z.string().default(''), statusCategory: z.object({ key: z.string() }).optional() });

const CATEGORIES: Readonly<Record<string, StatusCategory>> = { new: 'TODO', indeterminate: 'IN_PROGRESS', done: 'DONE' };
export const categoryOf = ({ statusCategory }: z.infer<typeof foreignStatus>): StatusCategory | undefined => CATEGORIES[statusCategory?.key ?? ''];

const linked = z.object({
  id: z.string(),
  key: z.string(),
  fields: z.object({ summary: z.string().default(''), status: foreignStatus, issuetype: z.object({ id: z.string() }).optional() }),
});

const issueLink = z.object({
  id: z.string().default(''),
  type: z.object({ id: z.string() }),
  inwardIssue: linked.optional(),
  outwardIssue: linked.optional(),
});

export const history = z.object({
  id: z.string(),
  created: instant,
  author: person.optional(),
  items: z.array(
    z.looseObject({ fieldId: z.string().optional(), from: z.string().nullish(), to: z.string().nullish(), fromString: z.string().nullish() }),
  ),
});

/** The words of the new value. Every object has something of that name, so only its own counts. */
const wordsOf = (item: object): string | undefined => {
  const own: unknown = Object.hasOwn(item, 'toString') ? Object.getOwnPropertyDescriptor(item, 'toString')?.value : undefined;
  return typeof own === 'string' && own !== '' ? own : undefined;
};

/** The part of Jira's answer to GET /issue that we read. */
export const issueAnswer = z.object({
  id: z.string(),
  key: z.string(),
  fields: z.looseObject({
    summary: z.string(),
    status: foreignStatus,
    issuetype: z.object({ id: z.string(), name: z.string() }),
    project: z.object({ id: z.string(), key: z.string() }),
    created: instant,
    reporter: person.nullish(),
    assignee: person.nullish(),
    priority: z.object({ id: z.string(), name: z.string() }).nullish(),
    issuelinks: z.array(issueLink).default([]),
  }),
  changelog: z.object({ histories: z.array(history) }).optional(),
  transitions: z.array(z.object({ id: z.string() })).optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
});
export type IssueAnswer = z.infer<typeof issueAnswer>;

export interface Person {
  accountId: string;
  name: string;
}

/** Whoever is not known by name. */
export const SOMEBODY = 'Somebody';
export const personWith = (accountId: string, names: ReadonlyMap<string, string>): Person => ({ accountId, name: names.get(accountId) ?? SOMEBODY });

export interface LinkedItem {
  /** Of the link itself; absent where none was read. */
  linkId?: string;
  typeId: string;
  /** outward: this work item performs the verb. */
  direction: 'outward' | 'inward';
  id: string;
  key: string;
  summary: string;
  status: StatusKey | undefined;
  category?: StatusCategory | undefined;
  /** undefined: it does not follow the method. */
  type: WorkTypeKey | undefined;
}

export interface Change {
  id: string;
  at: number;
  by: Person | undefined;
  /** Moves from one status to another, if this change was one. */
  status: { from: StatusKey | undefined; to: StatusKey | undefined } | undefined;
  /** Ids of the work type and of the space before this change, if it was a change of them. */
  typeBefore: string | undefined;
  spaceBefore: string | undefined;
  /** Whom it waited for before this change and after it, if it was a change of that. */
  waitingFor?: { from: string | undefined; to: string | undefined };
  fields: FieldKey[];
}

export interface WorkItem {
  id: string;
  key: string;
  projectId: string;
  typeId: string;
  typeName: string;
  summary: string;
  status: StatusKey;
  created: number;
  reporter: Person | undefined;
  assignee: Person | undefined;
  priorityId: string | undefined;
  values: FieldValues;
  /** As Jira sent them, by our keys: for carrying a value to another work item unchanged. */
  raw: Readonly<Partial<Record<FieldKey, unknown>>>;
  /** Names of the people in user fields, by account id. */
  names: ReadonlyMap<string, string>;
  /** Accounts among them, and the reporter's, that are apps: monitoring, for one. */
  machines: ReadonlySet<string>;
  links: LinkedItem[];
  /** Oldest first. */
  changes: Change[];
  /** Ids of the steps Jira offers whoever read this; absent where that was not asked. */
  offered?: readonly string[];
  /** The property that the app keeps, as it was read; absent where it was not asked for. */
  property: Readonly<Record<string, unknown>> | undefined;
}

/** A work item that follows USM. */
export interface Followed {
  item: WorkItem;
  type: WorkTypeKey;
}

/** A work item that does not follow USM, as far as anybody here needs to know. */
export interface Foreign {
  key: string;
  typeName: string;
  summary: string;
  statusName: string;
  category: StatusCategory | undefined;
  created: number;
}

export const toForeign = ({ key, fields }: IssueAnswer): Foreign => ({
  key,
  typeName: fields.issuetype.name,
  summary: fields.summary,
  statusName: fields.status.name,
  category: categoryOf(fields.status),
  created: fields.created,
});

/** What to ask Jira for. */
export const fieldsToRead = (binding: Binding): string[] => [
  'summary',
  'status',
  'issuetype',
  'project',
  'created',
  'reporter',
  'assignee',
  'priority',
  'issuelinks',
  ...FIELD_KEYS.map((key) => binding.fields[key]),
];

const nothing = (value: unknown): boolean => value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

/** One field's value in the rules' form; undefined when empty or in a form we do not know. */
export function decodeValue(key: FieldKey, raw: unknown): FieldValue | undefined {
  if (nothing(raw)) return undefined;
  switch (FIELDS[key].kind) {
    case 'text':
      return z.string().safeParse(raw).data;
    case 'paragraph':
      return fromAdf(raw) || undefined;
    case 'option':
    case 'cascade': {
      const chosen = option.safeParse(raw).data;
      return chosen && (chosen.child ? `${chosen.value}, ${chosen.child.value}` : chosen.value);
    }
    case 'options':
      return z
        .array(option)
        .safeParse(raw)
        .data?.map((one) => one.value);
    case 'user':
      // A validator is told the account id alone, so the name is not asked for here.
      return z.object({ accountId: z.string() }).safeParse(raw).data?.accountId;
    case 'users':
      return z
        .array(z.object({ accountId: z.string() }))
        .safeParse(raw)
        .data?.map((one) => one.accountId);
    case 'date':
    case 'moment': {
      const at = Date.parse(String(raw));
      return Number.isNaN(at) ? undefined : at;
    }
    case 'number':
      return z.number().safeParse(raw).data;
    case 'labels':
      return z.array(z.string()).safeParse(raw).data;
  }
}

const toPerson = (raw: z.infer<typeof person> | null | undefined): Person | undefined =>
  raw ? { accountId: raw.accountId, name: raw.displayName || raw.accountId } : undefined;

export function statusOf(binding: Binding, id: string | null | undefined): StatusKey | undefined {
  return STATUS_KEYS.find((key) => binding.statuses[key] === id);
}

export const typeWithId = (binding: Pick<Binding, 'workTypes'>, id: string | undefined): WorkTypeKey | undefined =>
  WORK_TYPE_KEYS.find((key) => binding.workTypes[key] === id);

/** Name of the one issue property the app keeps. */
export const PROPERTY = 'usm';

/** Entries of a changelog, the oldest first. */
export function changesOf(histories: readonly z.infer<typeof history>[], binding: Binding): Change[] {
  const keyById = new Map(FIELD_KEYS.map((key) => [binding.fields[key], key]));
  return histories
    .map(({ id, created, author, items }): Change => {
      const changed = (fieldId: string) => items.find((item) => item.fieldId === fieldId);
      const moved = changed('status');
      const waits = changed(binding.fields.waitingFor);
      return {
        id,
        at: created,
        by: toPerson(author),
        status: moved && { from: statusOf(binding, moved.from), to: statusOf(binding, moved.to) },
        typeBefore: changed('issuetype')?.from ?? undefined,
        spaceBefore: changed('project')?.from ?? undefined,
        ...(waits && { waitingFor: { from: waits.fromString ?? undefined, to: wordsOf(waits) } }),
        fields: items.flatMap((item) => keyById.get(item.fieldId ?? '') ?? []),
      };
    })
    .sort((a, b) => a.at - b.at || Number(a.id) - Number(b.id));
}

/** Decodes an answer; undefined when the work item stands in a status that is not USM's. */
export function toWorkItem(answer: IssueAnswer, binding: Binding): WorkItem | undefined {
  const { fields } = answer;
  const status = statusOf(binding, fields.status.id);
  if (!status) return undefined;
  const values: Partial<Record<FieldKey, FieldValue>> = {};
  const raw: Partial<Record<FieldKey, unknown>> = {};
  const names = new Map<string, string>();
  const machines = new Set<string>();
  const look = (one: z.infer<typeof person> | null | undefined): void => void (one?.accountType === 'app' && machines.add(one.accountId));
  look(fields.reporter);
  for (const key of FIELD_KEYS) {
    const sent = fields[binding.fields[key]];
    const value = decodeValue(key, sent);
    if (value === undefined) continue;
    values[key] = value;
    raw[key] = sent;
    const { kind } = FIELDS[key];
    const people = kind === 'user' ? [sent] : kind === 'users' && Array.isArray(sent) ? sent : [];
    for (const one of people.flatMap((raw) => person.safeParse(raw).data ?? [])) {
      names.set(one.accountId, one.displayName || one.accountId);
      look(one);
    }
  }
  return {
    id: answer.id,
    key: answer.key,
    projectId: fields.project.id,
    typeId: fields.issuetype.id,
    typeName: fields.issuetype.name,
    summary: fields.summary,
    status,
    created: fields.created,
    reporter: toPerson(fields.reporter),
    assignee: toPerson(fields.assignee),
    priorityId: fields.priority?.id,
    values,
    raw,
    names,
    machines,
    links: fields.issuelinks.flatMap((link): LinkedItem[] => {
      const other = link.outwardIssue ?? link.inwardIssue;
      if (!other) return [];
      return [
        {
          linkId: link.id,
          typeId: link.type.id,
          direction: link.outwardIssue ? 'outward' : 'inward',
          id: other.id,
          key: other.key,
          summary: other.fields.summary,
          status: statusOf(binding, other.fields.status.id),
          category: categoryOf(other.fields.status),
          type: typeWithId(binding, other.fields.issuetype?.id),
        },
      ];
    }),
    changes: changesOf(answer.changelog?.histories ?? [], binding),
    property: z.record(z.string(), z.unknown()).safeParse(answer.properties?.[PROPERTY]).data,
    ...(answer.transitions && { offered: answer.transitions.map((one) => one.id) }),
  };
}

/** Ids of the transitions that Jira offers whoever read it. */
export const waysOf = ({ offered = [] }: Pick<WorkItem, 'offered'>): ReadonlySet<number> => new Set(offered.map(Number));

/** When the present status was entered: the last change into it, else the creation. */
export function entry(item: WorkItem): { at: number; index: number; by: Person | undefined } {
  const index = item.changes.findLastIndex((change) => change.status?.to === item.status);
  const change = item.changes[index];
  return change ? { at: change.at, index, by: change.by } : { at: item.created, index: -1, by: item.reporter };
}

/** Fields given after the present status was entered; what was given on the way into it belongs to the step before. */
export const givenSinceEntry = (item: WorkItem): Set<FieldKey> =>
  new Set(item.changes.slice(entry(item).index + 1).flatMap((change) => change.fields));

/** Who steers it until it is closed. */
export function coordinatorOf({ values, names }: Pick<WorkItem, 'values' | 'names'>): Person | undefined {
  const accountId = values.coordinator;
  return typeof accountId === 'string' ? { accountId, name: names.get(accountId) ?? accountId } : undefined;
}

/** Whoever asked for it: Asked by, else Requester, else the reporter. */
export function requesterOf(item: WorkItem): Person | undefined {
  const accountId = item.values.askedBy ?? item.values.requester;
  if (typeof accountId !== 'string') return item.reporter;
  return { accountId, name: item.names.get(accountId) ?? accountId };
}
