/** A receipt as one of its two sides sees it. Pure. */
import type { NoteKind, ReceiptNote, ReceiptView, StrayLink } from '../contract';
import { isOpen, PROCESSES, transitionOf, workType, type WorkTypeKey } from '../method';
import type { Installed } from '../setup/model';
import { type Followed, type LinkedItem, personWith, type WorkItem } from './model';
import { type Note, seenOf } from './receipt-notes';
import type { Receipt } from './receipts';

/** Reminding more often moves nobody. */
export const REMIND_EVERY_MS = 3_600_000;

const last = (notes: readonly Note[], kind: NoteKind): Note | undefined => notes.findLast((one) => one.kind === kind);

/** The newest return, as long as nothing has answered it. */
export const standingReturn = (notes: readonly Note[]): Note | undefined => {
  const turn = notes.findLast((one) => one.kind !== 'reminded' && one.kind !== 'askerGone');
  return turn?.kind === 'returned' ? turn : undefined;
};

/** Where the record says it stands; the row in the table may be behind by a step that died half-way. */
export function byRecord(receipt: Receipt, notes: readonly Note[]): Receipt['state'] {
  if (receipt.state !== 'asked' && receipt.state !== 'returned') return receipt.state;
  return standingReturn(notes) ? 'returned' : 'asked';
}

/** How long it lay with the asked side before it was accepted: the times in between, in which the asking side had to answer, left out. */
export function borderTime(notes: readonly Note[], acceptedAt: number): number {
  let total = 0;
  let since: number | undefined;
  for (const { kind, at } of notes.filter((one) => one.at <= acceptedAt)) {
    if (kind === 'asked' || kind === 'askedAgain') since = at;
    if (kind === 'returned' && since !== undefined) {
      total += at - since;
      since = undefined;
    }
  }
  return since === undefined ? total : total + acceptedAt - since;
}

const isReminded = (notes: readonly Note[], now: number): boolean => now - (last(notes, 'reminded')?.at ?? 0) < REMIND_EVERY_MS;

/** Whether Jira offered Accept to whoever read the child. */
export const isOfferedAccept = (child: WorkItem, type: WorkTypeKey): boolean =>
  child.status === 'registered' && (child.offered?.includes(String(transitionOf(type, 'accept').id)) ?? false);

/** Who asked, or steers or has in hand what asked. Whoever may edit it may act, too; that is asked of Jira. */
export const standsForAsker = (receipt: Pick<Receipt, 'askedBy'>, parent: WorkItem | undefined, accountId: string): boolean =>
  receipt.askedBy === accountId || parent?.assignee?.accountId === accountId || parent?.values.coordinator === accountId;

const moment = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);

function noteView(note: Note, names: ReadonlyMap<string, string>): ReceiptNote {
  return {
    kind: note.kind,
    at: note.at,
    ...(note.who !== undefined && { by: personWith(note.who, names) }),
    ...(note.reason && { reason: note.reason }),
    ...(note.text !== undefined && { text: note.text }),
    ...(note.readyBy !== undefined && { readyBy: note.readyBy }),
    ...(note.team && { team: note.team }),
    ...(note.type && { typeName: workType(note.type).name }),
  };
}

const sideOf = ({ item, type }: Followed): NonNullable<ReceiptView['other']> => ({
  key: item.key,
  type,
  typeName: workType(type).name,
  summary: item.summary,
  status: item.status,
  ...(moment(item.values.dueBy) !== undefined && { dueBy: moment(item.values.dueBy) }),
});

export interface RecordSources {
  receipt: Receipt;
  notes: readonly Note[];
  /** As Jira says of the child, where this person may see it. */
  state: Receipt['state'];
  side: ReceiptView['side'];
  parent: Followed | undefined;
  child: Followed | undefined;
  names: ReadonlyMap<string, string>;
  /** Stands for the asking side. */
  asks: boolean;
  now: number;
}

interface Standing {
  kind: Receipt['kind'];
  state: Receipt['state'];
  notes: readonly Note[];
  child: Followed | undefined;
  /** The reader stands for the asking side. */
  asks: boolean;
  now: number;
}

/** What its reader may do, whichever page shows it. */
export const mayDo = ({ kind, state, notes, child, asks, now }: Standing): ReceiptView['may'] => ({
  accept: kind === 'handOff' && state === 'asked' && child !== undefined && isOfferedAccept(child.item, child.type),
  answer: state === 'returned' && asks,
  // A supplier is asked by other ways than a comment in a space of their own.
  remind: kind === 'handOff' && (state === 'asked' || state === 'accepted') && asks && !isReminded(notes, now),
});

/** Until when the agreement promises a first answer. */
export const acceptByOf = (child: Followed | undefined): number | undefined => moment(child?.item.values.respondBy);

function times(receipt: Receipt, state: Receipt['state'], notes: readonly Note[], now: number): Pick<ReceiptView, 'endedAt' | 'borderMs' | 'workMs'> {
  const acceptedAt = receipt.acceptedAt ?? last(notes, 'accepted')?.at;
  const endedAt = isOpen(state) ? undefined : receipt.endedAt;
  if (acceptedAt === undefined) return { endedAt };
  return { endedAt, borderMs: borderTime(notes, acceptedAt), workMs: (endedAt ?? now) - acceptedAt };
}

export function receiptView({ receipt, notes, state: byChild, side, parent, child, names, asks, now }: RecordSources): ReceiptView {
  const state = byRecord({ ...receipt, state: byChild }, notes);
  const other = side === 'asked' ? parent : child;
  const may = mayDo({ kind: receipt.kind, state, notes, child, asks, now });
  return {
    id: receipt.id,
    seen: seenOf(notes),
    side,
    state,
    typeName: workType(receipt.type).name,
    fromVerb: parent ? PROCESSES[workType(parent.type).process] : '',
    toVerb: PROCESSES[workType(receipt.type).process],
    by: personWith(receipt.askedBy, names),
    team: receipt.team,
    what: receipt.what,
    askedAt: receipt.askedAt ?? receipt.preparedAt,
    acceptBy: acceptByOf(child),
    readyBy: receipt.readyBy,
    other: other && sideOf(other),
    gone: last(notes, 'askerGone') !== undefined,
    notes: notes.map((one) => noteView(one, names)),
    ...times(receipt, state, notes, now),
    // Each side has its own answers.
    may: side === 'asked' ? { accept: may.accept, answer: false, remind: false } : { ...may, accept: false },
  };
}

/** Hand-off links that no receipt stands behind. */
export function strayLinks(item: Pick<WorkItem, 'id' | 'links'>, receipts: readonly Receipt[], site: Pick<Installed, 'linkTypes'>): StrayLink[] {
  const known = (link: LinkedItem): boolean =>
    receipts.some((one) => (one.parentId === item.id && one.childId === link.id) || (one.childId === item.id && one.parentId === link.id));
  return item.links
    .filter((link) => link.typeId === site.linkTypes.handOff && !known(link))
    .flatMap(({ linkId, key, summary, direction }) => (linkId === undefined || linkId === '' ? [] : [{ id: linkId, key, summary, direction }]));
}
