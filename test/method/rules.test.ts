import { describe, expect, it } from 'vitest';
import {
  type Facts,
  type FieldKey,
  isJudged,
  judge,
  pathOf,
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
  ...given,
});

const verdict = (type: WorkTypeKey, transition: string, rule: string, given: Partial<Facts>) => {
  const found = judge(transitionOf(type, transition), facts({ type, ...given })).find((one) => one.rule === rule);
  if (!found) throw new Error(`${transition} does not ask ${rule}`);
  return found;
};

const fresh = (...keys: FieldKey[]) => new Set<FieldKey>(keys);

describe('which rules are judged', () => {
  it('judges fifteen rules; the other thirty-eight are declared, let pass and say so', () => {
    const judged = RULE_IDS.filter(isJudged);
    expect(judged).toEqual(['V02', 'V04', 'V06', 'V07', 'V09', 'V10', 'V11', 'V12', 'V15', 'V16', 'V29', 'V44', 'V50', 'V51', 'V52']);
    expect(RULE_IDS.length - judged.length).toBe(38);
    const notJudged = judge(transitionOf('incident', 'accept'), facts()).filter((one) => one.state === 'notJudged');
    expect(notJudged.map((one) => one.rule)).toEqual(['V01', 'V03', 'V49']);
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

/** [rule, work type, transition, facts that satisfy it, facts that do not, what the refusal names] */
const cases: [string, WorkTypeKey, string, Partial<Facts>, Partial<Facts>, string][] = [
  ['V02', 'incident', 'accept', { fields: { service: 'Ward network' } }, {}, 'service'],
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
    'Hand this over first',
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
