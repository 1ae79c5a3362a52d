/** What is agreed about a work item, for the gate and for every page that shows what it says. */
import { ofWork } from '../agreements/service';
import type { Ordered } from '../catalog/model';
import { type AgreedFact, type OrderedItem, type RuleId, type Transition, words } from '../method';
import { now } from '../platform/clock';
import type { Question } from '../platform/sql';
import { along, alongRow } from './agreed-records';
import { requesterOf, type WorkItem } from './model';

/** Rules that look at what is agreed; only they cost a read of it. */
export const LOOK_AT_AGREED: readonly RuleId[] = ['V01', 'V03', 'V05', 'V08', 'V38', 'V47'];

/** The moment of the report, which may be long before the work item was made. */
export const reportedAt = ({ values, created }: Pick<WorkItem, 'values' | 'created'>): number =>
  typeof values.reportTime === 'number' ? values.reportTime : created;

/** The template of a standard change counts until its last day has passed. */
function itemOf({ id, name, type, status, until, role, approved }: Ordered): OrderedItem {
  const over = until !== null && until < new Date(now()).toISOString().slice(0, 'yyyy-mm-dd'.length);
  return {
    id,
    name,
    ...(role !== null && { approval: { role, given: approved } }),
    template: type === 'rfc' ? (status === 'approved' && over ? 'over' : status) : 'none',
  };
}

const asked = (item: WorkItem) => ({
  service: words(item.values, 'service'),
  customer: words(item.values, 'customer'),
  asker: requesterOf(item)?.accountId,
  at: reportedAt(item),
});

/** In one statement; `more`: rows that come along. */
export const readOfWork = (item: WorkItem, more?: Question) =>
  ofWork(asked(item), { ...along(item.id, asked(item).asker, words(item.values, 'catalogItem')), more }, alongRow);

/** undefined: nothing has ever been promised on this site, so nothing is asked (docs/decisions/0016). */
export const agreedOf = async (item: WorkItem): Promise<AgreedFact | undefined> => agreedFrom(item, await readOfWork(item));

/** The same from what was read. */
export function agreedFrom(item: WorkItem, found: Awaited<ReturnType<typeof readOfWork>>): AgreedFact | undefined {
  const { service, customer, asker } = asked(item);
  if (!found.begun) return undefined;
  const { applies, none, along: own } = found;
  return {
    ...(service !== '' && { service }),
    ...(customer !== '' && { customer }),
    ...(applies && {
      applies: {
        id: applies.agreement.id,
        name: applies.agreement.name,
        version: applies.version.number,
        standards: applies.version.terms.standards,
        chosen: applies.chosen,
      },
    }),
    ...(none !== undefined && { none }),
    mayAsk: found.asks || found.inside || own.worksHere || (asker !== undefined && item.machines.has(asker)),
    ...(own.ordered && { item: itemOf(own.ordered) }),
    ...(own.askedFrom !== undefined && { handedOver: { parent: item.links.find((one) => one.id === own.askedFrom)?.type } }),
  };
}

export const asksAgreed = (transitions: readonly Pick<Transition, 'rules'>[]): boolean =>
  transitions.some(({ rules }) => rules.some((id) => LOOK_AT_AGREED.includes(id)));

/** What judging these steps has to know of it. */
export const readAgreed = async (item: WorkItem, transitions: readonly Pick<Transition, 'rules'>[]): Promise<AgreedFact | undefined> =>
  asksAgreed(transitions) ? agreedOf(item) : undefined;
