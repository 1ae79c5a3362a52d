/** Parties, services and blocks in SQL: one table, since they are saved, listed and named in the same way. */
import { z } from 'zod';
import { block, party, RECORDS_A_PAGE, service } from '../contract';
import { fromPlace, toPlace } from '../platform/place';
import { answered, change, inList, inPortions, jsonOf, type Migration, select, sqlNumber } from '../platform/sql';

export const RECORDS = { party, service, block } as const;
export type RecordKind = keyof typeof RECORDS;
export type RecordOf<Kind extends RecordKind> = z.infer<(typeof RECORDS)[Kind]>;

/** Ids tell capitals apart on every database; names are sorted as people do. */
export const ID = 'VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin';
export const WORDS = 'CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci';

export const recordMigrations: readonly Migration[] = [
  {
    name: 'v040_agreement_record',
    statement: `CREATE TABLE IF NOT EXISTS agreement_record (
      kind VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      id ${ID} NOT NULL,
      name VARCHAR(120) ${WORDS} NOT NULL,
      parent ${ID},
      body LONGTEXT NOT NULL,
      version INT NOT NULL,
      PRIMARY KEY (kind, id),
      KEY agreement_record_name (kind, name, id)
    )`,
  },
];

/**
 * Rises with every deed that may bring a version into force: whoever looked at what is in force before looks again. It is a record, so that the statement
 * that writes a deed can compare it and raise it in one go.
 */
export const TURN = { kind: 'turn', id: 'site' };

const holder = z.object({ by: z.string(), until: z.number() });
export interface Turn {
  version: number;
  /** Who brings in a file just now: until then nobody else brings anything into force. */
  held?: z.infer<typeof holder> | undefined;
}

const turnRow = z
  .object({ version: sqlNumber, body: z.string() })
  .transform(({ version, body }): Turn => ({ version, held: z.object({ held: holder }).safeParse(JSON.parse(body)).data?.held }));

export async function turn(): Promise<Turn> {
  const rows = await select(turnRow, 'SELECT version, body FROM agreement_record WHERE kind = ? AND id = ?', TURN.kind, TURN.id);
  if (rows[0]) return rows[0];
  await change(`INSERT IGNORE INTO agreement_record (kind, id, name, body, version) VALUES (?, ?, '', '{}', 0)`, TURN.kind, TURN.id);
  return { version: 0 };
}

export const isHeld = ({ held }: Turn, at: number): boolean => held !== undefined && held.until > at;

const writeTurn = async (version: number, body: object): Promise<boolean> =>
  (await change(
    'UPDATE agreement_record SET body = ?, version = version + 1 WHERE kind = ? AND id = ? AND version = ?',
    JSON.stringify(body),
    TURN.kind,
    TURN.id,
    version,
  )) > 0;

/**
 * Keeps the turn for a while. kept: it was held by the same one all the time, so nothing has come into force meanwhile; taken: look again at what is in
 * force; busy: another holds it.
 */
export async function holdTurn(by: string, at: number, until: number): Promise<'kept' | 'taken' | 'busy'> {
  const now = await turn();
  const mine = isHeld(now, at) && now.held?.by === by;
  if (isHeld(now, at) && !mine) return 'busy';
  if (!(await writeTurn(now.version, { held: { by, until } }))) return 'busy';
  return mine ? 'kept' : 'taken';
}

export async function releaseTurn(by: string): Promise<void> {
  const { version, held } = await turn();
  if (held?.by === by) await writeTurn(version, {});
}

export { inList, inPortions };

export interface Versioned<T> {
  record: T;
  rowVersion: number;
}

const bodyOf = <Kind extends RecordKind>(kind: Kind) =>
  z.object({ body: z.string(), version: sqlNumber }).transform(({ body, version }): Versioned<RecordOf<Kind>> => ({
    record: RECORDS[kind].parse(JSON.parse(body)) as RecordOf<Kind>,
    rowVersion: version,
  }));

/** Of records `r`, for a question that is asked together with others. */
export const RECORD_BODIES = jsonOf({ body: 'r.body', version: 'r.version' });
export const recordsFrom = <Kind extends RecordKind>(kind: Kind, bodies: readonly unknown[]): Map<string, RecordOf<Kind>> =>
  new Map(answered(bodyOf(kind), bodies).map(({ record }) => [record.id, record]));

export async function recordWith<Kind extends RecordKind>(kind: Kind, id: string): Promise<Versioned<RecordOf<Kind>> | undefined> {
  return (await select(bodyOf(kind), 'SELECT body, version FROM agreement_record WHERE kind = ? AND id = ?', kind, id))[0];
}

/** So many at once stay below what one answer may hold. */
const AT_ONCE = 500;

export async function recordsWith<Kind extends RecordKind>(kind: Kind, ids: readonly string[]): Promise<Map<string, RecordOf<Kind>>> {
  const wanted = [...new Set(ids)].slice(0, AT_ONCE);
  if (wanted.length === 0) return new Map();
  const rows = await select(
    bodyOf(kind),
    `SELECT body, version FROM agreement_record WHERE kind = ? AND id IN (${inList(wanted.length)})`,
    kind,
    ...wanted,
  );
  return new Map(rows.map(({ record }) => [record.id, record]));
}

/** Those that people call so. */
export const recordsNamed = async <Kind extends RecordKind>(kind: Kind, name: string): Promise<RecordOf<Kind>[]> =>
  name === ''
    ? []
    : (await select(bodyOf(kind), 'SELECT body, version FROM agreement_record WHERE kind = ? AND name = ? ORDER BY id LIMIT 5', kind, name)).map(
        ({ record }) => record,
      );

/** By id: who each is a part of, and whether it is there at all. Ids and names alone, so that thousands fit. */
export async function namesOfKind(kind: RecordKind, ids?: readonly string[]): Promise<Map<string, { name: string; parent: string | undefined }>> {
  if (ids?.length === 0) return new Map();
  const wanted = ids && [...new Set(ids)];
  const rows = await select(
    z.object({ id: z.string(), name: z.string(), parent: z.string().nullable() }),
    `SELECT id, name, parent FROM agreement_record WHERE kind = ? ${wanted ? `AND id IN (${inList(wanted.length)})` : ''} ORDER BY id LIMIT 20000`,
    kind,
    ...(wanted ?? []),
  );
  return new Map(rows.map(({ id, name, parent }) => [id, { name, parent: parent ?? undefined }]));
}

const place = z.tuple([z.string(), z.string()]);
export const likeText = (words: string): string => `%${words.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;

export async function listRecords<Kind extends RecordKind>(
  kind: Kind,
  { search, after }: { search: string; after?: string | undefined },
): Promise<{ rows: Versioned<RecordOf<Kind>>[]; total: number; after?: string }> {
  const found = search === '' ? '' : 'AND (name LIKE ? OR id LIKE ?)';
  const words = search === '' ? [] : [likeText(search), likeText(search)];
  const from = after === undefined ? undefined : fromPlace(place, after);
  const [rows, counted] = await Promise.all([
    select(
      bodyOf(kind),
      `SELECT body, version FROM agreement_record WHERE kind = ? ${found} ${from ? 'AND (name > ? OR (name = ? AND id > ?))' : ''}
       ORDER BY name, id LIMIT ${String(RECORDS_A_PAGE + 1)}`,
      kind,
      ...words,
      ...(from ? [from[0], from[0], from[1]] : []),
    ),
    select(z.object({ n: sqlNumber }), `SELECT COUNT(*) AS n FROM agreement_record WHERE kind = ? ${found}`, kind, ...words),
  ]);
  const shown = rows.slice(0, RECORDS_A_PAGE);
  const last = shown.at(-1)?.record;
  return { rows: shown, total: counted[0]?.n ?? 0, ...(rows.length > RECORDS_A_PAGE && last && { after: toPlace([last.name, last.id]) }) };
}

const parentOf = (record: RecordOf<RecordKind>): string | null => ('parent' in record ? (record.parent ?? null) : null);

/** Compare-and-set; 0: it must not be there yet. `false`: somebody else was faster. */
export async function saveRecord<Kind extends RecordKind>(kind: Kind, record: RecordOf<Kind>, rowVersion: number): Promise<boolean> {
  const body = JSON.stringify(record);
  const written =
    rowVersion === 0
      ? await change(
          'INSERT IGNORE INTO agreement_record (kind, id, name, parent, body, version) VALUES (?, ?, ?, ?, ?, 1)',
          kind,
          record.id,
          record.name,
          parentOf(record),
          body,
        )
      : await change(
          'UPDATE agreement_record SET name = ?, parent = ?, body = ?, version = version + 1 WHERE kind = ? AND id = ? AND version = ?',
          record.name,
          parentOf(record),
          body,
          kind,
          record.id,
          rowVersion,
        );
  return written === 1;
}

const bodies = async <Kind extends RecordKind>(kind: Kind, where: string, most: number, ...params: string[]): Promise<RecordOf<Kind>[]> =>
  (
    await select(
      bodyOf(kind),
      `SELECT CAST(JSON_REMOVE(body, '$.card', '$.representatives', '$.requesters') AS CHAR) AS body, version FROM agreement_record
       WHERE kind = ? AND ${where} ORDER BY name, id LIMIT ${String(Math.trunc(most))}`,
      kind,
      ...params,
    )
  ).map(({ record }) => record);

/** By name; without their cards. */
export const servicesOf = (states: readonly string[], most: number): Promise<RecordOf<'service'>[]> =>
  bodies('service', `JSON_UNQUOTE(JSON_EXTRACT(body, '$.state')) IN (${inList(states.length)})`, most, ...states);
/** By name; without their people. */
export const customersOf = (most: number): Promise<RecordOf<'party'>[]> =>
  bodies('party', `JSON_UNQUOTE(JSON_EXTRACT(body, '$.kind')) = 'customer'`, most);

/** Of a file: each is there afterwards as it says; one that says the same keeps its version. */
export async function bringRecords(kind: RecordKind, all: readonly { id: string; name: string; parent?: string }[]): Promise<void> {
  await inPortions(all, (records) =>
    change(
      `INSERT INTO agreement_record (kind, id, name, parent, body, version) VALUES ${records.map(() => '(?, ?, ?, ?, ?, 1)').join(', ')}
       ON DUPLICATE KEY UPDATE version = IF(body = VALUES(body), version, version + 1), name = VALUES(name), parent = VALUES(parent), body = VALUES(body)`,
      ...records.flatMap((one) => [kind, one.id, one.name, one.parent ?? null, JSON.stringify(one)]),
    ),
  );
}

/** By id, so many after one; whole. */
export const recordsAfter = async (kind: RecordKind, id: string, most: number): Promise<RecordOf<RecordKind>[]> =>
  (
    await select(
      bodyOf(kind),
      `SELECT body, version FROM agreement_record WHERE kind = ? AND id > ? ORDER BY id LIMIT ${String(Math.trunc(most))}`,
      kind,
      id,
    )
  ).map(({ record }) => record);
