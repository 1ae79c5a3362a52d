/** The hand-off board: the records, then one read in Jira as the person for each hundred work items, which is also the permission check. */
import type { HandoffBoard, HandoffRow } from '../contract';
import { now } from '../platform/clock';
import type { Installed } from '../setup/model';
import { boardRows } from './board-rows';
import { notesOfAll } from './receipt-notes';
import { readItems } from './jira';
import { type BoardPlace, type Receipt, receiptWithId, unsettled } from './receipts';
import { followers } from './settle';

/** Hand-offs in one answer: at most two work items each, so at most two bulk reads. */
export const HANDOFFS_A_PAGE = 100;

const DAY = 24 * 60 * 60_000;
/** What ended without delivery longer ago than this is no longer told. */
const FAILED_DAYS = 90;

async function rowsOf(receipts: readonly Receipt[], me: string, site: Installed, asOf: number): Promise<Pick<HandoffBoard, 'rows' | 'hidden'>> {
  const ids = [...new Set(receipts.flatMap((one) => (one.childId === undefined ? [one.parentId] : [one.parentId, one.childId])))];
  const [{ items, foreign }, notes] = await Promise.all([readItems('person', ids, site, ['transitions']), notesOfAll(receipts.map((one) => one.id))]);
  return boardRows(receipts, notes, { visible: followers(items, site), foreign }, me, asOf);
}

export async function handoffBoard(after: BoardPlace | undefined, me: string, site: Installed): Promise<HandoffBoard> {
  const asOf = now();
  const found = await unsettled(asOf - FAILED_DAYS * DAY, after, HANDOFFS_A_PAGE + 1);
  const page = found.slice(0, HANDOFFS_A_PAGE);
  const last = page.at(-1);
  return {
    state: 'ok',
    ...(await rowsOf(page, me, site, asOf)),
    ...(found.length > page.length && last && { after: { at: last.preparedAt, id: last.id } }),
    asOf,
  };
}

/** One line anew; none when nobody has to move any more. */
export async function handoffLine(receiptId: string, me: string, site: Installed): Promise<HandoffRow | undefined> {
  const receipt = await receiptWithId(receiptId);
  return receipt && (await rowsOf([receipt], me, site, now())).rows[0];
}
