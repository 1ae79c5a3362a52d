import { describe, expect, it } from 'vitest';
import {
  type Acting,
  type AgreedFact,
  type OrderedItem,
  EVALUATION,
  type Facts,
  type FieldKey,
  type NamedItem,
  type Offer,
  type RegisterFact,
  TREND,
  OFFER_RULES,
  isJudged,
  judge,
  pathOf,
  PRIORITY_TABLES,
  priorityOf,
  refusal,
  REFUSAL_LIMIT,
  RULE_IDS,
  RULES,
  settlement,
  summaryOf,
  transitionOf,
  type WorkTypeKey,
} from '../../src/method';

const facts = (given: Partial<Facts> = {}): Facts => ({
  key: 'NSS-1',
  type: 'incident',
  status: 'registered',
  fields: {},
  changed: new Set(),
  fresh: new Set(),
  handoffs: [],
  requester: 'Sofia Rossi',
  assigned: false,
  now: 0,
  linked: [],
  ...given,
});

const verdict = (type: WorkTypeKey, transition: string, rule: string, given: Partial<Facts>) => {
  const found = judge(transitionOf(type, transition), facts({ type, ...given })).find((one) => one.rule === rule);
  if (!found) throw new Error(`${transition} does not ask ${rule}`);
  return found;
};

/** A Wish with a draft against which this stands. */
const drafted = (wrong: NonNullable<Offer['drafted']>['wrong']): Partial<Facts> => ({ offer: { drafted: { wrong, contributes: false } } });
const fresh = (...keys: FieldKey[]) => new Set<FieldKey>(keys);

const acting = (given: Partial<Acting>): Acting => ({ accountId: 'joris', assignee: undefined, moves: [], fields: {}, ...given });
const OFFERED: Acting['moves'] = [
  { from: 'preparing', to: 'testing', by: 'joris' },
  { from: 'testing', to: 'preparing', by: 'joris' },
  { from: 'preparing', to: 'testing', by: 'daan' },
  { from: 'testing', to: 'waiting', by: 'joris' },
  { from: 'waiting', to: 'testing', by: 'joris' },
];
const DAAN = { accountId: 'daan', name: 'Daan Visser' };
const risk = (review: string): Partial<Facts> => ({
  now: Date.parse('2026-11-22T12:00Z'),
  fields: { reasonText: 'It costs more than it saves.', reviewDate: Date.parse(review) },
  changed: fresh('reasonText', 'reviewDate'),
});
/** A register that holds these; others have no place in it. */
const registered = (items: Record<string, Partial<NamedItem>>, more: Partial<RegisterFact> = {}): Partial<Facts> => ({
  register: {
    items: new Map(Object.entries(items).map(([name, one]) => [name, { name, known: true, over: false, managed: true, planned: false, ...one }])),
    others: [],
    freezes: [],
    trend: TREND,
    failures: [],
    ...more,
  },
});
const SW = { itemsToChange: ['SW'] };
const WINDOW = { ...SW, windowStart: 100, windowEnd: 200 };
const overlapping = (start: number, end: number) => registered({ SW: {} }, { others: [{ key: 'NSS-9', item: 'SW', start, end }] });

const ACCEPTED_RISK = risk('2027-06-01');

const PLANNED: Acting['moves'] = [
  { from: 'accepted', to: 'planning', by: 'daan' },
  { from: 'planning', to: 'waiting', by: 'joris' },
  { from: 'waiting', to: 'planning', by: 'joris' },
];
/** Who is asked and what they said: + yes, - not yet, m as a process manager. Joris planned it. */
const asked = (...told: string[]): Partial<Facts> => {
  const people = told.filter((one) => !/^[A-Z]/.test(one));
  const [category] = told.filter((one) => /^[A-Z]/.test(one));
  const idOf = (one: string): string => one.replace(/[+m-]+$/, '');
  return {
    fields: { ...(category !== undefined && { changeCategory: category }) },
    approvals: {
      asked: people.map((one) => ({ accountId: idOf(one), name: idOf(one).toUpperCase() })),
      given: people
        .filter((one) => idOf(one) !== one)
        .map((one) => ({ accountId: idOf(one), approved: one.includes('+'), processManager: one.endsWith('m') })),
      planner: 'joris',
    },
  };
};

describe('which rules are judged', () => {
  it('judges all fifty-three rules; what nobody can know yet is let pass and said', () => {
    expect(RULE_IDS.filter(isJudged)).toHaveLength(53);
    const notJudged = judge(transitionOf('incident', 'accept'), facts()).filter((one) => one.state === 'notJudged');
    expect(notJudged.map((one) => one.rule)).toEqual(['V01', 'V03']);
  });

  it('has V31 unused, as the method says', () => {
    expect(RULE_IDS).toHaveLength(53);
    expect(RULE_IDS).not.toContain('V31');
  });

  it('gives every rule a sentence that stands alone and help that tells what to do', () => {
    for (const id of RULE_IDS) {
      expect(RULES[id].sentence, id).toMatch(/[.?]$/);
      expect(RULES[id].help.length, id).toBeGreaterThan(5);
      expect(`${RULES[id].sentence} ${RULES[id].help}`, id).not.toMatch(/invalid|error|ticket|\bSLA\b/i);
    }
  });
});

const AS_USUAL: readonly string[] = EVALUATION.map(([usual]) => usual);
const A_LESSON = AS_USUAL.map((answer) => (answer === 'No lesson' ? 'A lesson' : answer));
const PLAN = { plan: 'x', windowStart: 1, windowEnd: 2, impact: 'Low', backOut: 'y', solutionTeam: 'Network' };
const EMERGENCY_DONE = { ...PLAN, changeCategory: 'Emergency', testPlan: 'x', deploymentPlan: 'y', testResult: 'All passed' };

/** [rule, work type, transition, facts that satisfy it, facts that do not, what the refusal names] */
const COVERED: AgreedFact = {
  service: 'Ward network',
  customer: 'Sint Lucas',
  applies: { id: 'SA-014', name: 'Ward network', version: 3, standards: [], chosen: false },
  mayAsk: true,
};
const NOT_COVERED: AgreedFact = { service: 'Ward network', customer: 'Sint Lucas', none: 'It expired on 1 May 2026.', mayAsk: false };

const WITH_LIST: AgreedFact = { ...COVERED, applies: { id: 'SA-014', name: 'Ward network', version: 3, standards: ['desk'], chosen: false } };
const DESK = { id: 'desk', name: 'A desk', template: 'approved' } as const;
const LISTED: AgreedFact = { ...WITH_LIST, item: DESK };
const asksApproval = (given: boolean): AgreedFact => ({ ...LISTED, item: { ...DESK, approval: { role: 'ward manager', given } } });
const templated = (template: OrderedItem['template']): Partial<Facts> => ({ agreed: { ...LISTED, item: { ...DESK, template } } });

const cases: [string, WorkTypeKey, string, Partial<Facts>, Partial<Facts>, string][] = [
  [
    'V01',
    'incident',
    'accept',
    { agreed: COVERED },
    { agreed: NOT_COVERED },
    "We don't know Sofia Rossi as someone who may ask this for Sint Lucas.",
  ],
  [
    'V01',
    'rfc',
    'accept',
    { agreed: { ...NOT_COVERED, handedOver: { parent: 'wish' } } },
    { agreed: { mayAsk: false } },
    'whether Sofia Rossi may ask',
  ],
  ['V05', 'serviceRequest', 'accept', { agreed: LISTED }, { agreed: WITH_LIST }, 'This request is not part of SA-014, Ward network.'],
  ['V05', 'serviceRequest', 'accept', { agreed: COVERED }, { agreed: { ...LISTED, item: { ...DESK, id: 'other' } } }, 'as a Wish'],
  ['V05', 'serviceRequest', 'accept', { agreed: { ...WITH_LIST, handedOver: { parent: 'rfc' } } }, { agreed: WITH_LIST }, 'not part of'],
  ['V08', 'rfc', 'accept', { agreed: LISTED }, { agreed: WITH_LIST }, 'This changes what was agreed in SA-014, Ward network. Start with a Wish'],
  ['V08', 'rfc', 'accept', { agreed: { ...WITH_LIST, handedOver: { parent: 'incident' } } }, { agreed: WITH_LIST }, 'changes what was agreed'],
  [
    'V08',
    'rfc',
    'accept',
    { agreed: { ...WITH_LIST, handedOver: { parent: 'optimization' } } },
    { agreed: { ...WITH_LIST, handedOver: { parent: 'complaint' } } },
    'changes what was agreed',
  ],
  [
    'V38',
    'serviceRequest',
    'accept',
    { agreed: asksApproval(true) },
    { agreed: asksApproval(false) },
    'A desk needs approval from the ward manager.',
  ],
  ['V38', 'serviceRequest', 'accept', { agreed: LISTED }, { agreed: asksApproval(false) }, 'needs approval'],
  ['V47', 'rfc', 'startStandardChange', { agreed: LISTED }, { agreed: WITH_LIST }, 'There is no approved standard for this change.'],
  ['V47', 'rfc', 'startStandardChange', { agreed: LISTED }, templated('draft'), 'A desk is not approved as a standard yet.'],
  ['V47', 'rfc', 'startStandardChange', { agreed: LISTED }, templated('over'), 'whose last day has passed'],
  ['V47', 'rfc', 'startStandardChange', { agreed: LISTED }, templated('withdrawn'), 'was withdrawn'],
  ['V47', 'rfc', 'startStandardChange', { agreed: LISTED }, templated('none'), 'is no standard change'],
  ['V02', 'incident', 'accept', { fields: { service: 'Ward network' } }, {}, 'service'],
  ['V03', 'incident', 'accept', { agreed: COVERED }, { agreed: NOT_COVERED }, 'It expired on 1 May 2026.'],
  ['V03', 'rfc', 'accept', { agreed: { ...NOT_COVERED, handedOver: { parent: undefined } } }, { agreed: { mayAsk: true } }, 'Set Customer'],
  [
    'V04',
    'incident',
    'analyse',
    { fields: { category: 'Network', impact: 'High', urgency: 'Low' } },
    { fields: { category: 'Network' } },
    'impact and urgency',
  ],
  [
    'V04',
    'preventiveAction',
    'findCause',
    { fields: { category: 'x', effect: 'High', likelihood: 'Low' } },
    { fields: { impact: 'High', urgency: 'Low' } },
    'category, effect and likelihood',
  ],
  ['V06', 'serviceRequest', 'accept', {}, { fields: { itemsToChange: ['SW-3B-02'] } }, 'SW-3B-02'],
  ['V07', 'rfc', 'accept', { fields: { itemsToAdd: ['SW-9'] } }, {}, 'at least one item'],
  ['V06', 'serviceRequest', 'accept', { fields: SW, ...registered({ SW: { managed: false } }) }, { fields: SW, ...registered({ SW: {} }) }, 'SW'],
  ['V06', 'incident', 'fixOnTheSpot', registered({}), { fields: SW, ...registered({ SW: { known: false } }) }, 'SW is not in the register.'],
  ['V07', 'rfc', 'accept', { fields: SW, ...registered({ SW: {} }) }, { fields: SW, ...registered({}) }, 'SW is not in the register.'],
  ['V07', 'rfc', 'accept', { fields: SW, ...registered({ SW: {} }) }, { fields: SW, ...registered({ SW: { over: true } }) }, 'SW is retired'],
  [
    'V07',
    'rfc',
    'accept',
    { fields: SW, ...registered({ SW: {} }) },
    { fields: SW, ...registered({ SW: { managed: false } }) },
    'use a Service Request',
  ],
  [
    'V07',
    'rfc',
    'accept',
    { fields: { itemsToAdd: ['SW'] }, ...registered({}) },
    { fields: { itemsToAdd: ['SW'] }, ...registered({ SW: {} }) },
    'SW is in the register already.',
  ],
  ['V12', 'rfc', 'confirm', { fields: SW, ...registered({ SW: { outcome: 'noChange' } }) }, { fields: SW, ...registered({ SW: {} }) }, 'SW'],
  [
    'V12',
    'rfc',
    'confirm',
    { fields: { ...SW, registerUpdate: 'Updated' }, ...registered({ SW: {} }) },
    { fields: { ...SW, registerUpdate: 'Updated' }, ...registered({ SW: { planned: true } }) },
    'Update the register for SW',
  ],
  [
    'V12',
    'rfc',
    'confirm',
    { fields: { itemsToAdd: ['NEW'], registerUpdate: 'No change after all', registerReason: 'It stayed away.' }, ...registered({}) },
    { fields: { itemsToAdd: ['NEW'], registerUpdate: 'Updated' }, ...registered({}) },
    'Update the register for NEW',
  ],
  [
    'V21',
    'rfc',
    'agreePlan',
    { fields: WINDOW, ...overlapping(200, 300) },
    { fields: WINDOW, ...overlapping(199, 300) },
    'This overlaps NSS-9 on SW.',
  ],
  [
    'V21',
    'rfc',
    'agreePlan',
    { fields: SW, ...overlapping(0, 300) },
    { fields: WINDOW, ...registered({ SW: {} }, { freezes: [{ name: 'Year end', items: ['SW'] }] }) },
    'This falls into Year end on SW',
  ],
  [
    'V32',
    'optimization',
    'deployMeasure',
    { fields: SW, ...registered({ SW: { managed: false } }), handoffs: [{ type: 'serviceRequest', state: 'prepared', thisRound: true }] },
    { fields: SW, ...registered({}), handoffs: [{ type: 'serviceRequest', state: 'prepared', thisRound: true }] },
    'SW is not in the register',
  ],
  [
    'V36',
    'incident',
    'confirm',
    { ...registered({}, { failures: [{ item: 'SW', times: 3 }] }), linked: ['preventiveAction'] },
    registered({}, { failures: [{ item: 'SW', times: 3 }] }),
    'SW failed 3 times in 30 days, so the cause is still there.',
  ],
  [
    'V52',
    'incident',
    'recover',
    { fields: SW, ...registered({ SW: { managed: false } }) },
    { fields: SW, ...registered({}) },
    'SW is not in the register',
  ],
  [
    'V09',
    'incident',
    'workReturned',
    { handoffs: [{ type: 'rfc', state: 'fulfilled', thisRound: true, key: 'NSS-2' }] },
    { handoffs: [{ type: 'rfc', state: 'accepted', thisRound: true, key: 'NSS-2' }] },
    'NSS-2',
  ],
  [
    'V09',
    'incident',
    'confirm',
    { handoffs: [{ type: 'rfc', state: 'failed', thisRound: true, key: 'NSS-2' }] },
    { handoffs: [{ type: 'rfc', state: 'prepared', thisRound: true }] },
    'being made',
  ],
  [
    'V10',
    'incident',
    'recover',
    { handoffs: [{ type: 'rfc', state: 'prepared', thisRound: true }] },
    { handoffs: [{ type: 'rfc', state: 'fulfilled', thisRound: true }] },
    'Request for Change or Service Request',
  ],
  [
    'V10',
    'incident',
    'recover',
    { fields: { handOverTo: ['Service Request'] }, fresh: fresh('handOverTo') },
    { fields: { handOverTo: ['Service Request'] } },
    'Hand this over first',
  ],
  [
    'V10',
    'incident',
    'recover',
    { fields: { handOverTo: ['Request for Change'] }, fresh: fresh('handOverTo') },
    { fields: { handOverTo: ['Wish'] }, fresh: fresh('handOverTo') },
    'Incident does not hand over to Wish. Choose Request for Change or Service Request.',
  ],
  [
    'V10',
    'complaint',
    'agreeRemedy',
    { fields: { handOverTo: ['Service Request', 'Improvement'] }, fresh: fresh('handOverTo') },
    { fields: { handOverTo: ['Service Request', 'Request for Change'] }, fresh: fresh('handOverTo') },
    'Complaint does not hand over to Request for Change.',
  ],
  [
    'V11',
    'incident',
    'confirmFor',
    { fields: { confirmedHow: 'By phone', confirmedAt: 1, confirmedWords: 'Works' }, fresh: fresh('confirmedHow', 'confirmedAt', 'confirmedWords') },
    { fields: { confirmedHow: 'By phone', confirmedAt: 1, confirmedWords: 'Works' }, fresh: fresh('confirmedHow') },
    'Sofia Rossi',
  ],
  [
    'V12',
    'rfc',
    'confirm',
    { fields: { itemsToChange: ['A', 'B'], registerUpdate: 'Updated' } },
    { fields: { itemsToChange: ['A', 'B'] } },
    'A and B',
  ],
  [
    'V12',
    'rfc',
    'confirm',
    { fields: { itemsToChange: ['A'], registerUpdate: 'No change after all', registerReason: 'same model' } },
    { fields: { itemsToChange: ['A'], registerUpdate: 'No change after all' } },
    'A',
  ],
  [
    'V15',
    'incident',
    'decline',
    { fields: { reason: 'Other', reasonText: 'x' }, fresh: fresh('reason', 'reasonText') },
    { fields: { reason: 'Other', reasonText: 'x' } },
    'Sofia Rossi',
  ],
  [
    'V16',
    'incident',
    'pause',
    { fields: { waitingFor: 'Customer', waitingUntil: 1 }, fresh: fresh('waitingFor', 'waitingUntil') },
    { fields: { waitingFor: 'Customer' }, fresh: fresh('waitingFor') },
    'until when',
  ],
  [
    'V29',
    'incident',
    'reclassify',
    { fields: { reclassifyAs: 'Wish', reasonText: 'x' }, fresh: fresh('reclassifyAs', 'reasonText') },
    { fields: { reclassifyAs: 'Incident', reasonText: 'x' }, fresh: fresh('reclassifyAs', 'reasonText') },
    'really is',
  ],
  [
    'V44',
    'incident',
    'rework',
    { fields: { difference: 'x' }, changed: fresh('difference') },
    { fields: { difference: 'x' }, fresh: fresh('difference') },
    'different',
  ],
  ['V50', 'serviceRequest', 'deliver', { fields: { result: 'done' }, fresh: fresh('result') }, { fields: { result: 'done' } }, 'what was done'],
  [
    'V51',
    'incident',
    'solutionFound',
    { fields: { solution: 'x', recoveryRoute: 'Operate', workaround: 'No' } },
    { fields: { solution: 'x' } },
    'recovery',
  ],
  [
    'V52',
    'incident',
    'recover',
    { fields: { itemsToChange: ['SW'], handOverTo: ['Request for Change'] }, fresh: fresh('handOverTo') },
    { fields: { itemsToChange: ['SW'], handOverTo: ['Service Request'] }, fresh: fresh('handOverTo') },
    'SW',
  ],
  ['V14', 'incident', 'close', { fields: { evaluation: AS_USUAL } }, { fields: { evaluation: AS_USUAL.slice(1) } }, 'evaluation questions'],
  [
    'V14',
    'incident',
    'close',
    { fields: { evaluation: A_LESSON, evaluationText: 'Keep a spare.' } },
    { fields: { evaluation: A_LESSON } },
    'evaluation questions',
  ],
  [
    'V14',
    'rfc',
    'close',
    { parent: { key: 'NSS-9', status: 'reviewing' } },
    { fields: { evaluation: [...AS_USUAL, 'A lesson'], evaluationText: 'x' } },
    'evaluation questions',
  ],
  ['V20', 'rfc', 'agreePlan', { fields: PLAN }, { fields: { ...PLAN, backOut: ' ', solutionTeam: '' } }, 'The plan lacks back-out and people.'],
  [
    'V20',
    'rfc',
    'release',
    { fields: { ...PLAN, solutionTeam: '' }, assigned: true },
    { fields: { ...PLAN, windowEnd: 1 } },
    'a window that ends after its start',
  ],
  ['V20', 'rfc', 'agreePlan', { fields: { changeCategory: 'Emergency' } }, { fields: { changeCategory: 'Normal' } }, 'window start'],
  ['V22', 'rfc', 'offerForTest', { fields: { testPlan: 'x', deploymentPlan: 'y' } }, { fields: { testPlan: 'x' } }, 'deployment plan'],
  ['V23', 'rfc', 'release', { fields: { testResult: 'All passed' } }, { fields: { testPlan: 'One.\nTwo.\n' } }, '2 tests have no accepted result.'],
  [
    'V23',
    'rfc',
    'release',
    { fields: { testResult: 'Accepted with deviations', testReason: 'Colours only.' } },
    { fields: { testPlan: 'One.', testResult: 'Accepted with deviations' } },
    '1 test has no accepted result.',
  ],
  ['V24', 'improvement', 'causeKnown', { fields: { cause: 'x', causeCategory: 'People' } }, { fields: { cause: 'x' } }, 'Describe the cause'],
  ['V25', 'improvement', 'deployMeasure', { fields: { measure: 'x', businessCase: 'y' } }, { fields: { measure: 'x' } }, 'pick one'],
  [
    'V25',
    'preventiveAction',
    'deployMeasure',
    { fields: { measure: 'x', businessCase: 'y', residualEffect: 'Low', residualLikelihood: 'Low' } },
    { fields: { measure: 'x', businessCase: 'y' } },
    'what risk remains',
  ],
  ['V27', 'complaint', 'accept', { fields: { timing: 'In the past' } }, { fields: { timing: 'It is happening now' } }, 'Register an Incident'],
  ['V27', 'complaint', 'accept', { fields: { timing: 'In the past' } }, {}, 'Say when it happened'],
  ['V28', 'complaint', 'answerOnly', { fields: { answer: 'Sorry.' } }, {}, 'Write the answer for Sofia Rossi.'],
  [
    'V30',
    'rfc',
    'confirm',
    { fields: EMERGENCY_DONE },
    { fields: { ...PLAN, changeCategory: 'Emergency', deploymentPlan: 'y' } },
    'Complete test plan and test result before confirming.',
  ],
  ['V30', 'rfc', 'confirm', {}, { fields: { changeCategory: 'Emergency' } }, 'emergency change'],
  [
    'V32',
    'improvement',
    'deployMeasure',
    { fields: { layer: ['Agreement'], handOverTo: ['Wish'] }, fresh: fresh('handOverTo') },
    { fields: { layer: ['Agreement'], customer: 'Havencollege', handOverTo: ['Service Request'] }, fresh: fresh('handOverTo') },
    'This measure changes the agreement with Havencollege, so it starts with a Wish.',
  ],
  [
    'V32',
    'optimization',
    'deployMeasure',
    { fields: { itemsToChange: ['SW'] }, handoffs: [{ type: 'rfc', state: 'prepared', thisRound: true }] },
    { fields: { itemsToChange: ['SW', 'AP'] } },
    'SW and AP change, so this measure needs a Request for Change.',
  ],
  [
    'V32',
    'preventiveAction',
    'deployMeasure',
    { handoffs: [{ type: 'serviceRequest', state: 'prepared', thisRound: true }] },
    { handoffs: [{ type: 'rfc', state: 'prepared', thisRound: true }] },
    'a Service Request does it',
  ],
  [
    'V33',
    'incident',
    'reopen',
    { parent: { key: 'NSS-9', status: 'waiting' } },
    { reopenEnded: Date.UTC(2026, 10, 27, 17) },
    'The reopen period ended on 27 November 2026.',
  ],
  [
    'V33',
    'serviceRequest',
    'reopen',
    { parent: { key: 'NSS-9', status: 'realising' } },
    { parent: { key: 'NSS-9', status: 'reviewing' } },
    'NSS-9 has moved on. Reopen it instead.',
  ],
  [
    'V34',
    'incident',
    'withdraw',
    { handoffs: [{ type: 'rfc', state: 'failed', thisRound: true, key: 'NSS-2' }] },
    { handoffs: [{ type: 'rfc', state: 'accepted', thisRound: false, key: 'NSS-2' }] },
    'Stop or withdraw NSS-2 first.',
  ],
  ['V17', 'wish', 'draftOffer', drafted({}), drafted({ V17: ['It does not say the price.'] }), 'It does not say the price.'],
  ['V17', 'wish', 'draftOffer', drafted({ V19: ['Nobody said yes.'] }), { offer: {} }, 'Nothing is drafted for this Wish yet.'],
  ['V18', 'wish', 'agree', drafted({}), drafted({ V18: ['P1 restore.', 'P2 restore.', 'P3 restore.'] }), 'P1 restore. P2 restore. And 1 more.'],
  ['V19', 'wish', 'agree', drafted({ V17: ['No price.'] }), drafted({ V19: ['Nobody said yes.'] }), 'Nobody said yes.'],
  ['V19', 'wish', 'agree', drafted({}), { offer: {} }, 'Nothing was offered for this Wish that the customer could accept.'],
  ['V45', 'wish', 'confirm', drafted({}), drafted({ V45: ['It starts on 1 December.'] }), 'It starts on 1 December.'],
  ['V35', 'wish', 'draftOffer', { fields: { solutionTeam: 'Network' } }, {}, 'Name the teams'],
  ['V35', 'wish', 'draftOffer', { offer: { drafted: { wrong: {}, contributes: true } } }, drafted({}), 'Name the teams'],
  ['V36', 'incident', 'confirm', { fields: { workaround: 'No' } }, { fields: { workaround: 'Yes' } }, 'Link a Preventive Action'],
  [
    'V36',
    'incident',
    'confirmFor',
    { fields: { workaround: 'Yes' }, linked: [undefined, 'preventiveAction'] },
    { fields: { workaround: 'Yes' }, linked: ['rfc'] },
    'the cause is still there',
  ],
  [
    'V36',
    'incident',
    'confirm',
    { fields: { impact: 'High', urgency: 'High', whyNoPrevention: 'It is replaced next week.' } },
    { fields: { impact: 'High', urgency: 'High' } },
    'say why not',
  ],
  ['V37', 'serviceRequest', 'startNow', { fields: { plannedDate: 1 }, assigned: true }, { fields: { plannedDate: 1 } }, 'who does this'],
  ['V37', 'serviceRequest', 'start', { fields: { plannedDate: 1 }, assigned: true }, { assigned: true }, 'and when'],
  [
    'V13',
    'rfc',
    'release',
    { acting: acting({ moves: OFFERED }) },
    { acting: acting({ accountId: 'daan', moves: OFFERED }) },
    'You prepared this change',
  ],
  ['V13', 'rfc', 'release', { acting: acting({ assignee: 'daan' }) }, { acting: acting({ assignee: 'joris' }) }, 'someone else has to accept it'],
  [
    'V26',
    'preventiveAction',
    'acceptRisk',
    { ...ACCEPTED_RISK, acting: acting({ profiles: new Set(['processManager']) }) },
    { ...ACCEPTED_RISK, acting: acting({ profiles: new Set(['coordinator']) }) },
    'Only the process manager can accept a risk',
  ],
  ['V26', 'improvement', 'acceptRisk', ACCEPTED_RISK, { ...ACCEPTED_RISK, changed: fresh('reasonText') }, 'a review date'],
  ['V26', 'improvement', 'acceptRisk', ACCEPTED_RISK, { ...ACCEPTED_RISK, changed: fresh('reviewDate') }, 'with a reason'],
  ['V26', 'improvement', 'acceptRisk', risk('2027-11-22'), risk('2027-11-23'), 'a review date'],
  ['V26', 'improvement', 'acceptRisk', risk('2026-11-23'), risk('2026-11-22'), 'a review date'],
  [
    'V39',
    'complaint',
    'accept',
    { assignee: DAAN, fields: { aboutPeople: ['joris'] } },
    { assignee: DAAN, fields: { aboutPeople: ['joris', 'daan'] } },
    'Daan Visser is part of this complaint.',
  ],
  [
    'V39',
    'complaint',
    'accept',
    { assignee: DAAN, acting: acting({ fields: { aboutPeople: ['amira'] } }) },
    { assignee: DAAN, acting: acting({ fields: { aboutPeople: ['amira', 'joris'] } }) },
    'You are part of this complaint.',
  ],
  ['V40', 'complaint', 'accept', { linked: [undefined] }, {}, 'Link what the complaint is about.'],
  ['V40', 'complaint', 'accept', { fields: { service: 'Telephony' } }, {}, 'Link what'],
  ['V41', 'complaint', 'draftAnswer', { fields: { finding: 'Founded', findingText: 'x' } }, { fields: { finding: 'Founded' } }, 'the finding'],
  ['V42', 'improvement', 'confirm', { fields: { baseline: 0, achieved: 3 } }, { fields: { baseline: 9 } }, 'against the goal'],
  ['V42', 'optimization', 'confirmFor', { fields: { notMeasurable: 'A matter of taste.' } }, {}, 'against the goal'],
  [
    'V43',
    'optimization',
    'causeKnown',
    { fields: { baseline: 9, target: 3, unit: 'days' } },
    { fields: { baseline: 9, unit: 'days' } },
    'target value',
  ],
  ['V46', 'rfc', 'plan', { fields: { changeCategory: 'Normal' } }, {}, 'standard, normal'],
  ['V48', 'rfc', 'agreePlan', asked('daan+', 'henk+'), asked('daan+', 'henk'), 'Still to approve: HENK.'],
  ['V48', 'rfc', 'agreePlan', asked('daan+', 'henk+'), asked('daan-', 'henk'), 'Still to approve: DAAN and HENK.'],
  ['V48', 'rfc', 'agreePlan', asked('joris+', 'henk+'), asked('joris+'), 'Whoever planned it cannot be the only one'],
  ['V48', 'rfc', 'agreePlan', asked('Significant', 'daan+', 'henk+m'), asked('Significant', 'daan+', 'henk+'), 'approval of a process manager'],
  ['V48', 'rfc', 'agreePlan', asked('Emergency', 'daan+', 'henk'), asked('Emergency', 'daan', 'henk-'), 'Still to approve: DAAN and HENK.'],
  ['V48', 'rfc', 'agreePlan', asked('Emergency', 'daan+', 'henk'), asked('Emergency', 'joris+', 'henk'), 'cannot be the only one'],
  [
    'V48',
    'rfc',
    'agreePlan',
    { acting: acting({ moves: PLANNED }) },
    { acting: acting({ accountId: 'daan', moves: PLANNED }) },
    'You planned this change',
  ],
  [
    'V48',
    'rfc',
    'agreePlan',
    { acting: acting({ fields: { changeCategory: 'Significant' }, profiles: new Set(['processManager']) }) },
    { acting: acting({ fields: { changeCategory: 'Significant' }, profiles: new Set(['coordinator']) }) },
    'approved by a process manager',
  ],
  [
    'V30',
    'rfc',
    'confirm',
    { ...asked('Emergency', 'daan+', 'henk+'), fields: EMERGENCY_DONE },
    { ...asked('Emergency', 'daan+', 'henk'), fields: EMERGENCY_DONE },
    'Complete the approval of HENK before confirming.',
  ],
  ['V49', 'incident', 'accept', { fields: { observed: 'x', agreed: 'y' } }, { fields: { observed: 'x' } }, 'what does it do'],
  ['V53', 'improvement', 'accept', { fields: { source: 'Idea', layer: ['People'] } }, { fields: { source: 'Idea' } }, 'Where does this come from'],
  [
    'V54',
    'preventiveAction',
    'confirm',
    { fields: { residualEffect: 'Medium', residualLikelihood: 'Medium' } },
    { fields: { residualEffect: 'High', residualLikelihood: 'Medium' } },
    'Ask the process manager.',
  ],
  ['V54', 'preventiveAction', 'confirmFor', { fields: { residualEffect: 'Nil', residualLikelihood: 'High' } }, {}, 'Say what risk remains'],
];

describe.each(cases)('%s on %s, %s', (rule, type, transition, good, bad, names) => {
  it('is met when it should be', () => {
    expect(verdict(type, transition, rule, good).state).toBe('met');
  });
  it(`is not met otherwise, and names: ${names}`, () => {
    const found = verdict(type, transition, rule, bad);
    expect(found.state).toBe('unmet');
    expect(found.text).toContain(names);
    expect(found.text).not.toMatch(/[{}]/);
  });
});

it('judges every rule in this table, each of them both ways', () => {
  expect([...new Set(cases.map(([rule]) => rule))].sort()).toEqual(RULE_IDS.filter(isJudged));
});

it.each(['wish', 'improvement', 'preventiveAction', 'optimization'] as const)('%s needs no agreement', (type) => {
  expect(verdict(type, 'accept', 'V03', { agreed: NOT_COVERED }).state).toBe('met');
});

describe('the offer for a Wish', () => {
  const uncovered = drafted({ V18: ['P1 restore cannot be kept.'] });

  it('warns of what cannot be kept while it is drafted, and refuses it when it is agreed (V18)', () => {
    expect(verdict('wish', 'draftOffer', 'V18', uncovered)).toMatchObject({ state: 'unmet', level: 'warn' });
    expect(verdict('wish', 'agree', 'V18', uncovered)).toMatchObject({ state: 'unmet', level: 'enforce' });
    const off = judge(transitionOf('wish', 'draftOffer'), facts({ type: 'wish', ...uncovered }), { V18: 'off' });
    expect(off.map(({ rule }) => rule)).toEqual(['V17', 'V35']);
  });

  it('is judged in nothing where no agreements are kept, and at the end only where there is one', () => {
    const states = (given: Partial<Facts>) =>
      (['draftOffer', 'agree', 'confirm'] as const).flatMap((step) =>
        judge(transitionOf('wish', step), facts({ type: 'wish', ...given }))
          .filter(({ rule, state }) => state === 'notJudged' && OFFER_RULES.some((one) => one === rule))
          .map(({ rule }) => `${step} ${rule}`),
      );
    expect(states({})).toEqual(['draftOffer V17', 'draftOffer V18', 'agree V18', 'agree V19', 'confirm V45']);
    expect(states({ offer: {} })).toEqual(['draftOffer V18', 'agree V18', 'confirm V45']);
    expect(states(drafted({}))).toEqual([]);
  });
});

describe('priority 1 and the accepted risk', () => {
  const tables = { calls: PRIORITY_TABLES.calls, risks: { ...PRIORITY_TABLES.risks, Low: { High: 2, Medium: 2, Low: 2 } } };
  it('are what the tables of the site say', () => {
    const remains = { fields: { residualEffect: 'Low', residualLikelihood: 'Low' } };
    expect(verdict('preventiveAction', 'confirm', 'V54', remains).state).toBe('met');
    expect(verdict('preventiveAction', 'confirm', 'V54', { ...remains, tables }).state).toBe('unmet');
  });
});

describe('the own Confirm of whoever asked', () => {
  it('is itself the confirmation', () => {
    expect(verdict('incident', 'confirm', 'V11', {}).state).toBe('met');
  });
});

describe('a refusal', () => {
  const transition = transitionOf('incident', 'recover');
  it('says what cannot happen, what is missing, and keeps codes for last', () => {
    const verdicts = judge(transition, facts({ fields: { itemsToChange: ['SW-3B-02'] } }));
    const text = refusal(transition, facts(), verdicts, '7F3A-21');
    expect(text).toMatch(/^NSS-1 cannot move to Realising yet\. 2 things are missing\.\n1\. Hand this over first/);
    expect(text).toMatch(/\(USM V10, V52\. Reference 7F3A-21\)$/);
  });
  it('is absent when nothing is missing', () => {
    expect(refusal(transition, facts(), [], 'x')).toBeUndefined();
  });
  it('shows three and counts the rest, within the limit', () => {
    const verdicts = Array.from({ length: 6 }, () => ({
      rule: 'V09' as const,
      state: 'unmet' as const,
      level: 'enforce' as const,
      text: 'x'.repeat(200),
      help: 'y'.repeat(200),
    }));
    const text = refusal(transition, facts(), verdicts, '7F3A-21') ?? '';
    expect(text.length).toBeLessThanOrEqual(REFUSAL_LIMIT);
    expect(text).toContain('6 things');
    expect(text).toMatch(/Reference 7F3A-21\)$/);
  });
});

describe('settlement of a parent', () => {
  const one = (state: Parameters<typeof settlement>[1][number]['state'], thisRound = true) => ({ state, thisRound });
  it.each([
    ['nothing open and one fulfilled', [one('fulfilled'), one('fulfilled')], 'workReturned'],
    ['one still open', [one('fulfilled'), one('accepted')], 'none'],
    ['one cancelled, another open', [one('failed'), one('accepted')], 'workFailed'],
    ['an old round failed, this one fulfilled', [one('failed', false), one('fulfilled')], 'workReturned'],
    ['only an old round fulfilled', [one('fulfilled', false)], 'none'],
    ['an old one still open', [one('accepted', false), one('fulfilled')], 'none'],
    ['nothing asked', [], 'none'],
  ] as const)('%s', (_name, receipts, move) => {
    expect(settlement('realising', receipts).move).toBe(move);
  });
  it('leaves a parent alone that is not Realising', () => {
    expect(settlement('reviewing', [one('fulfilled')]).move).toBe('none');
  });
});

describe('path code', () => {
  it.each([
    ['wish', ['rfc', 'serviceRequest'], 'W1'],
    ['rfc', ['serviceRequest'], 'W2'],
    ['incident', ['serviceRequest', 'rfc', 'serviceRequest'], 'W3'],
    ['incident', ['serviceRequest'], 'W4'],
    ['incident', [], 'open'],
    ['serviceRequest', [], 'W5'],
    ['improvement', ['wish', 'rfc', 'serviceRequest'], 'W6'],
    ['preventiveAction', ['rfc', 'serviceRequest'], 'W7'],
    ['optimization', ['serviceRequest'], 'W8'],
    ['complaint', ['serviceRequest'], 'W1-answer'],
    ['complaint', ['wish', 'rfc'], 'W1'],
  ] as const)('%s handing over to %j is %s', (root, below, path) => {
    expect(pathOf(root, below)).toBe(path);
  });
  it('of an incident fixed on the spot is W4', () => {
    expect(pathOf('incident', [], true)).toBe('W4');
  });
});

describe('priority', () => {
  it.each([
    ['High', 'High', 1],
    ['High', 'Medium', 2],
    ['Low', 'High', 3],
    ['Medium', 'Low', 4],
    ['Low', 'Low', 5],
    ['Nil', 'High', 5],
  ])('%s impact, %s urgency: %i', (impact, urgency, priority) => {
    expect(priorityOf('incident', { impact, urgency })).toBe(priority);
  });
  it('is unknown while a rating is missing', () => {
    expect(priorityOf('incident', { impact: 'High' })).toBeUndefined();
    expect(priorityOf('preventiveAction', { impact: 'High', urgency: 'High' })).toBeUndefined();
  });
});

describe('the summary of a child', () => {
  it('is the first sentence of what is asked', () => {
    expect(summaryOf('Replace access switch SW-3B-02 by another model. Result: all beds work.')).toBe(
      'Replace access switch SW-3B-02 by another model',
    );
    expect(summaryOf('x'.repeat(300))).toHaveLength(120);
  });
});
