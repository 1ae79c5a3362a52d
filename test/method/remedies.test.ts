/** Every rule that fields can answer has the button that asks for them, on every work type that the rule guards. */
import { describe, expect, it } from 'vitest';
import {
  EVALUATION,
  EVALUATION_QUESTIONS,
  answeredByHandingOver,
  answeredInStep,
  type FieldKey,
  FIELDS,
  field,
  isJudged,
  judge,
  remedyOf,
  RULE_IDS,
  RULES,
  type RuleId,
  WORKFLOWS,
  WORK_TYPE_KEYS,
} from '../../src/method';

/** Answered by other work, by its end, by approvals, in an agreement's draft, or by taking a mark away. Rules about the person are answered by another person. */
const WITHOUT: readonly RuleId[] = ['V06', 'V09', 'V17', 'V18', 'V19', 'V33', 'V34', 'V38', 'V39', 'V45', 'V48'];

const guarded = WORK_TYPE_KEYS.flatMap((type) => WORKFLOWS[type].transitions.flatMap((step) => step.rules.map((rule) => ({ type, step, rule }))));

describe('what answers a rule', () => {
  it('is told for every rule that is judged, wherever it guards', () => {
    const lacking = guarded.filter(
      ({ type, step, rule }) =>
        isJudged(rule) &&
        RULES[rule].carrier !== 'who' &&
        !WITHOUT.includes(rule) &&
        !answeredByHandingOver(rule) &&
        !remedyOf(rule, type) &&
        step.screen === undefined,
    );
    expect(lacking.map(({ type, step, rule }) => `${type}.${step.key} ${rule}`)).toEqual([]);
    for (const rule of WITHOUT) expect(WORK_TYPE_KEYS.some((type) => remedyOf(rule, type))).toBe(false);
  });

  it('asks for fields that this work type has, each once', () => {
    for (const rule of RULE_IDS)
      for (const type of WORK_TYPE_KEYS) {
        const asks = remedyOf(rule, type)?.asks ?? [];
        expect(asks.filter((key) => !field(key).on.includes(type))).toEqual([]);
        expect(new Set(asks).size).toBe(asks.length);
      }
  });

  // Judged as Jira tells it after the dialog: everything that the dialog demands is given, and nothing else.
  it.each(['V02', 'V04', 'V22', 'V24', 'V25', 'V28', 'V35', 'V40', 'V41', 'V43', 'V46', 'V49', 'V50', 'V51', 'V53'] as const)(
    '%s is met by what its dialog demands, and not without',
    (rule) => {
      const { type, step } = guarded.find((one) => one.rule === rule) ?? { type: 'wish', step: undefined };
      if (!step) throw new Error(`${rule} guards nothing`);
      const { asks = [], perhaps = [] } = remedyOf(rule, type) ?? {};
      const must = asks.filter((key) => !perhaps.includes(key));
      const sample = (key: FieldKey) => (FIELDS[key].kind === 'number' ? 1 : FIELDS[key].kind === 'options' ? ['One'] : 'Words');
      const state = (keys: readonly FieldKey[]) =>
        judge(
          step,
          {
            key: 'NSS-1',
            type,
            status: step.from[0] ?? 'registered',
            fields: Object.fromEntries(keys.map((key) => [key, sample(key)])),
            changed: new Set(),
            fresh: new Set(keys),
            handoffs: [],
            requester: 'Sofia Rossi',
            assigned: false,
            linked: [],
            now: 0,
          },
          {},
        ).find((one) => one.rule === rule)?.state;
      expect(must.length).toBeGreaterThan(0);
      expect(state(must)).toBe('met');
      for (const key of must) expect(state(must.filter((one) => one !== key))).toBe('unmet');
    },
  );

  it('is asked on the way where the step itself asks', () => {
    const pause = WORKFLOWS.incident.transitions.find((one) => one.key === 'solutionFound');
    expect(answeredInStep('V51', pause ?? {})).toBe(true);
    expect(answeredInStep('V51', {})).toBe(false);
    expect(answeredInStep('V11', {})).toBe(true);
  });
});

it('the five questions of the evaluation are those of the field, in its order', () => {
  expect(EVALUATION_QUESTIONS.map(({ usual, other }) => [usual, other])).toEqual(EVALUATION.map((pair) => [...pair]));
});
