/** What the panel says about an answer, as pure functions. */
import type { ChainLink, NextStep, ProcessPanel, RuleLine } from '../../src/contract';
import type { MarkKind } from '../shared/kinds';
import { statusName } from '../shared/status';
import { moment, momentToTheMinute, remaining, span, type Remaining } from '../shared/time';

const ORDER: Record<RuleLine['state'], number> = { unmet: 0, warning: 1, later: 2, met: 3, notJudged: 4 };

/** What is missing first. Rules without a verdict apart: they hinder nobody. */
export function sortRules(rules: readonly RuleLine[]): { judged: RuleLine[]; notJudged: RuleLine[] } {
  const sorted = [...rules].sort((a, b) => ORDER[a.state] - ORDER[b.state]);
  return { judged: sorted.filter((rule) => rule.state !== 'notJudged'), notJudged: sorted.filter((rule) => rule.state === 'notJudged') };
}

/** How much of a step is met; undefined when nothing is judged. What only warns hinders nobody and is not counted. */
export function tally(rules: readonly RuleLine[]): { met: number; of: number } | undefined {
  const judged = sortRules(rules).judged.filter((rule) => rule.state !== 'warning');
  return judged.length === 0 ? undefined : { met: judged.filter((rule) => rule.state === 'met').length, of: judged.length };
}

/** `ahead`: a rule of the step after next, which hinders nobody today. */
export function markOf(state: RuleLine['state'], ahead: boolean): { kind: MarkKind; name: string } {
  switch (state) {
    case 'met':
      return { kind: 'met', name: 'Met' };
    case 'notJudged':
      return { kind: 'open', name: 'Not judged yet' };
    case 'warning':
      return { kind: 'later', name: 'Warning, does not hold up the step' };
    case 'later':
      return { kind: 'later', name: 'Needed later' };
    case 'unmet':
      return ahead ? { kind: 'later', name: 'Needed later' } : { kind: 'unmet', name: 'Missing' };
  }
}

export const notJudgedTitle = (count: number): string => (count === 1 ? '1 rule is not judged yet' : `${String(count)} rules are not judged yet`);

/** Who takes the step, and how. */
export const howTaken = (step: NextStep): string =>
  step.auto ? 'Moves by itself as soon as this is met.' : `${step.who}, by the transition ${step.name}.`;

/** What its button says: evaluating comes before closing. */
export const stepButton = ({ transition, name, take }: Pick<NextStep, 'transition' | 'name' | 'take'>): string =>
  transition === 'close' && take === 'dialog' ? 'Evaluate and close' : name;

/** A text cut at the keys of the work items it names, so that they can be links. */
export function cutAtKeys(text: string, keys: readonly string[]): { text: string; key: boolean }[] {
  if (keys.length === 0) return [{ text, key: false }];
  const known = new Set(keys);
  return text
    .split(/([A-Z][A-Z0-9_]+-\d+)/)
    .filter((part) => part !== '')
    .map((part) => ({ text: part, key: known.has(part) }));
}

const FOLD_ABOVE = 6;

export type ChainRow = { link: ChainLink } | { folded: number };

/** A long chain keeps its root, this work item with its neighbours, and its end; what lies between is folded. */
export function chainRows(chain: readonly ChainLink[], open: boolean): ChainRow[] {
  const here = chain.findIndex((link) => link.here);
  const kept = (index: number): boolean => index === 0 || index === chain.length - 1 || Math.abs(index - here) <= 1;
  // Folding one away would save nothing.
  const alone = (index: number): boolean => kept(index - 1) && kept(index + 1);
  const shown = (index: number): boolean => open || chain.length <= FOLD_ABOVE || kept(index) || alone(index);
  return chain.reduce<ChainRow[]>((rows, link, index) => {
    const last = rows[rows.length - 1];
    if (shown(index)) return [...rows, { link }];
    return last && 'folded' in last ? [...rows.slice(0, -1), { folded: last.folded + 1 }] : [...rows, { folded: 1 }];
  }, []);
}

/** Asked for, but the work item does not exist yet. A link without a key may also be one this person may not see. */
export const beingMade = (link: ChainLink): boolean => link.handoff?.state === 'prepared';

/** Something should have happened by itself and has not: it can be tried again, here or in the chain. */
export const isStuck = ({ may, chain }: ProcessPanel): boolean => may.retry && !chain.some(beingMade);

/** The hand-off in words: "accepted in 4 min", "asked 11:17". */
export function handoffWords(link: ChainLink, now: number): string | undefined {
  const { handoff } = link;
  if (!handoff) return undefined;
  const accepted = handoff.acceptedAt === undefined ? 'accepted' : `accepted in ${span(handoff.acceptedAt - handoff.askedAt)}`;
  const words: Record<typeof handoff.state, string> = {
    prepared: 'being made',
    asked: `asked ${moment(handoff.askedAt, now)}`,
    accepted,
    returned: 'returned, to be asked again',
    fulfilled: link.until === undefined ? 'fulfilled' : `fulfilled ${moment(link.until, now)}`,
    failed: 'ended without result',
    void: 'taken back',
  };
  return words[handoff.state];
}

/** Gross time of one work item, and what is left of what was asked; nothing is left to say once it has ended. */
export function chainClock(link: ChainLink, panel: Pick<ProcessPanel, 'asOf' | 'dueBy'>): { gross?: string; due?: Remaining; dueAt?: number } {
  const dueAt = link.handoff?.readyBy ?? (link.here ? panel.dueBy : undefined);
  return {
    ...(link.since !== undefined && { gross: span((link.until ?? panel.asOf) - link.since) }),
    ...(dueAt !== undefined && link.until === undefined && { due: remaining(dueAt, panel.asOf), dueAt }),
  };
}

/** "Waiting for Sofia Rossi until 14:00". */
export const waitingWords = (waiting: NonNullable<ProcessPanel['waiting']>, now: number): string =>
  `Waiting for ${waiting.for}${waiting.until === undefined ? '' : ` until ${momentToTheMinute(waiting.until, now)}`}`;

const missing = (panel: ProcessPanel): number => panel.next[0]?.rules.filter((rule) => rule.state === 'unmet').length ?? 0;

/** What has changed from one answer to the next, for the live region; empty when nothing worth telling has. */
export function news(before: ProcessPanel | undefined, after: ProcessPanel): string {
  if (!before || before.key !== after.key) return '';
  const told: string[] = [];
  if (before.status !== after.status) told.push(`${after.key} is now ${after.statusName}.`);
  if (after.refused && after.refused.at !== before.refused?.at) told.push(`${after.refused.transition} was refused.`);
  if (missing(before) !== missing(after) && after.next.length > 0) {
    told.push(missing(after) === 0 ? 'Nothing is missing for the next step.' : `${String(missing(after))} missing for the next step.`);
  }
  for (const link of after.chain) {
    const old = before.chain.find((one) => one.key !== undefined && one.key === link.key);
    if (link.key === undefined || link.here) continue;
    if (!old) told.push(`${link.typeName} ${link.key} is in the chain.`);
    else if (link.status !== undefined && old.status !== link.status) told.push(`${link.key} is now ${statusName(link.status)}.`);
  }
  return told.join(' ');
}

/** Who paused the rules, why and until when. */
export const pausedWords = ({ by, reason, until }: NonNullable<ProcessPanel['paused']>, now: number): string =>
  `${by} paused them until ${momentToTheMinute(until, now)}: ${reason}`;
