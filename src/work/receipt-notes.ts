/** The lines of a receipt's record, in SQL: only ever added, one act once. What a line brings about is done by receiving.ts and follow.ts. */
import { z } from 'zod';
import { noteKind, type NoteKind, returnReason, type ReturnReason } from '../contract';
import { WORK_TYPE_KEYS, type WorkTypeKey } from '../method';
import { change, type Migration, select, sqlMoment, sqlNumber, toSql } from '../platform/sql';

export const receiptNoteMigrations: Migration[] = [
  {
    name: 'v006_receipt_note',
    // seq counts the lines of one receipt: who writes after the same line as somebody else comes too late.
    statement: `CREATE TABLE IF NOT EXISTS receipt_note (
      act VARCHAR(80) NOT NULL PRIMARY KEY,
      receipt_id VARCHAR(36) NOT NULL,
      seq INT NOT NULL,
      kind VARCHAR(12) NOT NULL,
      at DATETIME(3) NOT NULL,
      who VARCHAR(128),
      reason VARCHAR(20),
      words TEXT,
      ready_by DATETIME(3),
      team_id VARCHAR(20),
      team_name VARCHAR(255),
      type VARCHAR(20),
      UNIQUE KEY receipt_note_seq (receipt_id, seq)
    )`,
  },
  // The last line that was carried out: what is behind it died half-way and is finished by the round.
];

const optional = <T>(schema: z.ZodType<T>) => schema.nullish().transform((value) => value ?? undefined);

const row = z
  .object({
    act: z.string(),
    receipt_id: z.string(),
    seq: sqlNumber,
    kind: noteKind,
    at: sqlMoment,
    who: optional(z.string()),
    reason: optional(returnReason),
    words: optional(z.string()),
    ready_by: optional(sqlMoment),
    team_id: optional(z.string()),
    team_name: optional(z.string()),
    type: optional(z.enum(WORK_TYPE_KEYS)),
  })
  .transform((one) => ({
    act: one.act,
    receiptId: one.receipt_id,
    seq: one.seq,
    kind: one.kind,
    at: one.at,
    who: one.who,
    reason: one.reason,
    text: one.words,
    readyBy: one.ready_by,
    team: one.team_id === undefined ? undefined : { id: one.team_id, name: one.team_name ?? one.team_id },
    type: one.type,
  }));
/** A line as it is kept. */
export type Note = z.infer<typeof row>;

export interface NewNote {
  /** Names the act: written twice, it stands there once. */
  act: string;
  receiptId: string;
  kind: NoteKind;
  at: number;
  who?: string | undefined;
  reason?: ReturnReason | undefined;
  text?: string | undefined;
  readyBy?: number | undefined;
  team?: { id: string; name: string } | undefined;
  type?: WorkTypeKey | undefined;
}

/** A reminder changes nothing, so it comes between nobody and their answer. */
export const isTurn = ({ kind }: Pick<Note, 'kind'>): boolean => kind !== 'reminded';

/** The line up to which somebody has seen the record. */
export const seenOf = (notes: readonly Note[]): number => Math.max(0, ...notes.filter(isTurn).map((one) => one.seq));

/** seen: only if nothing was added since this line. notAfter: only if the last line is not of this kind. quietSince: only if nobody was reminded since. */
export type Guard = { seen: number } | { notAfter: NoteKind } | { quietSince: number };

function conditionOf(guard: Guard | undefined): { text: string; params: (string | number)[] } {
  if (!guard) return { text: '', params: [] };
  if ('seen' in guard) return { text: 'WHERE so_far.turn = ?', params: [guard.seen] };
  if ('notAfter' in guard) return { text: 'WHERE newest.kind IS NULL OR newest.kind <> ?', params: [guard.notAfter] };
  return { text: 'WHERE so_far.reminded IS NULL OR so_far.reminded <= ?', params: [toSql(guard.quietSince)] };
}

async function insert(note: NewNote, guard: Guard | undefined): Promise<boolean> {
  const { text, params } = conditionOf(guard);
  const written = await change(
    `INSERT IGNORE INTO receipt_note (act, receipt_id, seq, kind, at, who, reason, words, ready_by, team_id, team_name, type)
     SELECT ?, ?, so_far.last + 1, ?, ?, ?, ?, ?, ?, ?, ?, ?
     FROM (SELECT COALESCE(MAX(seq), 0) AS last, COALESCE(MAX(CASE WHEN kind <> 'reminded' THEN seq END), 0) AS turn,
             MAX(CASE WHEN kind = 'reminded' THEN at END) AS reminded
           FROM receipt_note WHERE receipt_id = ?) AS so_far
     LEFT JOIN receipt_note AS newest ON newest.receipt_id = ? AND newest.seq = so_far.turn ${text}`,
    note.act,
    note.receiptId,
    note.kind,
    toSql(note.at),
    note.who ?? null,
    note.reason ?? null,
    note.text ?? null,
    note.readyBy === undefined ? null : toSql(note.readyBy),
    note.team?.id ?? null,
    note.team?.name ?? null,
    note.type ?? null,
    note.receiptId,
    note.receiptId,
    ...params,
  );
  return written === 1;
}

const TRIES = 4;

/** Whether the line stands there now by this act, written just now or before. `false`: the guard kept it out. */
export async function append(note: NewNote, guard?: Guard): Promise<boolean> {
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    if (await insert(note, guard)) return true;
    const [known] = await select(z.object({ act: z.string() }), 'SELECT act FROM receipt_note WHERE act = ?', note.act);
    if (known) return true;
    // Without a guard only somebody who took the same place at the same moment can have been in the way.
    if (guard) return false;
  }
  return false;
}

/** The record of one receipt, oldest first. */
export const notesOf = (receiptId: string): Promise<Note[]> => select(row, 'SELECT * FROM receipt_note WHERE receipt_id = ? ORDER BY seq', receiptId);

/** The records a work item stands in, on either side. */
export const notesAround = (itemId: string): Promise<Note[]> =>
  select(
    row,
    `SELECT receipt_note.* FROM receipt_note JOIN receipt ON receipt.id = receipt_note.receipt_id
     WHERE receipt.parent_id = ? OR receipt.child_id = ? ORDER BY receipt_note.receipt_id, receipt_note.seq`,
    itemId,
    itemId,
  );

/** The records of several receipts. */
export async function notesOfAll(receiptIds: readonly string[]): Promise<Map<string, Note[]>> {
  if (receiptIds.length === 0) return new Map();
  const marks = receiptIds.map(() => '?').join(', ');
  return byReceipt(await select(row, `SELECT * FROM receipt_note WHERE receipt_id IN (${marks}) ORDER BY receipt_id, seq`, ...receiptIds));
}

export function byReceipt(notes: readonly Note[]): Map<string, Note[]> {
  const found = new Map<string, Note[]>();
  for (const note of notes) found.set(note.receiptId, [...(found.get(note.receiptId) ?? []), note]);
  return found;
}

/** What a line brings about is done. */
export async function markCarriedOut(note: Pick<Note, 'receiptId' | 'seq'>): Promise<void> {
  await change('UPDATE receipt SET noted = ? WHERE id = ? AND noted < ?', note.seq, note.receiptId, note.seq);
}

/** Lines that somebody wrote and nobody carried out: the last one of each receipt, if it is older than this. */
export const leftUndone = (before: number, limit: number): Promise<Note[]> =>
  select(
    row,
    `SELECT note.* FROM receipt_note AS note JOIN receipt ON receipt.id = note.receipt_id
     WHERE note.kind IN ('returned', 'askedAgain', 'withdrawn') AND note.seq > receipt.noted AND note.at < ?
       AND receipt.state IN ('asked', 'returned')
       AND NOT EXISTS (SELECT 1 FROM receipt_note AS later WHERE later.receipt_id = note.receipt_id AND later.seq > note.seq AND later.kind <> 'reminded')
     ORDER BY note.at LIMIT ${String(Math.trunc(limit))}`,
    toSql(before),
  );
