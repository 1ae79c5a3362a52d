/** What the steps of a Wish ask of its draft (V17 V18 V19 V35 V45): read in one statement, judged by the same functions as the deeds themselves. */
import { z } from 'zod';
import type { AgreementDeed, AgreementStatus, Calendar } from '../contract';
import type { Offer, OfferRule } from '../method';
import { answered, jsonOf, type Question, sqlFlag } from '../platform/sql';
import { BEGUN } from './candidates';
import { legIds, termsFindings } from './checks';
import { judge, type Loaded } from './judge';
import { statusAt } from './life';
import { against, type Against, type Grounds } from './possible';
import { RECORD_BODIES, recordsFrom } from './records';
import { momentOf, type Stored, storedFrom, versionBodies } from './store';
import { type Tie, tieFrom, tieQuestion } from './wish-ties';

export const PARTS = ['tie', 'own', 'legs', 'promised', 'parties', 'services', 'site'] as const;
export type OfferParts = Readonly<Record<(typeof PARTS)[number], readonly unknown[]>>;

const OF_WISH = 'FROM wish_agreement w JOIN agreement o ON o.id = w.agreement';
const LEGS = `agreement a ON a.kind <> 'SA' AND o.legs LIKE CONCAT('%,', a.id, ',%')`;

/** `bringing`: the step may bring the draft into force, so that what else the customer was promised is looked at. */
export function offerQuestions(itemId: string, bringing: boolean): Record<(typeof PARTS)[number], Question> {
  const ofItem = (text: string): Question => ({ text: `${text} WHERE w.item_id = ?`, params: [itemId] });
  return {
    tie: tieQuestion(itemId),
    own: ofItem(`SELECT ${versionBodies(false)} ${OF_WISH} JOIN agreement a ON a.id = o.id JOIN agreement_version v ON v.agreement = a.id`),
    legs: ofItem(`SELECT ${versionBodies(true)} ${OF_WISH} JOIN ${LEGS} JOIN agreement_version v ON v.agreement = a.id`),
    promised: ofItem(
      `SELECT ${versionBodies(true)} ${OF_WISH} JOIN agreement a ON a.customer = o.customer AND a.kind = 'SA' AND ${bringing ? '1 = 1' : '1 = 0'}
       JOIN agreement_version v ON v.agreement = a.id`,
    ),
    parties: ofItem(
      `SELECT ${RECORD_BODIES} ${OF_WISH} JOIN agreement a ON a.id = o.id OR (a.kind <> 'SA' AND o.legs LIKE CONCAT('%,', a.id, ',%'))
       JOIN agreement_record r ON r.kind = 'party' AND r.id IN (a.provider, a.customer)`,
    ),
    services: ofItem(
      `SELECT ${jsonOf({ id: 'r.id' })} ${OF_WISH} JOIN agreement_version v ON v.agreement = o.id AND v.number = w.version
       JOIN agreement_record r ON r.kind = 'service' AND v.services LIKE CONCAT('%,', r.id, ',%')`,
    ),
    site: { text: `SELECT ${jsonOf({ begun: `EXISTS (${BEGUN})` })}`, params: [] },
  };
}

/** What has been done already is not asked again. */
const DONE: Readonly<Record<'offer' | 'agree' | 'confirm', readonly AgreementStatus[]>> = {
  offer: ['offered', 'agreed', 'inForce', 'underReview', 'expired'],
  agree: ['agreed', 'inForce', 'underReview', 'expired'],
  confirm: ['inForce', 'underReview', 'expired'],
};

const NOTHING: Against = { refused: [], warned: [] };
const textsOf = (found: Against['refused']): string[] => found.map(({ text }) => text);

/** What stands against each step. Whatever a deed would refuse hinders its step: under the rule that says so, else under the step's own. */
function wrongOf(grounds: Grounds, at: number): Record<OfferRule, string[]> {
  const { stored, version } = grounds;
  const status = statusAt(version, at, stored.versions);
  const on = (kind: keyof typeof DONE): Against => {
    const deed: AgreementDeed = { kind, at, by: stored.agreement.owner ?? stored.agreement.id };
    return DONE[kind].includes(status) ? NOTHING : against(grounds, deed);
  };
  const [offer, agree, confirm] = [on('offer'), on('agree'), on('confirm')];
  const uncovered = [...offer.warned, ...agree.refused].filter(({ rule }) => rule === 'V18');
  return {
    V17: textsOf(offer.refused),
    V18: textsOf(uncovered),
    V19: textsOf(agree.refused.filter(({ rule }) => rule !== 'V18')),
    V45: textsOf(confirm.refused),
  };
}

const byId = (all: readonly Stored[]): Map<string, Stored> => new Map(all.map((one) => [one.agreement.id, one]));

/** Pure. undefined: the site keeps no agreements and nothing is drafted, so that nothing is asked. */
export function offerFrom(parts: OfferParts, calendars: readonly Calendar[]): { offer: Offer; tie: Tie | undefined } | undefined {
  const tie = tieFrom(parts.tie);
  const [stored] = storedFrom(parts.own);
  const version = stored?.versions.find(({ number }) => number === tie?.drafted?.version);
  if (!stored || !version) {
    const [site] = answered(z.object({ begun: sqlFlag }), parts.site);
    return site?.begun === true ? { offer: {}, tie } : undefined;
  }
  const loaded: Loaded = { stored, legs: byId(storedFrom(parts.legs)), parties: recordsFrom('party', parts.parties) };
  const at = momentOf(stored.versions);
  const services = new Set(answered(z.object({ id: z.string() }), parts.services).map(({ id }) => id));
  const under = new Map([...loaded.legs].map(([id, leg]) => [id, leg.versions.flatMap(({ terms }) => legIds(terms.under))]));
  const grounds: Grounds = {
    ...loaded,
    version,
    judged: judge(loaded, version, calendars, at),
    terms: termsFindings(stored.agreement.id, version.terms, { calendars: new Set(calendars.map(({ id }) => id)), services, under }),
    promised: storedFrom(parts.promised),
    // A step of a Wish ends no agreement that is in force.
    open: [],
  };
  const { own } = version.terms;
  const contributes = version.terms.under !== undefined || own.handling.length > 0;
  return { offer: { drafted: { wrong: wrongOf(grounds, at), contributes } }, tie };
}
