/** Hand-off receipts and what else the app records of a work item, in SQL. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type HandoffState, WORK_TYPE_KEYS, type WorkTypeKey } from '../method';
import { now } from '../platform/clock';
import { answered, change, jsonOf, type Migration, type Question, select, sqlFlag, sqlMoment, sqlNumber, toSql } from '../platform/sql';
import { recordHandoff } from './ledger';
import { ASKED, isAsked, RECEIPT_KINDS, type ReceiptKind } from './receipt-kinds';

export { isAsked, type ReceiptKind };

const optional = <T>(schema: z.ZodType<T>) => schema.nullish().transform((value) => value ?? undefined);

/** What making the work item at a supplier needs; frozen when it is asked, so that a change of the settings does not lose it. */
const supplierPlace = z.object({
  projectId: z.string(),
  typeId: z.string(),
  /** What the create screen there takes, besides the summary. */
  takes: z.array(z.enum(['description', 'duedate'])),
  /** Our team that speaks for the supplier. */
  speaker: z.object({ id: z.string(), name: z.string() }).optional(),
  /** No step of ours belongs to it. */
  stepless: z.boolean().default(false),
  /** The app has lost sight of their work item, so that nothing is mirrored. */
  unseen: z.boolean().optional(),
});
export type SupplierPlace = z.infer<typeof supplierPlace>;

const row = z
  .object({
    id: z.string(),
    kind: z.enum(RECEIPT_KINDS),
    parent_id: z.string(),
    parent_key: z.string(),
    root_id: z.string(),
    depth: sqlNumber,
    round: sqlNumber,
    fork: z.string(),
    type: z.enum(WORK_TYPE_KEYS),
    blocks: sqlFlag,
    state: z.enum(['prepared', 'asked', 'accepted', 'returned', 'fulfilled', 'failed', 'void']),
    team_id: optional(z.string()),
    team_name: optional(z.string()),
    what: z.string(),
    ready_by: optional(sqlMoment),
    asked_by: z.string(),
    child_id: optional(z.string()),
    child_key: optional(z.string()),
    prepared_at: sqlMoment,
    asked_at: optional(sqlMoment),
    accepted_at: optional(sqlMoment),
    ended_at: optional(sqlMoment),
    lease_until: optional(sqlMoment),
    settled_at: optional(sqlMoment),
    noted: sqlNumber,
    place: optional(z.string().transform((text) => supplierPlace.parse(JSON.parse(text)))),
  })
  .transform((one) => ({
    id: one.id,
    kind: one.kind,
    parentId: one.parent_id,
    parentKey: one.parent_key,
    /** The work item the whole chain began with. */
    rootId: one.root_id,
    /** Of the child: 1 under the root. */
    depth: one.depth,
    round: one.round,
    /** The act it was written for. */
    fork: one.fork,
    type: one.type,
    blocks: one.blocks,
    state: one.state,
    team: one.team_id === undefined ? undefined : { id: one.team_id, name: one.team_name ?? one.team_id },
    what: one.what,
    readyBy: one.ready_by,
    askedBy: one.asked_by,
    childId: one.child_id,
    childKey: one.child_key,
    preparedAt: one.prepared_at,
    askedAt: one.asked_at,
    acceptedAt: one.accepted_at,
    endedAt: one.ended_at,
    leaseUntil: one.lease_until,
    settledAt: one.settled_at,
    /** The last line of its record that was carried out. */
    noted: one.noted,
    /** Where the supplier's work item is made; of a supplier's receipt only. */
    place: one.place,
  }));
export type Receipt = z.infer<typeof row>;

/** A table is made whole: Forge SQL takes 25 changes of tables a minute, and an installation makes them all at once (Forge docs: SQL limits). */
export const migrations: Migration[] = [
  {
    name: 'v001_receipt',
    statement: `CREATE TABLE IF NOT EXISTS receipt (
      id VARCHAR(36) NOT NULL PRIMARY KEY,
      kind VARCHAR(20) NOT NULL,
      parent_id VARCHAR(20) NOT NULL,
      parent_key VARCHAR(40) NOT NULL,
      root_id VARCHAR(20) NOT NULL,
      depth INT NOT NULL,
      round INT NOT NULL,
      fork VARCHAR(40) NOT NULL,
      slot INT NOT NULL,
      type VARCHAR(20) NOT NULL,
      blocks TINYINT NOT NULL,
      state VARCHAR(12) NOT NULL,
      team_id VARCHAR(20),
      team_name VARCHAR(255),
      what TEXT NOT NULL,
      ready_by DATETIME(3),
      asked_by VARCHAR(128) NOT NULL,
      child_id VARCHAR(20),
      child_key VARCHAR(40),
      prepared_at DATETIME(3) NOT NULL,
      asked_at DATETIME(3),
      accepted_at DATETIME(3),
      ended_at DATETIME(3),
      lease_owner VARCHAR(36),
      lease_until DATETIME(3),
      checked_at DATETIME(3),
      settled_at DATETIME(3),
      noted INT NOT NULL DEFAULT 0,
      place VARCHAR(1000),
      UNIQUE KEY receipt_once (parent_id, fork, slot),
      KEY receipt_child (child_id),
      KEY receipt_root (root_id),
      KEY receipt_state (state, prepared_at),
      KEY receipt_settled (settled_at, state)
    )`,
  },
  {
    name: 'v002_work_item',
    statement: `CREATE TABLE IF NOT EXISTS work_item (
      id VARCHAR(20) NOT NULL PRIMARY KEY,
      handoff_version INT NOT NULL,
      operate_here TINYINT NOT NULL,
      refused_at DATETIME(3),
      refused_transition VARCHAR(40),
      refused_unmet INT,
      refused_of INT,
      refused_reference VARCHAR(12)
    )`,
  },
  {
    name: 'v003_ledger',
    // followed: known is not yet worked through; a later step's news may have written the line.
    statement: `CREATE TABLE IF NOT EXISTS ledger (
      id VARCHAR(60) NOT NULL PRIMARY KEY,
      item_id VARCHAR(20) NOT NULL,
      at DATETIME(3) NOT NULL,
      kind VARCHAR(20) NOT NULL,
      from_status VARCHAR(20),
      to_status VARCHAR(20),
      actor VARCHAR(128),
      happened VARCHAR(20),
      receipt_id VARCHAR(36),
      other_id VARCHAR(20),
      followed TINYINT NOT NULL DEFAULT 0,
      KEY ledger_item (item_id, at),
      KEY ledger_at (at, id),
      KEY ledger_other (other_id, at),
      KEY ledger_actor (actor, kind)
    )`,
  },
];

/** How long one run may take to make a child before another takes over. */
const LEASE_MS = 60_000;

export interface Draft {
  kind: ReceiptKind;
  type: WorkTypeKey;
  blocks: boolean;
  team: { id: string; name: string } | undefined;
  what: string;
  readyBy: number | undefined;
  askedBy: string;
  place?: SupplierPlace;
}

const column = (moment: number | undefined): string | null => (moment === undefined ? null : toSql(moment));

/**
 * Writes receipts `prepared`, one a slot. `fork` names the act they belong to (a changelog id, or the id of a dialog's request): writing the same
 * act twice changes nothing. `sameRound`: the parent is already Realising and asks for more.
 */
export async function prepare(parent: { id: string; key: string }, fork: string, drafts: readonly Draft[], sameRound: boolean): Promise<void> {
  for (const [slot, draft] of drafts.entries()) {
    await change(
      `INSERT IGNORE INTO receipt
         (id, kind, parent_id, parent_key, root_id, depth, round, fork, slot, type, blocks, state, team_id, team_name, what, ready_by, asked_by, place,
          prepared_at)
       SELECT ?, ?, ?, ?, COALESCE(up.root_id, ?), COALESCE(up.depth, 0) + 1,
         CASE WHEN mine.fork = ? THEN mine.round ELSE COALESCE(mine.round, 0) + ? END, ?, ?, ?, ?, 'prepared', ?, ?, ?, ?, ?, ?, ?
       FROM (SELECT 1 AS one) AS always
       LEFT JOIN (SELECT root_id, depth FROM receipt WHERE child_id = ? AND kind = 'handOff' LIMIT 1) AS up ON 1 = 1
       LEFT JOIN (SELECT round, fork FROM receipt WHERE parent_id = ? AND ${ASKED} ORDER BY round DESC, prepared_at DESC LIMIT 1) AS mine ON 1 = 1`,
      randomUUID(),
      draft.kind,
      parent.id,
      parent.key,
      parent.id,
      fork,
      sameRound ? 0 : 1,
      fork,
      slot,
      draft.type,
      draft.blocks ? 1 : 0,
      draft.team?.id ?? null,
      draft.team?.name ?? null,
      draft.what,
      column(draft.readyBy),
      draft.askedBy,
      draft.place ? JSON.stringify(draft.place) : null,
      toSql(now()),
      parent.id,
      parent.id,
    );
  }
  if (!sameRound) await takeAlong(parent.id);
}

/** What is still open when a new round begins belongs to it from then on: should it fail, its parent is brought back at once (T12). */
async function takeAlong(parentId: string): Promise<void> {
  await change(
    `UPDATE receipt AS earlier
       JOIN (SELECT parent_id, MAX(round) AS newest FROM receipt WHERE parent_id = ? AND ${ASKED} AND state <> 'void' GROUP BY parent_id) AS latest
         ON latest.parent_id = earlier.parent_id
     SET earlier.round = latest.newest
     WHERE ${ASKED} AND earlier.state IN ('prepared', 'asked', 'accepted', 'returned') AND earlier.round < latest.newest`,
    parentId,
  );
}

/** Receipts of one work item as the asking side, oldest first. */
export const receiptsOf = (parentId: string): Promise<Receipt[]> =>
  select(row, `SELECT * FROM receipt WHERE parent_id = ? AND state <> 'void' ORDER BY round, slot`, parentId);

/** The same, for a question that is asked together with others. */
export const receiptsQuestion = (parentId: string): Question => ({
  text: `SELECT ${jsonOf(Object.fromEntries(Object.keys(row.in.shape).map((name) => [name, name])))} FROM receipt WHERE parent_id = ? AND state <> 'void'`,
  params: [parentId],
});
export const receiptsFrom = (bodies: readonly unknown[]): Receipt[] =>
  answered(row, bodies).sort((a, b) => a.round - b.round || a.preparedAt - b.preparedAt);

/** What was prepared and not begun, or was refused, may be asked for in other words. */
export async function reword(parentId: string, fork: string, { type, what }: Pick<Draft, 'type' | 'what'>): Promise<void> {
  await change(
    `UPDATE receipt SET type = ?, what = ?, state = 'prepared' WHERE parent_id = ? AND fork = ? AND state IN ('prepared', 'void') AND lease_until IS NULL`,
    type,
    what,
    parentId,
    fork,
  );
}

/** What one act of a work item asked for. */
export const receiptsOfAct = (parentId: string, fork: string): Promise<Receipt[]> =>
  select(row, `SELECT * FROM receipt WHERE parent_id = ? AND fork = ? AND state <> 'void' ORDER BY slot`, parentId, fork);

/** The whole chain a work item belongs to, whoever is the root. It ends at a supplier: their work item is the root of a chain of its own. */
export const chainOf = (itemId: string): Promise<Receipt[]> =>
  select(
    row,
    `SELECT * FROM receipt WHERE ${ASKED} AND state <> 'void' AND root_id =
       COALESCE((SELECT up.root_id FROM receipt AS up WHERE up.child_id = ? AND up.kind = 'handOff' LIMIT 1), ?)
     ORDER BY depth, prepared_at, slot`,
    itemId,
    itemId,
  );

/** The receipt a child answers, if it is one. */
export async function receiptOfChild(childId: string): Promise<Receipt | undefined> {
  const found = await select(row, `SELECT * FROM receipt WHERE child_id = ? AND kind = 'handOff' LIMIT 1`, childId);
  return found[0];
}

/** The receipt of whoever waits for this one: it was handed over from there, or passed to this supplier. One read by an index. */
export async function waitingFor(childId: string): Promise<Receipt | undefined> {
  const found = await select(row, `SELECT * FROM receipt WHERE child_id = ? AND ${ASKED} LIMIT 1`, childId);
  return found[0];
}

/** Where a page of the board ended. */
export interface BoardPlace {
  at: number;
  id: string;
}

/**
 * Hand-offs somebody still has to move, the oldest first: what is open, and what was prepared after `failedSince`, ended without delivery and was
 * not asked for anew.
 */
export const unsettled = (failedSince: number, after: BoardPlace | undefined, limit: number): Promise<Receipt[]> =>
  select(
    row,
    `SELECT * FROM receipt WHERE ${ASKED}
       AND (state IN ('prepared', 'asked', 'accepted', 'returned')
         OR (state = 'failed' AND prepared_at > ? AND blocks = 1 AND NOT EXISTS (
           SELECT 1 FROM receipt AS anew WHERE anew.parent_id = receipt.parent_id AND anew.${ASKED} AND anew.state <> 'void'
             AND anew.round > receipt.round)))
       AND (prepared_at > ? OR (prepared_at = ? AND id > ?))
     ORDER BY prepared_at, id LIMIT ${String(Math.trunc(limit))}`,
    toSql(failedSince),
    toSql(after?.at ?? 0),
    toSql(after?.at ?? 0),
    after?.id ?? '',
  );

/**
 * Takes the right to make the child. `again`: an earlier run had it and may have made the child before it died. `undefined`: it is made, or another
 * run is making it. The table is asked and not the receipt at hand: that may have been read before the earlier run began.
 */
export async function takeLease(receipt: Receipt): Promise<'first' | 'again' | undefined> {
  const at = now();
  const take = async (from: string, ...bound: string[]): Promise<boolean> =>
    (await change(
      `UPDATE receipt SET lease_owner = ?, lease_until = ? WHERE id = ? AND state = 'prepared' AND ${from}`,
      randomUUID(),
      toSql(at + LEASE_MS),
      receipt.id,
      ...bound,
    )) === 1;
  if (receipt.leaseUntil === undefined && (await take('lease_until IS NULL'))) return 'first';
  return (await take('lease_until < ?', toSql(at))) ? 'again' : undefined;
}

/** Nothing was made: the next run need not wait, nor look. */
export async function releaseLease(receipt: Receipt): Promise<void> {
  await change(`UPDATE receipt SET lease_until = NULL WHERE id = ? AND state = 'prepared'`, receipt.id);
}

export async function recordChild(receipt: Receipt, child: { id: string; key: string }): Promise<void> {
  const at = now();
  const touched = await change(
    `UPDATE receipt SET state = 'asked', child_id = ?, child_key = ?, asked_at = ? WHERE id = ? AND state = 'prepared'`,
    child.id,
    child.key,
    toSql(at),
    receipt.id,
  );
  if (touched === 1 && isAsked(receipt)) await recordHandoff({ ...receipt, childId: child.id }, 'asked', at, receipt.askedBy);
}

/** The child was accepted; late and doubled news change nothing. */
export async function recordAccepted(childId: string, at: number, actor?: string): Promise<void> {
  const touched = await change(
    `UPDATE receipt SET accepted_at = ?, state = CASE WHEN state IN ('asked', 'returned') THEN 'accepted' ELSE state END
     WHERE child_id = ? AND accepted_at IS NULL`,
    toSql(at),
    childId,
  );
  const receipt = touched > 0 ? await receiptOfChild(childId) : undefined;
  if (receipt) await recordHandoff(receipt, 'accepted', at, actor);
}

export async function receiptWithId(id: string): Promise<Receipt | undefined> {
  const found = await select(row, `SELECT * FROM receipt WHERE id = ? AND kind = 'handOff'`, id);
  return found[0];
}

/** Sent back with a reason: the asking side has to move. */
export async function recordReturned(id: string): Promise<void> {
  await change(`UPDATE receipt SET state = 'returned' WHERE id = ? AND state = 'asked'`, id);
}

/** Asked again: what is given takes the place of what was asked before, which stays in the record. */
export async function recordAskedAgain(
  id: string,
  { team, readyBy, what }: { team: { id: string; name: string } | undefined; readyBy: number | undefined; what: string | undefined },
): Promise<void> {
  await change(
    `UPDATE receipt SET state = 'asked', team_id = COALESCE(?, team_id), team_name = COALESCE(?, team_name), ready_by = COALESCE(?, ready_by),
       what = COALESCE(?, what) WHERE id = ? AND state IN ('asked', 'returned')`,
    team?.id ?? null,
    team?.name ?? null,
    column(readyBy),
    what ?? null,
    id,
  );
}

/** Follows what became of the child: ended, or open again after a reopening. */
export async function recordState(receipt: Receipt, state: HandoffState): Promise<void> {
  if (state === receipt.state) return;
  const ended = state === 'fulfilled' || state === 'failed';
  const at = now();
  const touched = await change(
    `UPDATE receipt SET state = ?, ended_at = ?, settled_at = NULL WHERE id = ? AND state = ?`,
    state,
    ended ? toSql(at) : null,
    receipt.id,
    receipt.state,
  );
  const hadEnded = receipt.state === 'fulfilled' || receipt.state === 'failed';
  if (touched === 1 && (ended || hadEnded)) await recordHandoff(receipt, ended ? state : 'reopened', at);
}

/** Whether the app still sees the supplier's work item. */
export async function recordUnseen(receipt: Receipt, unseen: boolean): Promise<void> {
  if (!receipt.place || (receipt.place.unseen ?? false) === unseen) return;
  await change(`UPDATE receipt SET place = ? WHERE id = ?`, JSON.stringify({ ...receipt.place, unseen }), receipt.id);
}

/** Takes back what was prepared for a step that was then refused, unless somebody has begun to make it: then the step was taken after all. */
export async function voidPrepared(parentId: string, fork: string): Promise<void> {
  await change(`UPDATE receipt SET state = 'void' WHERE parent_id = ? AND fork = ? AND state = 'prepared' AND lease_until IS NULL`, parentId, fork);
}

/** Prepared longer ago than this and not made: somebody died half-way. */
export const lateReceipts = (before: number, limit: number): Promise<Receipt[]> =>
  select(
    row,
    `SELECT * FROM receipt WHERE state = 'prepared' AND prepared_at < ? ORDER BY prepared_at LIMIT ${String(Math.trunc(limit))}`,
    toSql(before),
  );

export async function voidReceipt(receipt: Receipt): Promise<void> {
  await change(`UPDATE receipt SET state = 'void' WHERE id = ? AND state = 'prepared'`, receipt.id);
}

/** What has ended is settled once its parent was brought back, or had no need to be: until then the round looks again. */
export async function recordSettled(parentId: string): Promise<void> {
  await change(
    `UPDATE receipt SET settled_at = ? WHERE parent_id = ? AND state IN ('fulfilled', 'failed') AND settled_at IS NULL`,
    toSql(now()),
    parentId,
  );
}

/** Parents something is still expected for, or that were not brought back yet, the longest unchecked first; marks them as checked now. */
export async function parentsToCheck(limit: number): Promise<{ id: string }[]> {
  const found = await select(
    z.object({ parent_id: z.string() }).transform((one) => ({ id: one.parent_id })),
    `SELECT parent_id FROM receipt WHERE ${ASKED} AND blocks = 1 AND settled_at IS NULL AND state IN ('asked', 'accepted', 'returned', 'fulfilled', 'failed')
       AND NOT EXISTS (SELECT 1 FROM receipt_note WHERE receipt_note.receipt_id = receipt.id AND receipt_note.kind = 'askerGone')
     GROUP BY parent_id ORDER BY MIN(COALESCE(checked_at, prepared_at)) LIMIT ${String(Math.trunc(limit))}`,
  );
  for (const { id } of found) await change(`UPDATE receipt SET checked_at = ? WHERE parent_id = ?`, toSql(now()), id);
  return found;
}

const record = z
  .object({
    handoff_version: sqlNumber,
    operate_here: sqlFlag,
    refused_at: optional(sqlMoment),
    refused_transition: optional(z.string()),
    refused_unmet: optional(sqlNumber),
    refused_of: optional(sqlNumber),
    refused_reference: optional(z.string()),
  })
  .transform((one) => ({
    version: one.handoff_version,
    operateHere: one.operate_here,
    refused:
      one.refused_at === undefined
        ? undefined
        : {
            at: one.refused_at,
            transition: one.refused_transition ?? '',
            unmet: one.refused_unmet ?? 0,
            of: one.refused_of ?? 0,
            reference: one.refused_reference ?? '',
          },
  }));
export type ItemRecord = z.infer<typeof record>;

const BLANK: ItemRecord = { version: 0, operateHere: false, refused: undefined };

/** What the app keeps of a work item beside its receipts, with its last refusal. */
export async function recordOf(itemId: string): Promise<ItemRecord> {
  const found = await select(
    record,
    `SELECT COALESCE(item.handoff_version, 0) AS handoff_version, COALESCE(item.operate_here, 0) AS operate_here,
       refusal.at AS refused_at, refusal.transition AS refused_transition, refusal.unmet AS refused_unmet, refusal.judged AS refused_of,
       refusal.reference AS refused_reference
     FROM (SELECT ? AS id) AS asked
     LEFT JOIN work_item AS item ON item.id = asked.id
     LEFT JOIN (SELECT * FROM rule_event WHERE item_id = ? AND outcome = 'refused' ORDER BY at DESC LIMIT 1) AS refusal ON 1 = 1`,
    itemId,
    itemId,
  );
  return found[0] ?? BLANK;
}

const UPSERT = `INSERT INTO work_item (id, handoff_version, operate_here) VALUES (?, 0, 0) ON DUPLICATE KEY UPDATE id = id`;

/** Compare-and-set on the hand-off version: `false` when somebody else handed over since. */
export async function claimVersion(itemId: string, version: number): Promise<boolean> {
  if (version === 0) await change(UPSERT, itemId);
  return (await change(`UPDATE work_item SET handoff_version = handoff_version + 1 WHERE id = ? AND handoff_version = ?`, itemId, version)) === 1;
}

export async function recordOperateHere(itemId: string): Promise<void> {
  await change(`INSERT INTO work_item (id, handoff_version, operate_here) VALUES (?, 0, 1) ON DUPLICATE KEY UPDATE operate_here = 1`, itemId);
}
