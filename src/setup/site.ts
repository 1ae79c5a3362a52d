/** The site that setup works on: who asks Jira, what has been found or made so far, and how much was asked. */
import type { Client } from 'jira.js/core';
import type { SetupTarget } from '../contract';
import type { Item } from './blueprint';

/** Parts of the blueprint, in the order in which one needs the other. */
export const PART_KEYS = [
  'linkTypes',
  'roles',
  'resolutions',
  'statuses',
  'workTypes',
  'fields',
  'screens',
  'screenSchemes',
  'workTypeScreenScheme',
  'workTypeScheme',
  'workflows',
  'workflowScheme',
  'project',
] as const;
export type PartKey = (typeof PART_KEYS)[number];

/** Ids of what exists: by part, then by the blueprint's key. */
export type Ids = Record<PartKey, Record<string, string>>;

export const noIds = (): Ids => Object.fromEntries(PART_KEYS.map((key) => [key, {}])) as Ids;

export interface Clients {
  /** The administrator. */
  person: Client;
  app: Client;
}

export interface Count {
  reads: number;
  writes: number;
}

/** The schemes of an existing space before it was switched: undo gives them back. Ids. */
export interface Former {
  workTypeScheme: string;
  workTypeScreenScheme: string;
  workflowScheme: string;
}

export interface Site extends Clients {
  ids: Ids;
  target: SetupTarget;
  /** Of this installation; names our rules among those Jira lists. */
  environmentId: string;
  count: Count;
  /** By key of the space; complete before a space is switched. */
  former: Record<string, Former>;
  /** Told before anything of these keys is made, so that a run that dies knows what may be its own. */
  intend(part: PartKey, keys: readonly string[]): Promise<void>;
}

/** Jira reads workflows by POST. */
const READS_BY_POST = new Set(['/rest/api/3/workflows', '/rest/api/3/search/approximate-count']);

const counted = (client: Client, count: Count): Client => ({
  sendRequest(options) {
    count[(options.method ?? 'GET') === 'GET' || READS_BY_POST.has(options.url) ? 'reads' : 'writes'] += 1;
    return client.sendRequest(options);
  },
});

/** `memory`: what an earlier step of the same run has found, and how to keep what the next one intends. */
export function siteOf(
  clients: Clients,
  target: SetupTarget,
  environmentId: string,
  memory: Partial<Pick<Site, 'ids' | 'former' | 'intend'>> = {},
): Site {
  const count = { reads: 0, writes: 0 };
  return {
    person: counted(clients.person, count),
    app: counted(clients.app, count),
    target,
    environmentId,
    count,
    ids: memory.ids ?? noIds(),
    former: memory.former ?? {},
    intend: memory.intend ?? (() => Promise.resolve()),
  };
}

/** The id of what an earlier part found or made. */
export function idOf(ids: Ids, part: PartKey, key: string): string {
  const id = ids[part][key];
  if (id === undefined) throw new Error(`${part} ${key} has no id yet`);
  return id;
}

/** All rows of an answer in pages. */
export async function everyPage<Row>(
  read: (startAt: number) => Promise<{ values?: Row[] | undefined; isLast?: boolean | undefined }>,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (;;) {
    const { values = [], isLast } = await read(rows.length);
    rows.push(...values);
    if (isLast !== false || values.length === 0) return rows;
  }
}

/** Jira tells names apart by more than case. */
export const sameName = (a: string | undefined, b: string): boolean => a?.trim().toLowerCase() === b.trim().toLowerCase();

/** Jira's burst limit is about 100 requests a second for each endpoint, 50 for PUT and DELETE (Jira Cloud docs: rate limiting); others want some too. */
export const AT_ONCE = 8;

/** Independent requests beside each other; answers in the order of `items`. The first failure is thrown once all that had begun have ended. */
export async function inParallel<T, Answer>(items: readonly T[], act: (item: T) => Promise<Answer>): Promise<Answer[]> {
  const answers = new Array<Answer>(items.length);
  const failures: unknown[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < items.length && failures.length === 0) {
      const index = next++;
      await act(items[index] as T).then(
        (answer) => void (answers[index] = answer),
        (thrown: unknown) => void failures.push(thrown),
      );
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, items.length) }, worker));
  if (failures.length > 0) throw failures[0];
  return answers;
}

/** As `inParallel`, for what Jira refuses to do at once. */
export async function oneByOne<T, Answer>(items: readonly T[], act: (item: T) => Promise<Answer>): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (const item of items) answers.push(await act(item));
  return answers;
}

/** Of a plan's node. */
export const nodeId = (part: PartKey, key: string): string => `${part}.${key}`;

/** The name an object of the blueprint has on this site: its own, unless that was taken and somebody decided for another one. */
export const nameFor = (target: Pick<SetupTarget, 'choices'>, part: PartKey, { key, name }: Item): string =>
  target.choices[nodeId(part, key)] === 'rename' ? otherName(name) : name;

export const otherName = (name: string): string => (name.startsWith('USM ') ? `${name} 2` : `USM ${name}`);
