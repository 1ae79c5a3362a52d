/** What is decided about the rules, and what the method makes of it. */
import { describe, expect, it } from 'vitest';
import { ruleCalls } from '../../src/contract';
import { type Facts, isWayOut, judge, levelOf, refusal, RULE_IDS, type RuleLevels, SETTABLE_RULES, transitionOf, WORKFLOWS } from '../../src/method';
import { levelsAtBeginning } from '../../src/setup/rules/levels';
import {
  levelsFor,
  LOG_LENGTH,
  NOBODY,
  ruleState,
  type RuleState,
  stateWith,
  wantedOf,
  withDue,
  withLevel,
  withLevelLater,
  withoutPause,
  withoutRules,
  withPause,
  withRules,
} from '../../src/setup/rules/model';
import { onFailure, overviewOf, rowOf } from '../../src/setup/rules/overview';

const AMIRA = { by: 'Amira', at: 1_000 };
const HENK = { by: 'Henk', at: 2_000 };
const sound = (state: RuleState): RuleState => ruleState.parse(JSON.parse(JSON.stringify(state)));

const facts: Facts = {
  key: 'NSS-1',
  type: 'incident',
  status: 'accepted',
  fields: { itemsToChange: ['SW-1'] },
  changed: new Set(),
  fresh: new Set(),
  handoffs: [],
  assigned: false,
  now: 0,
  linked: [],
  requester: 'Sofia',
};
const onTheSpot = transitionOf('incident', 'fixOnTheSpot');
const judged = (levels: RuleLevels) => judge(onTheSpot, facts, levels).map(({ rule, state, level }) => [rule, state, level]);

describe('levels', () => {
  it('can be set for the ten rules of the method, and for no other', () => {
    expect(SETTABLE_RULES).toEqual(['V05', 'V06', 'V08', 'V13', 'V14', 'V18', 'V21', 'V36', 'V42', 'V48']);
    for (const id of RULE_IDS) expect(levelOf(id, { [id]: 'off' }), id).toBe(SETTABLE_RULES.includes(id) ? 'off' : 'enforce');
  });

  it('off is not asked, warn is told and hinders nothing, enforce refuses', () => {
    const hard = [
      ['V04', 'unmet', 'enforce'],
      ['V50', 'unmet', 'enforce'],
    ];
    expect(judged({})).toEqual([hard[0], ['V06', 'unmet', 'enforce'], hard[1]]);
    expect(judged({ V06: 'warn' })).toEqual([hard[0], ['V06', 'unmet', 'warn'], hard[1]]);
    expect(judged({ V06: 'off', V04: 'off' })).toEqual(hard);
    const text = (levels: RuleLevels) => refusal(onTheSpot, facts, judge(onTheSpot, facts, levels), 'R') ?? '';
    expect(text({})).toContain('V06');
    expect(text({ V06: 'warn' })).toContain('2 things are missing');
    expect(text({ V06: 'warn' })).not.toContain('V06');
    const warned = judge(onTheSpot, facts, { V06: 'warn' }).filter((one) => one.rule === 'V06');
    expect(refusal(onTheSpot, facts, warned, 'R')).toBeUndefined();
  });

  it('begin as warnings or in earnest', () => {
    expect(Object.keys(levelsAtBeginning('warn') ?? {})).toEqual([...SETTABLE_RULES]);
    expect(new Set(Object.values(levelsAtBeginning('warn') ?? {}))).toEqual(new Set(['warn']));
    expect(levelsAtBeginning('enforce')).toBeUndefined();
  });

  it('of one step are those of its rules that are not enforced, in the order of the rules', () => {
    expect(levelsFor(['V50', 'V06', 'V05'], { V06: 'warn', V05: 'enforce', V13: 'off', V50: 'off' })).toEqual({ V06: 'warn' });
    expect(JSON.stringify(levelsFor(['V06', 'V05'], { V06: 'off', V05: 'warn' }))).toBe('{"V05":"warn","V06":"off"}');
  });
});

describe('a decision', () => {
  it('is logged with what was and what is, and makes Jira due', () => {
    const state = sound(withLevel(stateWith({ V13: 'warn' }), 'V13', 'enforce', AMIRA));
    expect(state).toMatchObject({ levels: { V13: 'enforce' }, due: true, log: [{ text: 'V13 from Warn to Enforce', by: 'Amira', at: 1_000 }] });
    expect(withLevel(state, 'V13', 'enforce', HENK)).toBe(state);
  });

  it('for later waits for its moment, and the last word counts', () => {
    const first = withLevelLater(stateWith({}), 'V13', 'warn', 5_000, AMIRA);
    const second = sound(withLevelLater(first, 'V13', 'off', 6_000, HENK));
    expect(second.later).toEqual([{ rule: 'V13', level: 'off', at: 6_000, by: 'Henk' }]);
    expect(second.due).toBe(false);
    expect(withDue(second, 5_999)).toBe(second);
    const begun = withDue(second, 6_000);
    expect(begun).toMatchObject({ levels: { V13: 'off' }, later: [], due: true });
    expect(begun.log[0]).toEqual({ text: 'V13 from Enforce to Off', by: 'Henk', at: 6_000 });
    expect(withLevel(second, 'V13', 'warn', AMIRA).later).toEqual([]);
    expect(withLevel(second, 'V13', 'enforce', AMIRA)).toMatchObject({ later: [], due: false });
  });

  it('about more than a hundred things forgets the oldest', () => {
    const many = Array.from({ length: 150 }).reduce<RuleState>(
      (state, _, index) => withLevel(state, 'V13', index % 2 === 0 ? 'warn' : 'off', { by: 'A', at: index }),
      stateWith({}),
    );
    expect(many.log).toHaveLength(LOG_LENGTH);
    expect(many.log[0]?.at).toBe(149);
  });
});

describe('a pause', () => {
  const paused = withPause(stateWith({}), { reason: 'Outage', until: 9_000 }, AMIRA);

  it('switches the gates off and nothing else', () => {
    expect(wantedOf(paused)).toMatchObject({ gateOff: true, afterOff: false });
    expect(wantedOf(stateWith({}))).toMatchObject({ gateOff: false, afterOff: false });
  });

  it('ends by itself, and what was passed is to be looked at', () => {
    expect(withDue(paused, 8_999)).toBe(paused);
    const over = sound(withDue(paused, 9_000));
    expect(over.paused).toBeUndefined();
    expect(over).toMatchObject({ due: true, lastPause: { by: 'Amira', from: 1_000, to: 9_000 }, unchecked: [{ from: 1_000, to: 9_000 }] });
    expect(over.log[0]).toMatchObject({ by: NOBODY });
  });

  it('lengthened still begins where it began; ended twice ends once', () => {
    const longer = withPause(paused, { reason: 'Still', until: 20_000 }, HENK);
    expect(longer.paused).toEqual({ reason: 'Still', until: 20_000, by: 'Henk', at: 1_000 });
    const ended = withoutPause(longer, HENK);
    expect(withoutPause(ended, HENK)).toBe(ended);
    expect(ended.unchecked).toHaveLength(1);
  });
});

describe('the removal', () => {
  it('switches everything off, ends a pause, and is undone by putting the rules in again', () => {
    const removed = sound(withoutRules(withPause(stateWith({ V13: 'warn' }), { reason: 'Outage', until: 9_000 }, AMIRA), HENK));
    expect(wantedOf(removed)).toMatchObject({ gateOff: true, afterOff: true });
    expect(removed.paused).toBeUndefined();
    expect(withoutRules(removed, AMIRA).removed).toEqual(HENK);
    const back = withRules(removed, AMIRA);
    expect(wantedOf(back)).toEqual({ levels: { V13: 'warn' }, gateOff: false, afterOff: false });
    expect(withRules(back, AMIRA).log).toEqual(back.log);
  });
});

describe('the overview', () => {
  const overview = overviewOf({ state: stateWith({ V13: 'warn' }), inJira: [], counted: [], exceptions: [], now: 1 });

  it('is what the contract promises, and holds every rule with every step it guards', () => {
    expect(ruleCalls['rules.overview'].answer.parse(overview)).toEqual(overview);
    expect(overview.rules.map((one) => one.rule)).toEqual([...RULE_IDS]);
    const steps = Object.values(WORKFLOWS).flatMap((workflow) => workflow.transitions.flatMap((one) => one.rules));
    expect(overview.rules.reduce((sum, one) => sum + one.where.length, 0)).toBe(steps.length);
    expect(overview.rules.find((one) => one.rule === 'V13')).toMatchObject({
      where: [{ type: 'rfc', typeName: 'Request for Change', step: 'Release' }],
      level: 'warn',
      settable: true,
      judged: true,
    });
    for (const { asks, why } of overview.rules) expect(`${asks} ${why}`).not.toMatch(/[{}]/);
  });

  it('says of a failure what the gate does', () => {
    expect(onFailure('V02')).toMatch(/^The step is refused/);
    expect(onFailure('V15')).toMatch(/let pass/);
    expect(onFailure('V16')).toMatch(/^Jira asks it itself/);
    const open = new Set(Object.values(WORKFLOWS).flatMap((workflow) => workflow.transitions.filter(isWayOut).map((one) => one.key)));
    expect([...open].sort()).toEqual(['decline', 'declineLater', 'noAgreement', 'withdraw']);
  });

  it('counts refusals apart from what was let pass, in a pause as well', () => {
    const counted = [
      { rule: 'V04', outcome: 'refused', number: 3 },
      { rule: 'V06', outcome: 'letThrough', number: 2 },
      { rule: 'V06', outcome: 'paused', number: 1 },
    ] as const;
    expect(rowOf('V04', stateWith({}), counted)).toMatchObject({ refused: 3, letThrough: 0 });
    expect(rowOf('V06', stateWith({}), counted)).toMatchObject({ refused: 0, letThrough: 3 });
  });
});
