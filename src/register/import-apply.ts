/** Writing, portion by portion. Every portion is compared again before it is written, so that one that died in the middle is done once. */
import { type ItemVersion, type Relation, UNDO_DAYS } from '../contract';
import { RELATIONS } from '../method';
import { now } from '../platform/clock';
import { type Settled, settleRows, type WholeRow, wholeRows } from '../platform/import-rows';
import { type Compared, compared, isOf, type Looking, ROWS, VANISHED } from './import-compare';
import { baseOf, FATE, FATE_OF, STAGE, WRITES } from './import-fates';
import { LOOKED_AT_ONCE, sizeOf } from './import-look';
import { saying } from './import-reconcile';
import { changeRun, type Run, toPhase } from './import-run';
import { markGone, noteAll } from './import-store';
import { putRelations, relationsOf, stored, type StoredRelation } from './relations';
import { changeAll, createAll, type FromFile, folded, idsOf, type NewItem, type Stamp, type StoredItem } from './store';

/** Rows written and compared in one portion. */
export const WRITTEN_AT_ONCE = 400;

const stampOf = (run: Run): Stamp => ({ cause: 'import', by: run.by, workItem: run.workItem, run: run.id });
export const wroteIt = (run: Run, { run: by, version }: Pick<StoredItem, 'run'> & { version: Pick<ItemVersion, 'cause'> }): boolean =>
  by === run.id && version.cause === 'import';

const fileOf = (run: Run, said: Readonly<Record<string, string>>): FromFile => ({ source: run.mapping.id, said, seenAt: now() });

const done = (row: WholeRow, size: number, stage: number = STAGE.written): Settled => ({ line: row.line, fate: baseOf(row.fate) + stage, size });
const refused = (row: WholeRow, why: string, todo: string): Settled => ({ line: row.line, fate: FATE.wrong, size: 0, wrong: [{ why, todo }] });

const cameMeanwhile = (row: WholeRow): Settled => refused(row, 'It came into the register while the file was looked at', 'Import this line again.');

/** A portion that was begun before and not finished is told. */
async function tellAgain(run: Run, again: boolean): Promise<void> {
  if (again) await changeRun(run.id, (one) => ({ ...one, again: one.again + 1 }));
}

export async function create(run: Run, looking: Looking): Promise<void> {
  const rows = await wholeRows(run.id, ROWS, [FATE.create], -1, WRITTEN_AT_ONCE);
  if (rows.length === 0) {
    await toPhase(run.id, 'creating', 'updating');
    return;
  }
  // Without a key of its own it is found by the one it was given.
  const all = await compared(run, rows, looking);
  const settled: Settled[] = [];
  const fresh: { one: Compared; item: NewItem }[] = [];
  let again = false;
  for (const one of all) {
    const key = one.file.key ?? one.plan.key;
    if (one.here) {
      const mine = wroteIt(run, one.here);
      again ||= mine;
      settled.push(mine ? done(one.row, 0) : cameMeanwhile(one.row));
    } else if (one.outcome !== 'create' || key === undefined || one.file.class === undefined) {
      settled.push({ line: one.row.line, fate: FATE.wrong, size: 0, wrong: one.wrong });
    } else {
      const { file } = one;
      fresh.push({
        one,
        item: {
          item: saying({ key, class: one.file.class, life: run.mapping.life }, file.says),
          ...(file.verified !== undefined && { verified: { at: file.verified, how: 'fromList' as const } }),
          file: fileOf(run, file.says),
        },
      });
    }
  }
  const there = new Set(
    (
      await createAll(
        fresh.map(({ item }) => item),
        stampOf(run),
      )
    ).map(folded),
  );
  for (const { one, item } of fresh) settled.push(there.has(folded(item.item.key)) ? cameMeanwhile(one.row) : done(one.row, 0));
  await settleRows(run.id, ROWS, settled);
  await tellAgain(run, again);
}

const UPDATES = [FATE.update, FATE.managed, FATE.note] as const;

export async function update(run: Run, looking: Looking): Promise<void> {
  let rows: WholeRow[] = [];
  for (const fate of UPDATES) if (rows.length === 0) rows = await wholeRows(run.id, ROWS, [fate], -1, WRITTEN_AT_ONCE);
  if (rows.length === 0) {
    await toPhase(run.id, 'updating', 'relating');
    return;
  }
  const settled: Settled[] = [];
  const changing: { one: Compared; here: StoredItem }[] = [];
  const noting: { one: Compared; here: StoredItem }[] = [];
  let again = false;
  for (const one of await compared(run, rows, looking)) {
    const { here, difference, outcome, row } = one;
    // What it says of relations is written later; until then the rest of it is enough.
    if (here && wroteIt(run, here)) {
      again = true;
      settled.push(done(row, here.version.changes.length));
    } else if (!here || !difference) settled.push({ line: row.line, fate: FATE.wrong, size: 0, wrong: one.wrong });
    else if (outcome === 'managed' && !run.workItem)
      settled.push(refused(row, 'It changes what is managed, and the import names no work item', 'Import it under a Request for Change.'));
    else if (outcome === 'managed' || outcome === 'update') changing.push({ one, here });
    else if (outcome === 'note') noting.push({ one, here });
    // It is the same by now, or somebody has to decide, or it waits for a change.
    else settled.push({ line: row.line, fate: FATE_OF[outcome], size: 0 });
  }
  const others = new Set(
    await changeAll(
      changing.map(({ one: { difference, file }, here }) => ({
        id: here.id,
        version: here.version.number,
        item: saying(
          here.item,
          Object.fromEntries(
            (difference?.changes ?? []).flatMap(({ attribute, to }) => (file.says[attribute] === to && to !== undefined ? [[attribute, to]] : [])),
          ),
        ),
        changes: difference?.changes ?? [],
        ...(difference?.verified !== undefined && { verified: { at: difference.verified, how: 'fromList' as const } }),
        ...(isOf(run, here) && { file: fileOf(run, difference?.said ?? {}) }),
      })),
      stampOf(run),
    ),
  );
  for (const { one, here } of changing)
    settled.push(
      others.has(here.id)
        ? refused(one.row, 'Somebody changed it while it was written', 'Import this line again.')
        : { ...done(one.row, sizeOf(one)), fate: FATE_OF[one.outcome] + STAGE.written },
    );
  if (noting.length > 0) {
    await noteAll(
      noting.map(({ one, here }) => ({ id: here.id, source: run.mapping.id, said: one.difference?.said ?? {} })),
      now(),
    );
    settled.push(...noting.map(({ one }) => ({ ...done(one.row, 0), fate: FATE.note + STAGE.written })));
  }
  await settleRows(run.id, ROWS, settled);
  await tellAgain(run, again);
}

const sameEnd = ({ src, kind, dst, ref }: StoredRelation): string => [src, kind, dst, ref].join(' ');

export async function relate(run: Run, looking: Looking): Promise<void> {
  let rows: WholeRow[] = [];
  if (run.mapping.columns.some(({ to }) => to.startsWith('rel.')))
    for (const fate of WRITES) if (rows.length === 0) rows = await wholeRows(run.id, ROWS, [fate + STAGE.written], -1, WRITTEN_AT_ONCE);
  if (rows.length === 0) {
    await toPhase(run.id, 'relating', 'checking');
    return;
  }
  const all = await compared(run, rows, looking);
  const wanted: Relation[] = all.flatMap(({ here, file }) => (here ? file.relations.map((one) => ({ from: here.item.key, ...one })) : []));
  const ids = await idsOf(wanted.flatMap(({ from, kind, to }) => (RELATIONS[kind].to === 'item' ? [from, to] : [from])));
  const found = wanted.flatMap((one) => stored(one, ids) ?? []);
  const there = new Set((await relationsOf([...new Set(found.map(({ src }) => src))], 'there')).map(sameEnd));
  await putRelations(found.filter((one) => !there.has(sameEnd(one))));
  await settleRows(
    run.id,
    ROWS,
    all.map((one) => done(one.row, sizeOfRow(one), STAGE.related)),
  );
}
const sizeOfRow = ({ row, here }: Compared): number => (baseOf(row.fate) === FATE.create ? 0 : (here?.version.changes.length ?? 0));

/** Read back: whoever wrote what the file says finds nothing more to write. */
export async function check(run: Run, looking: Looking): Promise<void> {
  let rows: WholeRow[] = [];
  for (const stage of [STAGE.written, STAGE.related])
    for (const fate of WRITES) if (rows.length === 0) rows = await wholeRows(run.id, ROWS, [fate + stage], -1, LOOKED_AT_ONCE);
  if (rows.length === 0) {
    await toPhase(run.id, 'checking', 'marking');
    return;
  }
  const all = await compared(run, rows, looking);
  await settleRows(
    run.id,
    ROWS,
    all.map((one) => done(one.row, sizeOfRow(one), one.outcome === 'same' || one.outcome === 'note' || isOpenOnly(one) ? STAGE.same : STAGE.other)),
  );
}
/** What was left for somebody to decide is not what was written. */
const isOpenOnly = ({ outcome, difference }: Compared): boolean => outcome === 'decide' && difference?.changes.length === 0;

export async function mark(run: Run): Promise<void> {
  const rows = run.vanished === 'mark' ? await wholeRows(run.id, VANISHED, [FATE.vanished], -1, WRITTEN_AT_ONCE) : [];
  if (rows.length === 0) {
    await toPhase(run.id, 'marking', 'done', { undoUntil: now() + UNDO_MS });
    return;
  }
  await markGone(
    rows.map(({ line }) => line),
    run.mapping.id,
    run.times.marking?.from ?? run.at,
  );
  await settleRows(
    run.id,
    VANISHED,
    rows.map((row) => ({ line: row.line, fate: FATE.vanished + STAGE.written, size: 0 })),
  );
}
const UNDO_MS = UNDO_DAYS * 86_400_000;
