/** What may be chosen, typed ahead: the first that begin so or hold the words, with what tells them apart. */
import { z } from 'zod';
import { choicesAmongRecords } from '../agreements/service';
import { type ChoiceKind, CHOICES_SHOWN } from '../contract';
import { LIFE_OVER, LIFE_KEYS } from '../method';
import { select, type SqlValue } from '../platform/sql';
import { searched } from './listing';

interface Choice {
  id: string;
  name: string;
  hint?: string | undefined;
}

const row = z.object({ id: z.string(), name: z.string(), hint: z.string().nullable() });
const LIMIT = CHOICES_SHOWN + 1;

/** Items whose life is over are chosen no more (5.3 rule 10). */
async function items(text: string): Promise<Choice[]> {
  const found = searched(text);
  const over = LIFE_OVER.map((life): SqlValue => LIFE_KEYS.indexOf(life));
  const rows = await select(
    row,
    `SELECT i.item_key AS id, i.name, i.location AS hint FROM mi_item i
     WHERE i.life NOT IN (${over.join(', ')}) ${found.map(({ sql }) => `AND (${sql})`).join(' ')} ORDER BY i.item_key LIMIT ${String(LIMIT)}`,
    ...found.flatMap(({ params }) => params),
  );
  return rows.map(({ hint, ...one }) => ({ ...one, ...(hint !== null && { hint }) }));
}

async function locations(text: string): Promise<Choice[]> {
  const like = `%${text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
  const rows = await select(
    z.object({ location: z.string() }),
    `SELECT DISTINCT location FROM mi_item WHERE location LIKE ? ORDER BY location LIMIT ${String(LIMIT)}`,
    like,
  );
  return rows.map(({ location }) => ({ id: location, name: location }));
}

export async function choices({ kind, text }: { kind: ChoiceKind; text: string }): Promise<{ state: 'ok'; choices: Choice[]; more: boolean }> {
  const found = kind === 'item' ? await items(text) : kind === 'location' ? await locations(text) : await choicesAmongRecords(kind, text, LIMIT);
  return { state: 'ok', choices: found.slice(0, CHOICES_SHOWN), more: found.length > CHOICES_SHOWN };
}
