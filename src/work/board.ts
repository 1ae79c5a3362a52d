/** The hand-off board: the records, then one read in Jira as the person for each hundred work items, which is also the permission check. */
import type { HandoffBoard } from '../contract';
import { now } from '../platform/clock';
import type { Installed } from '../setup/model';
import { boardRows } from './board-rows';
import { readItems } from './jira';
import { type BoardPlace, unsettled } from './receipts';
import { followers } from './settle';

/** Hand-offs in one answer: at most two work items each, so at most two bulk reads. */
export const HANDOFFS_A_PAGE = 100;

const DAY = 24 * 60 * 60_000;
/** What ended without delivery longer ago than this is no longer told. */
const FAILED_DAYS = 90;

export async function handoffBoard(after: BoardPlace | undefined, me: string, site: Installed): Promise<HandoffBoard> {
  const asOf = now();
  const found = await unsettled(asOf - FAILED_DAYS * DAY, after, HANDOFFS_A_PAGE + 1);
  const page = found.slice(0, HANDOFFS_A_PAGE);
  const last = page.at(-1);
  const ids = [...new Set(page.flatMap((one) => (one.childId === undefined ? [one.parentId] : [one.parentId, one.childId])))];
  const { items } = await readItems('person', ids, site, false);
  return {
    state: 'ok',
    ...boardRows(page, followers(items, site), me),
    ...(found.length > page.length && last && { after: { at: last.preparedAt, id: last.id } }),
    asOf,
  };
}
