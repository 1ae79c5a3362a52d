/** The register portion by portion, as a file that brings it in again says it. */
import { type ExportedItem, EXPORT_ROWS, type RegisterFilters } from '../contract';
import { RELATIONS } from '../method';
import { now } from '../platform/clock';
import { filteredIds, keysOfIds } from './import-store';
import { classesNow } from './kept';
import { filtered } from './listing';
import { relationsOf } from './relations';
import { itemsByIds } from './store';

const from = (after: string | undefined): number => (after !== undefined && /^\d{1,10}$/.test(after) ? Number(after) : 0);

/** In the order in which items came, so that a portion neither leaves out nor repeats what is there all the while. */
export async function exported({
  filters,
  after,
}: {
  filters: RegisterFilters;
  after?: string | undefined;
}): Promise<{ state: 'ok'; items: ExportedItem[]; after?: string }> {
  const ids = await filteredIds(await filtered(filters, await classesNow(), now()), from(after), EXPORT_ROWS);
  const [items, relations] = [await itemsByIds(ids), await relationsOf(ids, 'there')];
  const keys = await keysOfIds(relations.flatMap(({ dst }) => (dst === 0 ? [] : [dst])));
  const bySource = new Map<number, ExportedItem['relations']>();
  for (const { src, kind, dst, ref, group, need } of relations) {
    const to = RELATIONS[kind].to === 'item' ? keys.get(dst) : ref;
    if (to === undefined) continue;
    bySource.set(src, [...(bySource.get(src) ?? []), { kind, to, ...(group !== undefined && { group }), ...(need !== undefined && { need }) }]);
  }
  const last = ids.at(-1);
  return {
    state: 'ok',
    items: items
      .sort((a, b) => a.id - b.id)
      .map(({ id, item, verified }) => ({ ...item, ...(verified && { verified: verified.at }), relations: bySource.get(id) ?? [] })),
    ...(ids.length === EXPORT_ROWS && last !== undefined && { after: String(last) }),
  };
}
