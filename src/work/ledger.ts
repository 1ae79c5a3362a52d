/**
 * The ledger: what happened to work items, one line an act. Steps and anomalies come from Jira's changelog, hand-offs from the receipts; what the rules
 * did stands in rule_event and is read along. In SQL. A line is named by what it was read from, so that writing it twice changes nothing.
 */
import { z } from 'zod';
import { ANOMALIES, type AnomalyKind, HANDOFF_EVENTS, type HandoffEvent, type HistoryFilter } from '../contract';
import { RULE_IDS, STATUS_KEYS, WORK_TYPE_KEYS } from '../method';
import { change, select, sqlMoment, sqlNumber, toSql } from '../platform/sql';
import { ASKED } from './receipt-kinds';
import { OUTCOMES } from './rule-events';

export interface LedgerLine {
  id: string;
  itemId: string;
  at: number;
  kind: 'status' | 'handoff' | 'anomaly' | 'grouped' | 'proof';
  from?: string | undefined;
  to?: string | undefined;
  actor?: string | undefined;
  happened?: HandoffEvent | AnomalyKind | undefined;
  receiptId?: string | undefined;
  /** The asked side of a hand-off; the main work item of a group; the file of a proof. */
  otherId?: string | undefined;
}

/** Rows of one INSERT. */
const AT_ONCE = 100;

const parts = <T>(all: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, part) => all.slice(part * size, (part + 1) * size));

/** Writes lines that are not there yet; answers how many those were. */
export async function record(lines: readonly LedgerLine[]): Promise<number> {
  let added = 0;
  for (const some of parts(lines, AT_ONCE)) {
    added += await change(
      `INSERT IGNORE INTO ledger (id, item_id, at, kind, from_status, to_status, actor, happened, receipt_id, other_id)
       VALUES ${some.map(() => '(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)').join(', ')}`,
      ...some.flatMap((one) => [
        one.id,
        one.itemId,
        toSql(one.at),
        one.kind,
        one.from ?? null,
        one.to ?? null,
        one.actor ?? null,
        one.happened ?? null,
        one.receiptId ?? null,
        one.otherId ?? null,
      ]),
    );
  }
  return added;
}

/** The two sides of a hand-off, and what the receipt is called. */
export interface HandedOver {
  id: string;
  parentId: string;
  childId?: string | undefined;
}

/** The moment is part of the name: a hand-off may be accepted, returned and accepted again. */
export const handoffLine = (receipt: HandedOver, happened: HandoffEvent, at: number, actor?: string): LedgerLine => ({
  id: `${happened}:${receipt.id}:${at.toString(36)}`,
  itemId: receipt.parentId,
  at,
  kind: 'handoff',
  actor,
  happened,
  receiptId: receipt.id,
  otherId: receipt.childId,
});

/** What became of a hand-off. `at` is the moment the receipt keeps, so that a line that was never written is found from the receipt. */
export async function recordHandoff(receipt: HandedOver, happened: HandoffEvent, at: number, actor?: string): Promise<void> {
  await record([handoffLine(receipt, happened, at, actor)]);
}

/** It counts with its main one: once for the service, each for whoever asked. However often it is told, it stands there once. */
export async function recordGrouped(itemId: string, mainId: string, at: number, actor: string): Promise<void> {
  await record([{ id: `grouped:${mainId}:${itemId}`, itemId, at, kind: 'grouped', actor, otherId: mainId }]);
}

/** A step is named by the work item and the entry of its changelog. */
export const stepId = (itemId: string, changeId: string): string => `${itemId}:${changeId}`;

const nothingOr = <T>(schema: z.ZodType<T>) => schema.nullish().transform((value) => value ?? undefined);

/** Whether all that follows from this entry of the changelog was done. */
export async function isFollowed(itemId: string, changeId: string): Promise<boolean> {
  return (await select(z.object({ id: z.string() }), 'SELECT id FROM ledger WHERE id = ? AND followed = 1', stepId(itemId, changeId))).length > 0;
}

/** Names of the steps of a work item that are worked through. */
export const followedSteps = async (itemId: string): Promise<ReadonlySet<string>> =>
  new Set((await select(z.object({ id: z.string() }), 'SELECT id FROM ledger WHERE item_id = ? AND followed = 1', itemId)).map(({ id }) => id));

/** All that follows from a step is done: whoever hears of it later has nothing to ask. */
export async function markFollowed(itemId: string, changeId: string): Promise<void> {
  await change('UPDATE ledger SET followed = 1 WHERE id = ?', stepId(itemId, changeId));
}

const step = z.object({ id: z.string(), item_id: z.string() }).transform((one) => ({ id: one.id, itemId: one.item_id }));

/** Names of the steps in the ledger, of several work items. */
export const stepsOf = (itemIds: readonly string[]): Promise<z.infer<typeof step>[]> =>
  itemIds.length === 0
    ? Promise.resolve([])
    : select(step, `SELECT id, item_id FROM ledger WHERE kind = 'status' AND item_id IN (${itemIds.map(() => '?').join(', ')})`, ...itemIds);

const told = z
  .object({
    id: z.string(),
    parent_id: z.string(),
    child_id: nothingOr(z.string()),
    asked_by: z.string(),
    state: z.string(),
    asked_at: nothingOr(sqlMoment),
    accepted_at: nothingOr(sqlMoment),
    ended_at: nothingOr(sqlMoment),
  })
  .transform(({ state, ...one }): { id: string; lines: LedgerLine[] } => {
    const receipt = { id: one.id, parentId: one.parent_id, childId: one.child_id };
    const ended = state === 'fulfilled' || state === 'failed' ? state : undefined;
    return {
      id: one.id,
      lines: [
        ...(one.asked_at === undefined ? [] : [handoffLine(receipt, 'asked', one.asked_at, one.asked_by)]),
        ...(one.accepted_at === undefined ? [] : [handoffLine(receipt, 'accepted', one.accepted_at)]),
        ...(one.ended_at === undefined || !ended ? [] : [handoffLine(receipt, ended, one.ended_at)]),
      ],
    };
  });

/** The lines that receipts tell of, for those with news since then, behind the given one. */
export const toldByReceipts = (since: number, after: string, limit: number): Promise<z.infer<typeof told>[]> =>
  select(
    told,
    `SELECT id, parent_id, child_id, asked_by, state, asked_at, accepted_at, ended_at FROM receipt
     WHERE ${ASKED} AND state <> 'void' AND id > ? AND (asked_at >= ? OR accepted_at >= ? OR ended_at >= ?)
     ORDER BY id LIMIT ${String(Math.trunc(limit))}`,
    after,
    toSql(since),
    toSql(since),
    toSql(since),
  );

/** For whom these receipts were made, by receipt. */
export async function childrenOf(receiptIds: readonly string[]): Promise<Map<string, string>> {
  if (receiptIds.length === 0) return new Map();
  const rows = await select(
    z.object({ id: z.string(), child_id: z.string() }),
    `SELECT id, child_id FROM receipt WHERE child_id IS NOT NULL AND id IN (${receiptIds.map(() => '?').join(', ')})`,
    ...receiptIds,
  );
  return new Map(rows.map((one) => [one.id, one.child_id]));
}

const counted = z.object({ kind: z.string(), number: sqlNumber, latest: nothingOr(sqlMoment) });

/** How much the ledger holds, by kind of line, and of when the latest is. */
export const ledgerSize = (): Promise<z.infer<typeof counted>[]> =>
  select(counted, 'SELECT kind, COUNT(*) AS number, MAX(at) AS latest FROM ledger GROUP BY kind');

const found = z
  .object({ item_id: z.string(), at: sqlMoment, happened: z.enum(ANOMALIES), from_status: nothingOr(z.string()), to_status: nothingOr(z.string()) })
  .transform((one) => ({ itemId: one.item_id, at: one.at, happened: one.happened, from: one.from_status, to: one.to_status }));
export type FoundAnomaly = z.infer<typeof found>;

/** The latest things the method does not know. */
export const latestAnomalies = (limit: number): Promise<FoundAnomaly[]> =>
  select(
    found,
    `SELECT item_id, at, happened, from_status, to_status FROM ledger WHERE kind = 'anomaly' AND happened IN (${ANOMALIES.map(() => '?').join(', ')})
     ORDER BY at DESC, id DESC LIMIT ${String(Math.trunc(limit))}`,
    ...ANOMALIES,
  );

const moved = z
  .object({ id: z.string(), item_id: z.string(), at: sqlMoment, from_status: z.string(), to_status: z.string() })
  .transform((one) => ({ ...one, change_id: one.id.slice(one.item_id.length + 1) }));

/** Steps of all work items in a time, in order, behind the given one. */
export const movesIn = (from: number, to: number, after: { at: number; id: string } | undefined, limit: number) =>
  select(
    moved,
    `SELECT id, item_id, at, from_status, to_status FROM ledger
     WHERE kind = 'status' AND from_status IS NOT NULL AND to_status IS NOT NULL AND at >= ? AND at <= ? AND (at > ? OR (at = ? AND id > ?))
     ORDER BY at, id LIMIT ${String(Math.trunc(limit))}`,
    toSql(from),
    toSql(to),
    toSql(after?.at ?? 0),
    toSql(after?.at ?? 0),
    after?.id ?? '',
  );

const statusKey = nothingOr(z.string()).transform((text) => STATUS_KEYS.find((key) => key === text));

const happening = z
  .object({
    id: z.string(),
    item_id: z.string(),
    at: sqlMoment,
    kind: z.enum(['status', 'handoff', 'anomaly', 'proof']),
    from_status: statusKey,
    to_status: statusKey,
    actor: nothingOr(z.string()),
    happened: nothingOr(z.enum([...HANDOFF_EVENTS, ...ANOMALIES])),
    receipt_id: nothingOr(z.string()),
    other_id: nothingOr(z.string()),
    type: nothingOr(z.enum(WORK_TYPE_KEYS)),
    team_name: nothingOr(z.string()),
  })
  .transform((one) => ({
    id: one.id,
    at: one.at,
    kind: one.kind,
    itemId: one.item_id,
    from: one.from_status,
    to: one.to_status,
    actor: one.actor,
    happened: one.happened,
    otherId: one.other_id,
    type: one.type,
    team: one.team_name,
  }));

const judged = z
  .object({
    act: z.string(),
    at: sqlMoment,
    outcome: z.enum(OUTCOMES),
    transition: z.string(),
    reference: z.string(),
    rules: z.string(),
    actor: nothingOr(z.string()),
  })
  .transform((one) => ({
    id: one.act,
    at: one.at,
    kind: one.outcome === 'refused' ? ('refusal' as const) : ('override' as const),
    paused: one.outcome === 'paused',
    transition: one.transition,
    reference: one.reference,
    actor: one.actor,
    rules: RULE_IDS.filter((rule) => one.rules.split(' ').includes(rule)),
  }));

export type HistoryRow = z.infer<typeof happening> | z.infer<typeof judged>;

/** Where a part of a history ended. */
export interface HistoryPlace {
  at: number;
  id: string;
}

const END: HistoryPlace = { at: Date.UTC(9999, 0), id: '' };

/** What happened to a work item, the latest first, before the given place. The one reader of the ledger about one work item. */
export async function historyOf(
  itemId: string,
  kinds: readonly HistoryFilter[],
  before: HistoryPlace | undefined,
  limit: number,
): Promise<HistoryRow[]> {
  const { at, id } = before ?? END;
  const rest = [toSql(at), toSql(at), id];
  // What proves a confirmation belongs to its step.
  const ofLedger = kinds.flatMap((kind) => (kind === 'status' ? ['status', 'proof'] : kind === 'handoff' || kind === 'anomaly' ? [kind] : []));
  const outcomes = [...(kinds.includes('refusal') ? ['refused'] : []), ...(kinds.includes('override') ? ['letThrough', 'paused'] : [])];
  const [lines, acts] = await Promise.all([
    ofLedger.length === 0
      ? []
      : select(
          happening,
          `SELECT line.id, line.item_id, line.at, line.kind, line.from_status, line.to_status, line.actor, line.happened, line.receipt_id, line.other_id,
             receipt.type, receipt.team_name
           FROM ledger AS line LEFT JOIN receipt ON receipt.id = line.receipt_id
           WHERE (line.item_id = ? OR line.other_id = ?) AND line.kind IN (${ofLedger.map(() => '?').join(', ')})
             AND (line.at < ? OR (line.at = ? AND line.id < ?))
           ORDER BY line.at DESC, line.id DESC LIMIT ${String(Math.trunc(limit))}`,
          itemId,
          itemId,
          ...ofLedger,
          ...rest,
        ),
    outcomes.length === 0
      ? []
      : select(
          judged,
          // A row is a rule; its name ends with the rule's, so what is before it names the act.
          `SELECT act, MIN(at) AS at, MIN(outcome) AS outcome, MIN(transition) AS transition, MIN(reference) AS reference, MIN(actor) AS actor,
             GROUP_CONCAT(rule ORDER BY rule SEPARATOR ' ') AS rules
           FROM (SELECT LEFT(id, CHAR_LENGTH(id) - CHAR_LENGTH(rule) - 1) AS act, at, outcome, transition, reference, rule, actor
             FROM rule_event WHERE item_id = ? AND outcome IN (${outcomes.map(() => '?').join(', ')})) AS one
           WHERE at < ? OR (at = ? AND act < ?)
           GROUP BY act ORDER BY at DESC, act DESC LIMIT ${String(Math.trunc(limit))}`,
          itemId,
          ...outcomes,
          ...rest,
        ),
  ]);
  return [...lines, ...acts].sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1)).slice(0, limit);
}
