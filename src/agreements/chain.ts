/** From agreements to the chain that method/chain judges: which version of a leg counts, and which of its times meets which promise. Pure. */
import type { Agreement, AgreementVersion, Target, Terms, Underpinning } from '../contract';
import {
  type Chain,
  type Fit,
  type FitState,
  type Leg,
  type Line,
  OWN,
  type Part,
  type Promised,
  type WorkingCalendar,
  type WorkTypeKey,
} from '../method';
import { dayAt, dayEnd, dayStart } from './days';
import { inForceOf, periodEnd, statusAt } from './life';
import { dayText, hoursText, targetFor, targetText } from './model';

export type Side = 'respond' | 'deliver';

/** incident.1.deliver */
export const promiseKey = ({ type, for: measure }: Pick<Target, 'type' | 'for'>, side: Side): string => `${type}.${String(measure)}.${side}`;

const SIDES: readonly Side[] = ['respond', 'deliver'];

/** What adds up: a date that is agreed with each work item does not. */
const minutesOf = (one: Pick<Partial<Target>, Side>, side: Side): number | undefined => {
  const value = one[side];
  return typeof value === 'number' ? value : undefined;
};

/** The promises of an agreement that are times, in the order of its targets. */
export const promisesOf = (terms: Pick<Terms, 'targets'>): (Promised & { target: Target })[] =>
  terms.targets.flatMap((target) =>
    SIDES.flatMap((kind) => {
      const minutes = minutesOf(target, kind);
      return minutes === undefined ? [] : [{ key: promiseKey(target, kind), kind, minutes, counted: target.calendar, target }];
    }),
  );

/** The line that answers for another target: the same one, else that for all. */
const matching = <T extends Pick<Target, 'type' | 'for'>>(lines: readonly T[], { type, for: measure }: Target): T | undefined =>
  targetFor(lines, type, measure === 'standard' ? { standard: true } : { rank: typeof measure === 'number' ? measure : undefined });

export interface Lying {
  agreement: Agreement;
  /** Whoever it is with: the team or the supplier. */
  name: string;
  versions: readonly AgreementVersion[];
}

/** The version of a leg that counts from a moment on: in force then; else the next that will be; else the newest that is not over, agreed or not. */
export function countingVersion(versions: readonly AgreementVersion[], from: number): AgreementVersion | undefined {
  const periods = inForceOf(versions);
  const now = periods.find((one) => one.from <= from && from < (one.until ?? Infinity)) ?? periods.find((one) => one.from > from);
  if (now) return now.version;
  const open = [...versions].sort((a, b) => b.number - a.number).find((one) => !['ended', 'expired'].includes(statusAt(one, from, versions)));
  return open ?? periods.at(-1)?.version;
}

/** When a version holds: in force, or, while it is not, as its dates say. */
function validity(version: AgreementVersion, versions: readonly AgreementVersion[], at: number): Pick<Leg, 'from' | 'until' | 'renews'> {
  const { timeZone, validFrom } = version.terms;
  const { lastDay, renews } = periodEnd(version, at);
  const period = inForceOf(versions).find((one) => one.version.number === version.number);
  const from = period?.from ?? (validFrom === undefined ? undefined : dayStart(timeZone, validFrom));
  // A newer version in its place is no gap.
  const until = period?.why === 'replaced' ? undefined : (period?.until ?? (lastDay === undefined ? undefined : dayEnd(timeZone, lastDay)));
  return { ...(from !== undefined && { from }), ...(until !== undefined && { until }), renews };
}

interface Wanted {
  promises: ReturnType<typeof promisesOf>;
  types: readonly WorkTypeKey[] | undefined;
  at: number;
  from: number;
}

function legOf({ agreement, name, versions }: Lying, { promises, types, at, from }: Wanted): Leg | undefined {
  const version = countingVersion(versions, Math.max(at, from));
  if (!version) return undefined;
  const { terms } = version;
  const minutes: Record<string, number | null> = {};
  const counted: Record<string, string> = {};
  for (const { key, kind, target } of promises) {
    if (types && !types.includes(target.type)) {
      minutes[key] = null;
      continue;
    }
    const line = matching(terms.targets, target);
    const value = line && minutesOf(line, kind);
    if (value === undefined) continue;
    minutes[key] = value;
    counted[key] = line?.calendar ?? '';
  }
  return {
    id: agreement.id,
    name,
    minutes,
    counted,
    ...(terms.availability && { availability: terms.availability.percent }),
    ...(terms.supportHours !== undefined && { hours: terms.supportHours }),
    ...validity(version, versions, at),
  };
}

function ownLeg(terms: Terms, name: string, promises: Wanted['promises']): Leg {
  const minutes: Record<string, number> = {};
  for (const { key, kind, target } of promises) {
    const value = matching(terms.own.handling, target)?.[kind];
    if (value !== undefined) minutes[key] = value;
  }
  // Own hours that nobody has written down are those that are promised.
  const hours = terms.own.hours ?? terms.supportHours;
  return {
    id: OWN,
    name,
    minutes,
    ...(terms.own.availability !== undefined && { availability: terms.own.availability }),
    ...(hours !== undefined && { hours }),
  };
}

export interface Around {
  /** The agreement of a leg, by id; undefined: it is not there. */
  lying(id: string): Lying | undefined;
  /** The name of whoever provides it. */
  provider: string;
  calendars: Readonly<Record<string, WorkingCalendar>>;
  at: number;
}

/** The chain of a version, ready for `fit`. An agreement that is not there, or has no version, is a contribution that is missing. */
export function chainOf(version: Pick<AgreementVersion, 'number' | 'terms' | 'deeds'>, { lying, provider, calendars, at }: Around): Chain {
  const { terms } = version;
  const promises = promisesOf(terms);
  const from = terms.validFrom === undefined ? at : dayStart(terms.timeZone, terms.validFrom);
  const part = (one: Underpinning): Part => {
    if ('missing' in one) return one;
    if ('row' in one) return { row: one.row.map(part) };
    if ('side' in one) return { side: one.side.map(part) };
    const found = lying(one.leg);
    const leg = found && legOf(found, { promises, types: one.types, at, from });
    return leg ? { leg } : { missing: one.leg };
  };
  const { lastDay, renews } = periodEnd(version, at);
  // Of an agreement that goes on in silence nobody knows the end.
  const until = lastDay === undefined || (renews && terms.renewal?.kind === 'silent') ? undefined : dayEnd(terms.timeZone, lastDay);
  return {
    promises: promises.map(({ target: _target, ...promise }) => promise),
    ...(terms.availability && { availability: terms.availability.percent }),
    ...(terms.supportHours !== undefined && { hours: terms.supportHours }),
    from,
    ...(until !== undefined && { until }),
    own: ownLeg(terms, provider, promises),
    ...(terms.under && { legs: part(terms.under) }),
    calendars,
  };
}

/** What a verdict is called, and the one reason: P1 restore: 0:30 over. */
export const FIT_NAMES: Readonly<Record<FitState, string>> = {
  cannot: 'Cannot be kept',
  missing: 'A leg is missing',
  unknown: 'Not calculated',
  tight: 'Tight',
  holds: 'Holds',
};

const percentText = (percent: number): string => `${String(Math.round(percent * 100) / 100)} %`;

/** What a line is about: P1 restore. */
export function lineText({ key, kind }: Pick<Line, 'key' | 'kind'>, targets: readonly Target[]): string {
  if (kind === 'availability') return 'Availability';
  if (kind === 'hours') return 'Support hours';
  if (kind === 'until') return 'Validity';
  const target = targets.find((one) => promiseKey(one, kind) === key);
  return target ? targetText(target, kind) : key;
}

/** The reason beside the word; empty when it holds. Days are those of the agreement's time zone. */
export function reasonText({ worst, missing, state }: Fit, terms: Pick<Terms, 'targets' | 'timeZone'>): string {
  if (state === 'missing') return `nobody has agreed to ${missing.join(', ')}`;
  if (!worst) return '';
  const what = lineText(worst, terms.targets);
  const { left = 0, kind, binding = '', missing: lacking } = worst;
  if (worst.state === 'unknown') return `${what}: nothing is agreed with ${lacking.map((id) => (id === OWN ? 'ourselves' : id)).join(', ')}`;
  if (kind === 'hours') return `${what}: ${binding} is closed at times`;
  if (kind === 'until') {
    if (worst.state === 'cannot') return `${what}: ${binding} does not hold from the beginning on`;
    return `${what}: ${binding} ends on ${dayText(dayAt(terms.timeZone, (worst.sum ?? 0) - 1))}`;
  }
  const amount = kind === 'availability' ? percentText(Math.abs(left)) : `${hoursText(Math.abs(left))} h`;
  return `${what}: ${amount} ${left < 0 ? 'over' : 'left'}`;
}

/** V18: each promise that cannot be kept, with what it leans on. Not calculated is not covered. */
export function uncovered(fit: Fit, terms: Pick<Terms, 'targets' | 'timeZone'>): string[] {
  const change = 'Change the offer or that agreement.';
  const lines = fit.lines.flatMap((line): string[] => {
    const what = lineText(line, terms.targets);
    const { binding = '' } = line;
    const who = binding === OWN ? 'own handling' : binding;
    if (line.state === 'unknown' && line.missing.length > 0) {
      return [`${what} is not covered: nothing is agreed with ${line.missing.map((id) => (id === OWN ? 'ourselves' : id)).join(', ')}. ${change}`];
    }
    if (line.state !== 'cannot') return [];
    if (line.kind === 'hours') return [`${what} cannot be kept: ${who} is closed at times. ${change}`];
    if (line.kind === 'until') return [`${what} cannot be kept: ${who} does not hold from the beginning on. ${change}`];
    const [sum, promised] = [line.sum ?? 0, line.promised ?? 0];
    const say = line.kind === 'availability' ? percentText : (minutes: number): string => `${hoursText(minutes)} h`;
    return [`${what} cannot be kept: with ${who} it comes to ${say(sum)} of ${say(promised)}. ${change}`];
  });
  return lines;
}
