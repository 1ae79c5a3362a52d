/** The catalog beside a work item: what was asked for, what is promised of the service, and standard calls to go on with. */
import * as agreements from '../agreements/service';
import type { CatalogItem, CatalogPanel, Ordered, Trouble } from '../contract';
import { words } from '../method';
import { now } from '../platform/clock';
import { Fault } from '../platform/errors';
import * as work from '../work/service';
import { mayApprove } from './approve';
import { mayCreate } from './create';
import { approvedOf, itemCalled, itemsWith, type StoredItem } from './items';
import { type Refused, today } from './keep';
import type { Looking } from './looking';
import { approvalOf } from './model';
import { follow } from './order';
import { usedMost } from './orders';
import { readyWords } from './words';

const SHOWN = 3;

async function approvalView(stored: StoredItem, item: work.WorkItem, looking: Looking): Promise<Pick<CatalogPanel, 'approval'>> {
  const approver = stored.approved?.approver;
  if (!approver) return {};
  const [said, mine] = await Promise.all([
    work.saidOf(item.id, 'item', approvalOf(stored.item.id)),
    item.status === 'registered' && mayApprove(approver, words(item.values, 'customer'), looking.accountId),
  ]);
  const last = said.at(-1);
  const name = last && (await looking.names([last.person])).get(last.person);
  return {
    approval: {
      role: approver.role,
      mine: mine && last?.verdict !== 'approve',
      ...(last && {
        given: {
          verdict: last.verdict,
          by: { accountId: last.person, name: name ?? 'somebody who has left' },
          at: last.at,
          ...(last.words !== undefined && { words: last.words }),
        },
      }),
    },
  };
}

/** Of what the agreement lists for the service, what is asked for most. */
async function standards(promised: agreements.Promised, looking: Looking): Promise<CatalogItem[]> {
  const listed = new Set(promised.version.terms.standards);
  const ids = (await approvedOf(promised.service, today(looking))).filter((id) => listed.has(id));
  const used = await usedMost(ids, SHOWN);
  const chosen = [...used, ...ids.filter((id) => !used.includes(id))].slice(0, SHOWN);
  const found = await itemsWith(chosen);
  return chosen.flatMap((id) => found.get(id)?.approved ?? []);
}

const momentOf = (item: work.WorkItem): number => (typeof item.values.reportTime === 'number' ? item.values.reportTime : item.created);

export async function panel(itemId: string, looking: Looking): Promise<CatalogPanel | Trouble> {
  const item = await work.readItem('person', itemId, looking.site);
  if (!work.typeOf(item, looking.site)) return { state: 'notUsm', typeName: item.typeName };
  const [service, customer, title] = [words(item.values, 'service'), words(item.values, 'customer'), words(item.values, 'catalogItem')];
  const [stored, promised] = await Promise.all([
    title === '' ? undefined : itemCalled(title),
    service === '' || customer === '' ? undefined : agreements.promisedFor(service, customer, momentOf(item)),
  ]);
  const [approval, offered, start] = await Promise.all([
    stored ? approvalView(stored, item, looking) : {},
    promised ? standards(promised, looking) : [],
    mayCreate(item.projectId),
  ]);
  return {
    state: 'ok',
    ...(service !== '' && { service }),
    ...(title !== '' && {
      ordered: {
        title,
        ...(stored && { id: stored.item.id }),
        ...(!stored && { note: 'The catalog knows no item of this name.' }),
        ...(stored && promised && !promised.version.terms.standards.includes(stored.item.id) && { note: `Not listed in ${promised.agreement.id}.` }),
      },
    }),
    ...(promised && { card: promised.version.terms.card }),
    ...approval,
    checklist: stored?.approved?.checklist ?? [],
    standards: offered.map(({ id, title: name, type, delivery }) => ({ id, title: name, type, ready: readyWords(delivery) })),
    may: { start },
  };
}

/** For whoever the work item is for, under the agreement that is in force for them now. */
export async function start({ request, id }: { request: string; id: string }, itemId: string, looking: Looking): Promise<Ordered | Refused> {
  const from = await work.readItem('person', itemId, looking.site);
  if (!(await mayCreate(from.projectId)))
    throw new Fault('person.forbidden', 'You may not create work items in this space. Ask its administrator to let you.');
  const [service, customer] = [words(from.values, 'service'), words(from.values, 'customer')];
  const promised = await agreements.promisedFor(service, customer, now());
  const stored = (await itemsWith([id])).get(id);
  if (!promised?.version.terms.standards.includes(id) || stored?.status !== 'approved' || !stored.approved)
    throw new Fault('person.conflict', `This is not agreed for ${customer || 'this customer'} any more. Load the page again.`);
  return follow(request, stored.approved, { from, promised, requester: work.requesterOf(from)?.accountId ?? looking.accountId }, looking);
}
