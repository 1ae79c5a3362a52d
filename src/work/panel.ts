/** Gathers what the process panel shows: the records, then one read in Jira as the person, which is also the permission check. */
import type { ProcessAnswer } from '../contract';
import { isOpen, namesApprovers, PROFILE_KEYS, type ProfileKey, transitionsFrom, words, type WorkTypeKey } from '../method';
import { now } from '../platform/clock';
import type { Installed } from '../setup/model';
import { readAgreed } from './agreed';
import { readSaid } from './approvals';
import { pathRootOf } from './facts';
import { groupOf } from './groups';
import { editsAsPerson, READ_LIMIT, readItems, rolesHeld } from './jira';
import { waysOf, type WorkItem } from './model';
import { readRegister } from './named';
import { namesOf } from './people';
import { notesAround } from './receipt-notes';
import { chainOf, type Receipt, recordOf } from './receipts';
import { standsForAsker } from './record';
import { followers } from './settle';
import { type Conduct, namesIn, panelOf } from './view';
import { offerFor } from './wish';

/** Whether anything waits for an answer or a reminder of this side, and nobody but Jira knows whether this person may give it. */
const asksJira = (item: WorkItem, chain: readonly Receipt[], me: string): boolean =>
  chain.some(
    (one) => one.kind === 'handOff' && one.parentId === item.id && one.state !== 'prepared' && isOpen(one.state) && !standsForAsker(one, item, me),
  );

/** What this person holds in the space of the work item. */
async function profilesHeld({ projectId }: WorkItem, { roles }: Installed): Promise<ReadonlySet<ProfileKey>> {
  const held = await rolesHeld(projectId);
  return new Set(PROFILE_KEYS.filter((key) => held.has(roles[key])));
}

/** Only V48 asks what somebody holds before a step that the panel shows, and only of a significant change that nobody is named to approve. */
const asksProfiles = ({ status, values }: WorkItem, type: WorkTypeKey): boolean =>
  type === 'rfc' && status === 'planning' && !namesApprovers(values) && words(values, 'changeCategory') === 'Significant';

export async function processPanel(itemId: string, me: string, site: Installed, conduct: Conduct): Promise<ProcessAnswer> {
  const [chain, own, notes] = await Promise.all([chainOf(itemId), recordOf(itemId), notesAround(itemId)]);
  // The path is the root's: whether that was fixed on the spot is recorded of it.
  const rootId = pathRootOf(itemId, chain);
  const { operateHere } = rootId === itemId ? own : await recordOf(rootId);
  const record = { ...own, operateHere };
  const ids = [...new Set([itemId, ...chain.flatMap((one) => [one.parentId, one.childId ?? itemId])])].slice(0, READ_LIMIT);
  const { items, foreign } = await readItems('person', ids, site, ['changelog', 'transitions']);
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
  const known = namesIn(visible);
  const strangers = notes.flatMap(({ who }) => (who === undefined || known.has(who) ? [] : [who]));
  const [people, edits, said, offer, profiles, group, agreed, register] = await Promise.all([
    namesOf(strangers),
    asksJira(item, chain, me) && editsAsPerson(itemId),
    type === 'rfc' ? readSaid(item) : undefined,
    offerFor(item, site, conduct.terms.calendars),
    asksProfiles(item, type) ? profilesHeld(item, site) : undefined,
    groupOf(item, type, site),
    readAgreed(item, transitionsFrom(type, item.status)),
    readRegister(item, [...transitionsFrom(type, item.status), ...transitionsFrom(type, 'reviewing')], conduct.terms.trend),
  ]);
  const read = { item, type, ways: waysOf(item), chain, visible, foreign, record, notes, people, edits, said, offer, profiles, agreed, register };
  const panel = panelOf({ ...read, me, now: now(), binding: site, conduct });
  return group ? { ...panel, group } : panel;
}
