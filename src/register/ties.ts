/**
 * What work items have to do with items: which they name is said by Jira's own fields and followed here, in whatever order the news come; what is planned
 * for an item and what came of it is kept here alone.
 */
import { z } from 'zod';
import { itemKey, TIE_OUTCOMES, TIE_ROLES, tiePlan, type TieOutcome, type TiePlan, type TieRole } from '../contract';
import { LIFE_KEYS, type StatusKey, STATUSES, type WorkTypeKey } from '../method';
import { LOCKING } from './locks';
import { change, type Question, select, sqlMoment, sqlNumber, type SqlValue, toSql } from '../platform/sql';

export const roleOf = (role: TieRole): number => TIE_ROLES.indexOf(role);

const idText = (changeId: string): string => changeId.slice(-19).padStart(19, '0');
/** How new a reading of a work item is: by the last entry of its changelog. Texts of readings sort as the readings do. */
export const heardOf = (at: number, changeId = '0'): string => `${String(Math.trunc(at)).padStart(14, '0')}.${idText(changeId)}`;

/** A work item as it was read. */
export interface Naming {
  work: { id: string; key: string };
  type: WorkTypeKey;
  status: StatusKey;
  reportedAt: number;
  window: { start?: number | undefined; end?: number | undefined };
  names: Readonly<Record<TieRole, readonly string[]>>;
  heard: string;
}

/** Of a work item itself, beside the items that it names. */
const NO_ITEM = '';

const isKey = (name: string): boolean => itemKey.safeParse(name).success;
const column = (moment: number | undefined): SqlValue => (moment === undefined ? null : toSql(moment));

const FOLLOWED = ['work_key', 'type', 'status', 'is_open', 'reported_at', 'window_start', 'window_end'] as const;

/** Follows one reading. An older one, or the same again, changes nothing that a newer one said; plans and outcomes of what is still named stay. */
export async function sync({ work, type, status, reportedAt, window, names, heard }: Naming): Promise<void> {
  const named = TIE_ROLES.flatMap((role) => names[role].filter(isKey).map((key) => [key, roleOf(role)] as const));
  const rows = [[NO_ITEM, 0] as const, ...named];
  const open = STATUSES[status].category === 'DONE' ? 0 : 1;
  const common: SqlValue[] = [work.key, type, status, open, toSql(reportedAt), column(window.start), column(window.end), heard];
  await change(
    `INSERT INTO mi_tie (work_id, item_key, role, ${FOLLOWED.join(', ')}, heard)
     VALUES ${rows.map(() => `(?, ?, ?, ${common.map(() => '?').join(', ')})`).join(', ')}
     ON DUPLICATE KEY UPDATE ${FOLLOWED.map((name) => `${name} = IF(VALUES(heard) >= heard, VALUES(${name}), ${name})`).join(', ')},
       heard = GREATEST(heard, VALUES(heard))`,
    ...rows.flatMap(([key, role]) => [work.id, key, role, ...common]),
  );
  await change(
    `DELETE t FROM mi_tie AS t JOIN mi_tie AS s ON s.work_id = t.work_id AND s.item_key = '${NO_ITEM}' WHERE t.work_id = ? AND t.heard < s.heard`,
    work.id,
  );
}

/** Deleted, or not under USM any more. */
export const forgetWork = async (workId: string): Promise<void> => void (await change('DELETE FROM mi_tie WHERE work_id = ?', workId));

/** Whether a reading with this entry of the changelog, or with a later one, is followed already. */
export async function hasHeard(workId: string, changeId: string): Promise<boolean> {
  const [found] = await select(
    z.object({ heard: z.string() }),
    `SELECT heard FROM mi_tie WHERE work_id = ? AND item_key = '${NO_ITEM}' AND role = 0`,
    workId,
  );
  return found !== undefined && (found.heard.split('.')[1] ?? '') >= idText(changeId);
}

/** Those of these work items that name an item. */
export async function tiedAmong(workIds: readonly string[]): Promise<Set<string>> {
  if (workIds.length === 0) return new Set();
  const rows = await select(
    z.object({ work_id: z.string() }),
    `SELECT DISTINCT work_id FROM mi_tie WHERE work_id IN (${workIds.map(() => '?').join(', ')}) AND item_key <> '${NO_ITEM}'`,
    ...workIds,
  );
  return new Set(rows.map((row) => row.work_id));
}

/** JSON comes as what it says, or as its text (MariaDB has no type for it). */
const json = <T extends z.ZodType>(schema: T) => z.preprocess((sent) => (typeof sent === 'string' ? (JSON.parse(sent) as unknown) : sent), schema);
const rows = <T extends z.ZodType>(schema: T) => json(z.array(schema).nullable()).transform((all) => all ?? []);

const maybe = <T extends z.ZodType>(schema: T) => schema.nullable().transform((value) => value ?? undefined);
const role = z.number().transform((place): TieRole => TIE_ROLES[place] ?? 'concerned');

const item = z.object({
  key: z.string(),
  name: z.string(),
  class: z.string(),
  life: z.number().transform((place) => LIFE_KEYS[place] ?? 'inUse'),
  keeper: maybe(z.string()),
  location: maybe(z.string()),
});
export type KnownItem = z.infer<typeof item>;

const own = z.object({
  key: z.string(),
  role,
  plan: maybe(json(tiePlan)),
  outcome: maybe(z.enum(TIE_OUTCOMES)),
  why: maybe(z.string()),
});
export type OwnTie = z.infer<typeof own>;

const other = z.object({
  item: z.string(),
  workId: z.string(),
  workKey: z.string(),
  start: maybe(sqlMoment),
  end: maybe(sqlMoment),
});
/** A Request for Change that is to change an item as well, and is not done. */
export type OtherChange = z.infer<typeof other>;

const failing = z.object({ key: z.string(), times: sqlNumber });

const known = json(
  z.object({ begun: sqlNumber.transform((held) => held === 1), items: rows(item), own: rows(own), others: rows(other), failures: rows(failing) }),
);
/** What the records say of the items that one work item names. */
export type Known = z.infer<typeof known>;

const object = (columns: Readonly<Record<string, string>>): string =>
  `JSON_OBJECT(${Object.entries(columns)
    .map(([name, expression]) => `'${name}', ${expression}`)
    .join(', ')})`;
const array = (columns: Readonly<Record<string, string>>, from: string): string => `(SELECT JSON_ARRAYAGG(${object(columns)}) FROM ${from})`;

/** Incidents count where something failed: not where it turned out to be something else. */
export const FAILED = `type = 'incident' AND status <> 'cancelled'`;

interface Asked {
  workId: string;
  names: readonly string[];
  /** Failures since then are counted. */
  since: number;
}

/** One value, so that it is read along with whatever else a gate reads. */
export function knownExpression({ workId, names, since }: Asked): Question {
  const keys = names.length === 0 ? [NO_ITEM] : names;
  const among = `item_key IN (${keys.map(() => '?').join(', ')})`;
  const failures = `(SELECT item_key, COUNT(DISTINCT work_id) AS times FROM mi_tie
    WHERE ${among} AND item_key <> '${NO_ITEM}' AND ${FAILED} AND reported_at >= ? GROUP BY item_key) AS failing`;
  return {
    text: `JSON_OBJECT('begun', EXISTS (SELECT 1 FROM mi_item),
      'items', ${array({ key: 'item_key', name: 'name', class: 'class', life: 'life', keeper: 'keeper', location: 'location' }, `mi_item WHERE ${among}`)},
      'own', ${array({ key: 'item_key', role: 'role', plan: 'plan', outcome: 'outcome', why: 'outcome_why' }, `mi_tie WHERE work_id = ? AND item_key <> '${NO_ITEM}'`)},
      'others', ${array(
        {
          item: 'item_key',
          workId: 'work_id',
          workKey: 'work_key',
          start: 'CAST(window_start AS CHAR)',
          end: 'CAST(window_end AS CHAR)',
        },
        `mi_tie AS t WHERE ${among} AND ${LOCKING} AND work_id <> ?`,
      )},
      'failures', ${array({ key: 'item_key', times: 'times' }, failures)})`,
    params: [...keys, workId, ...keys, workId, ...keys, toSql(since)],
  };
}

export const knownFrom = (sent: unknown): Known => known.parse(sent);

/** Read by itself. */
export async function readKnown(asked: Asked): Promise<Known> {
  const { text, params } = knownExpression(asked);
  const [found] = await select(z.object({ known }), `SELECT CAST(${text} AS CHAR) AS known`, ...params);
  if (!found) throw new Error('a value is always there');
  return found.known;
}

const planText = (plan: TiePlan | undefined): string | null => (plan === undefined ? null : JSON.stringify(plan));

/** What came of an earlier plan does not count for this one. */
export async function keepPlan(workId: string, key: string, role: TieRole, plan: TiePlan | undefined): Promise<void> {
  await change(
    `UPDATE mi_tie SET plan = ?, outcome = NULL, outcome_why = NULL, outcome_by = NULL, outcome_at = NULL
     WHERE work_id = ? AND item_key = ? AND role = ?`,
    planText(plan),
    workId,
    key,
    roleOf(role),
  );
}

export interface Outcome {
  outcome: TieOutcome;
  why?: string | undefined;
  by: string | undefined;
  at: number;
}

export async function keepOutcome(workId: string, key: string, role: TieRole, { outcome, why, by, at }: Outcome): Promise<void> {
  await change(
    'UPDATE mi_tie SET outcome = ?, outcome_why = ?, outcome_by = ?, outcome_at = ? WHERE work_id = ? AND item_key = ? AND role = ?',
    outcome,
    why ?? null,
    by ?? null,
    toSql(at),
    workId,
    key,
    roleOf(role),
  );
}
