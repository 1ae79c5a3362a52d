/** Every rule as a row: what it asks, where, how strict, what it did. Pure. */
import type { RuleRow, RulesOverview } from '../../contract';
import {
  isJudged,
  isWayOut,
  levelOf,
  RULE_IDS,
  type RuleId,
  RULES,
  type Transition,
  WORK_TYPE_KEYS,
  workType,
  WORKFLOWS,
  type WorkTypeKey,
} from '../../method';
import { behind, type RuleInJira } from './in-jira';
import { type RuleState, wantedOf } from './model';

/** How often a rule refused, or let pass what it would have refused. */
export interface Counted {
  rule: RuleId;
  outcome: 'refused' | 'letThrough' | 'paused';
  number: number;
}

interface Guarded {
  type: WorkTypeKey;
  transition: Transition;
}

/** Every step that asks the rule. */
const guardedBy = (rule: RuleId): Guarded[] =>
  WORK_TYPE_KEYS.flatMap((type) => WORKFLOWS[type].transitions.filter((one) => one.rules.includes(rule)).map((transition) => ({ type, transition })));

const NOT_JUDGED = 'This version does not judge it yet: every step passes it.';
const BY_PERSON = 'Jira asks it itself, of the person acting. Where it cannot tell, the step is refused.';
const BY_JIRA = 'Jira asks it itself, also while the rules of USM are paused or the app does not answer.';
const REFUSED = 'The step is refused with a reference. Nothing passes unasked.';
const MIXED = 'The step is refused with a reference, but for the ways out: Decline, Withdraw and No agreement let pass, so that nothing is trapped.';
const OPEN = 'The step is let pass and the fault is noted: a way out must not be closed by an outage.';

/** What happens when the rule cannot be judged; the gate's own behaviour in words. */
export function onFailure(rule: RuleId): string {
  const { carrier } = RULES[rule];
  if (carrier === 'system') return BY_JIRA;
  if (!isJudged(rule)) return NOT_JUDGED;
  if (carrier === 'who') return BY_PERSON;
  const ways = guardedBy(rule).map(({ transition }) => isWayOut(transition));
  if (ways.every((open) => open)) return OPEN;
  return ways.some((open) => open) ? MIXED : REFUSED;
}

/** A sentence for a list: values that only a work item can fill stand in words. */
const generally = (sentence: string): string => sentence.replace(/\{([\w-]+)\}/g, (_, name: string) => `(${name})`);

export function rowOf(rule: RuleId, state: RuleState, counted: readonly Counted[]): RuleRow {
  const { fact, help, carrier, level } = RULES[rule];
  const next = state.later.find((one) => one.rule === rule);
  const count = (...outcomes: Counted['outcome'][]): number =>
    counted.filter((one) => one.rule === rule && outcomes.includes(one.outcome)).reduce((sum, one) => sum + one.number, 0);
  return {
    rule,
    asks: generally(fact),
    why: generally(help),
    where: guardedBy(rule).map(({ type, transition }) => ({ type, typeName: workType(type).name, step: transition.name })),
    level: levelOf(rule, state.levels),
    settable: level === 'configurable',
    ...(next && { next: { level: next.level, at: next.at } }),
    carrier,
    onFailure: onFailure(rule),
    judged: isJudged(rule),
    refused: count('refused'),
    letThrough: count('letThrough', 'paused'),
  };
}

/** The name of a step by its key, whatever the work type: steps that share a key share a name. */
export const stepName = (key: string): string =>
  WORK_TYPE_KEYS.flatMap((type) => WORKFLOWS[type].transitions).find((one) => one.key === key)?.name ?? key;

interface Sources {
  state: RuleState;
  inJira: readonly RuleInJira[];
  counted: readonly Counted[];
  exceptions: readonly { key: string; rule: RuleId; transition: string; at: number }[];
  now: number;
}

export function overviewOf({ state, inJira, counted, exceptions, now }: Sources): RulesOverview {
  const { paused, removed, lastPause } = state;
  return {
    state: 'ok',
    asOf: now,
    rules: RULE_IDS.map((rule) => rowOf(rule, state, counted)),
    ...(paused && { paused }),
    ...(removed && { removed }),
    inJira: {
      rules: inJira.length,
      disabled: inJira.filter((one) => one.disabled).length,
      behind: behind(inJira, wantedOf(state)).length,
    },
    ...(lastPause && {
      lastPause: {
        ...lastPause,
        checked: state.unchecked.length === 0,
        exceptions: exceptions.map(({ key, rule, transition, at }) => ({ key, rule, step: stepName(transition), at })),
      },
    }),
    log: state.log,
  };
}
