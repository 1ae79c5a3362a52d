/** What is decided about the rules: levels, those that begin later, a pause, the removal, and what was changed last. Pure. */
import { z } from 'zod';
import { type Level, type Pause, level, moment, pause, ruleId } from '../../contract';
import { levelOf, RULE_IDS, type RuleId, type RuleLevels } from '../../method';

const period = z.object({ by: z.string(), from: moment, to: moment });

export const ruleState = z.object({
  v: z.literal(1),
  /** What is not named is enforced. */
  levels: z.partialRecord(ruleId, level),
  /** Levels that begin later; one a rule. */
  later: z.array(z.object({ rule: ruleId, level, at: moment, by: z.string() })),
  paused: pause.optional(),
  lastPause: period.optional(),
  /** Pauses of which not every step has been looked at, and how far that has come. */
  unchecked: z.array(period.extend({ after: z.object({ at: moment, id: z.string() }).optional() })),
  /** The rules were taken off the workflows. */
  removed: z.object({ by: z.string(), at: moment }).optional(),
  /** Jira may not be as it is decided here. */
  due: z.boolean(),
  log: z.array(z.object({ text: z.string(), by: z.string(), at: moment })),
});
export type RuleState = z.infer<typeof ruleState>;

/** An act: whose, and when. */
export interface Act {
  by: string;
  at: number;
}

/** So many changes are told, the newest first. */
export const LOG_LENGTH = 100;
/** The log names the app where nobody acted. */
export const NOBODY = 'USM for Jira';

export const LEVEL_NAMES: Record<Level, string> = { off: 'Off', warn: 'Warn', enforce: 'Enforce' };

export const stateWith = (levels: RuleLevels): RuleState => ({ v: 1, levels: { ...levels }, later: [], unchecked: [], due: false, log: [] });

const logged = (state: RuleState, text: string, { by, at }: Act): RuleState => ({
  ...state,
  log: [{ text, by, at }, ...state.log].slice(0, LOG_LENGTH),
});

const without = (later: RuleState['later'], rule: RuleId): RuleState['later'] => later.filter((one) => one.rule !== rule);

/** From now on. A level that was to begin later is given up. */
export function withLevel(state: RuleState, rule: RuleId, to: Level, act: Act): RuleState {
  const from = levelOf(rule, state.levels);
  const later = without(state.later, rule);
  if (from === to) return later.length === state.later.length ? state : { ...state, later };
  const levels = { ...state.levels, [rule]: to };
  return logged({ ...state, levels, later, due: true }, `${rule} from ${LEVEL_NAMES[from]} to ${LEVEL_NAMES[to]}`, act);
}

/** From a moment on. */
export const withLevelLater = (state: RuleState, rule: RuleId, to: Level, from: number, act: Act): RuleState =>
  logged(
    { ...state, later: [...without(state.later, rule), { rule, level: to, at: from, by: act.by }] },
    `${rule} is to be ${LEVEL_NAMES[to]} from ${new Date(from).toISOString()}`,
    act,
  );

/** A pause during a pause changes its reason and its end; it began when the first one did. */
export const withPause = (state: RuleState, { reason, until }: Pick<Pause, 'reason' | 'until'>, act: Act): RuleState =>
  logged({ ...state, paused: { reason, until, by: act.by, at: state.paused?.at ?? act.at }, due: true }, `All rules paused: ${reason}`, act);

export function withoutPause(state: RuleState, act: Act): RuleState {
  const { paused, ...rest } = state;
  if (!paused) return state;
  const lastPause = { by: paused.by, from: paused.at, to: act.at };
  return logged({ ...rest, lastPause, unchecked: [...state.unchecked, lastPause], due: true }, 'All rules resumed', act);
}

/** Nothing is asked any more, so nothing is paused either. */
export const withoutRules = (state: RuleState, act: Act): RuleState =>
  state.removed
    ? { ...state, due: true }
    : logged({ ...withoutPause(state, act), removed: act, due: true }, 'All rules taken off the workflows', act);

/** Setup has put rules into workflows: more of them, or all again after they were taken off. What was decided stays, and is to be told to them. */
export function withRules(state: RuleState, act: Act): RuleState {
  const { removed, ...rest } = state;
  const present = { ...rest, due: true };
  return removed ? logged(present, 'Rules put back into the workflows', act) : present;
}

/** What falls due by itself: levels that begin, a pause that ends. */
export function withDue(state: RuleState, now: number): RuleState {
  const ended = state.paused && state.paused.until <= now ? withoutPause(state, { by: NOBODY, at: now }) : state;
  return ended.later
    .filter((one) => one.at <= now)
    .sort((a, b) => a.at - b.at)
    .reduce((changed, { rule, level: to, at, by }) => withLevel(changed, rule, to, { by, at }), ended);
}

/** How a rule of the app has to be in Jira. The gate asks nothing while paused; what follows a step goes on, unless everything is taken off. */
export interface Wanted {
  levels: RuleLevels;
  gateOff: boolean;
  afterOff: boolean;
}

export const wantedOf = ({ levels, paused, removed }: RuleState): Wanted => ({
  levels,
  gateOff: paused !== undefined || removed !== undefined,
  afterOff: removed !== undefined,
});

/** The levels that the gate of one step has to carry: what differs from enforce, in the order of the rules, so that equal levels are equal texts. */
export const levelsFor = (rules: readonly RuleId[], levels: RuleLevels): RuleLevels =>
  Object.fromEntries(
    RULE_IDS.filter((id) => rules.includes(id)).flatMap((id) => {
      const one = levelOf(id, levels);
      return one === 'enforce' ? [] : [[id, one] as const];
    }),
  );
