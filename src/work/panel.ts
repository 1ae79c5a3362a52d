/** Gathers what the process panel shows: the records, then one read in Jira as the person, which is also the permission check. */
import type { ProcessAnswer } from '../contract';
import { now } from '../platform/clock';
import type { Installed } from '../setup/model';
import { READ_LIMIT, readItems } from './jira';
import { chainOf, recordOf } from './receipts';
import { followers } from './settle';
import { type Conduct, panelOf } from './view';

export async function processPanel(itemId: string, me: string, site: Installed, conduct: Conduct): Promise<ProcessAnswer> {
  const [chain, own] = await Promise.all([chainOf(itemId), recordOf(itemId)]);
  // The path is the root's: whether that was fixed on the spot is recorded of it.
  const rootId = chain[0]?.rootId ?? itemId;
  const { operateHere } = rootId === itemId ? own : await recordOf(rootId);
  const record = { ...own, operateHere };
  const ids = [...new Set([itemId, ...chain.flatMap((one) => [one.parentId, one.childId ?? itemId])])].slice(0, READ_LIMIT);
  const { items, foreign } = await readItems('person', ids, site);
  const item = items.get(itemId);
  if (!item) {
    const other = foreign.get(itemId);
    return other
      ? { state: 'notUsm', typeName: other.typeName }
      : { state: 'forbidden', text: 'You may not see this work item. Ask a project administrator for access; its clocks and rules go on.' };
  }
  const visible = followers(items, site);
  const type = visible.get(itemId)?.type;
  if (!type) return { state: 'notUsm', typeName: item.typeName };
  return panelOf({ item, type, chain, visible, record, me, now: now(), binding: site, conduct });
}
