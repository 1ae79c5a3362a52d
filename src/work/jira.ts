/** Reading and writing work items in Jira for the use cases of work/. */
import {
  bulkFetchIssues,
  createIssue,
  doTransition,
  editIssue,
  getEditIssueMeta,
  getIssue,
  getIssueProperty,
  getProjectRoleDetails,
  setIssueProperty,
} from 'jira.js/cloud';
import { z } from 'zod';
import { toAdf } from '../jira/adf';
import { type As, jira, JiraError } from '../jira/client';
import { FIELDS, type FieldKey } from '../method';
import { Fault, platformFault } from '../platform/errors';
import type { Binding } from '../setup/model';
import { fieldsToRead, issueAnswer, toWorkItem, type WorkItem } from './model';

function parse(answer: unknown, binding: Binding): WorkItem {
  const parsed = issueAnswer.safeParse(answer);
  if (!parsed.success) throw platformFault('platform.answer', parsed.error);
  const item = toWorkItem(parsed.data, binding);
  if (!item)
    throw new Fault('person.conflict', `${parsed.data.key} stands in a status that is not part of USM. Ask an administrator to look at USM setup.`);
  return item;
}

/** One read: the work item with its links (children, and their status) and its changelog. */
export async function readItem(as: As, idOrKey: string, binding: Binding): Promise<WorkItem> {
  try {
    return parse(await getIssue(jira(as), { issueIdOrKey: idOrKey, fields: fieldsToRead(binding), expand: 'changelog' }), binding);
  } catch (thrown) {
    if (thrown instanceof JiraError && (thrown.status === 404 || thrown.status === 403)) {
      throw new Fault('person.notFound', `${idOrKey} does not exist, or you may not see it.`, { cause: thrown });
    }
    throw thrown;
  }
}

const bulkAnswer = z.object({ issues: z.array(issueAnswer) });

/** A bulk read takes at most this many (OpenAPI: bulkFetchIssues). */
export const READ_LIMIT = 100;

async function bulk(as: As, ids: readonly string[], binding: Binding, changelog: boolean) {
  const request = { issueIdsOrKeys: [...ids], fields: fieldsToRead(binding), ...(changelog && { expand: ['changelog'] }) };
  const parsed = bulkAnswer.safeParse(await bulkFetchIssues(jira(as), request));
  if (!parsed.success) throw platformFault('platform.answer', parsed.error);
  return parsed.data.issues;
}

/**
 * Several at once, one request for each hundred: those the asker may see. `foreign`: work items that do not follow USM, by id.
 * Without the changelog for those who only ask how they stand.
 */
export async function readItems(
  as: As,
  ids: readonly string[],
  binding: Binding,
  changelog = true,
): Promise<{ items: Map<string, WorkItem>; foreign: Map<string, { key: string; typeName: string }> }> {
  const parts = Array.from({ length: Math.ceil(ids.length / READ_LIMIT) }, (_, part) => ids.slice(part * READ_LIMIT, (part + 1) * READ_LIMIT));
  const answers = await Promise.all(parts.map((part) => bulk(as, part, binding, changelog)));
  const items = new Map<string, WorkItem>();
  const foreign = new Map<string, { key: string; typeName: string }>();
  for (const one of answers.flat()) {
    const item = toWorkItem(one, binding);
    if (item) items.set(item.id, item);
    else foreign.set(one.id, { key: one.key, typeName: one.fields.issuetype.name });
  }
  return { items, foreign };
}

/** A value in the form Jira takes, from the form it sent. */
export function carry(key: FieldKey, raw: unknown): unknown {
  const chosen = z.object({ id: z.string(), child: z.object({ id: z.string() }).optional() });
  switch (FIELDS[key].kind) {
    case 'option':
      return { id: chosen.parse(raw).id };
    case 'cascade': {
      const { id, child } = chosen.parse(raw);
      return child ? { id, child: { id: child.id } } : { id };
    }
    case 'options':
      return z
        .array(chosen)
        .parse(raw)
        .map(({ id }) => ({ id }));
    case 'user':
      return { accountId: z.object({ accountId: z.string() }).parse(raw).accountId };
    case 'users':
      return z
        .array(z.object({ accountId: z.string() }))
        .parse(raw)
        .map(({ accountId }) => ({ accountId }));
    default:
      return raw;
  }
}

export const asUserValue = (accountId: string) => ({ accountId });
export const asMoment = (moment: number): string => new Date(moment).toISOString().replace('Z', '+0000');

export interface NewItem {
  projectId: string;
  typeId: string;
  summary: string;
  description: string;
  reporter: string | undefined;
  priorityId: string | undefined;
  /** In Jira's form, by our keys. */
  fields: Partial<Record<FieldKey, unknown>>;
  /** This work item is the receiving end of a link of this type from that one. */
  link: { typeName: string; from: string };
  property: Record<string, unknown>;
}

/** Name of the one issue property the app keeps. */
export const PROPERTY = 'usm';

/** One create request with fields, link and property. */
export async function createItem(item: NewItem, binding: Binding): Promise<{ id: string; key: string }> {
  const own = Object.fromEntries(Object.entries(item.fields).map(([key, value]) => [binding.fields[key as FieldKey], value]));
  const made = await createIssue(jira('app'), {
    fields: {
      project: { id: item.projectId },
      issuetype: { id: item.typeId },
      summary: item.summary,
      description: toAdf(item.description),
      ...(item.reporter !== undefined && { reporter: { accountId: item.reporter } }),
      ...(item.priorityId !== undefined && { priority: { id: item.priorityId } }),
      ...own,
    },
    update: { issuelinks: [{ add: { type: { name: item.link.typeName }, inwardIssue: { key: item.link.from } } }] },
    properties: [{ key: PROPERTY, value: item.property }],
  });
  return z.object({ id: z.string(), key: z.string() }).parse(made);
}

export async function editItem(
  key: string,
  values: Partial<Record<FieldKey, unknown>>,
  system: Record<string, unknown>,
  binding: Binding,
): Promise<void> {
  const own = Object.fromEntries(Object.entries(values).map(([name, value]) => [binding.fields[name as FieldKey], value]));
  await editIssue(jira('app'), { issueIdOrKey: key, fields: { ...system, ...own } });
}

/** Moves a work item. Jira's refusal comes back as text; anything else is thrown. */
export async function move(as: As, key: string, transitionId: number): Promise<{ moved: true } | { moved: false; text: string }> {
  try {
    await doTransition(jira(as), { issueIdOrKey: key, transition: { id: String(transitionId) } });
    return { moved: true };
  } catch (thrown) {
    if (thrown instanceof JiraError && (thrown.status === 400 || thrown.status === 409)) {
      return { moved: false, text: [...thrown.messages, ...Object.values(thrown.fields)].join('\n') };
    }
    throw thrown;
  }
}

/** Small, for JQL and boards; the records in SQL stay the truth. */
export async function mirror(
  key: string,
  value: { path?: string; fulfilment?: 'workflow' | 'process'; line?: string; root?: string },
): Promise<void> {
  await setIssueProperty(jira('app'), { issueIdOrKey: key, propertyKey: PROPERTY, body: { v: 1, ...value } });
}

/** The receipt a work item was made for, if it was. */
export async function madeFor(key: string): Promise<string | undefined> {
  try {
    const answer = await getIssueProperty(jira('app'), { issueIdOrKey: key, propertyKey: PROPERTY });
    return z.object({ value: z.object({ receipt: z.string() }) }).safeParse(answer).data?.value.receipt;
  } catch (thrown) {
    if (thrown instanceof JiraError && thrown.status === 404) return undefined;
    throw thrown;
  }
}

const roleIds = z.array(z.object({ id: z.coerce.string() }));

/** Ids of the project roles this person holds. */
export const rolesHeld = async (projectId: string): Promise<ReadonlySet<string>> =>
  new Set(roleIds.parse(await getProjectRoleDetails(jira('person'), { projectIdOrKey: projectId, currentMember: true })).map(({ id }) => id));

const allowed = z.object({ allowedValues: z.array(z.object({ id: z.string(), value: z.string() })).default([]) });

/** What an option field of this work item may be set to. */
export async function choices(key: string, field: FieldKey, binding: Binding): Promise<{ id: string; name: string }[]> {
  const { fields } = await getEditIssueMeta(jira('app'), { issueIdOrKey: key });
  const found = allowed.safeParse((fields as Record<string, unknown> | undefined)?.[binding.fields[field]]);
  return found.success ? found.data.allowedValues.map(({ id, value }) => ({ id, name: value })) : [];
}
