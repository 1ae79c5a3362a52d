/**
 * handOff: another process is asked. reclassification: this was another work type. followUp: this led to it, and waits for nothing. supplier: passed
 * to somebody else's space, where `type` says no more than what it is here, and `team` is the supplier. Each makes one work item, exactly once.
 */
export const RECEIPT_KINDS = ['handOff', 'reclassification', 'followUp', 'supplier'] as const;
export type ReceiptKind = (typeof RECEIPT_KINDS)[number];

/** Hand-offs, in this house or to a supplier: what is asked of others. */
export const ASKED = `kind IN ('handOff', 'supplier')`;
export const isAsked = ({ kind }: { kind: ReceiptKind }): boolean => kind === 'handOff' || kind === 'supplier';
