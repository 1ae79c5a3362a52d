/** Gathers what the process panel shows: the records, then one read in Jira as the person, which is also the permission check. */
import type { ProcessAnswer } from '../contract';
import { namesApprovers, PROFILE_KEYS, type ProfileKey, words, type WorkTypeKey } from '../method';
import { now } from '../platform/clock';
import type { Installed } from '../setup/model';
import { readSaid } from './approvals';
import { READ_LIMIT, readItems, rolesHeld } from './jira';
import type { WorkItem } from './model';
import { chainOf, recordOf } from './receipts';
import { followers } from './settle';
import { type Conduct, panelOf } from './view';

/** What this person holds in the space of the work item. */
async function profilesHeld({ projectId }: WorkItem, { roles }: Installed): Promise<ReadonlySet<ProfileKey>> {
  const held = await rolesHeld(projectId);
  return new Set(PROFILE_KEYS.filter((key) => held.has(roles[key])));
}

/** Only V48 asks what somebody holds before a step that the panel shows, and only of a significant change that nobody is named to approve. */
const asksProfiles = ({ status, values }: WorkItem, type: WorkTypeKey): boolean =>
  type === 'rfc' && status === 'planning' && !namesApprovers(values) && words(values, 'changeCategory') === 'Significant';

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
  const [said, profiles] = await Promise.all([
    type === 'rfc' ? readSaid(item) : undefined,
    asksProfiles(item, type) ? profilesHeld(item, site) : undefined,
  ]);
  return panelOf({ item, type, chain, visible, record, me, now: now(), binding: site, conduct, said, profiles });
}
