/** Use cases of what the organisation decides: its classes with the dial of what is managed, and how a direct edit is met. */
import { z } from 'zod';
import { type ClassList, type ItemClass, type RegisterFinding, type RegisterSettings } from '../contract';
import { select, sqlNumber } from '../platform/sql';
import { classFindings } from './checks';
import { readClasses, readSettings, writeClasses, writeSettings } from './kept';

async function usedClasses(): Promise<Map<string, number>> {
  const rows = await select(z.object({ class: z.string(), n: sqlNumber }), 'SELECT class, COUNT(*) AS n FROM mi_item GROUP BY class');
  return new Map(rows.map(({ class: key, n }) => [key, n]));
}

export async function classes({ keeps }: { keeps: boolean }): Promise<ClassList> {
  const [kept, used] = await Promise.all([readClasses(), usedClasses()]);
  return { state: 'ok', classes: [...kept.classes], version: kept.version, used: [...used].map(([key, count]) => ({ key, count })), keeps };
}

/** The store takes values up to 240 KiB (Forge docs: key-value store limits). */
const MOST_TEXT = 200_000;

type Saved = ClassList | { state: 'stale'; text: string; now: ClassList } | { state: 'refused'; wrong: RegisterFinding[] };

/** Compare-and-set; the same once more is no change. An attribute that goes keeps what it said in the history of its items. */
export async function saveClasses({ classes: next, version }: { classes: readonly ItemClass[]; version: number }): Promise<Saved> {
  const [kept, used] = await Promise.all([readClasses(), usedClasses()]);
  if (JSON.stringify(kept.classes) === JSON.stringify(next)) return classes({ keeps: true });
  const wrong = classFindings(next, kept.classes, used);
  if (JSON.stringify(next).length > MOST_TEXT) {
    wrong.push({ kind: 'tooMuch', text: 'So many classes and attributes cannot be kept. Take out what nobody uses.' });
  }
  if (wrong.length > 0) return { state: 'refused', wrong };
  if (kept.version === version && (await writeClasses(next, version))) return classes({ keeps: true });
  const text =
    'Somebody has changed the classes since you opened them. Nothing of yours was kept or lost: it is still in front of you. Look at theirs, then decide.';
  return { state: 'stale', text, now: await classes({ keeps: true }) };
}

type Settings = RegisterSettings & { state: 'ok'; version: number; keeps: boolean };

export const settings = async ({ keeps }: { keeps: boolean }): Promise<Settings> => ({ state: 'ok', ...(await readSettings()), keeps });

export async function saveSettings({
  directEdit,
  version,
}: RegisterSettings & { version: number }): Promise<Settings | { state: 'stale'; text: string; now: Settings }> {
  const kept = await readSettings();
  if (kept.directEdit === directEdit) return settings({ keeps: true });
  if (kept.version === version && (await writeSettings({ directEdit }, version))) return settings({ keeps: true });
  const text = 'Somebody has changed the settings of the register since you opened them. Look at theirs, then decide.';
  return { state: 'stale', text, now: await settings({ keeps: true }) };
}
