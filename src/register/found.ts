/** Items as people type them: by key, name, class or place. */
import { z } from 'zod';
import type { ItemClass } from '../contract';
import { LIFE_KEYS, LIFE_OVER } from '../method';
import { select, sqlNumber } from '../platform/sql';
import { itemsByIds, type StoredItem } from './store';

const WORDS_MOST = 4;
const OVER = LIFE_OVER.map((key) => String(LIFE_KEYS.indexOf(key))).join(', ');

const like = (words: string): string => words.replace(/[\\%_]/g, (sign) => `\\${sign}`);

/** Every word has to be found in one of the four; keys that begin with what was typed come first. What is retired is not chosen any more. */
export async function itemsCalled(typed: string, classes: readonly ItemClass[], limit: number): Promise<StoredItem[]> {
  const all = typed.trim().split(/\s+/).filter(Boolean).slice(0, WORDS_MOST);
  if (all.length === 0) return [];
  const conditions = all.map((word) => {
    const named = classes.filter(({ name }) => name.toLowerCase().includes(word.toLowerCase())).map(({ key }) => key);
    const inClass = named.length === 0 ? '' : ` OR class IN (${named.map(() => '?').join(', ')})`;
    return {
      text: `(item_key LIKE ? OR name LIKE ? OR location LIKE ?${inClass})`,
      params: [`${like(word)}%`, `%${like(word)}%`, `%${like(word)}%`, ...named],
    };
  });
  const rows = await select(
    z.object({ id: sqlNumber }),
    `SELECT id FROM mi_item WHERE life NOT IN (${OVER}) AND ${conditions.map(({ text }) => text).join(' AND ')}
     ORDER BY item_key LIKE ? DESC, item_key LIMIT ${String(Math.trunc(limit))}`,
    ...conditions.flatMap(({ params }) => params),
    `${like(all.join(' '))}%`,
  );
  const found = new Map((await itemsByIds(rows.map(({ id }) => id))).map((one) => [one.id, one]));
  return rows.flatMap(({ id }) => found.get(id) ?? []);
}
