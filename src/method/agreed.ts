/** What is agreed about a work item at the time of its report, and what the rules about agreements (V01, V03) say of it. */
import { isImprove, type WorkTypeKey } from './work-types';

/** Absent as a fact: not asked, since nothing has ever been promised on this site. */
export interface AgreedFact {
  /** As people name them; absent: not set. */
  service?: string;
  customer?: string;
  /** What covers it: found from service and customer, or chosen by somebody with a reason. */
  applies?: {
    id: string;
    name: string;
    version: number;
    /** Ids of the catalog items in the version: standard calls and changes. */
    standards: readonly string[];
    chosen: boolean;
  };
  /** Why nothing covers it, in words; there where `applies` is not. */
  none?: string;
  /** Whether whoever asked may ask this for the customer: named for it, of the organisation itself, or a machine. */
  mayAsk: boolean;
  /** Made by a hand-over: it is covered by what it was made for. */
  handedOver?: { parent: WorkTypeKey | undefined };
  /** The item that it was ordered as, from the field Catalog item; absent: none is named, or none has that name. Asked by V05, V08, V38 and V47. */
  item?: OrderedItem;
}

export interface OrderedItem {
  id: string;
  name: string;
  /** Who of the customer has to approve it, where somebody has to. */
  approval?: { role: string; given: boolean };
  /** How the template of a standard change stands today; none: the item is another kind of work. */
  template: 'approved' | 'draft' | 'withdrawn' | 'over' | 'none';
}

/** Whether this kind of work needs an agreement: a Wish leads to one, and what improves the organisation is nobody's order. */
export const needsAgreement = (type: WorkTypeKey): boolean => type !== 'wish' && !isImprove(type);

interface Judged {
  met: boolean;
  says?: Record<string, string>;
  text?: string;
}

/** V01. undefined: not asked. */
export function judgeMayAsk(agreed: AgreedFact | undefined): Judged | undefined {
  if (!agreed) return undefined;
  if (agreed.handedOver) return { met: true, text: 'Another process of the organisation asks for it' };
  const { customer, mayAsk } = agreed;
  if (!mayAsk && customer === undefined) return { met: false, text: 'Set Customer, so that it is known whether {requester} may ask this.' };
  return { met: mayAsk, says: { customer: customer ?? 'the customer' } };
}

/** V03. undefined: not asked. */
export function judgeCovered(agreed: AgreedFact | undefined, type: WorkTypeKey): Judged | undefined {
  if (!agreed) return undefined;
  if (type === 'wish') return { met: true, text: 'A Wish needs no agreement: it leads to one' };
  if (!needsAgreement(type)) return { met: true, text: 'An improvement needs no agreement' };
  if (agreed.handedOver) return { met: true, text: 'Covered with the work item that asked for it' };
  const { applies, service, customer, none } = agreed;
  if (applies) return { met: true, text: `${applies.id}, ${applies.name}, version ${String(applies.version)} covers it` };
  if (customer === undefined) return { met: false, text: 'Set Customer, so that its agreement is found.' };
  return { met: false, says: { service: service ?? 'The service', customer }, ...(none !== undefined && { text: none }) };
}

/** What the agreement calls by its number and name. */
const called = ({ id, name }: NonNullable<AgreedFact['applies']>): string => `${id}, ${name}`;

/** Whether it was agreed beforehand. An agreement that lists nothing yet says nothing about single calls. */
function listed({ applies, item }: AgreedFact): Judged | undefined {
  if (!applies) return undefined;
  if (applies.standards.length === 0) return { met: true, text: `${applies.id} lists no standard calls yet` };
  if (item !== undefined && applies.standards.includes(item.id)) return { met: true, text: `${applies.id} lists it: ${item.name}` };
  return { met: false, says: { agreement: called(applies) } };
}

/** V05. undefined: not asked, or V03 says that there is no agreement. */
export function judgeListed(agreed: AgreedFact | undefined): Judged | undefined {
  if (agreed?.handedOver) return { met: true, text: 'Part of what another work item asked for' };
  return agreed && listed(agreed);
}

/** A change that follows from these is not the customer's own: the agreement was changed first, or is kept by it. */
const LEADS_TO_CHANGE = (type: WorkTypeKey | undefined): boolean => type === undefined || type === 'wish' || type === 'incident' || isImprove(type);

/** V08. undefined: as V05. */
export function judgeForeseen(agreed: AgreedFact | undefined): Judged | undefined {
  if (agreed?.handedOver && LEADS_TO_CHANGE(agreed.handedOver.parent)) return { met: true, text: 'It follows from what asked for it' };
  return agreed && listed(agreed);
}

/** V38. undefined: not asked. */
export function judgeApproved(agreed: AgreedFact | undefined): Judged | undefined {
  if (!agreed) return undefined;
  if (agreed.handedOver) return { met: true, text: 'Part of what another work item asked for' };
  const { item } = agreed;
  if (!item?.approval) return { met: true, text: 'Nobody has to approve it' };
  const { role, given } = item.approval;
  return given ? { met: true, text: `The ${role} has approved it` } : { met: false, says: { item: item.name, role: `the ${role}` } };
}

const TEMPLATES: Readonly<Record<Exclude<OrderedItem['template'], 'approved'>, string>> = {
  draft: 'is not approved as a standard yet',
  withdrawn: 'was withdrawn as a standard',
  over: 'was a standard whose last day has passed',
  none: 'is no standard change',
};

/** V47. undefined: not asked. */
export function judgeTemplate(agreed: AgreedFact | undefined): Judged | undefined {
  if (!agreed) return undefined;
  const { item } = agreed;
  if (!item) return { met: false };
  return item.template === 'approved'
    ? { met: true, text: `The standard is ${item.name}` }
    : { met: false, text: `There is no approved standard for this change: ${item.name} ${TEMPLATES[item.template]}.` };
}
