/** What stands against a deed, with the rule it is: status and dates (life.ts), and what the records say (V17, V18, V19, V45, 5.3). */
import type { Agreement, AgreementDeed, AgreementFinding } from '../contract';
import { overlaps } from './applies';
import { uncovered } from './chain';
import { agreedFindings, endFindings, legIds, partyFindings, type TermsFinding } from './checks';
import type { Judged, Loaded } from './judge';
import { againstDeed, type DeedRefusal, statusAt } from './life';
import { listText, termsLack } from './model';
import type { Stored, StoredVersion } from './store';

export interface Against {
  refused: AgreementFinding[];
  warned: AgreementFinding[];
}

/** What a deed is judged on, read before. */
export interface Grounds extends Loaded {
  version: StoredVersion;
  judged: Judged;
  /** What contradicts itself in the text, or names what is not there. */
  terms: readonly TermsFinding[];
  /** Everything promised to the same customer; only where the deed may bring into force. */
  promised: readonly Stored[];
  /** Work items that are open under it. */
  open: readonly string[];
}

/** The rule that refuses, where the reason is one. */
const RULE: Partial<Record<DeedRefusal['kind'], AgreementFinding['rule']>> = { acceptance: 'V19', start: 'V45' };

const v18 = ({ stored, version, judged }: Grounds): AgreementFinding[] =>
  stored.agreement.kind !== 'SA' && version.terms.under === undefined
    ? []
    : uncovered(judged.fit, version.terms).map((text) => ({ kind: 'uncovered', text, rule: 'V18' }));

const LIVE = ['inForce', 'underReview'];

/** V45: what lies under has to be in force before the promise is. */
function legsNotInForce({ version, legs, judged }: Grounds, at: number): AgreementFinding[] {
  const sleeping = legIds(version.terms.under).filter(
    (id) => !(legs.get(id)?.versions ?? []).some((leg, _index, all) => LIVE.includes(statusAt(leg, at, all))),
  );
  const missing = judged.fit.missing.filter((one) => !sleeping.includes(one));
  return [
    ...(sleeping.length > 0
      ? [{ kind: 'legs', text: `${listText(sleeping)} under it is not in force yet. Put it in force first.`, rule: 'V45' as const }]
      : []),
    ...(missing.length > 0
      ? [{ kind: 'legs', text: `Nobody has agreed to ${listText(missing)} yet. Agree it first, or take it out of the chain.`, rule: 'V45' as const }]
      : []),
  ];
}

/** Another promise of the same service to the same customer, with the deed done. */
function clashes({ stored, version, promised }: Grounds, deed: AgreementDeed): AgreementFinding[] {
  const versions = stored.versions.map((one) => (one.number === version.number ? { ...one, deeds: [...one.deeds, deed] } : one));
  return overlaps({ agreement: stored.agreement, versions }, promised, deed.at);
}

const parties = ({ stored, parties: known }: Grounds): AgreementFinding[] => partyFindings(stored.agreement, known);

function offer(grounds: Grounds): Against {
  const { stored, version, terms } = grounds;
  const lacks = stored.agreement.kind === 'SA' ? termsLack(version.terms) : [];
  return {
    refused: [
      ...parties(grounds),
      ...terms,
      ...(lacks.length > 0
        ? [{ kind: 'incomplete', text: `The offer is not complete: it does not say ${listText(lacks)}. Fill it in.`, rule: 'V17' as const }]
        : []),
    ],
    warned: [
      ...v18(grounds),
      ...(version.terms.validFrom === undefined
        ? [{ kind: 'start', text: 'It has no first day, so it can never be put in force as it is. Give it one.', path: 'validFrom' }]
        : []),
    ],
  };
}

export function against(grounds: Grounds, deed: AgreementDeed): Against {
  const { stored, version } = grounds;
  const first = againstDeed(version, deed, stored.versions);
  const refusal = first && { ...first, ...(RULE[first.kind] && { rule: RULE[first.kind] }) };
  const none: Against = { refused: refusal ? [refusal] : [], warned: [] };
  // What a status does not allow needs no further reasons.
  if (first && first.kind !== 'acceptance' && first.kind !== 'start') return none;
  switch (deed.kind) {
    case 'offer':
      return offer(grounds);
    case 'agree': {
      const agreed = agreedFindings(stored.agreement, version).filter(({ kind }) => kind !== 'acceptance');
      return { refused: [...none.refused, ...parties(grounds), ...agreed, ...v18(grounds)], warned: [] };
    }
    case 'confirm':
      return { refused: [...none.refused, ...legsNotInForce(grounds, deed.at), ...clashes(grounds, deed)], warned: v18(grounds) };
    case 'renew':
      return { refused: [...none.refused, ...clashes(grounds, deed)], warned: [] };
    case 'end': {
      // What is still to be done has until its last day (5.3 rule 9). Nobody can ask for what the catalog lists under it any more once it has ended.
      const left = endFindings({ calls: grounds.open, items: [], managed: [] });
      return deed.on === undefined ? { refused: [...none.refused, ...left], warned: [] } : { ...none, warned: left };
    }
    default:
      return none;
  }
}

/** Of these kinds a deed can bring into force what was not; whoever does one takes the turn of the site. */
export const takesTurn = ({ kind }: Pick<AgreementDeed, 'kind'>, { kind: of }: Agreement): boolean =>
  of === 'SA' && (kind === 'confirm' || kind === 'renew');
