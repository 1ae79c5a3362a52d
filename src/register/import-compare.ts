/** Rows of a file beside what the register says of the same items. */
import { decision } from '../contract';
import { RELATIONS } from '../method';
import { firstLines, type WholeRow } from '../platform/import-rows';
import { z } from 'zod';
import { type Around, converted, type FileItem, identityOf, signOf, type Why } from './import-convert';
import { type Difference, type Here, lacking, type Outcome, outcomeOf, reconciled, relationSign, saidBy } from './import-reconcile';
import type { Run } from './import-run';
import { idsAfter, keysOfIds } from './import-store';
import { type Lock, locksOf } from './locks';
import { relationsOf } from './relations';
import { folded, itemsByIds, itemsByKeys, type StoredItem } from './store';

/** Parts of import_row that are the register's: rows of the file, and items that it no longer names. */
export const ROWS = 100;
export const VANISHED = 101;

/** A row's own: the key that it gets where it names none, and what was decided about it. */
const plan = z.object({ key: z.string().optional(), one: z.record(z.string(), decision).default({}) });
export type Plan = z.infer<typeof plan>;
export const planOf = (row: Pick<WholeRow, 'plan'>): Plan => plan.parse(row.plan ?? {});

export const cellsOf = (row: Pick<WholeRow, 'body'>): string[] => z.array(z.string()).parse(row.body);

export interface Compared {
  row: WholeRow;
  plan: Plan;
  file: FileItem;
  here: StoredItem | undefined;
  wrong: Why[];
  lock: Lock | undefined;
  difference: Difference | undefined;
  outcome: 'create' | 'wrong' | Outcome;
}

/** Of one call: what is asked once. */
export interface Looking extends Around {
  /** By sign, where items are recognised by what they are. */
  identities?: Map<string, number[]>;
}

const A_PAGE = 1_000;
async function identitiesOf({ classes }: Around): Promise<Map<string, number[]>> {
  const found = new Map<string, number[]>();
  for (let after = 0, more = true; more;) {
    const ids = await idsAfter(after, A_PAGE);
    for (const { id, item } of await itemsByIds(ids)) {
      const sign = identityOf(
        classes.find(({ key }) => key === item.class),
        saidBy(item),
      );
      if (sign !== undefined) found.set(sign, [...(found.get(sign) ?? []), id]);
    }
    after = ids.at(-1) ?? after;
    more = ids.length === A_PAGE;
  }
  return found;
}

/** The items that rows may be, by sign; several where the register itself has them twice. */
async function itemsOf(run: Run, signs: readonly string[], looking: Looking): Promise<Map<string, StoredItem[]>> {
  if (run.mapping.recognise === 'key') return new Map([...(await itemsByKeys(signs))].map(([key, item]) => [key, [item]]));
  looking.identities ??= await identitiesOf(looking);
  const identities = looking.identities;
  const byId = new Map((await itemsByIds(signs.flatMap((sign) => identities.get(sign) ?? []))).map((one) => [one.id, one]));
  return new Map(signs.map((sign) => [sign, (identities.get(sign) ?? []).flatMap((id) => byId.get(id) ?? [])]));
}

/** Relations of these items that are there already. */
async function relationsHere(run: Run, items: readonly StoredItem[]): Promise<Map<number, Set<string>>> {
  const found = new Map<number, Set<string>>();
  if (items.length === 0 || !run.mapping.columns.some(({ to }) => to.startsWith('rel.'))) return found;
  const relations = await relationsOf(
    items.map(({ id }) => id),
    'there',
  );
  const keys = await keysOfIds(relations.flatMap(({ dst }) => (dst === 0 ? [] : [dst])));
  for (const { src, kind, dst, ref } of relations) {
    const to = RELATIONS[kind].to === 'item' ? keys.get(dst) : ref;
    if (to !== undefined) found.set(src, (found.get(src) ?? new Set()).add(relationSign({ kind, to })));
  }
  return found;
}

function otherClass(run: Run, file: FileItem, here: StoredItem, { classes }: Looking): Why | undefined {
  if (file.class === undefined || file.class === here.item.class || !run.mapping.columns.some(({ to }) => to === 'class')) return undefined;
  const name = classes.find(({ key }) => key === here.item.class)?.name ?? here.item.class;
  return { why: `${here.item.key} is of class ${name}`, todo: 'A file changes no class: correct the line, or register it anew.' };
}

/** What a file said of an item is kept of one file: the first that named it. */
export const isOf = (run: Run, { file }: StoredItem): boolean => file === undefined || file.source === run.mapping.id;

/** Every row as it stands now: nothing is remembered of an earlier look but what was decided. */
export async function compared(run: Run, rows: readonly WholeRow[], looking: Looking): Promise<Compared[]> {
  const known = rows.filter(({ id }) => id !== '').map(({ id }) => id);
  const [items, first] = [await itemsOf(run, known, looking), await firstLines(run.id, ROWS, known)];
  const all = [...items.values()].flat();
  const [locks, relations] = [await locksOf(all.map(({ item }) => item.key)), await relationsHere(run, all)];
  return rows.map((row): Compared => {
    const found = items.get(row.id) ?? [];
    const [here] = found;
    const { item: file, wrong } = converted(cellsOf(row), run.mapping, looking, here?.item.class);
    const own = planOf(row);
    const lock = here && locks.get(folded(here.item.key));
    const refused = (why: Why[]): Compared => ({ row, plan: own, file, here, wrong: why, lock, difference: undefined, outcome: 'wrong' });
    const sign = signOf(file, run.mapping, looking);
    if (wrong.length > 0) return refused(wrong);
    if (typeof sign !== 'string') return refused([sign]);
    const before = first.get(row.id);
    if (before !== undefined && before !== row.line)
      return refused([{ why: `The same item stands in line ${String(before)} already`, todo: 'Keep one of the two lines.' }]);
    if (found.length > 1)
      return refused([
        {
          why: `Several items are recognised so: ${found.map(({ item }) => item.key).join(', ')}`,
          todo: 'Name the item by its key, or correct the register.',
        },
      ]);
    if (!here) {
      const missing = lacking(file);
      return missing.length > 0 ? refused(missing) : { row, plan: own, file, here, wrong: [], lock, difference: undefined, outcome: 'create' };
    }
    const other = otherClass(run, file, here, looking);
    if (other) return refused([other]);
    const state: Here = {
      item: here.item,
      said: isOf(run, here) ? (here.file?.said ?? {}) : {},
      others: !isOf(run, here),
      verified: here.verified?.at,
      gone: here.goneAt !== undefined,
      relations: relations.get(here.id) ?? new Set(),
      locked: lock !== undefined,
    };
    const difference = reconciled(
      file,
      state,
      looking.classes.find(({ key }) => key === here.item.class),
      { right: run.mapping.right, rest: run.rest, one: own.one },
    );
    return { row, plan: own, file, here, wrong: [], lock, difference, outcome: outcomeOf(difference, state.locked) };
  });
}
