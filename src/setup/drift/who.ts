/** Who changed what, and when, by Jira's audit log: as much as it tells. */
import { getAuditRecords, getUser } from 'jira.js/cloud';
import type { Client } from 'jira.js/core';
import { JiraError } from '../../jira/client';
import { inParallel, sameName } from '../site';
import type { Deviation } from './model';

interface Trace {
  who: string;
  when: number;
}

/** OpenAPI: getAuditRecords, at most 1000 at once; whoever changed more since the last reading is not looked for further. */
const RECORDS = 1_000;

/** Numbers say little: a status and a screen may have the same one. */
const isTelling = (id: string): boolean => !/^\d+$/.test(id);

type Records = NonNullable<Awaited<ReturnType<typeof getAuditRecords>>['records']>;

const speaksOf =
  ({ about }: Deviation) =>
  ({ objectItem, associatedItems = [] }: Records[number]): boolean =>
    [objectItem, ...associatedItems].some((one) => one && ((isTelling(about.id) && one.id === about.id) || sameName(one.name, about.name)));

/** Traces by the deviation's id: the last change of the object since the last reading, made by a person. Where Jira tells nothing there is none. */
export async function tracesOf(reader: Client, deviations: readonly Deviation[], since: number): Promise<ReadonlyMap<string, Trace>> {
  if (deviations.length === 0) return new Map();
  const traces = new Map<string, Trace>();
  try {
    const { records = [] } = await getAuditRecords(reader, { from: new Date(since).toISOString(), limit: RECORDS });
    const about = deviations.map((one) => ({ id: one.id, records: records.filter(speaksOf(one)) }));
    const authors = [...new Set(about.flatMap((one) => one.records.flatMap((row) => row.authorAccountId ?? [])))];
    const people = new Map(
      await inParallel(authors, async (accountId) => {
        const { displayName, accountType } = await getUser(reader, { accountId });
        return [accountId, accountType === 'app' ? undefined : displayName] as const;
      }),
    );
    for (const { id, records: own } of about) {
      const byPeople = own.flatMap((row) => {
        const who = people.get(row.authorAccountId ?? '');
        return who !== undefined && row.created ? [{ who, when: row.created.getTime() }] : [];
      });
      const last = byPeople.sort((a, b) => b.when - a.when)[0];
      if (last) traces.set(id, last);
    }
  } catch (thrown) {
    if (!(thrown instanceof JiraError)) throw thrown;
  }
  return traces;
}
