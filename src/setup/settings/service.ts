/** The settings' use cases. */
import { searchPriorities } from 'jira.js/cloud';
import type { Client } from 'jira.js/core';
import { z } from 'zod';
import { moment, type settingsRefused, type settingsStale, type SettingsView, type UsmSettings } from '../../contract';
import { jira } from '../../jira/client';
import { cached } from '../../platform/cache';
import { now } from '../../platform/clock';
import { platformFault } from '../../platform/errors';
import { versioned } from '../../platform/kvs';
import * as rules from '../rules/service';
import { type By, installedSite } from '../service';
import { everyPage } from '../site';
import { followLists } from './options';
import { checked, DEFAULT_SETTINGS, migrated, priorityIds, type Rank, RANKS, type SitePriority, type Wrong } from './model';

const document = versioned('settings', z.object({ settings: z.unknown(), by: z.string(), at: moment }));

/** So long a change may go unnoticed by functions that are running already. */
const CACHED_MS = 60_000;

type Stale = z.infer<typeof settingsStale>;
type Refused = z.infer<typeof settingsRefused>;
type Written = SettingsView | Stale | Refused;

const refused = (wrong: Wrong[]): Refused => ({ state: 'refused', wrong });

/** Highest first, as Jira keeps them. */
const prioritiesOf = async (client: Client): Promise<SitePriority[]> =>
  (await everyPage((startAt) => searchPriorities(client, { startAt: String(startAt) }))).flatMap(({ id, name }) =>
    id === undefined || name === undefined ? [] : [{ id, name }],
  );

interface Kept {
  settings: UsmSettings;
  version: number;
  changed?: { by: string; at: number };
}

/** What was kept last, in the present schema. Priorities that have gone from the site since are no reason not to read it. */
async function kept(): Promise<Kept> {
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

const viewOf = ({ settings, version, changed }: Kept, site: readonly SitePriority[]): SettingsView => ({
  state: 'ok',
  settings: { ...settings, priorities: priorityIds(settings, site) },
  version,
  ...(changed && { changed }),
  sitePriorities: [...site],
});

export async function read(): Promise<SettingsView> {
  const [present, site] = await Promise.all([kept(), prioritiesOf(jira('person'))]);
  return viewOf(present, site);
}

async function keep(given: unknown, version: number, by: By): Promise<Written> {
  const [present, site] = await Promise.all([kept(), prioritiesOf(jira('person'))]);
  const judged = checked(given, site);
  if ('wrong' in judged) return refused(judged.wrong);
  const changed = { by: by.name, at: now() };
  const { levels, ...settings } = judged.settings;
  if (version === present.version) {
    // Jira's lists first: where that fails nothing is kept, and once more does the rest.
    const there = await installedSite();
    if (there) await followLists(jira('person'), there, settings);
    if (await document.write({ settings, ...changed }, version)) {
      inUse.forget();
      ids.forget();
      if (levels) await rules.setLevels(levels, by);
      return viewOf({ settings, version: version + 1, changed }, site);
    }
  }
  const newest = viewOf(await kept(), site);
  const who = newest.changed ? `${newest.changed.by} has` : 'Somebody has';
  return {
    state: 'stale',
    text: `${who} changed the settings since you opened them. Nothing of yours was kept. Look at theirs, then decide.`,
    now: newest,
  };
}

export const write = keep;

export async function importText(text: string, version: number, by: By): Promise<Written> {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    return refused([{ path: '', text: 'This is no JSON file. Choose a file that USM has exported.' }]);
  }
  return keep(given, version, by);
}

/** Only what was chosen: a rank without a priority finds its own on the site it is imported to. */
export async function exportText(): Promise<{ state: 'ok'; name: string; text: string }> {
  const { settings } = await kept();
  const levels = await rules.levels();
  const day = new Date(now()).toISOString().slice(0, 'yyyy-mm-dd'.length);
  return { state: 'ok', name: `usm-settings-${day}.json`, text: `${JSON.stringify({ ...settings, levels }, undefined, 2)}\n` };
}

/** What functions work by. */
const inUse = cached(CACHED_MS, async () => (await kept()).settings);

/** Jira is asked for the site's priorities only where a rank has none yet. */
const ids = cached(CACHED_MS, async () => {
  const settings = await inUse.get();
  const chosen = RANKS.every((rank) => settings.priorities[rank] !== undefined);
  return chosen ? settings.priorities : priorityIds(settings, await prioritiesOf(jira('app')));
});

export const accountable = async (): Promise<UsmSettings['accountable']> => (await inUse.get()).accountable;

export async function priorities(): Promise<{ tables: UsmSettings['priority']; ids: Partial<Record<Rank, string>> }> {
  const [{ priority }, mapping] = [await inUse.get(), await ids.get()];
  return { tables: priority, ids: mapping };
}
