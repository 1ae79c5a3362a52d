/** Use cases of whoever keeps the catalog: writing an item, approving and withdrawing it, the list of all. */
import type { AgreementFinding, CatalogEntry, CatalogItem } from '../contract';
import * as agreements from '../agreements/service';
import { now } from '../platform/clock';
import { Fault } from '../platform/errors';
import { contradictions, hinders, type Known } from './checks';
import { followTitle } from './choices';
import { type ItemDeed, itemWith, listItems, type StoredItem, titleTaken, writeItem } from './items';
import type { Looking } from './looking';
import { dayIn } from './term';
import { plainHints } from './words';

export interface Refused {
  state: 'refused';
  wrong: AgreementFinding[];
}
type Changed = CatalogEntry | { state: 'stale'; text: string; now: CatalogEntry } | Refused;

async function knownOf(item: CatalogItem, stored: StoredItem | undefined, { calendars }: Looking): Promise<Known> {
  const [services, sameTitle] = await Promise.all([agreements.namesOfKind('service', [item.service]), titleTaken(item.title, item.id)]);
  return {
    service: services.has(item.service),
    calendars: new Set(calendars.map(({ id }) => id)),
    sameTitle,
    approvedTitle: stored?.approved?.title,
  };
}

/** In the time zone of the site's first calendar. */
export const today = ({ calendars }: Pick<Looking, 'calendars'>): string => dayIn(calendars[0]?.timeZone ?? 'UTC', now());

async function entryOf(stored: StoredItem, looking: Looking): Promise<CatalogEntry> {
  const { item, approved, deeds, status, changed, rowVersion } = stored;
  const [known, names] = await Promise.all([knownOf(item, stored, looking), looking.names(deeds.map(({ by }) => by))]);
  const shown = approved ?? item;
  return {
    state: 'ok',
    item,
    rowVersion,
    status,
    changed,
    expired: shown.validUntil !== undefined && shown.validUntil < today(looking),
    history: deeds.map(({ kind, by, at }) => ({ kind, at, by: { accountId: by, name: names.get(by) ?? 'somebody who has left' } })),
    findings: contradictions(item, known),
    hinders: hinders(item, known, today(looking)),
    hints: plainHints(item),
  };
}

async function stored(id: string): Promise<StoredItem> {
  const found = await itemWith(id);
  if (!found) throw new Fault('person.notFound', `"${id}" is not there. Look for it in the catalog.`);
  return found;
}

export const get = async ({ id }: { id: string }, looking: Looking): Promise<CatalogEntry> => entryOf(await stored(id), looking);

const stale = async (there: StoredItem, looking: Looking): Promise<Changed> => ({
  state: 'stale',
  text: `Somebody has changed "${there.item.title}" since you opened it. Nothing of yours was kept or lost: it is still in front of you. Look at theirs, then decide.`,
  now: await entryOf(there, looking),
});

const refused = (wrong: AgreementFinding[]): Refused => ({ state: 'refused', wrong });

/** Compare-and-set; the same once more is no change. What people see stays until it is approved anew. */
export async function save({ item, rowVersion }: { item: CatalogItem; rowVersion: number }, looking: Looking): Promise<Changed> {
  const before = await itemWith(item.id);
  if (before && JSON.stringify(before.item) === JSON.stringify(item)) return entryOf(before, looking);
  if (before && before.rowVersion !== rowVersion) return stale(before, looking);
  if (!before && rowVersion !== 0) return refused([{ kind: 'gone', text: `"${item.id}" is not there. Save it as a new one.` }]);
  const wrong = contradictions(item, await knownOf(item, before, looking));
  if (wrong.length > 0) return refused(wrong);
  const { approved, status = 'draft', deeds = [] } = before ?? {};
  const written = await writeItem({ item, approved, status, deeds }, rowVersion);
  const there = await itemWith(item.id);
  if (!there) return refused([{ kind: 'sameTitle', text: 'Another item has taken this title meanwhile. Choose another one.', path: 'title' }]);
  return written || JSON.stringify(there.item) === JSON.stringify(item) ? entryOf(there, looking) : stale(there, looking);
}

/** Who and when is kept for ever; approved is the text as it stands. */
export async function deed({ id, rowVersion, kind }: { id: string; rowVersion: number; kind: ItemDeed['kind'] }, looking: Looking): Promise<Changed> {
  const there = await stored(id);
  const { item, deeds } = there;
  const last = deeds.at(-1);
  const done = kind === 'approve' ? there.status === 'approved' && !there.changed : there.status === 'withdrawn';
  // The same deed once more, after an answer that was lost.
  if (done && last?.kind === kind && last.by === looking.accountId) return entryOf(there, looking);
  if (there.rowVersion !== rowVersion) return stale(there, looking);
  const known = await knownOf(item, there, looking);
  if (kind === 'approve') {
    const wrong = [...contradictions(item, known), ...hinders(item, known, today(looking))];
    if (wrong.length > 0) return refused(wrong);
    // Jira's choice first: where that fails nothing is approved that no work item could name.
    await followTitle(item.title, looking.site);
  }
  if (kind === 'withdraw' && there.status !== 'approved')
    return refused([{ kind: 'notApproved', text: 'Nobody can ask for it as it is, so there is nothing to withdraw.' }]);
  const act: ItemDeed = { kind, by: looking.accountId, at: now() };
  const next = {
    item,
    approved: kind === 'approve' ? item : there.approved,
    status: kind === 'approve' ? ('approved' as const) : ('withdrawn' as const),
    deeds: [...deeds, act],
  };
  const written = await writeItem(next, rowVersion);
  const after = await stored(id);
  return written ? entryOf(after, looking) : stale(after, looking);
}

export async function items(asked: Parameters<typeof listItems>[0], looking: Looking) {
  const { rows, total, after } = await listItems(asked);
  const services = await agreements.namesOfKind('service', [...new Set(rows.map(({ service }) => service))]);
  const day = today(looking);
  return {
    state: 'ok' as const,
    rows: rows.map(({ service, valid_until: until, ...one }) => ({
      ...one,
      service: { id: service, name: services.get(service)?.name ?? service },
      ...(until !== null && { validUntil: until }),
      expired: until !== null && until < day,
    })),
    total,
    ...(after !== undefined && { after }),
    keeps: looking.keeps,
  };
}
