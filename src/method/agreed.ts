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
  /** The item that it was ordered as, from the field Catalog item; absent: none is named, or none has that name. Asked by V05, V08 and V38. */
  item?: OrderedItem;
}

export interface OrderedItem {
  id: string;
  name: string;
  /** Who of the customer has to approve it, where somebody has to. */
  approval?: { role: string; given: boolean };
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
