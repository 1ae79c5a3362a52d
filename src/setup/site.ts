/** The site that setup works on: who asks Jira, what has been found or made so far, and how much was asked. */
import type { Client } from 'jira.js/core';
import type { SetupTarget } from '../contract';

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

export interface Site extends Clients {
  ids: Ids;
  target: SetupTarget;
  /** Of this installation; names our rules among those Jira lists. */
  environmentId: string;
  count: Count;
}

/** Every request that is not a GET is a write: reading by POST is not used here. */
const counted = (client: Client, count: Count): Client => ({
  sendRequest(options) {
    count[(options.method ?? 'GET') === 'GET' ? 'reads' : 'writes'] += 1;
    return client.sendRequest(options);
  },
});

export function siteOf(clients: Clients, target: SetupTarget, environmentId: string, ids: Ids = noIds()): Site {
  const count = { reads: 0, writes: 0 };
  return { person: counted(clients.person, count), app: counted(clients.app, count), ids, target, environmentId, count };
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
