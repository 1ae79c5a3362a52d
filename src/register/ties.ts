/**
 * What work items have to do with items: which they name is said by Jira's own fields and followed here, in whatever order the news come; what is planned
 * for an item and what came of it is kept here alone.
 */
import { z } from 'zod';
import { itemKey, TIE_OUTCOMES, TIE_ROLES, tiePlan, type TieOutcome, type TiePlan, type TieRole } from '../contract';
import { LIFE_KEYS, type StatusKey, STATUSES, type WorkTypeKey } from '../method';
import { LOCKING } from './locks';
import { answered, change, jsonOf, type Question, select, sqlMoment, sqlNumber, type SqlValue, together, toSql } from '../platform/sql';

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

const maybe = <T extends z.ZodType>(schema: T) => schema.nullable().transform((value) => value ?? undefined);
const role = z.number().transform((place): TieRole => TIE_ROLES[place] ?? 'concerned');

const item = z.object({
  of: z.literal('item'),
  key: z.string(),
  class: z.string(),
  life: z.number().transform((place) => LIFE_KEYS[place] ?? 'inUse'),
  keeper: maybe(z.string()),
  location: maybe(z.string()),
});
const own = z.object({
  of: z.literal('own'),
  key: z.string(),
  role,
  plan: maybe(z.string().transform((text) => tiePlan.parse(JSON.parse(text)))),
  outcome: maybe(z.enum(TIE_OUTCOMES)),
  why: maybe(z.string()),
});
export type OwnTie = Omit<z.infer<typeof own>, 'of'>;

const other = z.object({
  of: z.literal('other'),
  item: z.string(),
  workId: z.string(),
  workKey: z.string(),
  start: maybe(sqlMoment),
  end: maybe(sqlMoment),
});
const failing = z.object({ of: z.literal('failing'), key: z.string(), times: sqlNumber });
const begun = z.object({ of: z.literal('begun'), held: sqlNumber });

const line = z.discriminatedUnion('of', [begun, item, own, other, failing]);

/** What the records say of the items that one work item names. */
export interface Known {
  /** The register holds an item. */
  begun: boolean;
  items: z.infer<typeof item>[];
  /** Ties of the work item itself. */
  own: z.infer<typeof own>[];
  /** Requests for Change that are to change an item as well, and are not done. */
  others: z.infer<typeof other>[];
  failures: z.infer<typeof failing>[];
}

/** Incidents count where something failed: not where it turned out to be something else. */
export const FAILED = `type = 'incident' AND status <> 'cancelled'`;

interface Asked {
  workId: string;
  names: readonly string[];
  /** Failures since then are counted. */
  since: number;
}

/** Rows of one kind each, so that they are read along with whatever else a gate reads. */
export function knownQuestion({ workId, names, since }: Asked): Question {
  const keys = names.length === 0 ? [NO_ITEM] : names;
  const among = `item_key IN (${keys.map(() => '?').join(', ')}) AND item_key <> '${NO_ITEM}'`;
  const parts: Question[] = [
    { text: `SELECT ${jsonOf({ of: `'begun'`, held: 'EXISTS (SELECT 1 FROM mi_item)' })}`, params: [] },
    {
      text: `SELECT ${jsonOf({ of: `'item'`, key: 'item_key', class: 'class', life: 'life', keeper: 'keeper', location: 'location' })} FROM mi_item WHERE ${among}`,
      params: keys,
    },
    {
      text: `SELECT ${jsonOf({ of: `'own'`, key: 'item_key', role: 'role', plan: 'plan', outcome: 'outcome', why: 'outcome_why' })}
        FROM mi_tie WHERE work_id = ? AND item_key <> '${NO_ITEM}'`,
      params: [workId],
    },
    {
      text: `SELECT ${jsonOf({
        of: `'other'`,
        item: 'item_key',
        workId: 'work_id',
        workKey: 'work_key',
        start: 'CAST(window_start AS CHAR)',
        end: 'CAST(window_end AS CHAR)',
      })} FROM mi_tie AS t WHERE ${among} AND ${LOCKING} AND work_id <> ?`,
      params: [...keys, workId],
    },
    {
      text: `SELECT ${jsonOf({ of: `'failing'`, key: 'item_key', times: 'COUNT(DISTINCT work_id)' })}
        FROM mi_tie WHERE ${among} AND ${FAILED} AND reported_at >= ? GROUP BY item_key`,
      params: [...keys, toSql(since)],
    },
  ];
  return { text: parts.map(({ text }) => text).join(' UNION ALL '), params: parts.flatMap(({ params }) => params) };
}

export function knownFrom(bodies: readonly unknown[]): Known {
  const lines = answered(line, bodies);
  return {
    begun: lines.some((one) => one.of === 'begun' && one.held === 1),
    items: lines.filter((one) => one.of === 'item'),
    own: lines.filter((one) => one.of === 'own'),
    others: lines.filter((one) => one.of === 'other'),
    failures: lines.filter((one) => one.of === 'failing'),
  };
}

/** Read by itself. */
export async function readKnown(asked: Asked): Promise<Known> {
  const { known } = await together({ known: knownQuestion(asked) });
  return knownFrom(known);
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
