/** The rules about what is drafted for a Wish (V17 V18 V19 V45): what is wrong is found by whoever keeps agreements, here it becomes a verdict. Pure. */
import type { RuleId } from './rule-ids';

export const OFFER_RULES = ['V17', 'V18', 'V19', 'V45'] as const satisfies readonly RuleId[];
export type OfferRule = (typeof OFFER_RULES)[number];

/** What is drafted for a Wish, as far as its steps ask. */
export interface Offer {
  /** Absent: nothing is drafted for it, though the site keeps agreements. */
  drafted?: {
    /** By rule, in words; a rule that is not named is met. */
    wrong: Readonly<Partial<Record<OfferRule, readonly string[]>>>;
    /** A leg or a handling of one's own says who contributes what. */
    contributes: boolean;
  };
}

const UNDRAFTED: Readonly<Partial<Record<OfferRule, string>>> = {
  V17: 'Nothing is drafted for this Wish yet.',
  V19: 'Nothing was offered for this Wish that the customer could accept.',
};

/** More are read on the page of the agreement. */
const SHOWN = 2;

/** undefined: there is nothing to judge. */
export const judgeOffer =
  (rule: OfferRule) =>
  ({ offer }: { offer?: Offer }): { met: boolean; text?: string } | undefined => {
    if (!offer) return undefined;
    if (!offer.drafted) {
      const text = UNDRAFTED[rule];
      return text === undefined ? undefined : { met: false, text };
    }
    const wrong = offer.drafted.wrong[rule] ?? [];
    if (wrong.length === 0) return { met: true };
    const more = wrong.length > SHOWN ? [`And ${String(wrong.length - SHOWN)} more.`] : [];
    return { met: false, text: [...wrong.slice(0, SHOWN), ...more].join(' ') };
  };
