/** Parties, services and agreements that may be chosen elsewhere, typed ahead. */
import { z } from 'zod';
import { select } from '../platform/sql';
import { likeText } from './records';

const row = z.object({ id: z.string(), name: z.string(), hint: z.string().nullable() });

const RECORDS = {
  party: { kind: 'party', only: '' },
  customer: { kind: 'party', only: `AND JSON_UNQUOTE(JSON_EXTRACT(body, '$.kind')) = 'customer'` },
  service: { kind: 'service', only: '' },
} as const;

/** By name; an agreement is called by its id too. */
export async function choicesAmongRecords(
  kind: keyof typeof RECORDS | 'agreement',
  text: string,
  most: number,
): Promise<{ id: string; name: string; hint?: string }[]> {
  const words = likeText(text);
  const limit = String(Math.trunc(most));
  const rows =
    kind === 'agreement'
      ? await select(
          row,
          `SELECT a.id, a.name, COALESCE(c.name, a.customer) AS hint FROM agreement a LEFT JOIN agreement_record c ON c.kind = 'party' AND c.id = a.customer
           WHERE a.id LIKE ? OR a.name LIKE ? ORDER BY a.kind DESC, a.number LIMIT ${limit}`,
          words,
          words,
        )
      : await select(
          row,
          `SELECT id, name, ${RECORDS[kind].kind === 'party' ? `JSON_UNQUOTE(JSON_EXTRACT(body, '$.kind'))` : 'NULL'} AS hint FROM agreement_record
           WHERE kind = ? AND (name LIKE ? OR id LIKE ?) ${RECORDS[kind].only} ORDER BY name, id LIMIT ${limit}`,
          RECORDS[kind].kind,
          words,
          words,
        );
  return rows.map(({ id, name, hint }) => ({ id, name, ...(hint !== null && { hint }) }));
}
