/** Rows of files that are being brought in, in SQL: they wait here until all of them have been looked at. */
import { z } from 'zod';
import { now } from './clock';
import { remainingMs } from './environment';
import { change, inList, inPortions, type Migration, select, sqlNumber, type SqlValue, toSql } from './sql';

export const importMigrations: readonly Migration[] = [
  {
    name: 'v043_import_row',
    // part: of the file; each feature has its own numbers. size: how much of the row would change. plan: what was decided about it.
    statement: `CREATE TABLE IF NOT EXISTS import_row (
      run VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      part INT NOT NULL,
      line INT NOT NULL,
      id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      body LONGTEXT NOT NULL,
      refs TEXT NOT NULL,
      wrong TEXT,
      fate INT NOT NULL,
      size INT NOT NULL DEFAULT 0,
      plan TEXT,
      at DATETIME(3) NOT NULL,
      PRIMARY KEY (run, part, line),
      KEY import_row_fate (run, fate, part, line),
      KEY import_row_id (run, part, id),
      KEY import_row_at (at)
    )`,
  },
];

/** What becomes of a row. */
export const FATE = { waiting: 0, added: 1, changed: 2, same: 3, wrong: 4, written: 10 } as const;

export interface Wrong {
  path: string;
  text: string;
}

export interface Taken {
  line: number;
  id: string;
  body: unknown;
  /** What it names, for looking at all rows at once. */
  refs: unknown;
  wrong: readonly Wrong[];
}

const MOST_TEXT = 60_000;
const wrongText = (wrong: readonly Wrong[]): string | null => (wrong.length === 0 ? null : JSON.stringify(wrong.slice(0, 50)).slice(0, MOST_TEXT));

/** The same rows again replace themselves. */
export async function keepRows(run: string, part: number, taken: readonly Taken[], fate: number = FATE.waiting, atOnce?: number): Promise<void> {
  const at = toSql(now());
  const keep = (rows: readonly Taken[]): Promise<number> =>
    change(
      `INSERT INTO import_row (run, part, line, id, body, refs, wrong, fate, at) VALUES ${rows.map(() => '(?, ?, ?, ?, ?, ?, ?, ?, ?)').join(', ')}
       ON DUPLICATE KEY UPDATE id = VALUES(id), body = VALUES(body), refs = VALUES(refs), wrong = VALUES(wrong), fate = VALUES(fate)`,
      ...rows.flatMap(({ line, id, body, refs, wrong }): SqlValue[] => [
        run,
        part,
        line,
        id,
        JSON.stringify(body),
        JSON.stringify(refs),
        wrongText(wrong),
        wrong.length > 0 ? FATE.wrong : fate,
        at,
      ]),
    );
  await inPortions(taken, keep, atOnce);
}

const row = z.object({ part: sqlNumber, line: sqlNumber, id: z.string(), body: z.string(), fate: sqlNumber });
export type WaitingRow = z.infer<typeof row>;

export const rowsOf = (run: string, fates: readonly number[], most: number): Promise<WaitingRow[]> =>
  select(
    row,
    `SELECT part, line, id, body, fate FROM import_row WHERE run = ? AND fate IN (${inList(fates.length)}) ORDER BY part, line LIMIT ${String(Math.trunc(most))}`,
    run,
    ...fates,
  );

/** By their ids, whatever has become of them. */
export const bodiesOf = (run: string, part: number, ids: readonly string[]): Promise<{ id: string; body: string }[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : select(
        z.object({ id: z.string(), body: z.string() }),
        `SELECT id, body FROM import_row WHERE run = ? AND part = ? AND id IN (${inList(ids.length)})`,
        run,
        part,
        ...ids,
      );

const wholeRow = z
  .object({
    line: sqlNumber,
    id: z.string(),
    body: z.string(),
    refs: z.string(),
    wrong: z.string().nullable(),
    plan: z.string().nullable(),
    fate: sqlNumber,
  })
  .transform((row) => ({
    ...row,
    body: JSON.parse(row.body) as unknown,
    refs: JSON.parse(row.refs) as unknown,
    plan: JSON.parse(row.plan ?? 'null') as unknown,
  }));
export type WholeRow = z.infer<typeof wholeRow>;

/** Of one part, in the order of the file, after a line. */
export const wholeRows = (run: string, part: number, fates: readonly number[], after: number, most: number): Promise<WholeRow[]> =>
  select(
    wholeRow,
    `SELECT line, id, body, refs, wrong, plan, fate FROM import_row
     WHERE run = ? AND part = ? AND fate IN (${inList(fates.length)}) AND line > ? ORDER BY line LIMIT ${String(Math.trunc(most))}`,
    run,
    part,
    ...fates,
    after,
  );

export const wholeRowAt = async (run: string, part: number, line: number): Promise<WholeRow | undefined> =>
  (
    await select(wholeRow, 'SELECT line, id, body, refs, wrong, plan, fate FROM import_row WHERE run = ? AND part = ? AND line = ?', run, part, line)
  )[0];

/** Which of these ids a run has, with the first line of each. */
export const firstLines = async (run: string, part: number, ids: readonly string[]): Promise<Map<string, number>> => {
  if (ids.length === 0) return new Map();
  const rows = await select(
    z.object({ id: z.string(), line: sqlNumber }),
    `SELECT id, MIN(line) AS line FROM import_row WHERE run = ? AND part = ? AND id IN (${inList(ids.length)}) GROUP BY id`,
    run,
    part,
    ...ids,
  );
  return new Map(rows.map(({ id, line }) => [id, line]));
};

export interface Settled {
  line: number;
  fate: number;
  size: number;
  plan?: unknown;
  wrong?: readonly unknown[] | undefined;
}

const SETTLED_AT_ONCE = 50;
/** What is the same of many is written at once; what is each row's own, row by row in one statement. */
export async function settleRows(run: string, part: number, all: readonly Settled[]): Promise<void> {
  const plain = new Map<string, Settled[]>();
  const own: Settled[] = [];
  for (const row of all) {
    if (row.plan !== undefined || (row.wrong?.length ?? 0) > 0) own.push(row);
    else plain.set(`${String(row.fate)} ${String(row.size)}`, [...(plain.get(`${String(row.fate)} ${String(row.size)}`) ?? []), row]);
  }
  for (const rows of plain.values()) {
    const [first] = rows;
    if (!first) continue;
    await change(
      `UPDATE import_row SET fate = ?, size = ?, wrong = NULL WHERE run = ? AND part = ? AND line IN (${inList(rows.length)})`,
      first.fate,
      first.size,
      run,
      part,
      ...rows.map(({ line }) => line),
    );
  }
  const one = 'SELECT CAST(? AS SIGNED) AS line, CAST(? AS SIGNED) AS fate, CAST(? AS SIGNED) AS size, ? AS plan, ? AS wrong';
  await inPortions(
    own,
    (rows) =>
      change(
        `UPDATE import_row r JOIN (${rows.map(() => one).join(' UNION ALL ')}) n ON n.line = r.line
         SET r.fate = n.fate, r.size = n.size, r.plan = COALESCE(n.plan, r.plan), r.wrong = n.wrong WHERE r.run = ? AND r.part = ?`,
        ...rows.flatMap(({ line, fate, size, plan, wrong }): SqlValue[] => [
          line,
          fate,
          size,
          plan === undefined ? null : JSON.stringify(plan),
          wrong === undefined || wrong.length === 0 ? null : JSON.stringify(wrong).slice(0, MOST_TEXT),
        ]),
        run,
        part,
      ),
    SETTLED_AT_ONCE,
  );
}

/** From one fate to another, as many at once; answers how many. */
export const moveFate = (run: string, part: number, from: number, to: number, most: number): Promise<number> =>
  change(`UPDATE import_row SET fate = ? WHERE run = ? AND part = ? AND fate = ? LIMIT ${String(Math.trunc(most))}`, to, run, part, from);

/** How many rows have which fate, and how much of them changes. */
export const tallyOf = (run: string): Promise<{ part: number; fate: number; n: number; size: number }[]> =>
  select(
    z.object({ part: sqlNumber, fate: sqlNumber, n: sqlNumber, size: sqlNumber }),
    'SELECT part, fate, COUNT(*) AS n, SUM(size) AS size FROM import_row WHERE run = ? GROUP BY part, fate',
    run,
  );

const index = z.object({ part: sqlNumber, line: sqlNumber, id: z.string(), fate: sqlNumber, refs: z.string() });
const INDEX_ROWS = 5_000;
/** Everything of a run at once, without its bodies. */
export const indexOf = async (run: string): Promise<{ part: number; line: number; id: string; fate: number; refs: unknown }[]> => {
  const found: z.infer<typeof index>[] = [];
  for (let last: z.infer<typeof index> | undefined, more = true; more;) {
    const rows = await select(
      index,
      `SELECT part, line, id, fate, refs FROM import_row WHERE run = ? AND (part > ? OR (part = ? AND line > ?)) ORDER BY part, line LIMIT ${String(INDEX_ROWS)}`,
      run,
      last?.part ?? -1,
      last?.part ?? -1,
      last?.line ?? -1,
    );
    found.push(...rows);
    last = rows.at(-1);
    more = rows.length === INDEX_ROWS;
  }
  return found.map((one) => ({ ...one, refs: JSON.parse(one.refs) as unknown }));
};

export async function decide(run: string, part: number, fate: number, lines: readonly number[]): Promise<void> {
  if (lines.length === 0) return;
  await change(`UPDATE import_row SET fate = ? WHERE run = ? AND part = ? AND line IN (${inList(lines.length)})`, fate, run, part, ...lines);
}

export async function refuse(run: string, part: number, line: number, wrong: readonly Wrong[]): Promise<void> {
  await change('UPDATE import_row SET fate = ?, wrong = ? WHERE run = ? AND part = ? AND line = ?', FATE.wrong, wrongText(wrong), run, part, line);
}

export async function fatesOf(run: string): Promise<Map<number, number>> {
  const rows = await select(
    z.object({ fate: sqlNumber, n: sqlNumber }),
    'SELECT fate, COUNT(*) AS n FROM import_row WHERE run = ? GROUP BY fate',
    run,
  );
  return new Map(rows.map(({ fate, n }) => [fate, n]));
}

export const wrongOf = async (run: string, most: number): Promise<Wrong[]> =>
  (
    await select(
      z.object({ wrong: z.string() }),
      `SELECT wrong FROM import_row WHERE run = ? AND fate = ${String(FATE.wrong)} AND wrong IS NOT NULL ORDER BY part, line LIMIT ${String(Math.trunc(most))}`,
      run,
    )
  ).flatMap(({ wrong }) => z.array(z.object({ path: z.string(), text: z.string() })).parse(JSON.parse(wrong)));

/** Whoever keeps rows longer has parts from here on, and forgets them by itself. */
export const KEPT_PARTS = 100;
const KEPT_MS = 2 * 86_400_000;
const FORGOTTEN_AT_ONCE = 1_000;
const RESERVE_MS = 8_000;

/** As many as there is time for; what is left goes with the next round. */
export async function forgetRows(where: string, ...params: SqlValue[]): Promise<void> {
  while (remainingMs() > RESERVE_MS && (await change(`DELETE FROM import_row WHERE ${where} LIMIT ${String(FORGOTTEN_AT_ONCE)}`, ...params)) > 0);
}

/** Files that nobody brought in. */
export const forgetOldRows = (): Promise<void> => forgetRows('at < ? AND part < ?', toSql(now() - KEPT_MS), KEPT_PARTS);
