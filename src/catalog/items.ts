/** Items of the catalog in SQL: the text as it is written, the one that was approved, and who did what with it. */
import { z } from 'zod';
import { CATALOG_STATUSES, CATALOG_TYPES, catalogItem, type CatalogItem, type CatalogStatus } from '../contract';
import { Fault } from '../platform/errors';
import { change, type Migration, select, sqlFlag, sqlNumber, type SqlValue } from '../platform/sql';
import { readyMinutes } from './words';

const ID = 'VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin';
const SIGNS = 'CHARACTER SET ascii COLLATE ascii_bin';
const WORDS = 'CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci';
const SEARCHED = 2_000;

export const itemMigrations: readonly Migration[] = [
  {
    name: 'v060_catalog_item',
    // body: as it is written now. approved: as people see it; null until somebody has approved it. The columns between are of what people see.
    statement: `CREATE TABLE IF NOT EXISTS catalog_item (
      id ${ID} NOT NULL PRIMARY KEY,
      title VARCHAR(120) ${WORDS} NOT NULL,
      service ${ID} NOT NULL,
      type VARCHAR(16) ${SIGNS} NOT NULL,
      status VARCHAR(10) ${SIGNS} NOT NULL,
      ready INT NOT NULL,
      charged TINYINT NOT NULL,
      automatic TINYINT NOT NULL,
      valid_until VARCHAR(10),
      search VARCHAR(${String(SEARCHED)}) ${WORDS} NOT NULL,
      body LONGTEXT NOT NULL,
      approved LONGTEXT,
      deeds LONGTEXT NOT NULL,
      version INT NOT NULL,
      UNIQUE KEY catalog_item_title (title),
      KEY catalog_item_status (status, title, id),
      KEY catalog_item_service (service, status)
    )`,
  },
];

const deed = z.object({ kind: z.enum(['approve', 'withdraw']), by: z.string(), at: z.number() });
export type ItemDeed = z.infer<typeof deed>;

const row = z
  .object({
    status: z.enum(CATALOG_STATUSES),
    body: z.string(),
    approved: z.string().nullable(),
    deeds: z.string(),
    version: sqlNumber,
  })
  .transform((one) => ({
    /** As it is written. */
    item: catalogItem.parse(JSON.parse(one.body)),
    /** As people see it. */
    approved: one.approved === null ? undefined : catalogItem.parse(JSON.parse(one.approved)),
    status: one.status,
    deeds: z.array(deed).parse(JSON.parse(one.deeds)),
    rowVersion: one.version,
    changed: one.approved !== null && one.approved !== one.body,
  }));
export type StoredItem = z.infer<typeof row>;

const FIELDS = 'status, body, approved, deeds, version';
const inList = (count: number): string => Array.from({ length: count }, () => '?').join(', ');

export const itemWith = async (id: string): Promise<StoredItem | undefined> =>
  (await select(row, `SELECT ${FIELDS} FROM catalog_item WHERE id = ?`, id))[0];

/** As the field of a work item names it. */
export const itemCalled = async (title: string): Promise<StoredItem | undefined> =>
  (await select(row, `SELECT ${FIELDS} FROM catalog_item WHERE title = ?`, title))[0];

export const itemsWith = async (ids: readonly string[]): Promise<Map<string, StoredItem>> => {
  if (ids.length === 0) return new Map();
  const found = await select(row, `SELECT ${FIELDS} FROM catalog_item WHERE id IN (${inList(ids.length)})`, ...ids);
  return new Map(found.map((one) => [one.item.id, one]));
};

/** Whose title it is, if it is somebody's. */
export const titleTaken = async (title: string, id: string): Promise<string | undefined> =>
  (await select(z.object({ id: z.string() }), 'SELECT id FROM catalog_item WHERE title = ? AND id <> ?', title, id))[0]?.id;

const likeText = (words: string): string => `%${words.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
/** Every word has to be there, in whatever order; more than these narrow nothing for people. */
const MOST_WORDS = 8;
function found(search: string): { where: string; params: string[] } {
  const words = search
    .split(/\s+/)
    .filter((word) => word !== '')
    .slice(0, MOST_WORDS);
  return { where: words.map(() => 'AND search LIKE ?').join(' '), params: words.map(likeText) };
}

const light = z.object({ id: z.string(), title: z.string(), service: z.string(), ready: sqlNumber, charged: sqlFlag });
export type LightItem = z.infer<typeof light>;

/** What can be asked for on a day, by title: ids and what lists narrow by alone, so that ten thousand fit into one answer. */
export function approvedItems(search: string, today: string): Promise<LightItem[]> {
  const { where, params } = found(search);
  return select(
    light,
    `SELECT id, title, service, ready, charged FROM catalog_item WHERE status = 'approved' AND (valid_until IS NULL OR valid_until >= ?) ${where}
     ORDER BY title, id LIMIT 20000`,
    today,
    ...params,
  );
}

/** Ids of what can be asked for of one service on a day, by title. */
export const approvedOf = async (service: string, today: string): Promise<string[]> =>
  (
    await select(
      z.object({ id: z.string() }),
      `SELECT id FROM catalog_item WHERE service = ? AND status = 'approved' AND (valid_until IS NULL OR valid_until >= ?) ORDER BY title, id`,
      service,
      today,
    )
  ).map(({ id }) => id);

const listedRow = z.object({
  id: z.string(),
  title: z.string(),
  type: z.enum(CATALOG_TYPES),
  service: z.string(),
  status: z.enum(CATALOG_STATUSES),
  changed: sqlFlag,
  valid_until: z.string().nullable(),
});

const A_PAGE = 100;
const place = z.tuple([z.string(), z.string()]);
const toPlace = (value: [string, string]): string => Buffer.from(JSON.stringify(value)).toString('base64url');
export function placeFrom<T>(schema: z.ZodType<T>, text: string): T {
  try {
    return schema.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
  } catch {
    throw new Fault('person.input', 'This list cannot be continued from there. Load it again.');
  }
}

/** Every item, by title, for whoever keeps them. */
export async function listItems({ search, status, after }: { search: string; status?: CatalogStatus | undefined; after?: string | undefined }) {
  const { where, params } = found(search);
  const from = after === undefined ? undefined : placeFrom(place, after);
  const narrowed = `${where} ${status === undefined ? '' : 'AND status = ?'}`;
  const given: SqlValue[] = [...params, ...(status === undefined ? [] : [status])];
  const [rows, counted] = await Promise.all([
    select(
      listedRow,
      `SELECT id, title, type, service, status, IF(approved IS NULL OR approved = body, 0, 1) AS changed, valid_until FROM catalog_item
       WHERE 1 = 1 ${narrowed} ${from ? 'AND (title > ? OR (title = ? AND id > ?))' : ''} ORDER BY title, id LIMIT ${String(A_PAGE + 1)}`,
      ...given,
      ...(from ? [from[0], from[0], from[1]] : []),
    ),
    select(z.object({ n: sqlNumber }), `SELECT COUNT(*) AS n FROM catalog_item WHERE 1 = 1 ${narrowed}`, ...given),
  ]);
  const shown = rows.slice(0, A_PAGE);
  const last = shown.at(-1);
  return { rows: shown, total: counted[0]?.n ?? 0, ...(rows.length > A_PAGE && last && { after: toPlace([last.title, last.id]) }) };
}

const searchText = ({ title, what, forWhom, alsoCalled }: CatalogItem): string => [title, what, ...alsoCalled, forWhom].join('\n').slice(0, SEARCHED);

/** What lists ask, of the text that people see. */
const columns = (item: CatalogItem): [column: string, value: SqlValue][] => [
  ['title', item.title],
  ['service', item.service],
  ['type', item.type],
  ['ready', readyMinutes(item.delivery)],
  ['charged', item.price.kind === 'amount' ? 1 : 0],
  ['automatic', item.automatic ? 1 : 0],
  ['valid_until', item.validUntil ?? null],
  ['search', searchText(item)],
];

export interface Next {
  item: CatalogItem;
  approved: CatalogItem | undefined;
  status: CatalogStatus;
  deeds: readonly ItemDeed[];
}

/** Compare-and-set; 0: it must not be there yet. `false`: somebody else was faster. */
export async function writeItem({ item, approved, status, deeds }: Next, rowVersion: number): Promise<boolean> {
  const set: [string, SqlValue][] = [
    ...columns(approved ?? item),
    ['status', status],
    ['body', JSON.stringify(item)],
    ['approved', approved === undefined ? null : JSON.stringify(approved)],
    ['deeds', JSON.stringify(deeds)],
  ];
  const values = set.map(([, value]) => value);
  const touched =
    rowVersion === 0
      ? await change(
          `INSERT IGNORE INTO catalog_item (id, version, ${set.map(([column]) => column).join(', ')}) VALUES (?, 1, ${inList(set.length)})`,
          item.id,
          ...values,
        )
      : await change(
          `UPDATE catalog_item SET ${set.map(([column]) => `${column} = ?`).join(', ')}, version = version + 1 WHERE id = ? AND version = ?`,
          ...values,
          item.id,
          rowVersion,
        );
  return touched === 1;
}

/** Titles that work items may name, so many at a time. */
export const titlesAfter = async (title: string, most: number): Promise<string[]> =>
  (
    await select(
      z.object({ title: z.string() }),
      `SELECT title FROM catalog_item WHERE approved IS NOT NULL AND title > ? ORDER BY title LIMIT ${String(Math.trunc(most))}`,
      title,
    )
  ).map((one) => one.title);
