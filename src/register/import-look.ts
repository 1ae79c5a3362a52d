/** Before anything is written: what would become of every row, what only all rows together can tell, and which items the file no longer names. */
import { z } from 'zod';
import { RELATIONS, RELATION_KINDS, circlesIn } from '../method';
import { keepRows, moveFate, type Settled, settleRows, wholeRows, firstLines } from '../platform/import-rows';
import { compared, type Compared, type Looking, planOf, ROWS, VANISHED } from './import-compare';
import { identityOf, type Why } from './import-convert';
import { FATE, FATE_OF, WRITES } from './import-fates';
import { saidBy } from './import-reconcile';
import { changeRun, type Run, toPhase } from './import-run';
import { idsFrom, keysOfIds, wholes } from './import-store';
import { folded, idsOf, itemsByIds, nextNumber } from './store';

export const LOOKED_AT_ONCE = 500;
const RELATED_AT_ONCE = 2_000;

export const sizeOf = ({ outcome, difference }: Compared): number =>
  outcome === 'update' || outcome === 'managed' ? (difference?.changes.length ?? 0) + (difference?.verified === undefined ? 0 : 1) : 0;

/** Keys for new items that name none: by the prefix of their class, each only once; what is handed out and not used is left out. */
async function keysFor(run: Run, all: readonly Compared[], { classes }: Looking): Promise<Map<number, string>> {
  const wanting = all.filter(({ outcome, file, plan }) => outcome === 'create' && file.key === undefined && plan.key === undefined);
  const found = new Map<number, string>();
  const byPrefix = new Map<string, Compared[]>();
  for (const one of wanting) {
    const prefix = classes.find(({ key }) => key === one.file.class)?.prefix ?? '';
    byPrefix.set(prefix, [...(byPrefix.get(prefix) ?? []), one]);
  }
  for (const [prefix, some] of byPrefix) {
    const free = run.next[prefix] ?? (await nextNumber(prefix));
    let first = free;
    await changeRun(run.id, (now) => {
      first = Math.max(now.next[prefix] ?? 0, free);
      return { ...now, next: { ...now.next, [prefix]: first + some.length } };
    });
    some.forEach(({ row }, index) => found.set(row.line, `${prefix}-${String(first + index).padStart(4, '0')}`));
  }
  return found;
}

/** What the rows are now, written down. */
export async function settle(run: Run, all: readonly Compared[], looking: Looking, withPlan = false): Promise<void> {
  const keys = await keysFor(run, all, looking);
  await settleRows(
    run.id,
    ROWS,
    all.map((one): Settled => {
      const key = keys.get(one.row.line);
      return {
        line: one.row.line,
        fate: FATE_OF[one.outcome],
        size: sizeOf(one),
        ...((withPlan || key !== undefined) && { plan: { ...one.plan, ...(key !== undefined && { key }) } }),
        wrong: one.wrong,
      };
    }),
  );
}

export async function look(run: Run, looking: Looking): Promise<void> {
  const rows = await wholeRows(run.id, ROWS, [FATE.waiting], -1, LOOKED_AT_ONCE);
  if (rows.length === 0) await toPhase(run.id, 'looking', 'settling');
  else await settle(run, await compared(run, rows, looking), looking);
}

/** What a row names, kept beside it so that all rows can be looked at without reading them anew. */
export const refsOf = z.object({ k: z.string().optional(), r: z.array(z.tuple([z.enum(RELATION_KINDS), z.string()])) });

export interface Ends {
  parties: ReadonlySet<string>;
  services: ReadonlySet<string>;
  agreements: ReadonlySet<string>;
}
const KNOWN_IN = { party: 'parties', service: 'services', agreement: 'agreements' } as const;

interface Related {
  line: number;
  key: string;
  isNew: boolean;
  relations: z.infer<typeof refsOf>['r'];
}

/** Ends that are nowhere, rows that lean on rows that cannot be taken, and what would be a part of itself. */
export async function settleTogether(run: Run, ends: Ends): Promise<void> {
  if (run.mapping.columns.some(({ to }) => to.startsWith('rel.'))) {
    const rows = await relatedRows(run);
    const wanted = rows.flatMap(({ key, relations }) => [key, ...relations.filter(([kind]) => RELATIONS[kind].to === 'item').map(([, to]) => to)]);
    const here = await idsOf(wanted);
    const wrong = new Map<number, Why[]>();
    refuseLost(rows, here, ends, wrong);
    if (run.mapping.columns.some(({ to }) => to === 'rel.partOf')) await refuseCircles(rows, here, wrong);
    // Whoever leaned on what is refused now is refused too.
    refuseLost(rows, here, ends, wrong);
    await settleRows(
      run.id,
      ROWS,
      [...wrong].map(([line, why]) => ({ line, fate: FATE.wrong, size: 0, wrong: why })),
    );
  }
  await toPhase(run.id, 'settling', 'vanishing');
}

async function relatedRows(run: Run): Promise<Related[]> {
  const found: Related[] = [];
  for (let after = -1, more = true; more;) {
    const rows = await wholeRows(run.id, ROWS, [...WRITES], after, RELATED_AT_ONCE);
    for (const row of rows) {
      const { k, r } = refsOf.parse(row.refs);
      const key = (k ?? planOf(row).key ?? '').toLowerCase();
      if (key !== '') found.push({ line: row.line, key, isNew: row.fate === FATE.create, relations: r });
    }
    after = rows.at(-1)?.line ?? after;
    more = rows.length === RELATED_AT_ONCE;
  }
  return found;
}

function refuseLost(rows: readonly Related[], here: ReadonlyMap<string, number>, ends: Ends, wrong: Map<number, Why[]>): void {
  const coming = new Map(rows.filter(({ isNew }) => isNew).map((row) => [row.key, row.line]));
  const stands = (kind: (typeof RELATION_KINDS)[number], to: string): boolean => {
    const where = RELATIONS[kind].to;
    if (where !== 'item') return ends[KNOWN_IN[where]].has(to);
    const line = coming.get(to.toLowerCase());
    return here.has(to.toLowerCase()) || (line !== undefined && !wrong.has(line));
  };
  for (let more = true; more;) {
    more = false;
    for (const { line, relations } of rows) {
      if (wrong.has(line)) continue;
      const lost = relations.find(([kind, to]) => !stands(kind, to));
      if (!lost) continue;
      const [kind, to] = lost;
      wrong.set(line, [
        {
          why: `It ${RELATIONS[kind].there} ${to}, which is neither in the register nor to be written`,
          todo: 'Correct it, or correct the line that brings it.',
        },
      ]);
      more = true;
    }
  }
}

async function refuseCircles(rows: readonly Related[], here: ReadonlyMap<string, number>, wrong: Map<number, Why[]>): Promise<void> {
  const node = (key: string): string => {
    const id = here.get(key.toLowerCase());
    return id === undefined ? key.toLowerCase() : `#${String(id)}`;
  };
  const up = new Map<string, string[]>();
  const add = (part: string, whole: string): void => {
    const above = up.get(part);
    if (above) above.push(whole);
    else up.set(part, [whole]);
  };
  const lines = new Map<string, Related>();
  for (const row of rows) {
    if (wrong.has(row.line)) continue;
    for (const [kind, to] of row.relations) {
      if (kind !== 'partOf') continue;
      add(node(row.key), node(to));
      lines.set(`${node(row.key)} ${node(to)}`, row);
    }
  }
  await wholes((part, whole) => {
    add(`#${String(part)}`, `#${String(whole)}`);
  });
  // Each round takes out one line of every circle that is left; a circle of the register alone is not the file's.
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    let found = false;
    for (const circle of circlesIn(up)) {
      const steps = circle.map((part, index) => [part, circle[(index + 1) % circle.length] ?? ''] as const);
      for (const [part, whole] of steps) {
        const row = lines.get(`${part} ${whole}`);
        if (!row) continue;
        wrong.set(row.line, [{ why: 'It would be a part of itself', todo: 'Correct what it is a part of.' }]);
        up.set(
          part,
          (up.get(part) ?? []).filter((one) => one !== whole),
        );
        found = true;
      }
    }
    if (!found) return;
  }
}
const MOST_ROUNDS = 50;

const VANISHED_AT_ONCE = 1_000;

/** Items that this file named once, and names no longer: each a row of its own, so that it can be shown and marked. */
export async function vanish(run: Run, { classes }: Looking): Promise<void> {
  const ids = await idsFrom(run.mapping.id, run.cursor, VANISHED_AT_ONCE);
  if (ids.length === 0) {
    await toPhase(run.id, 'vanishing', 'looked');
    return;
  }
  const signed = new Map<string, { id: number; key: string }>();
  if (run.mapping.recognise === 'key') for (const [id, key] of await keysOfIds(ids)) signed.set(folded(key), { id, key });
  else
    for (const { id, item } of await itemsByIds(ids)) {
      const sign = identityOf(
        classes.find(({ key }) => key === item.class),
        saidBy(item),
      );
      if (sign !== undefined) signed.set(sign, { id, key: item.key });
    }
  const there = await firstLines(run.id, ROWS, [...signed.keys()]);
  const gone = [...signed].filter(([sign]) => !there.has(sign));
  await keepRows(
    run.id,
    VANISHED,
    gone.map(([, { id, key }]) => ({ line: id, id: key, body: [], refs: {}, wrong: [] })),
    FATE.vanished,
    100,
  );
  const last = ids.at(-1) ?? run.cursor;
  await changeRun(run.id, (now) => (now.phase === 'vanishing' ? { ...now, cursor: last } : now));
}

/** All rows that somebody is to decide about are looked at again. */
export async function lookAgain(run: Run): Promise<void> {
  while ((await moveFate(run.id, ROWS, FATE.decide, FATE.waiting, 1_000)) > 0);
}
