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
  getMyPermissions,
  getTransitions,
  searchAndReconsileIssuesUsingJqlPost,
  setIssueProperty,
} from 'jira.js/cloud';
import { z } from 'zod';
import { toAdf } from '../jira/adf';
import { type As, jira, JiraError } from '../jira/client';
import { FIELDS, type FieldKey } from '../method';
import { now } from '../platform/clock';
import { Fault, platformFault } from '../platform/errors';
import type { Binding } from '../setup/model';
import { fieldsToRead, type Foreign, type IssueAnswer, issueAnswer, PROPERTY, toForeign, toWorkItem, type WorkItem } from './model';

/** One read: the work item with its links (children, and their status), its changelog and the app's property; wherever it stands. `ways`: also the steps Jira offers the asker. */
export async function readAnswer(as: As, idOrKey: string, binding: Binding, ways = false): Promise<IssueAnswer> {
  try {
    const expand = ways ? 'changelog,transitions' : 'changelog';
    const request = { issueIdOrKey: idOrKey, fields: fieldsToRead(binding), expand, properties: [PROPERTY] };
    const parsed = issueAnswer.safeParse(await getIssue(jira(as), request));
    if (!parsed.success) throw platformFault('platform.answer', parsed.error);
    return parsed.data;
  } catch (thrown) {
    if (thrown instanceof JiraError && (thrown.status === 404 || thrown.status === 403)) {
      throw new Fault('person.notFound', `${idOrKey} does not exist, or you may not see it.`, { cause: thrown });
    }
    throw thrown;
  }
}

/** As `readAnswer`, for a work item that stands in a status of USM. */
export async function readItem(as: As, idOrKey: string, binding: Binding, ways = false): Promise<WorkItem> {
  const answer = await readAnswer(as, idOrKey, binding, ways);
  const item = toWorkItem(answer, binding);
  if (!item)
    throw new Fault('person.conflict', `${answer.key} stands in a status that is not part of USM. Ask an administrator to look at USM setup.`);
  return item;
}

const bulkAnswer = z.object({ issues: z.array(issueAnswer) });

/** A bulk read takes at most this many (OpenAPI: bulkFetchIssues). */
export const READ_LIMIT = 100;

/** What is read beside the fields: the changes, and the steps that Jira offers the asker. */
export type Beside = 'changelog' | 'transitions';

async function bulk(as: As, ids: readonly string[], binding: Binding, expand: readonly Beside[]) {
  const request = { issueIdsOrKeys: [...ids], fields: fieldsToRead(binding), ...(expand.length > 0 && { expand: [...expand] }) };
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
  beside: readonly Beside[] = ['changelog'],
): Promise<{ items: Map<string, WorkItem>; foreign: Map<string, Foreign> }> {
  const parts = Array.from({ length: Math.ceil(ids.length / READ_LIMIT) }, (_, part) => ids.slice(part * READ_LIMIT, (part + 1) * READ_LIMIT));
  const answers = await Promise.all(parts.map((part) => bulk(as, part, binding, beside)));
  const items = new Map<string, WorkItem>();
  const foreign = new Map<string, Foreign>();
  for (const one of answers.flat()) {
    const item = toWorkItem(one, binding);
    if (item) items.set(item.id, item);
    else foreign.set(one.id, toForeign(one));
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
  /** This work item is the receiving end of a link of this type from that one; absent: it stands alone. */
  link?: { typeName: string; from: string };
  property: Record<string, unknown>;
}

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
    ...(item.link && { update: { issuelinks: [{ add: { type: { name: item.link.typeName }, inwardIssue: { key: item.link.from } } }] } }),
    properties: [{ key: PROPERTY, value: item.property }],
  });
  return z.object({ id: z.string(), key: z.string() }).parse(made);
}

const foundMade = z.object({
  issues: z.array(z.object({ id: z.string(), key: z.string(), properties: z.record(z.string(), z.unknown()).optional() })),
});

/** Search may be behind by seconds, and a second try comes a minute later at the earliest. */
const MARGIN_MINUTES = 10;
const FOUND_AT_MOST = 100;

/** What the app made before it died, the oldest that fits: the property it was made with says for what. `since`: the first try. */
export async function findMadeByApp(
  { projectId, typeId, since }: { projectId: string; typeId: string; since: number },
  fits: (property: unknown) => boolean,
): Promise<{ id: string; key: string } | undefined> {
  const minutes = Math.ceil((now() - since) / 60_000) + MARGIN_MINUTES;
  const jql = `project = ${projectId} AND issuetype = ${typeId} AND creator = currentUser() AND created >= "-${String(minutes)}m" ORDER BY created ASC`;
  const answer = await searchAndReconsileIssuesUsingJqlPost(jira('app'), {
    jql,
    fields: ['summary'],
    properties: [PROPERTY],
    maxResults: FOUND_AT_MOST,
  });
  const parsed = foundMade.safeParse(answer);
  if (!parsed.success) throw platformFault('platform.answer', parsed.error);
  const made = parsed.data.issues.find((one) => fits(one.properties?.[PROPERTY]));
  return made && { id: made.id, key: made.key };
}

/** A change of a work item; nothing in it, nothing is written. */
export interface Edit {
  /** In Jira's form, by our keys. */
  values?: Partial<Record<FieldKey, unknown>>;
  /** Jira's own fields. */
  system?: Record<string, unknown>;
  /** The property that the app keeps. */
  property?: Readonly<Record<string, unknown>> | undefined;
}

/** One request, whatever is changed. */
export async function writeItem(key: string, { values = {}, system = {}, property }: Edit, binding: Binding, as: As = 'app'): Promise<void> {
  const own = Object.entries(values).map(([name, value]): [string, unknown] => [binding.fields[name as FieldKey], value]);
  const fields = { ...system, ...Object.fromEntries(own) };
  const properties = property && [{ key: PROPERTY, value: property }];
  if (Object.keys(fields).length > 0) await editIssue(jira(as), { issueIdOrKey: key, fields, ...(properties && { properties }) });
  else if (property) await setIssueProperty(jira(as), { issueIdOrKey: key, propertyKey: PROPERTY, body: property });
}

export const editItem = (
  key: string,
  values: Partial<Record<FieldKey, unknown>>,
  system: Record<string, unknown>,
  binding: Binding,
  as: As = 'app',
): Promise<void> => writeItem(key, { values, system }, binding, as);

/** Moves a work item; `fields`: what the step's screen asks. Jira's refusal comes back as text; anything else is thrown. `busy`: another change is under way. */
export async function move(
  as: As,
  key: string,
  transitionId: number,
  fields: Record<string, unknown> = {},
): Promise<{ moved: true } | { moved: false; text: string; busy: boolean }> {
  try {
    await doTransition(jira(as), {
      issueIdOrKey: key,
      transition: { id: String(transitionId) },
      ...(Object.keys(fields).length > 0 && { fields }),
    });
    return { moved: true };
  } catch (thrown) {
    if (thrown instanceof JiraError && (thrown.status === 400 || thrown.status === 409)) {
      return { moved: false, text: [...thrown.messages, ...Object.values(thrown.fields)].join('\n'), busy: thrown.status === 409 };
    }
    throw thrown;
  }
}

const offered = z.object({ transitions: z.array(z.unknown()) });

/** Whether Jira offers this step here. */
export async function mayMove(as: As, key: string, transitionId: number): Promise<boolean> {
  const answer = await getTransitions(jira(as), { issueIdOrKey: key, transitionId: String(transitionId) });
  return (offered.safeParse(answer).data?.transitions ?? []).length > 0;
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

const mayEdit = z.object({ permissions: z.object({ EDIT_ISSUES: z.object({ havePermission: z.boolean() }) }) });

/** Whether Jira lets this person edit it. */
export const editsAsPerson = async (itemId: string): Promise<boolean> =>
  mayEdit.parse(await getMyPermissions(jira('person'), { issueId: itemId, permissions: 'EDIT_ISSUES' })).permissions.EDIT_ISSUES.havePermission;
