/** The only place that talks to the site: Jira's public REST, and the site's own few addresses. */
import { z } from 'zod';
import { modulesAt } from '../../forge/ui/host';
import * as schemas from './schemas';
import type { Change, FieldMeta, Person } from './schemas';
import type { AdfDocument } from './adf';

/** A refusal of the site, in Jira's shape. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly errorMessages: string[],
    readonly errors: Record<string, string>,
  ) {
    super([...errorMessages, ...Object.values(errors)].join(' ') || `The site answered ${status}.`);
  }
}

/** One request to the site; other files of the pages ask through this. */
export async function send<T extends z.ZodType>(schema: T, method: string, path: string, body?: unknown): Promise<z.infer<T>> {
  const response = await fetch(path, {
    method,
    headers: { accept: 'application/json', ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  let json: unknown;
  try {
    json = text ? JSON.parse(text) : undefined;
  } catch {
    throw new ApiError(response.status, [`The site answered ${response.status} with something that is not JSON.`], {});
  }
  if (!response.ok) {
    const refusal = schemas.errorCollection.safeParse(json);
    throw new ApiError(response.status, refusal.data?.errorMessages ?? [], refusal.data?.errors ?? {});
  }
  const read = schema.safeParse(json);
  if (!read.success) throw new ApiError(response.status, [`An answer of ${path.split('?')[0]} has another form: ${z.prettifyError(read.error)}`], {});
  return read.data;
}

const nothing = z.unknown();
export const get = <T extends z.ZodType>(schema: T, path: string): Promise<z.infer<T>> => send(schema, 'GET', path);
export const rest = (path: string): string => `/rest/api/3/${path}`;
export const part = encodeURIComponent;

const LIST_FIELDS = ['summary', 'status', 'issuetype', 'assignee', 'reporter', 'updated'];
const LARGEST_PAGE = '100';
const HISTORY_PAGE = 100;

/** The whole history of a work item, oldest first. */
async function changelog(key: string): Promise<Change[]> {
  const all: Change[] = [];
  for (;;) {
    const page = await get(schemas.changelog, rest(`issue/${part(key)}/changelog?startAt=${all.length}&maxResults=${HISTORY_PAGE}`));
    all.push(...page.values);
    if (page.values.length === 0 || page.isLast !== false) return all;
  }
}

/** The fields of the create screen; 200 is the most Jira answers at once, and more than a screen holds. */
function createFields(projectKey: string, typeId: string): Promise<FieldMeta[]> {
  return get(schemas.createMetaFields, rest(`issue/createmeta/${part(projectKey)}/issuetypes/${part(typeId)}?maxResults=200`));
}

export interface TransitionInput {
  transition: { id: string };
  fields?: Record<string, unknown>;
  update?: Record<string, unknown>;
}

export const api = {
  session: async () => {
    try {
      return (await get(schemas.session, '/_sandbox/session'))?.accountId;
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) return undefined;
      throw error;
    }
  },
  people: () => get(z.array(schemas.sitePerson), '/_sandbox/people'),
  switchPerson: (accountId: string) => send(nothing, 'POST', '/_sandbox/session', { accountId }),
  modules: modulesAt,

  myself: () => get(schemas.person, rest('myself')),
  projects: async () => (await get(schemas.projectPage, rest('project/search?maxResults=100&orderBy=name'))).values,
  projectTypes: (key: string) => get(schemas.projectTypes, rest(`project/${part(key)}`)),
  fields: () => get(z.array(schemas.siteField), rest('field')),
  search: (jql: string, nextPageToken?: string) =>
    send(schemas.searchPage, 'POST', rest('search/jql'), { jql, fields: LIST_FIELDS, maxResults: 50, ...(nextPageToken ? { nextPageToken } : {}) }),

  createTypes: async (projectKey: string) =>
    (await get(schemas.createMetaTypes, rest(`issue/createmeta/${part(projectKey)}/issuetypes?maxResults=200`))).issueTypes,
  createFields,
  create: (fields: Record<string, unknown>) => send(schemas.createdItem, 'POST', rest('issue'), { fields }),

  item: (key: string) => get(schemas.workItem, rest(`issue/${part(key)}`)),
  editMeta: async (key: string) => (await get(schemas.editMeta, rest(`issue/${part(key)}/editmeta`))).fields,
  edit: (key: string, fields: Record<string, unknown>) => send(nothing, 'PUT', rest(`issue/${part(key)}`), { fields }),
  transitions: async (key: string) => (await get(schemas.transitions, rest(`issue/${part(key)}/transitions?expand=transitions.fields`))).transitions,
  move: (key: string, input: TransitionInput) => send(nothing, 'POST', rest(`issue/${part(key)}/transitions`), input),
  comments: async (key: string) =>
    (await get(schemas.comments, rest(`issue/${part(key)}/comment?maxResults=${LARGEST_PAGE}&orderBy=-created`))).comments,
  addComment: (key: string, body: AdfDocument) => send(nothing, 'POST', rest(`issue/${part(key)}/comment`), { body }),
  changelog,

  assignable: (projectKey: string, query: string): Promise<Person[]> =>
    get(z.array(schemas.person), rest(`user/assignable/search?project=${part(projectKey)}&query=${part(query)}&maxResults=50`)),
  users: (query: string): Promise<Person[]> => get(z.array(schemas.person), rest(`user/search?query=${part(query)}&maxResults=50`)),
  groups: async (query: string) => (await get(schemas.groupPicker, rest(`groups/picker?query=${part(query)}&maxResults=50`))).groups,
};

/** What went wrong, in the two places Jira shows it: at the top, and at the fields. */
export function refusal(error: unknown): { messages: string[]; fields: Record<string, string> } {
  if (error instanceof ApiError) {
    const messages = error.errorMessages.length || Object.keys(error.errors).length ? error.errorMessages : [error.message];
    return { messages, fields: error.errors };
  }
  return { messages: [error instanceof Error ? error.message : String(error)], fields: {} };
}
