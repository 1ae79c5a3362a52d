/** What somebody can ask for: only what an agreement in force lists for a customer they belong to. */
import { z } from 'zod';
import * as agreements from '../agreements/service';
import { CATALOG_A_PAGE, type CatalogBrowse, type CatalogCard, type CatalogDetail, type CatalogItem, type Need, type ReadyWithin } from '../contract';
import { PROCESSES, workType } from '../method';
import { now } from '../platform/clock';
import { Fault } from '../platform/errors';
import { approvedItems, itemsWith, itemWith, type LightItem, placeFrom } from './items';
import { today } from './keep';
import type { Looking } from './looking';
import { firstDay } from './term';
import { costWords, nextWords, readyWithin, readyWords } from './words';

const DAY = 86_400_000;
const ENDS_SOON_DAYS = 30;

export interface Person {
  accountId: string;
  name: string;
}

/** For whom it is: oneself, or somebody else where one works here. */
export async function personFor(as: string | undefined, { accountId, staff, names }: Looking): Promise<Person> {
  const id = as ?? accountId;
  if (id !== accountId && !staff)
    throw new Fault('person.forbidden', 'Only people who work here see the catalog as somebody else. Look at it as yourself.');
  const name = (await names([id])).get(id);
  if (name === undefined) throw new Fault('person.notFound', 'This person is not known on the site. Choose another one.');
  return { accountId: id, name };
}

export interface Offer extends agreements.Entitled {
  item: CatalogItem;
}

type Listing = readonly agreements.Entitled[];
/** Agreements that list an item of a service. */
const listing = (entitled: agreements.Entitlement, { id, service }: { id: string; service: string }): Listing =>
  entitled.of(service).filter(({ version }) => version.terms.standards.includes(id));

/** Approved, in time, and agreed for this person: once for each customer they may ask it for. */
export async function offersOf(id: string, accountId: string, looking: Looking): Promise<[Offer, ...Offer[]]> {
  const [stored, entitled] = await Promise.all([itemWith(id), agreements.entitledTo(accountId, now())]);
  const item = stored?.status === 'approved' ? stored.approved : undefined;
  if (!item) throw new Fault('person.notFound', 'This cannot be asked for any more. Look in the catalog for what can.');
  if (item.validUntil !== undefined && item.validUntil < today(looking))
    throw new Fault(
      'person.notFound',
      `"${item.title}" could be asked for until ${item.validUntil}. Look in the catalog for what can be asked for now.`,
    );
  const [first, ...rest] = listing(entitled, item).map((one) => ({ ...one, item }));
  if (!first)
    throw new Fault('person.forbidden', `"${item.title}" is not agreed for you. Ask your service manager, or choose what is in the catalog.`);
  return [first, ...rest];
}

const NEEDS: Readonly<Record<Need, { name: string; text: string }>> = {
  notWorking: { name: 'Something is not working', text: 'We restore it as agreed' },
  need: { name: 'I need something', text: '' },
  question: { name: 'I have a question', text: 'Somebody answers you' },
  somethingNew: { name: 'We want something new', text: 'Talk about it with your service manager' },
  notSatisfied: { name: 'I am not satisfied', text: 'Tell us what went wrong, and you get an answer' },
};

const things = (n: number): string => (n === 1 ? 'One thing you can ask for' : `${String(n)} things you can ask for`);

export function cardOf(item: CatalogItem, services: ReadonlyMap<string, { name: string }>, day: string): CatalogCard {
  const { id, title, what, service, delivery, approver, validUntil } = item;
  const near = new Date(Date.parse(`${day}T00:00:00Z`) + ENDS_SOON_DAYS * DAY).toISOString().slice(0, 10);
  return {
    id,
    title,
    what,
    service: { id: service, name: services.get(service)?.name ?? service },
    ready: readyWords(delivery),
    ...(approver && { approver: approver.role }),
    cost: costWords(item),
    ...(validUntil !== undefined && validUntil <= near && { endsOn: validUntil }),
  };
}

interface Asked {
  as?: string | undefined;
  query: string;
  service?: string | undefined;
  ready?: ReadyWithin | undefined;
  charged?: boolean | undefined;
  after?: string | undefined;
}

const place = z.number().int().min(0).max(20_000);

export async function browse(asked: Asked, looking: Looking): Promise<CatalogBrowse> {
  const person = await personFor(asked.as, looking);
  const [entitled, all] = await Promise.all([agreements.entitledTo(person.accountId, now()), approvedItems(asked.query, today(looking))]);
  const listed = new Map<string, ReadonlySet<string>>();
  const standardsOf = (service: string): ReadonlySet<string> => {
    const found = listed.get(service) ?? new Set(entitled.of(service).flatMap(({ version }) => version.terms.standards));
    listed.set(service, found);
    return found;
  };
  const fits = ({ ready, charged }: LightItem): boolean =>
    (asked.ready === undefined || readyWithin(ready) === asked.ready) && (asked.charged === undefined || charged === asked.charged);
  const mine = all.filter((one) => standardsOf(one.service).has(one.id) && fits(one));
  const chosen = asked.service === undefined ? mine : mine.filter(({ service }) => service === asked.service);
  const from = asked.after === undefined ? 0 : placeFrom(place, asked.after);
  const shown = chosen.slice(from, from + CATALOG_A_PAGE);
  const [bodies, services] = await Promise.all([
    itemsWith(shown.map(({ id }) => id)),
    agreements.namesOfKind('service', [...new Set(mine.map(({ service }) => service))]),
  ]);
  const counts = new Map<string, number>();
  for (const { service } of mine) counts.set(service, (counts.get(service) ?? 0) + 1);
  const more = from + CATALOG_A_PAGE < chosen.length;
  const nothing = all.length === 0 || mine.length === 0;
  return {
    state: 'ok',
    person,
    customers: entitled.customers,
    staff: looking.staff,
    keeps: looking.keeps,
    needs: (Object.keys(NEEDS) as Need[]).map((need) => ({ need, ...NEEDS[need], ...(need === 'need' && { text: things(mine.length) }) })),
    items: shown.flatMap(({ id }) => {
      const item = bodies.get(id)?.approved;
      return item ? [cardOf(item, services, today(looking))] : [];
    }),
    total: chosen.length,
    services: [...counts].map(([id, n]) => ({ id, name: services.get(id)?.name ?? id, n })).sort((a, b) => a.name.localeCompare(b.name)),
    ...(more && { after: Buffer.from(JSON.stringify(from + CATALOG_A_PAGE)).toString('base64url') }),
    ...(nothing && asked.query === '' && asked.ready === undefined && asked.charged === undefined && { nothing: nothingWords(person, entitled) }),
  };
}

const nothingWords = ({ name }: Person, { customers }: agreements.Entitlement): string =>
  customers.length === 0
    ? `Nobody has named ${name} as someone who may ask for something. Ask your service manager.`
    : `Nothing is agreed for ${customers.map((one) => one.name).join(' and ')} yet. Ask your service manager.`;

export async function item({ id, as }: { id: string; as?: string | undefined }, looking: Looking): Promise<CatalogDetail> {
  const person = await personFor(as, looking);
  const offers = await offersOf(id, person.accountId, looking);
  const [{ item: one, agreement, version }] = offers;
  const stored = await itemWith(id);
  const approval = stored?.deeds.findLast(({ kind }) => kind === 'approve');
  const [services, names] = await Promise.all([
    agreements.namesOfKind('service', [one.service]),
    looking.names([agreement.owner, approval?.by].flatMap((account) => account ?? [])),
  ]);
  const named = (account: string): Person => ({ accountId: account, name: names.get(account) ?? 'somebody who has left' });
  const calendar = calendarOf(one, version.terms.supportHours, looking);
  const first = firstDay(one.delivery, calendar, now());
  const { name: typeName, process } = workType(one.type);
  return {
    state: 'ok',
    item: {
      ...cardOf(one, services, today(looking)),
      forWhom: one.forWhom,
      conditions: one.conditions,
      fields: one.fields,
      wanted: one.delivery.kind === 'agreedDate' ? 'required' : 'optional',
    },
    person,
    customers: offers.map(({ customer }) => customer),
    card: version.terms.card,
    ...(first !== undefined && { firstDay: first }),
    next: nextWords(one),
    ...(looking.staff && {
      staff: {
        typeName: one.type === 'rfc' ? `${typeName}, standard` : typeName,
        process: one.type === 'rfc' ? `${PROCESSES[process]}, then ${PROCESSES.operate}` : PROCESSES[process],
        agreement: {
          id: agreement.id,
          name: agreement.name,
          version: version.number,
          ...(version.terms.validUntil !== undefined && { until: version.terms.validUntil }),
        },
        ...(one.team !== undefined && { team: one.team }),
        register: [...one.changes, ...one.adds.map((added) => `${added} (new)`)],
        ...(agreement.owner !== undefined && { owner: named(agreement.owner) }),
        ...(approval && { approved: { by: named(approval.by), at: approval.at } }),
        ...(one.validUntil !== undefined && { validUntil: one.validUntil }),
      },
    }),
  };
}

/** In which the promise is counted: the item's own, the hours of support of its agreement, or the site's first. */
export function calendarOf({ calendar }: Pick<CatalogItem, 'calendar'>, supportHours: string | undefined, { calendars }: Pick<Looking, 'calendars'>) {
  const found = [calendar, supportHours].flatMap((id) => calendars.find((one) => one.id === id) ?? [])[0] ?? calendars[0];
  if (!found) throw new Fault('ours.fault', 'The site has no calendar.');
  return found;
}
