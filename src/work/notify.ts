/** Who is told what about a step, by account: whoever took it knows already. */
import { NOTICE_TEXTS, type Notice, noticeOf, outlastsItsStatus, type Recipient, type StatusKey, workType, type WorkTypeKey } from '../method';
import type { Installed } from '../setup/model';
import { readItems } from './jira';
import type { Manners } from './manners';
import { coordinatorOf, type Person, requesterOf, type WorkItem } from './model';
import { tell } from './tell';

/** Who has the work in hand. */
export const handlersOf = (item: WorkItem): Person[] => [coordinatorOf(item), item.assignee].filter((one) => one !== undefined);

async function incidentOwners(item: WorkItem, site: Installed): Promise<Person[]> {
  const ids = item.links.filter((one) => one.type === 'incident').map((one) => one.id);
  if (ids.length === 0) return [];
  const { items } = await readItems('app', ids, site, []);
  return [...items.values()].flatMap((one) => one.assignee ?? coordinatorOf(one) ?? []);
}

async function peopleFor(to: readonly Recipient[], item: WorkItem, type: WorkTypeKey, site: Installed, manners: Manners): Promise<Person[]> {
  const found: Record<Recipient, () => Promise<(Person | undefined)[]>> = {
    asker: () => Promise.resolve([requesterOf(item)]),
    coordinator: () => Promise.resolve([coordinatorOf(item)]),
    assignee: () => Promise.resolve([item.assignee]),
    incidentOwners: () => incidentOwners(item, site),
    accountable: () => Promise.resolve([manners.accountable(workType(type).process)]),
  };
  const people = await Promise.all(to.map((one) => found[one]()));
  return people.flat().filter((one) => one !== undefined);
}

/** Each once, and nobody about their own deed. */
const others = (people: readonly Person[], by: string | undefined): Person[] =>
  people.filter((one, index) => one.accountId !== by && people.findIndex((other) => other.accountId === one.accountId) === index);

interface News {
  /** Of the changelog entry: the same step is told once, however often it is heard of. */
  id: string;
  item: WorkItem;
  type: WorkTypeKey;
  by: string | undefined;
}

async function send({ id, item, type, by }: News, notice: Notice, site: Installed, manners: Manners): Promise<void> {
  if (!manners.tells(notice.kind)) return;
  const to = others(await peopleFor(notice.to, item, type, site, manners), by);
  await tell({ id: `${id}:${notice.kind}`, key: item.key, kind: notice.kind, to, text: notice.text });
}

/** What a step tells. `item` as it stands now, which may be later. */
export async function notifyStep(
  news: News,
  from: StatusKey,
  to: StatusKey,
  silentFrom: number | undefined,
  site: Installed,
  manners: Manners,
): Promise<void> {
  const { item, type } = news;
  const until = item.values.waitingUntil;
  const notice = noticeOf({
    key: item.key,
    type,
    from,
    to,
    fields: item.values,
    // The step may be told before what follows it has filled the field.
    coordinator: (coordinatorOf(item) ?? item.changes.find((one) => one.status?.to === 'accepted')?.by)?.name,
    until: typeof until === 'number' ? manners.inWords(until) : undefined,
    silentFrom: silentFrom === undefined ? undefined : manners.inWords(silentFrom),
  });
  if (!notice || (item.status !== to && !outlastsItsStatus(notice.kind))) return;
  await send(news, notice, site, manners);
}

export const notifyDispute = (news: News, site: Installed, manners: Manners): Promise<void> =>
  send(news, { kind: 'disputed', to: ['accountable'], text: NOTICE_TEXTS.disputed(news.item.key) }, site, manners);

/** The asking side hears which of its hand-overs ended without delivery. */
export const notifyFailed = (news: News, keys: string, status: StatusKey, site: Installed, manners: Manners): Promise<void> =>
  send(news, { kind: 'failed', to: ['coordinator'], text: NOTICE_TEXTS.failed(keys, status) }, site, manners);
