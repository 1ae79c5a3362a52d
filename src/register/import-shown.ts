/** What a person is shown of a run: rows by what would become of them, conflicts with when the register came to say so, and lines that were not taken. */
import { type CommonAttribute, type ImportSetup, type ItemClass, PREVIEW_ROWS, type PreviewFilter, type PreviewRow } from '../contract';
import * as agreements from '../agreements/service';
import { LIFE, LIFE_KEYS, RELATIONS, RELATION_KINDS } from '../method';
import { type WholeRow, wholeRows } from '../platform/import-rows';
import { lookingNow } from './import-around';
import { cellsOf, compared, type Compared, type Looking, planOf, ROWS, VANISHED } from './import-compare';
import type { Why } from './import-convert';
import { FATE, STAGE } from './import-fates';
import { type Importing, personOf } from './import';
import { mappings, type Run, runs, runWith } from './import-run';
import { countItems } from './import-store';
import { idsOf, itemsByIds, type StoredItem, type StoredVersion, versionsOf } from './store';
import { z } from 'zod';

const FATES: Record<PreviewFilter, readonly number[]> = {
  create: [FATE.create],
  update: [FATE.update, FATE.managed],
  leave: [FATE.same, FATE.note],
  decide: [FATE.decide],
  waits: [FATE.waits],
  wrong: [FATE.wrong],
  vanished: [FATE.vanished, FATE.vanished + STAGE.written],
};
const NOT_TAKEN = [FATE.decide, FATE.waits, FATE.wrong];

const COMMON_NAMES: Record<CommonAttribute, string> = {
  name: 'Name',
  life: 'Life cycle',
  keeper: 'Kept by',
  location: 'Location',
  criticality: 'Criticality',
  supplier: 'Supplier',
  uc: 'Underpinning contract',
};
const COMMON: Record<string, string> = COMMON_NAMES;

function nameOf(attribute: string, of: ItemClass | undefined): string {
  const kind = RELATION_KINDS.find((one) => one === attribute);
  const said = kind && RELATIONS[kind].there;
  return (
    COMMON[attribute] ??
    (said && `${said.charAt(0).toUpperCase()}${said.slice(1)}`) ??
    of?.attributes.find(({ key }) => key === attribute)?.name ??
    attribute
  );
}

type Names = ReadonlyMap<string, { name: string }>;
/** As people read it: what is kept as an id by its name. */
function valueOf(attribute: string, value: string | undefined, parties: Names): string | undefined {
  if (value === undefined) return undefined;
  if (attribute === 'keeper' || attribute === 'supplier') return parties.get(value)?.name ?? value;
  const life = attribute === 'life' ? LIFE_KEYS.find((key) => key === value) : undefined;
  return life ? LIFE[life] : value;
}

/** The version in which each of these attributes came to say what it says. */
async function lastOf(item: StoredItem, attributes: readonly string[]): Promise<Map<string, StoredVersion | StoredItem['version']>> {
  const found = new Map<string, StoredVersion | StoredItem['version']>();
  if (attributes.length === 0) return found;
  const versions = item.version.number === 1 ? [item.version] : await versionsOf(item.id);
  for (const attribute of attributes) {
    const last = versions.find(({ changes }) => changes.some((one) => one.attribute === attribute)) ?? versions.at(-1);
    if (last) found.set(attribute, last);
  }
  return found;
}

const why = z.array(z.object({ why: z.string(), todo: z.string() }));

async function shown(run: Run, rows: readonly WholeRow[], asking: Importing, withCells: boolean): Promise<PreviewRow[]> {
  const [looking, parties] = await Promise.all([lookingNow(), agreements.namesOfKind('party')]);
  const all = await compared(run, rows, looking);
  const lasts = new Map<number, Awaited<ReturnType<typeof lastOf>>>();
  for (const { row, here, difference } of all)
    if (here && difference)
      lasts.set(
        row.line,
        await lastOf(
          here,
          difference.conflicts.map(({ attribute }) => attribute),
        ),
      );
  const versions = [...lasts.values()].flatMap((one) => [...one.values()]);
  const work = [...versions.flatMap(({ workItem }) => workItem?.id ?? []), ...all.flatMap(({ lock }) => lock?.workItem.id ?? [])];
  const [seen, people] = await Promise.all([
    work.length === 0 ? new Map<string, { key: string }>() : asking.seeing(work),
    asking.names(versions.flatMap(({ by }) => by ?? [])),
  ]);
  return all.map((one) => rowOf(one, { run, looking, parties, seen, people, last: lasts.get(one.row.line), withCells }));
}

interface Beside {
  run: Run;
  looking: Looking;
  parties: Names;
  seen: ReadonlyMap<string, { key: string }>;
  people: ReadonlyMap<string, string>;
  last: Awaited<ReturnType<typeof lastOf>> | undefined;
  withCells: boolean;
}

const whyOf = ({ wrong }: WholeRow, now: readonly Why[]): Why[] => (wrong === null ? [...now] : why.parse(JSON.parse(wrong)));

function rowOf({ row, file, here, difference, lock, wrong }: Compared, { looking, parties, seen, people, last, withCells }: Beside): PreviewRow {
  const of = looking.classes.find(({ key }) => key === (here?.item.class ?? file.class));
  const key = here?.item.key ?? file.key ?? planOf(row).key;
  const name = here?.item.name ?? file.says['name'];
  const keeper = valueOf('keeper', here?.item.keeper, parties);
  const pair = (attribute: string, register: string | undefined, said: string | undefined) => {
    const [a, b] = [valueOf(attribute, register, parties), valueOf(attribute, said, parties)];
    return { attribute, name: nameOf(attribute, of), ...(a !== undefined && { register: a }), ...(b !== undefined && { file: b }) };
  };
  const running = lock && seen.get(lock.workItem.id)?.key;
  return {
    line: row.line,
    ...(key !== undefined && { key }),
    ...(name !== undefined && { name }),
    changes: (difference?.changes ?? []).map(({ attribute, from, to }) => pair(attribute, from, to)),
    conflicts: (difference?.conflicts ?? []).map(({ attribute, register, file: said, decision }) => {
      const version = last?.get(attribute);
      const item = version?.workItem && seen.get(version.workItem.id)?.key;
      const by = version?.by === undefined ? undefined : personOf(version.by, people).name;
      return {
        ...pair(attribute, register, said),
        ...(decision && { decision }),
        ...(version && { last: { at: version.at, ...(by !== undefined && { by }), ...(item !== undefined && { workItem: item }) } }),
      };
    }),
    ...(lock && { lock: { ...(running !== undefined && { workItem: running }) } }),
    ...(keeper !== undefined && { keeper }),
    wrong: row.fate === FATE.wrong ? whyOf(row, wrong) : [],
    ...(withCells && { cells: cellsOf(row) }),
  };
}

const from = (after: string | undefined): number => (after !== undefined && /^\d{1,9}$/.test(after) ? Number(after) : -1);

async function page(
  run: Run,
  fates: readonly number[],
  after: string | undefined,
  asking: Importing,
  withCells: boolean,
): Promise<{ state: 'ok'; rows: PreviewRow[]; after?: string }> {
  const rows = await wholeRows(run.id, ROWS, fates, from(after), PREVIEW_ROWS);
  const last = rows.at(-1)?.line;
  return {
    state: 'ok',
    rows: await shown(run, rows, asking, withCells),
    ...(rows.length === PREVIEW_ROWS && last !== undefined && { after: String(last) }),
  };
}

export async function preview({ run: id, filter, after }: { run: string; filter: PreviewFilter; after?: string | undefined }, asking: Importing) {
  const { value: run } = await runWith(id);
  if (filter !== 'vanished') {
    const fates = FATES[filter].flatMap((fate) => [fate, fate + STAGE.written, fate + STAGE.related, fate + STAGE.same, fate + STAGE.other]);
    return page(run, fates, after, asking, false);
  }
  const rows = await wholeRows(run.id, VANISHED, FATES.vanished, from(after), PREVIEW_ROWS);
  const items = await itemsByIds(rows.map(({ line }) => line));
  const last = rows.at(-1)?.line;
  return {
    state: 'ok' as const,
    rows: items.map(({ id: line, item }): PreviewRow => ({ line, key: item.key, name: item.name, changes: [], conflicts: [], wrong: [] })),
    ...(rows.length === PREVIEW_ROWS && last !== undefined && { after: String(last) }),
  };
}

export const report = async ({ run: id, after }: { run: string; after?: string | undefined }, asking: Importing) =>
  page((await runWith(id)).value, NOT_TAKEN, after, asking, true);

const RUNS_SHOWN = 10;

export async function setup(asking: Importing): Promise<ImportSetup> {
  const [looking, parties, kept, all, items] = await Promise.all([lookingNow(), agreements.namesOfKind('party'), mappings(), runs(), countItems()]);
  const newest = all.slice(0, RUNS_SHOWN);
  const people = await asking.names(newest.map(({ by }) => by));
  return {
    state: 'ok',
    classes: [...looking.classes],
    parties: [...parties].map(([id, { name }]) => ({ id, name })),
    mappings: kept,
    runs: newest.map(({ by, ...run }) => ({ ...run, by: personOf(by, people) })),
    items,
  };
}

export const known = async ({ keys }: { keys: readonly string[] }) => ({ state: 'ok' as const, known: (await idsOf(keys)).size });
