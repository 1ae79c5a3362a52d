/**
 * Items and their versions in SQL. The newest version of an item is its row: a change first copies what the row says to `mi_version`, which may be done
 * twice, then writes the row where it still has the version that was looked at. Every act carries a stamp, so that the same act once more is known.
 */
import { z } from 'zod';
import {
  type AttributeChange,
  attributeChange,
  CRITICALITIES,
  type ItemVersion,
  type ManagedItem,
  versionCause,
  type VersionCause,
  VERSIONS_A_PAGE,
  verifiedHow,
} from '../contract';
import { LIFE_KEYS } from '../method';
import { now } from '../platform/clock';
import { change, select, sqlMoment, sqlNumber, type SqlValue, toSql } from '../platform/sql';
import { VERSION_COLUMNS } from './tables';

export interface Verified {
  at: number;
  how: z.infer<typeof verifiedHow>;
}

/** What a file said of an item: absent parts stay as they are. `said`: by attribute. */
export interface FromFile {
  source: string;
  said: Readonly<Record<string, string>>;
  seenAt: number;
}

export interface StoredItem {
  id: number;
  item: ManagedItem;
  /** Its newest version. */
  version: ItemVersion;
  /** Of the act that made it. */
  run: string | undefined;
  verified: Verified | undefined;
  file: FromFile | undefined;
  goneAt: number | undefined;
  createdAt: number;
}

/** Who does it, why and under which work item. `run` tells one act from another: the same one again changes nothing more. */
export interface Stamp {
  cause: VersionCause;
  /** An account id; absent: the app itself. */
  by?: string | undefined;
  workItem?: { id: string; key: string } | undefined;
  why?: string | undefined;
  run: string;
  at?: number | undefined;
}

const maybe = <T>(schema: z.ZodType<T>) => schema.nullish().transform((value) => value ?? undefined);
const json = <T>(schema: z.ZodType<T>) => z.string().transform((text) => schema.parse(JSON.parse(text)));
const inOrder = <T>(list: readonly T[]) =>
  sqlNumber.transform((place, context): T => {
    const found = list[place];
    if (found !== undefined) return found;
    context.addIssue({ code: 'custom', message: `no such place: ${String(place)}` });
    return z.NEVER;
  });

export const lifeColumn = inOrder(LIFE_KEYS);
export const criticalityColumn = inOrder(CRITICALITIES);

const versionShape = {
  version: sqlNumber,
  at: sqlMoment,
  actor: maybe(z.string()),
  cause: versionCause,
  work_id: maybe(z.string()),
  work_key: maybe(z.string()),
  run: maybe(z.string()),
  changes: json(z.array(attributeChange)),
  why: maybe(z.string()),
};

type VersionRow = z.infer<z.ZodObject<typeof versionShape>>;
const versionFrom = ({ version, at, actor, cause, work_id, work_key, changes, why }: VersionRow): ItemVersion => ({
  number: version,
  at,
  cause,
  changes,
  ...(actor !== undefined && { by: actor }),
  ...(work_id !== undefined && work_key !== undefined && { workItem: { id: work_id, key: work_key } }),
  ...(why !== undefined && { why }),
});

const given = <T extends object>(values: T): { [K in keyof T]: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as { [K in keyof T]: Exclude<T[K], undefined> };

const itemRow = z
  .object({
    id: sqlNumber,
    item_key: z.string(),
    name: z.string(),
    class: z.string(),
    life: lifeColumn,
    keeper: maybe(z.string()),
    location: maybe(z.string()),
    criticality: maybe(criticalityColumn),
    supplier: maybe(z.string()),
    uc: maybe(z.string()),
    attributes: json(z.record(z.string(), z.string())),
    verified_at: maybe(sqlMoment),
    verified_how: maybe(verifiedHow),
    source: maybe(z.string()),
    said: maybe(json(z.record(z.string(), z.string()))),
    seen_at: maybe(sqlMoment),
    gone_at: maybe(sqlMoment),
    created_at: sqlMoment,
    ...versionShape,
  })
  .transform((row): StoredItem => {
    const { id, item_key: key, name, class: of, life, keeper, location, criticality, supplier, uc, attributes } = row;
    const { verified_at: verifiedAt, verified_how: how, source, said, seen_at: seenAt } = row;
    return {
      id,
      item: { key, class: of, name, life, attributes, ...given({ keeper, location, criticality, supplier, uc }) },
      version: versionFrom(row),
      run: row.run,
      verified: verifiedAt !== undefined && how !== undefined ? { at: verifiedAt, how } : undefined,
      file: source !== undefined && said !== undefined && seenAt !== undefined ? { source, said, seenAt } : undefined,
      goneAt: row.gone_at,
      createdAt: row.created_at,
    };
  });

/** A statement with thousands of parameters costs the database more memory than what it writes. */
const ROWS_A_STATEMENT = 40;
/** So many names one question takes. */
const KEYS_A_QUESTION = 500;
export const marks = (count: number): string => Array.from({ length: count }, () => '?').join(', ');

/** One after the other, so many at once. */
export async function inParts<T, R>(all: readonly T[], size: number, run: (some: readonly T[]) => Promise<readonly R[]>): Promise<R[]> {
  const found: R[] = [];
  for (let from = 0; from < all.length; from += size) found.push(...(await run(all.slice(from, from + size))));
  return found;
}

const whole = (column: 'item_key' | 'id', wanted: readonly (string | number)[]): Promise<StoredItem[]> =>
  inParts([...new Set(wanted)], KEYS_A_QUESTION, (some) =>
    select(itemRow, `SELECT * FROM mi_item WHERE ${column} IN (${marks(some.length)})`, ...some),
  );

export const itemsByIds = (ids: readonly number[]): Promise<StoredItem[]> => whole('id', ids);

/** By key as the register writes it, whichever way it was asked for. */
export const folded = (key: string): string => key.toLowerCase();
export async function itemsByKeys(keys: readonly string[]): Promise<Map<string, StoredItem>> {
  return new Map((await whole('item_key', keys)).map((one) => [folded(one.item.key), one]));
}

export async function itemByKey(key: string): Promise<StoredItem | undefined> {
  return (await itemsByKeys([key])).get(folded(key));
}

/** Ids by folded key. */
export async function idsOf(keys: readonly string[]): Promise<Map<string, number>> {
  const row = z.object({ id: sqlNumber, item_key: z.string() });
  const found = await inParts([...new Set(keys.map(folded))], KEYS_A_QUESTION, (some) =>
    select(row, `SELECT id, item_key FROM mi_item WHERE item_key IN (${marks(some.length)})`, ...some),
  );
  return new Map(found.map((one) => [folded(one.item_key), one.id]));
}

/** Whether it has begun: the rules are judged on it only then. */
export const holdsItems = async (): Promise<boolean> => (await select(z.object({ id: sqlNumber }), 'SELECT id FROM mi_item LIMIT 1')).length > 0;

type Columns = Record<string, SqlValue>;
const momentOrNull = (at: number | undefined): string | null => (at === undefined ? null : toSql(at));

const ownColumns = ({ name, life, keeper, location, criticality, supplier, uc, attributes }: ManagedItem): Columns => ({
  name,
  life: LIFE_KEYS.indexOf(life),
  keeper: keeper ?? null,
  location: location ?? null,
  criticality: criticality === undefined ? null : CRITICALITIES.indexOf(criticality),
  supplier: supplier ?? null,
  uc: uc ?? null,
  attributes: JSON.stringify(attributes),
});
const verifiedColumns = (verified: Verified | undefined): Columns => ({
  verified_at: momentOrNull(verified?.at),
  verified_how: verified?.how ?? null,
});
const fileColumns = (file: FromFile | undefined): Columns => ({
  source: file?.source ?? null,
  said: file ? JSON.stringify(file.said) : null,
  seen_at: momentOrNull(file?.seenAt),
});
const stampColumns = ({ cause, by, workItem, why, run }: Stamp, at: string, changes: readonly AttributeChange[]): Columns => ({
  at,
  actor: by ?? null,
  cause,
  work_id: workItem?.id ?? null,
  work_key: workItem?.key ?? null,
  run,
  changes: JSON.stringify(changes),
  why: why ?? null,
});

export interface NewItem {
  item: ManagedItem;
  verified?: Verified | undefined;
  file?: FromFile | undefined;
}

/** Answers the keys that were there before: of these nothing was written. The same act again finds its own items and says nothing of them. */
export async function createAll(all: readonly NewItem[], stamp: Stamp): Promise<string[]> {
  const at = toSql(stamp.at ?? now());
  return inParts(all, ROWS_A_STATEMENT, async (some) => {
    const rows = some.map(({ item, verified, file }): Columns => ({
      item_key: item.key,
      class: item.class,
      ...ownColumns(item),
      ...verifiedColumns(verified),
      ...fileColumns(file),
      version: 1,
      ...stampColumns(stamp, at, []),
      created_at: at,
    }));
    const names = Object.keys(rows[0] ?? {});
    const written = await change(
      `INSERT IGNORE INTO mi_item (${names.join(', ')}) VALUES ${rows.map(() => `(${marks(names.length)})`).join(', ')}`,
      ...rows.flatMap((row) => Object.values(row)),
    );
    if (written === some.length) return [];
    const others = await select(
      z.object({ item_key: z.string(), run: z.string().nullable() }),
      `SELECT item_key, run FROM mi_item WHERE item_key IN (${marks(some.length)})`,
      ...some.map(({ item }) => item.key),
    );
    const mine = new Set(others.filter(({ run }) => run === stamp.run).map(({ item_key: key }) => folded(key)));
    return some.map(({ item }) => item.key).filter((key) => !mine.has(folded(key)));
  });
}

export interface ItemChange {
  id: number;
  /** The version that was looked at. */
  version: number;
  /** As it is from now on. */
  item: ManagedItem;
  changes: readonly AttributeChange[];
  verified?: Verified | undefined;
  /** Absent: what an earlier file said stays. A file that names an item ends its being gone. */
  file?: FromFile | undefined;
}

const archive = (ids: readonly number[]): Promise<number> =>
  change(
    `INSERT IGNORE INTO mi_version (item, ${VERSION_COLUMNS.join(', ')}) SELECT id, ${VERSION_COLUMNS.join(', ')} FROM mi_item WHERE id IN (${marks(ids.length)})`,
    ...ids,
  );

/** What a change may leave as it is. */
const KEPT = new Set(['verified_at', 'verified_how', 'source', 'said', 'seen_at']);
const NUMBERS = new Set(['id', 'version', 'life', 'criticality']);

/** Answers the ids that were not changed, since they have another version by now. */
export async function changeAll(all: readonly ItemChange[], stamp: Stamp): Promise<number[]> {
  const at = toSql(stamp.at ?? now());
  return inParts(all, ROWS_A_STATEMENT, async (some) => {
    await archive(some.map(({ id }) => id));
    const rows = some.map(({ id, version, item, changes, verified, file }): Columns => ({
      id,
      version,
      ...ownColumns(item),
      ...verifiedColumns(verified),
      ...fileColumns(file),
      ...stampColumns(stamp, at, changes),
    }));
    const names = Object.keys(rows[0] ?? {});
    const first = names.map((name) => `${NUMBERS.has(name) ? 'CAST(? AS SIGNED)' : '?'} AS ${name}`).join(', ');
    const next = names.map((name) => (NUMBERS.has(name) ? 'CAST(? AS SIGNED)' : '?')).join(', ');
    const set = names
      .filter((name) => name !== 'id' && name !== 'version')
      .map((name) => `i.${name} = ${KEPT.has(name) ? `COALESCE(n.${name}, i.${name})` : `n.${name}`}`);
    const written = await change(
      `UPDATE mi_item i JOIN (SELECT ${first}${` UNION ALL SELECT ${next}`.repeat(rows.length - 1)}) n ON n.id = i.id
       SET ${set.join(', ')}, i.gone_at = IF(n.seen_at IS NULL, i.gone_at, NULL), i.version = i.version + 1
       WHERE i.version = n.version`,
      ...rows.flatMap((row) => Object.values(row)),
    );
    if (written === some.length) return [];
    const stand = await select(
      z.object({ id: sqlNumber, version: sqlNumber, run: z.string().nullable() }),
      `SELECT id, version, run FROM mi_item WHERE id IN (${marks(some.length)})`,
      ...some.map(({ id }) => id),
    );
    const mine = new Set(stand.filter(({ run }) => run === stamp.run).map(({ id, version }) => `${String(id)}:${String(version)}`));
    return some.filter(({ id, version }) => !mine.has(`${String(id)}:${String(version + 1)}`)).map(({ id }) => id);
  });
}

/** The key of the item that this act made, whatever became of it since; the first one, should two of the same have come at once. */
export async function madeBy(run: string): Promise<string | undefined> {
  const rows = await select(
    z.object({ id: sqlNumber, item_key: z.string() }),
    `SELECT id, item_key FROM mi_item WHERE run = ? AND version = 1
     UNION SELECT i.id, i.item_key FROM mi_version v JOIN mi_item i ON i.id = v.item WHERE v.run = ? AND v.version = 1 ORDER BY id LIMIT 1`,
    run,
    run,
  );
  return rows[0]?.item_key;
}

/** What the same act made once more, a moment later than itself. */
export const takeBack = async (key: string, run: string): Promise<void> =>
  void (await change('DELETE FROM mi_item WHERE item_key = ? AND run = ? AND version = 1', key, run));

/** The number that the next key of this prefix gets: NET-0414 after NET-0413. */
export async function nextNumber(prefix: string): Promise<number> {
  const rows = await select(
    z.object({ n: sqlNumber.nullable() }),
    `SELECT MAX(CAST(SUBSTRING(item_key, ?) AS UNSIGNED)) AS n FROM mi_item WHERE item_key LIKE ? AND item_key REGEXP ?`,
    prefix.length + 2,
    `${prefix}-%`,
    `^${prefix}-[0-9]{1,9}$`,
  );
  return (rows[0]?.n ?? 0) + 1;
}

const versionRow = z.object(versionShape).transform((row) => ({ ...versionFrom(row), run: row.run }));
export type StoredVersion = z.infer<typeof versionRow>;

/** Newest first, the one that its row says first of all; `before`: only older ones. */
export async function versionsOf(id: number, before?: number, most: number = VERSIONS_A_PAGE): Promise<StoredVersion[]> {
  const columns = VERSION_COLUMNS.join(', ');
  const limit = String(Math.trunc(most));
  const older = before === undefined ? '' : 'AND version < ?';
  const from = before === undefined ? [] : [before];
  const rows = await select(
    versionRow,
    `SELECT ${columns} FROM mi_item WHERE id = ? ${older}
     UNION ALL (SELECT ${columns} FROM mi_version WHERE item = ? ${older} ORDER BY version DESC LIMIT ${String(Math.trunc(most) + 1)})
     ORDER BY version DESC LIMIT ${String(Math.trunc(most) + 1)}`,
    id,
    ...from,
    id,
    ...from,
  );
  // Whoever died before the row was written has left a copy of what it says still.
  const seen = new Set<number>();
  return rows.filter(({ number }) => !seen.has(number) && seen.add(number)).slice(0, Number(limit));
}
