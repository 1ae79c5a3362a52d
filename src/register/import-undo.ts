/** A run is taken back where nobody touched what it wrote: new items go, changed ones say again what they said before. */
import { itemKey, managedItem, COMMON_ATTRIBUTES, type AttributeChange, type ManagedItem, type Relation } from '../contract';
import { RELATION_KINDS } from '../method';
import { wholeRows, settleRows } from '../platform/import-rows';
import { isOf, VANISHED } from './import-compare';
import { FATE, STAGE } from './import-fates';
import { saying } from './import-reconcile';
import { changeRun, type Run, toPhase } from './import-run';
import { countWritten, idsWritten, touched, unmake, unmarkGone } from './import-store';
import { removeRelations, stored } from './relations';
import { changeAll, idsOf, itemsByIds, type StoredItem } from './store';

const UNDONE_AT_ONCE = 200;

const kindOf = (attribute: string) => RELATION_KINDS.find((kind) => kind === attribute);

/** What the item said before: what had not been said is not said again. */
function before(item: ManagedItem, changes: readonly AttributeChange[]): ManagedItem {
  const own = changes.filter(({ attribute }) => kindOf(attribute) === undefined);
  const back = saying(item, Object.fromEntries(own.flatMap(({ attribute, from }) => (from === undefined ? [] : [[attribute, from]]))));
  const unsaid = new Set(own.filter(({ from }) => from === undefined).map(({ attribute }) => attribute));
  const common = Object.fromEntries(Object.entries(back).filter(([key]) => !(unsaid.has(key) && COMMON_ATTRIBUTES.some((one) => one === key))));
  return managedItem.parse({ ...common, attributes: Object.fromEntries(Object.entries(back.attributes).filter(([key]) => !unsaid.has(key))) });
}

/** So that the same file asks for the same again. */
function saidBefore(one: StoredItem): Record<string, string> {
  const said = { ...one.file?.said };
  for (const { attribute, from } of one.version.changes) {
    if (kindOf(attribute) !== undefined) continue;
    if (from === undefined) Reflect.deleteProperty(said, attribute);
    else said[attribute] = from;
  }
  return said;
}

const relationsAdded = ({ item, version }: StoredItem): Relation[] =>
  version.changes.flatMap(({ attribute, to = '' }) => {
    const kind = kindOf(attribute);
    return kind === undefined ? [] : to.split(', ').map((end) => ({ from: item.key, kind, to: end }));
  });

async function takeBack(run: Run, all: readonly StoredItem[]): Promise<void> {
  const relations = all.flatMap(relationsAdded);
  const ids = await idsOf(relations.flatMap(({ from, to }) => (itemKey.safeParse(to).success ? [from, to] : [from])));
  await removeRelations(relations.flatMap((one) => stored(one, ids) ?? []));
  await changeAll(
    all.map((one) => ({
      id: one.id,
      version: one.version.number,
      item: before(one.item, one.version.changes),
      changes: one.version.changes.map(({ attribute, from, to }) => ({
        attribute,
        ...(to !== undefined && { from: to }),
        ...(from !== undefined && { to: from }),
      })),
      ...(one.file && isOf(run, one) && { file: { ...one.file, said: saidBefore(one) } }),
    })),
    { cause: 'undo', by: run.by, run: `undo-${run.id.slice(0, 31)}` },
  );
}

export async function undo(run: Run): Promise<void> {
  const marked = await wholeRows(run.id, VANISHED, [FATE.vanished + STAGE.written], -1, UNDONE_AT_ONCE);
  if (marked.length > 0) {
    await unmarkGone(
      marked.map(({ line }) => line),
      run.times.marking?.from ?? run.at,
    );
    await settleRows(
      run.id,
      VANISHED,
      marked.map(({ line }) => ({ line, fate: FATE.vanished, size: 0 })),
    );
    return;
  }
  const ids = await idsWritten(run.id, run.cursor, UNDONE_AT_ONCE);
  if (ids.length === 0) {
    await toPhase(run.id, 'undoing', 'undone');
    return;
  }
  const all = await itemsByIds(ids);
  const made = all.filter(({ version }) => version.number === 1);
  if (made.length > 0) {
    const kept = await touched(
      made.map(({ id }) => id),
      made.map(({ item }) => item.key),
      run.id,
    );
    await unmake(
      made.filter(({ id }) => !kept.has(id)).map(({ id }) => id),
      run.id,
    );
  }
  await takeBack(
    run,
    all.filter(({ version }) => version.number > 1),
  );
  const last = ids.at(-1) ?? run.cursor;
  await changeRun(run.id, (one) => (one.phase === 'undoing' ? { ...one, cursor: last } : one));
}

export const undoableNow = (run: Run): Promise<number> => countWritten(run.id);
