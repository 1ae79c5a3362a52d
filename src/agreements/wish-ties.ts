/** Which version of which agreement is drafted for a Wish, in SQL: one line a Wish. */
import { z } from 'zod';
import { now } from '../platform/clock';
import { answered, change, jsonOf, type Migration, type Question, select, sqlNumber, toSql } from '../platform/sql';
import { inList } from './records';
import { NUMBERED } from './store';

export const wishMigrations: readonly Migration[] = [
  {
    name: 'v060_wish_agreement',
    // Without an agreement: somebody is beginning it. since: the first version that was drafted for this Wish. owes: what is to be done with it still.
    statement: `CREATE TABLE IF NOT EXISTS wish_agreement (
      item_id VARCHAR(20) NOT NULL PRIMARY KEY,
      item_key VARCHAR(40) NOT NULL,
      request VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      agreement ${NUMBERED},
      since INT,
      version INT,
      owes VARCHAR(12),
      why VARCHAR(1000),
      look_at DATETIME(3),
      UNIQUE KEY wish_agreement_once (agreement, version),
      KEY wish_agreement_owes (look_at)
    )`,
  },
];

export const OWED = ['offer', 'revise', 'agree', 'confirm', 'end'] as const;
export type Owed = (typeof OWED)[number];

const optional = <T>(schema: z.ZodType<T>) => schema.nullish().transform((value) => value ?? undefined);
const row = z
  .object({
    item_id: z.string(),
    item_key: z.string(),
    request: z.string(),
    agreement: optional(z.string()),
    since: optional(sqlNumber),
    version: optional(sqlNumber),
    owes: optional(z.enum(OWED)),
    why: optional(z.string()),
  })
  .transform(({ item_id: itemId, item_key: key, request, agreement, since, version, owes, why }) => ({
    itemId,
    key,
    request,
    /** Absent: somebody is beginning it. */
    drafted: agreement === undefined || version === undefined ? undefined : { agreement, since: since ?? version, version },
    /** What is still to be done with it, and why it could not be. */
    owes: owes && { deed: owes, why },
  }));
export type Tie = z.infer<typeof row>;

const COLUMNS = ['item_id', 'item_key', 'request', 'agreement', 'since', 'version', 'owes', 'why'];

export const tieOf = async (itemId: string): Promise<Tie | undefined> =>
  (await select(row, `SELECT ${COLUMNS.join(', ')} FROM wish_agreement WHERE item_id = ?`, itemId))[0];

/** The same, for a question that is asked together with others. */
export const tieQuestion = (itemId: string): Question => ({
  text: `SELECT ${jsonOf(Object.fromEntries(COLUMNS.map((name) => [name, name])))} FROM wish_agreement WHERE item_id = ?`,
  params: [itemId],
});
export const tieFrom = (bodies: readonly unknown[]): Tie | undefined => answered(row, bodies)[0];

/** The Wishes for which versions of these agreements are drafted. */
export async function tiesOf(agreements: readonly string[]): Promise<Tie[]> {
  if (agreements.length === 0) return [];
  return select(row, `SELECT ${COLUMNS.join(', ')} FROM wish_agreement WHERE agreement IN (${inList(agreements.length)})`, ...agreements);
}

/** Of two who begin for the same Wish one does; the other goes on with what the first began. */
export async function claim(itemId: string, key: string, request: string): Promise<void> {
  await change('INSERT IGNORE INTO wish_agreement (item_id, item_key, request) VALUES (?, ?, ?)', itemId, key, request);
}

/** What was drafted before is over, so that another draft can be begun. */
export async function claimAnew(tie: Tie, request: string): Promise<void> {
  await change(
    'UPDATE wish_agreement SET request = ?, agreement = NULL, since = NULL, version = NULL, owes = NULL, why = NULL, look_at = NULL WHERE item_id = ? AND request = ?',
    request,
    tie.itemId,
    tie.request,
  );
}

/** Nothing was begun after all. */
export async function release(itemId: string, request: string): Promise<void> {
  await change('DELETE FROM wish_agreement WHERE item_id = ? AND request = ? AND agreement IS NULL', itemId, request);
}

/** `false`: this version is drafted for another Wish. */
export async function bind(itemId: string, request: string, agreement: string, version: number): Promise<boolean> {
  await change(
    'UPDATE IGNORE wish_agreement SET agreement = ?, since = ?, version = ? WHERE item_id = ? AND request = ? AND agreement IS NULL',
    agreement,
    version,
    version,
    itemId,
    request,
  );
  // How many rows were touched does not tell: one that was ignored may be counted.
  const there = (await tieOf(itemId))?.drafted;
  return there?.agreement === agreement && there.version === version;
}

/** The next version takes the place of the one that was offered. */
export async function moveTie({ itemId, drafted }: Tie, version: number): Promise<void> {
  await change(
    'UPDATE IGNORE wish_agreement SET version = ? WHERE item_id = ? AND agreement = ? AND version = ?',
    version,
    itemId,
    drafted?.agreement ?? '',
    drafted?.version ?? 0,
  );
}

/** Until it was done, or again after that moment where it could not be; so whoever dies in between forgets nothing. */
export async function owe(itemId: string, deed: Owed | undefined, lookAt: number | undefined, why?: string): Promise<void> {
  await change(
    'UPDATE wish_agreement SET owes = ?, why = ?, look_at = ? WHERE item_id = ?',
    deed ?? null,
    why?.slice(0, 1_000) ?? null,
    lookAt === undefined ? null : toSql(lookAt),
    itemId,
  );
}

/** Wishes whose agreement is behind them, longest waiting first. */
export const owing = async (most: number): Promise<string[]> =>
  (
    await select(
      z.object({ item_id: z.string() }),
      `SELECT item_id FROM wish_agreement WHERE look_at <= ? ORDER BY look_at LIMIT ${String(Math.trunc(most))}`,
      toSql(now()),
    )
  ).map(({ item_id: id }) => id);
