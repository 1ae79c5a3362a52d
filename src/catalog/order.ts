/** Asking for something: an item of the catalog, or in one's own words. What is made is filled in, so that nobody is asked twice. */
import * as agreements from '../agreements/service';
import { type AgreementFinding, type CatalogItem, type Need, type Ordered } from '../contract';
import { toAdf } from '../jira/adf';
import { type FieldKey, FIELDS, type WorkTypeKey } from '../method';
import { now } from '../platform/clock';
import { Fault } from '../platform/errors';
import type { Installed } from '../setup/model';
import * as work from '../work/service';
import { accepted } from './accept';
import { calendarOf, type Offer, offersOf, personFor } from './browse';
import { fill, makeOnce, mayCreate, type NewWork } from './create';
import { answersWrong, type Answers, description, peopleIn, wantedWrong } from './form';
import type { Refused } from './keep';
import type { Looking } from './looking';
import { begin, type NewOrder, type Order, orderWith } from './orders';
import { endOf, firstDay, promisedBy } from './term';
import { nextWords } from './words';

export interface Asked {
  request: string;
  id: string;
  as?: string | undefined;
  customer?: string | undefined;
  answers: Answers;
  wanted?: string | undefined;
  note: string;
}

const refused = (wrong: AgreementFinding[]): Refused => ({ state: 'refused', wrong });

/** The one that was named, or the only one there is. */
function chosen(offers: readonly [Offer, ...Offer[]], customer: string | undefined): Offer | Refused {
  if (customer === undefined) {
    if (offers.length === 1) return offers[0];
    return refused([{ kind: 'customer', text: `Say for whom it is: ${offers.map((one) => one.customer.name).join(', ')}.`, path: 'customer' }]);
  }
  return (
    offers.find((one) => one.customer.id === customer) ??
    refused([{ kind: 'customer', text: 'It is not agreed for them. Choose one of those that are offered.', path: 'customer' }])
  );
}

/** Where it is worked on: as the item says, else the first space in which the person may create, else the first. */
export async function spaceFor(key: string | undefined, { projects }: Installed): Promise<string> {
  const named = projects.find((one) => one.key === key);
  if (named) return named.id;
  for (const { id } of projects) if (await mayCreate(id)) return id;
  const [first] = projects;
  if (!first) throw new Fault('person.conflict', 'No space works with USM, so nothing can be asked for. Ask an administrator to look at USM setup.');
  return first.id;
}

const [STANDARD] = FIELDS.changeCategory.options;
const [IN_THE_PAST] = FIELDS.timing.options;
const OPTIONAL: readonly FieldKey[] = ['category', 'solutionTeam', 'impact', 'urgency'];

/** What an item says of the work that is made of it. */
export function fieldsOf(item: CatalogItem, dueAt: number | undefined): NewWork['fields'] {
  const { category, rating, team, type, changes, adds } = item;
  return {
    reportTime: work.asMoment(now()),
    ...(dueAt !== undefined && { dueBy: work.asMoment(dueAt) }),
    ...(category && { category: { value: category.parent, ...(category.child !== undefined && { child: { value: category.child } }) } }),
    ...(rating && { impact: { value: rating.impact }, urgency: { value: rating.urgency } }),
    ...(team !== undefined && { solutionTeam: { value: team } }),
    ...(type === 'rfc' && changes.length > 0 && { itemsToChange: changes }),
    ...(type === 'rfc' && adds.length > 0 && { itemsToAdd: adds }),
    ...(type === 'incident' && { observed: toAdf(item.what), agreed: toAdf(item.conditions.join('\n') || item.what) }),
  };
}

/** The template of a standard change; it stands on no create screen. */
export const templateOf = ({ plan, tests, deployment, backOut }: CatalogItem): Partial<Record<FieldKey, unknown>> => ({
  changeCategory: { value: STANDARD },
  plan: toAdf(plan),
  testPlan: toAdf(tests),
  deploymentPlan: toAdf(deployment),
  backOut: toAdf(backOut),
});

/** The request as it was kept first: the same id again is the same request, of the same person. */
async function kept(one: NewOrder): Promise<Order> {
  await begin(one);
  const order = await orderWith(one.id);
  if (!order || order.person !== one.person || order.item !== one.item)
    throw new Fault('person.conflict', 'This request was sent already and says something else. Load the page again, then send it.');
  return order;
}

const said = (next: readonly { text: string; when: string }[]): string[] => next.slice(1).map(({ text, when }) => `${text}: ${when}`);

export async function order(asked: Asked, looking: Looking): Promise<Ordered | Refused> {
  const person = await personFor(asked.as, looking);
  const offers = await offersOf(asked.id, person.accountId, looking);
  const offer = chosen(offers, asked.customer);
  if ('state' in offer) return offer;
  const { item, customer, version } = offer;
  const calendar = calendarOf(item, version.terms.supportHours, looking);
  const at = now();
  const first = firstDay(item.delivery, calendar, at);
  const before = await orderWith(asked.request);
  const wrong = before
    ? []
    : [...answersWrong(item, asked.answers), ...wantedWrong(item, asked.wanted, first, first ?? new Date(at).toISOString().slice(0, 10))];
  if (wrong.length > 0) return refused(wrong);
  const dueAt = asked.wanted === undefined ? promisedBy(item.delivery, calendar, at) : endOf(calendar, asked.wanted);
  return sent(
    {
      id: asked.request,
      item: item.id,
      person: looking.accountId,
      requester: person.accountId,
      customer: customer.id,
      dueAt,
      approver: item.approver?.kind === 'person' ? item.approver.accountId : undefined,
      waits: item.approver !== undefined,
      accepts: item.automatic,
    },
    item,
    { ...asked, customer: customer.name },
    looking,
  );
}

/** Begun from a work item by whoever works on it: for its customer and requester, and linked as what it leads to. What the form asks is not known yet. */
export async function follow(
  request: string,
  item: CatalogItem,
  { from, promised, requester }: { from: work.WorkItem; promised: agreements.Promised; requester: string },
  looking: Looking,
): Promise<Ordered> {
  const calendar = calendarOf(item, promised.version.terms.supportHours, looking);
  return sent(
    {
      id: request,
      item: item.id,
      person: looking.accountId,
      requester,
      customer: promised.customer.id,
      dueAt: promisedBy(item.delivery, calendar, now()),
      approver: item.approver?.kind === 'person' ? item.approver.accountId : undefined,
      waits: item.approver !== undefined,
      accepts: item.automatic,
    },
    item,
    { answers: {}, wanted: undefined, note: `Follows from ${from.key}, ${from.summary}.`, customer: promised.customer.name, from },
    looking,
  );
}

async function sent(
  one: NewOrder,
  item: CatalogItem,
  asked: Pick<Asked, 'answers' | 'wanted' | 'note'> & { customer: string; from?: work.WorkItem },
  looking: Looking,
): Promise<Ordered> {
  const { site } = looking;
  const placed = await kept(one);
  const [names, services] = await Promise.all([looking.names(peopleIn(item, asked.answers)), agreements.namesOfKind('service', [item.service])]);
  const wanted: NewWork = {
    projectId: asked.from?.projectId ?? (await spaceFor(item.space, site)),
    type: item.type,
    summary: item.title,
    description: description(item, { ...asked, wanted: asked.wanted, names }),
    fields: fieldsOf(item, placed.dueAt),
    named: {
      service: services.get(item.service)?.name ?? item.service,
      customer: asked.customer,
      ...(item.type !== 'incident' && { catalogItem: item.title }),
    },
    optional: OPTIONAL,
    follows: asked.from?.key,
  };
  const there = await makeOnce(placed, wanted, site);
  if (item.type === 'rfc') await fill(there.key, templateOf(item), site);
  const taken = placed.accepts && !placed.waits && (await accepted(there));
  return {
    state: 'ok',
    key: there.key,
    title: item.title,
    ...(placed.dueAt !== undefined && { dueBy: placed.dueAt }),
    accepted: taken,
    next: said(nextWords(item)),
  };
}

const LEADS_TO: Readonly<Record<Need, WorkTypeKey>> = {
  notWorking: 'incident',
  need: 'serviceRequest',
  question: 'serviceRequest',
  somethingNew: 'wish',
  notSatisfied: 'complaint',
};

export interface Told {
  request: string;
  need: Need;
  as?: string | undefined;
  customer?: string | undefined;
  service?: string | undefined;
  summary: string;
  text: string;
}

/** In their own words; whoever takes it on looks what it really is. */
export async function tell(asked: Told, looking: Looking): Promise<Ordered | Refused> {
  const person = await personFor(asked.as, looking);
  const { customers } = await agreements.entitledTo(person.accountId, now());
  const customer = asked.customer === undefined && customers.length === 1 ? customers[0] : customers.find(({ id }) => id === asked.customer);
  if (asked.customer !== undefined && !customer)
    return refused([{ kind: 'customer', text: 'You cannot ask for them. Choose one of those that are offered.', path: 'customer' }]);
  const service = asked.service === undefined ? undefined : (await agreements.namesOfKind('service', [asked.service])).get(asked.service);
  const placed = await kept({
    id: asked.request,
    item: '',
    person: looking.accountId,
    requester: person.accountId,
    customer: customer?.id ?? '',
    dueAt: undefined,
    approver: undefined,
    waits: false,
    accepts: false,
  });
  const type = LEADS_TO[asked.need];
  const text = asked.text || asked.summary;
  const there = await makeOnce(
    placed,
    {
      projectId: await spaceFor(undefined, looking.site),
      type,
      summary: asked.summary,
      description: text,
      fields: {
        reportTime: work.asMoment(now()),
        ...(type === 'incident' && { observed: toAdf(text) }),
        ...(type === 'complaint' && { timing: { value: IN_THE_PAST } }),
      },
      named: { ...(customer && { customer: customer.name }), ...(service && { service: service.name }) },
      optional: [],
    },
    looking.site,
  );
  return {
    state: 'ok',
    key: there.key,
    title: asked.summary,
    accepted: false,
    next: ['Somebody reads it and takes it on', 'You hear what happens next'],
  };
}
