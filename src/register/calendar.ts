/** The calendar of changes and freezes. Changes are the windows of work items that name items to change; freezes are kept as one small list. */
import { z } from 'zod';
import { CALENDAR_CHANGES, type Freeze, freeze, FREEZES_MOST, type PlannedChange, type RegisterCalendar, TIE_ROLES } from '../contract';
import { Fault } from '../platform/errors';
import { versioned } from '../platform/kvs';
import { now } from '../platform/clock';
import { select, sqlFlag, sqlMoment, toSql } from '../platform/sql';
import { type Freezable, overlapsOf, type Window } from './freezes';

const kept = versioned('register.freezes', z.object({ freezes: z.array(freeze) }));

/** A freeze that ended is shown for a year. */
const KEPT_MS = 366 * 86_400_000;

export const readFreezes = async (): Promise<Freeze[]> => (await kept.read())?.value.freezes ?? [];

type Written = { state: 'ok'; version: number; freezes: Freeze[] } | { state: 'stale'; text: string; version: number; freezes: Freeze[] };

/** Compare-and-set: whoever looked at an older list sees what has come of it, and decides anew. */
async function change(version: number, next: (freezes: readonly Freeze[]) => readonly Freeze[]): Promise<Written> {
  const found = await kept.read();
  const [at, freezes] = [found?.version ?? 0, found?.value.freezes ?? []];
  const wanted = next(freezes).filter(({ until }) => until > now() - KEPT_MS);
  if (JSON.stringify(wanted) === JSON.stringify(freezes)) return { state: 'ok', version: at, freezes };
  if (wanted.length > FREEZES_MOST) {
    throw new Fault('person.refused', `There are ${String(FREEZES_MOST)} freezes, which is the most that are kept. Remove one that is over.`);
  }
  if (at === version && (await kept.write({ freezes: [...wanted] }, version))) return { state: 'ok', version: version + 1, freezes: [...wanted] };
  const fresh = await kept.read();
  const text = 'Somebody has changed the freezes since you opened them. Yours is not kept yet: look at theirs, then save again.';
  return { state: 'stale', text, version: fresh?.version ?? 0, freezes: fresh?.value.freezes ?? [] };
}

export const saveFreeze = ({ freeze: one, version }: { freeze: Freeze; version: number }): Promise<Written> =>
  change(version, (freezes) =>
    (freezes.some(({ id }) => id === one.id) ? freezes.map((other) => (other.id === one.id ? one : other)) : [...freezes, one]).toSorted(
      (a, b) => a.from - b.from,
    ),
  );

export const removeFreeze = ({ id, version }: { id: string; version: number }): Promise<Written> =>
  change(version, (freezes) => freezes.filter((one) => one.id !== id));

const row = z.object({
  work_id: z.string(),
  work_key: z.string(),
  is_open: sqlFlag,
  window_start: sqlMoment,
  window_end: sqlMoment,
  item_key: z.string(),
  name: z.string().nullable(),
  class: z.string().nullable(),
  keeper: z.string().nullable(),
  location: z.string().nullable(),
});

/** Rows that one answer takes: several items each. */
const ROWS = CALENDAR_CHANGES * 5;

interface Planned {
  id: string;
  key: string;
  open: boolean;
  window: Window;
  items: (Freezable & { name: string | undefined })[];
}

/** Work items that change something in this span, with what they change. */
async function plannedIn({ from, until }: Window): Promise<{ planned: Planned[]; more: boolean }> {
  const rows = await select(
    row,
    `SELECT t.work_id, t.work_key, t.is_open, t.window_start, t.window_end, t.item_key, i.name, i.class, i.keeper, i.location
     FROM mi_tie t LEFT JOIN mi_item i ON i.item_key = t.item_key
     WHERE t.type = 'rfc' AND t.role > ${String(TIE_ROLES.indexOf('concerned'))} AND t.window_start < ? AND t.window_end > ?
     ORDER BY t.window_start, t.work_id, t.item_key LIMIT ${String(ROWS + 1)}`,
    toSql(until),
    toSql(from),
  );
  const all = new Map<string, Planned>();
  for (const one of rows.slice(0, ROWS)) {
    const known: Planned = all.get(one.work_id) ?? {
      id: one.work_id,
      key: one.work_key,
      open: one.is_open,
      window: { from: one.window_start, until: one.window_end },
      items: [],
    };
    known.items.push({
      key: one.item_key,
      name: one.name ?? undefined,
      class: one.class ?? undefined,
      keeper: one.keeper ?? undefined,
      location: one.location ?? undefined,
    });
    all.set(one.work_id, known);
  }
  const planned = [...all.values()];
  return { planned: planned.slice(0, CALENDAR_CHANGES), more: rows.length > ROWS || planned.length > CALENDAR_CHANGES };
}

/** How a work item looks to whoever asks; whoever may not see it gets none. */
export type Seeing = (ids: readonly string[]) => Promise<ReadonlyMap<string, Pick<PlannedChange, 'key' | 'summary' | 'status'>>>;

export async function calendar(span: Window, { seeing, keeps }: { seeing: Seeing; keeps: boolean }): Promise<RegisterCalendar> {
  const [{ planned, more }, stored] = await Promise.all([plannedIn(span), kept.read()]);
  const seen = await seeing(planned.map(({ id }) => id));
  const freezes = stored?.value.freezes ?? [];
  const visible = planned.flatMap((one) => {
    const shown = seen.get(one.id);
    return shown ? [{ ...one, ...shown }] : [];
  });
  return {
    state: 'ok',
    changes: visible.map(({ id, key, summary, status, open, window, items }) => ({
      id,
      key,
      summary,
      ...(status && { status }),
      open,
      window,
      items: items.map((item) => ({ key: item.key, ...(item.name !== undefined && { name: item.name }) })),
    })),
    hidden: planned.length - visible.length,
    more,
    freezes: freezes.filter(({ from, until }) => from < span.until && until > span.from),
    overlaps: overlapsOf(visible, freezes),
    version: stored?.version ?? 0,
    keeps,
    asOf: now(),
  };
}
