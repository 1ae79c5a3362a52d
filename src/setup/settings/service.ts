/** The settings' use cases. */
import type { z } from 'zod';
import type { settingsRefused, settingsStale, SettingsView } from '../../contract';
import { jira } from '../../jira/client';
import { now } from '../../platform/clock';
import * as rules from '../rules/service';
import { type By, installedSite } from '../service';
import { document, ids, inUse, kept, type Kept, prioritiesOf } from './kept';
import { checked, priorityIds, type SitePriority, type Wrong } from './model';
import { followLists } from './options';
import { wrongPlaces } from './suppliers';

export { accountable, calendars, lookAgain, manners, priorities, suppliers, terms } from './kept';
export { offer as supplierOffer } from './suppliers';

type Stale = z.infer<typeof settingsStale>;
type Refused = z.infer<typeof settingsRefused>;
type Written = SettingsView | Stale | Refused;

const refused = (wrong: Wrong[]): Refused => ({ state: 'refused', wrong });

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
  const misplaced = await wrongPlaces(judged.settings, present.settings);
  if (misplaced.length > 0) return refused(misplaced);
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
