/** How a person takes a step from here, and what a rule's line offers to do. Pure. */
import type { OtherStep, RuleLine, Take } from '../../contract';
import {
  answeredByHandingOver,
  answeredInStep,
  hinders,
  remedyOf,
  type StatusKey,
  type Transition,
  transitionsFrom,
  type Verdict,
  type WorkTypeKey,
} from '../../method';

/** Ids of the transitions that Jira offers to whoever looks. */
export type Ways = ReadonlySet<number>;

type Judged = Pick<Verdict, 'rule' | 'state' | 'level'>;

const isOpen = ({ state }: Judged): boolean => state === 'unmet';
const isAsked = (transition: Transition, type: WorkTypeKey) => (verdict: Judged) =>
  remedyOf(verdict.rule, type) !== undefined || answeredInStep(verdict.rule, transition);

/** Before confirming, the promise is shown again. */
const asksAlways = ({ key, screen }: Transition): boolean => screen !== undefined || key === 'confirm' || key === 'confirmFor';

/** While the rules are paused nothing hinders; what is missing may still be given. */
export const asPaused = <V extends Judged>(verdicts: readonly V[]): V[] => verdicts.map((one) => ({ ...one, level: 'warn' }));

/** The main way on: none where something is missing that no dialog asks for. Its lines tell what. */
export function takeOf(transition: Transition, type: WorkTypeKey, verdicts: readonly Judged[], ways: Ways): Take | undefined {
  if (!ways.has(transition.id) || transition.kind === 'auto') return undefined;
  const hindering = verdicts.filter(hinders);
  if (transition.forks) {
    if (!hindering.every(({ rule }) => answeredByHandingOver(rule))) return undefined;
    return verdicts.some((one) => isOpen(one) && answeredByHandingOver(one.rule)) ? 'handOver' : 'now';
  }
  if (!hindering.every(isAsked(transition, type))) return undefined;
  return asksAlways(transition) || verdicts.filter(isOpen).some(isAsked(transition, type)) ? 'dialog' : 'now';
}

/** Ways beside the main one. What hinders them stands in their dialog, since no line tells it. */
export const othersFrom = (type: WorkTypeKey, status: StatusKey, ways: Ways, judged: (transition: Transition) => readonly Judged[]): OtherStep[] =>
  transitionsFrom(type, status).flatMap((transition): OtherStep[] => {
    const { key, name, kind, id } = transition;
    if (kind === 'onward' || kind === 'auto' || key === 'reclassify' || !ways.has(id)) return [];
    const asks = transition.screen !== undefined || judged(transition).some(isOpen);
    return [{ transition: key, name, kind, take: asks ? 'dialog' : 'now' }];
  });

/** The one button of a rule that is not met. Somebody who may take no step here is asked for nothing. */
export function askOf(verdict: Judged, type: WorkTypeKey, ways: Ways, transition?: Transition): Pick<RuleLine, 'ask'> {
  const remedy = remedyOf(verdict.rule, type);
  if (!isOpen(verdict) || !remedy || ways.size === 0) return {};
  if (!transition) return remedy.inStep ? {} : { ask: { button: remedy.button } };
  if (!answeredInStep(verdict.rule, transition)) return { ask: { button: remedy.button } };
  return ways.has(transition.id) ? { ask: { button: remedy.button, transition: transition.key } } : {};
}
