/** The settings as they are kept, and what the rest of the app works by. Nothing is changed here. */
import { searchPriorities } from 'jira.js/cloud';
import type { Client } from 'jira.js/core';
import { z } from 'zod';
import { moment, type UsmSettings } from '../../contract';
import { jira } from '../../jira/client';
import { addWorkingDays, type NoticeKind, type ProcessKey } from '../../method';
import { cached } from '../../platform/cache';
import { platformFault } from '../../platform/errors';
import { versioned } from '../../platform/kvs';
import { everyPage } from '../site';
import { checked, DEFAULT_SETTINGS, migrated, priorityIds, type Rank, RANKS, type SitePriority } from './model';

export const document = versioned('settings', z.object({ settings: z.unknown(), by: z.string(), at: moment }));

/** So long a change may go unnoticed by functions that are running already. */
const CACHED_MS = 60_000;

/** Highest first, as Jira keeps them. */
export const prioritiesOf = async (client: Client): Promise<SitePriority[]> =>
  (await everyPage((startAt) => searchPriorities(client, { startAt: String(startAt) }))).flatMap(({ id, name }) =>
    id === undefined || name === undefined ? [] : [{ id, name }],
  );

export interface Kept {
  settings: UsmSettings;
  version: number;
  changed?: { by: string; at: number };
}

/** What was kept last, in the present schema. Priorities that have gone from the site since are no reason not to read it. */
export async function kept(): Promise<Kept> {
  const found = await document.read();
  if (!found) return { settings: DEFAULT_SETTINGS, version: 0 };
  const { settings, by, at } = found.value;
  const present = migrated(settings);
  const known = 'document' in present ? checkedAsKept(present.document) : present;
  if ('wrong' in known) throw platformFault('ours.fault', new Error(known.wrong.map(({ path, text }) => `${path}: ${text}`).join('; ')));
  return { settings: known.settings, version: found.version, changed: { by, at } };
}

/** Judged against the priorities it names itself. */
const checkedAsKept = (given: unknown) => {
  const named = z.looseObject({ priorities: z.record(z.string(), z.string()) }).safeParse(given).data?.priorities ?? {};
  return checked(
    given,
    Object.values(named).map((id) => ({ id, name: id })),
  );
};

/** What functions work by. */
export const inUse = cached(CACHED_MS, async () => (await kept()).settings);

/** Before somebody chooses from a list of the settings, or is held to it: another function may know a newer one. */
export const lookAgain = (): void => inUse.forget();

/** Jira is asked for the site's priorities only where a rank has none yet. */
export const ids = cached(CACHED_MS, async () => {
  const settings = await inUse.get();
  const chosen = RANKS.every((rank) => settings.priorities[rank] !== undefined);
  return chosen ? settings.priorities : priorityIds(settings, await prioritiesOf(jira('app')));
});

export const accountable = async (): Promise<UsmSettings['accountable']> => (await inUse.get()).accountable;

export const suppliers = async (): Promise<UsmSettings['suppliers']> => (await inUse.get()).suppliers;

export const calendars = async (): Promise<UsmSettings['calendars']> => (await inUse.get()).calendars;

/** What the rules of the method leave to the site. */
export async function terms() {
  const { priority, reopenDays, calendars, trend } = await inUse.get();
  const [calendar] = calendars;
  return { tables: priority, calendars, trend, reopenUntil: (fulfilled: number) => calendar && addWorkingDays(calendar, fulfilled, reopenDays) };
}

export async function priorities(): Promise<{ tables: UsmSettings['priority']; ids: Partial<Record<Rank, string>> }> {
  const [{ priority }, mapping] = [await inUse.get(), await ids.get()];
  return { tables: priority, ids: mapping };
}

/** How people are told, and what counts without their answer. Moments in words are in the time zone of the site's first calendar. */
export async function manners() {
  const { notices, silentConfirmation, reopenDays, calendars, accountable, priority } = await inUse.get();
  const [calendar] = calendars;
  const format = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: calendar?.timeZone ?? 'UTC' });
  return {
    tells: (kind: NoticeKind): boolean => notices[kind] ?? true,
    inWords: (at: number): string => format.format(at),
    silentDays: silentConfirmation.on ? silentConfirmation.days : undefined,
    /** When silence counts as a yes for what was delivered then. */
    silentFrom: (delivered: number): number | undefined =>
      silentConfirmation.on && calendar ? addWorkingDays(calendar, delivered, silentConfirmation.days) : undefined,
    reopenUntil: (fulfilled: number): number | undefined => calendar && addWorkingDays(calendar, fulfilled, reopenDays),
    accountable: (process: ProcessKey) => accountable[process],
    tables: priority,
    calendars,
  };
}
