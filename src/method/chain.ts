/**
 * Can the promise be kept? The fit of underpinning (5.3 rule 3) as arithmetic: what lies under an agreement is a chain of legs, in a row (times add up) or
 * side by side (the longest counts). Times are whole minutes of working time, availability is percent, moments are ms since the epoch. A value that is not
 * there makes a line "not calculated"; nothing is ever guessed. The same functions run behind the page and in it.
 */
import type { WorkingCalendar } from './calendar';
import { COVER_DAYS, type Cover, coverFrom, type Outside } from './cover';

/** Whoever made the promise is a leg of their own, before all others. */
export const OWN = 'own';

export interface Leg {
  /** Of the agreement: OLA-007; OWN for the own handling. */
  id: string;
  name: string;
  /** By key of the promise. null: takes no part in it. Absent: should, and nothing is agreed. */
  minutes: Readonly<Record<string, number | null>>;
  /** Id of the calendar in which those minutes are counted, where it is not that of the support hours. */
  counted?: Readonly<Record<string, string>>;
  availability?: number;
  /** Id of the calendar of the support hours. */
  hours?: string;
  /** In force from and until; absent until: no end. */
  from?: number;
  until?: number;
  /** Goes on after its end unless somebody says otherwise, or its renewal is arranged. */
  renews?: boolean;
}

/** A tree of legs; `missing` is a contribution that is needed and agreed with nobody. */
export type Part = { leg: Leg } | { missing: string } | { row: readonly Part[] } | { side: readonly Part[] };

export interface Promised {
  key: string;
  /** respond: every leg answers in time. deliver: until restored or delivered, legs add up. */
  kind: 'respond' | 'deliver';
  minutes: number;
  /** Id of the calendar in which the minutes are counted. */
  counted?: string;
}

export interface Chain {
  promises: readonly Promised[];
  availability?: number;
  /** Id of the calendar of the promised support hours. */
  hours?: string;
  from: number;
  until?: number;
  own?: Leg;
  legs?: Part;
  calendars: Readonly<Record<string, WorkingCalendar>>;
}

/** holds, tight: little is left. cannot: it adds up to more. unknown: not calculated. */
export const FIT_STATES = ['cannot', 'missing', 'unknown', 'tight', 'holds'] as const;
/** Of a whole chain; missing: a needed contribution is agreed with nobody. */
export type FitState = (typeof FIT_STATES)[number];
export type LineState = Exclude<FitState, 'missing'>;

export const LINE_KINDS = ['respond', 'deliver', 'availability', 'hours', 'until'] as const;
export type LineKind = (typeof LINE_KINDS)[number];

export interface Line {
  /** Of the promise; the kind for the lines that are no times. */
  key: string;
  kind: LineKind;
  /** Minutes, percent or a moment; absent for hours, and for a promise without an end. */
  promised?: number;
  /** What the chain gives: minutes, percent, the earliest end; for hours the ms that lie outside. Absent: not calculated. */
  sum?: number;
  /** What is to spare, in the unit of the line; below zero: over. */
  left?: number;
  state: LineState;
  /** Which leg to mend first. */
  binding?: string;
  /** Legs without a value, and contributions without an agreement. */
  missing: readonly string[];
  /** For hours: the first time in which the binding leg is closed. */
  gap?: { from: number; to: number };
}

export interface Fit {
  state: FitState;
  lines: readonly Line[];
  /** Needed contributions that are agreed with nobody. */
  missing: readonly string[];
  /** The line that makes the state what it is; absent when all hold or a contribution is missing. */
  worst?: Line;
}

/** At most this share of a promise left is little. For availability: of the time that it may be away. */
const TIGHT = 0.15;
const DAY = 86_400_000;
/** Percent are compared to so many places, so that the arithmetic of the machine decides nothing. */
const exact = (percent: number): number => Math.round(percent * 1e9) / 1e9;

type Minutes = number | null | undefined;
type Value = (leg: Leg) => Minutes;

/** Every leg in order, the own handling first. */
export function legsOf({ own, legs }: Pick<Chain, 'own' | 'legs'>): Leg[] {
  const all: Leg[] = own ? [own] : [];
  const add = (part: Part): void => {
    if ('leg' in part) all.push(part.leg);
    else if ('row' in part) part.row.forEach(add);
    else if ('side' in part) part.side.forEach(add);
  };
  if (legs) add(legs);
  return all;
}

/** Contributions that are agreed with nobody. */
export function missingIn(part: Part | undefined): string[] {
  if (!part || 'leg' in part) return [];
  if ('missing' in part) return [part.missing];
  return ('row' in part ? part.row : part.side).flatMap(missingIn);
}

/** What a part takes; undefined when a value is not there. */
function total(part: Part, value: Value): number | undefined {
  if ('leg' in part) {
    const own = value(part.leg);
    return own === null ? 0 : own;
  }
  if ('missing' in part) return undefined;
  const row = 'row' in part;
  let sum = 0;
  for (const one of row ? part.row : part.side) {
    const more = total(one, value);
    if (more === undefined) return undefined;
    sum = row ? sum + more : Math.max(sum, more);
  }
  return sum;
}

/** Own handling and then the legs; without own handling where nobody says how long it takes there is no sum. */
function sumOf({ own, legs }: Chain, value: Value): number | undefined {
  const first = own && value(own);
  if (first === undefined) return undefined;
  const rest = legs ? total(legs, value) : 0;
  return rest === undefined ? undefined : (first ?? 0) + rest;
}

/** The longest of all. */
function longest(chain: Chain, value: Value): number | undefined {
  if (!chain.own || missingIn(chain.legs).length > 0) return undefined;
  let most = 0;
  for (const leg of legsOf(chain)) {
    const one = value(leg);
    if (one === undefined) return undefined;
    most = Math.max(most, one ?? 0);
  }
  return most;
}

const valueOf =
  (key: string): Value =>
  (leg) =>
    leg.minutes[key];

const addUp = (chain: Chain, { key, kind }: Pick<Promised, 'key' | 'kind'>): number | undefined =>
  kind === 'respond' ? longest(chain, valueOf(key)) : sumOf(chain, valueOf(key));

/** Legs that set the time: all of a row, and of those side by side the first of the longest. */
function critical(part: Part, value: Value): Leg[] {
  if ('leg' in part) return [part.leg];
  if ('missing' in part) return [];
  if ('row' in part) return part.row.flatMap((one) => critical(one, value));
  let most: Part | undefined;
  for (const one of part.side) if (!most || (total(one, value) ?? 0) > (total(most, value) ?? 0)) most = one;
  return most ? critical(most, value) : [];
}

/** The first of the longest. */
function binds(legs: readonly Leg[], value: Value): string | undefined {
  let most: Leg | undefined;
  for (const leg of legs) {
    const one = value(leg);
    if (typeof one === 'number' && (!most || one > (value(most) ?? 0))) most = leg;
  }
  return most?.id;
}

const lacking = (chain: Chain, has: (leg: Leg) => boolean): string[] => [
  ...(chain.own ? [] : [OWN]),
  ...legsOf(chain)
    .filter((leg) => !has(leg))
    .map(({ id }) => id),
  ...missingIn(chain.legs),
];

const stateOf = (left: number, allowance: number): LineState => (left < 0 ? 'cannot' : left <= TIGHT * allowance ? 'tight' : 'holds');

function timeLine(chain: Chain, promise: Promised): Line {
  const { key, kind, minutes: promised } = promise;
  const value = valueOf(key);
  const sum = addUp(chain, promise);
  if (sum === undefined) return { key, kind, promised, state: 'unknown', missing: lacking(chain, (leg) => value(leg) !== undefined) };
  const path = kind === 'respond' || !chain.legs ? legsOf(chain) : [...(chain.own ? [chain.own] : []), ...critical(chain.legs, value)];
  const binding = binds(path, value);
  const left = promised - sum;
  return { key, kind, promised, sum, left, state: stateOf(left, promised), ...(binding && { binding }), missing: [] };
}

const underneath = (chain: Chain): Leg[] => legsOf({ ...(chain.legs && { legs: chain.legs }) });

/** Everything that is needed has to be there at once, however the work is divided: so it is the product of all. */
const product = (all: readonly number[]): number => exact(all.reduce((so, one) => (so * one) / 100, 100));

function availabilityLine(chain: Chain, promised: number): Line {
  const line = { key: 'availability', kind: 'availability' as const, promised };
  // What the own handling does not say of itself is not a part of it.
  const legs = [...(chain.own?.availability === undefined ? [] : [chain.own]), ...underneath(chain)];
  const missing = [...legs.filter((leg) => leg.availability === undefined).map(({ id }) => id), ...missingIn(chain.legs)];
  const values = legs.flatMap(({ availability }) => availability ?? []);
  if (missing.length > 0 || values.length === 0) return { ...line, state: 'unknown', missing: missing.length > 0 ? missing : [OWN] };
  const sum = product(values);
  const left = exact(sum - promised);
  const lowest = Math.min(...values);
  const binding = legs.find(({ availability }) => availability === lowest)?.id;
  return { ...line, sum, left, state: stateOf(left, 100 - promised), ...(binding && { binding }), missing: [] };
}

/** Whoever is needed has to be there in the promised hours, and count their minutes in hours that hold those of the promise. */
function hoursLine(chain: Chain, hours: string, at: number, cover: Cover): Line {
  const line = { key: 'hours', kind: 'hours' as const };
  const start = Math.max(at, chain.from);
  const end = Math.min(chain.until ?? Infinity, start + COVER_DAYS * DAY);
  const missing = lacking(chain, (leg) => leg.hours !== undefined);
  const found: (Outside & { id: string })[] = [];
  for (const leg of legsOf(chain)) {
    if (leg.hours === undefined) continue;
    const look = (asked: string, given: string): void => {
      const outside = cover.outside(asked, given, start, end);
      if (!outside) missing.push(leg.id);
      else if (outside.ms > 0) found.push({ id: leg.id, ...outside });
    };
    look(hours, leg.hours);
    for (const { key, counted } of chain.promises) {
      const theirs = leg.counted?.[key];
      if (counted !== undefined && theirs !== undefined && typeof leg.minutes[key] === 'number') look(counted, theirs);
    }
  }
  const worst = found.reduce<(typeof found)[number] | undefined>((most, one) => (one.ms > (most?.ms ?? 0) ? one : most), undefined);
  if (worst) {
    const { id, ms, first } = worst;
    return { ...line, sum: ms, left: -ms, state: 'cannot', binding: id, missing: [], ...(first && { gap: first }) };
  }
  if (missing.length > 0) return { ...line, state: 'unknown', missing: [...new Set(missing)] };
  return { ...line, sum: 0, left: 0, state: 'holds', missing: [] };
}

function untilLine(chain: Chain, legs: readonly Leg[], at: number): Line {
  const line = { key: 'until', kind: 'until' as const, ...(chain.until !== undefined && { promised: chain.until }), missing: missingIn(chain.legs) };
  const start = Math.max(at, chain.from);
  const late = legs.find(({ from = -Infinity, until = Infinity }) => from > start || until <= start);
  const earliest = Math.min(...legs.map(({ until = Infinity }) => until));
  const end = chain.until ?? Infinity;
  const sum = late ? (late.until !== undefined && late.until <= start ? late.until : start) : earliest;
  const found = { ...line, ...(Number.isFinite(sum) && { sum }), ...(Number.isFinite(sum) && Number.isFinite(end) && { left: sum - end }) };
  if (late) return { ...found, state: 'cannot', binding: late.id };
  const early = legs.filter(({ until = Infinity, renews }) => until < end && !renews).sort((a, b) => (a.until ?? 0) - (b.until ?? 0))[0];
  if (early) return { ...found, state: 'tight', binding: early.id };
  if (line.missing.length > 0) return { ...line, state: 'unknown' };
  const first = legs.find(({ until }) => until === earliest);
  return { ...found, state: 'holds', ...(first && { binding: first.id }) };
}

/**
 * The verdict on a chain, line by line. `at`: the moment of asking, which tells what has lapsed. `cover`: shared by many chains over the same calendars,
 * so that hours are compared once.
 */
export function fit(chain: Chain, at: number, cover: Cover = coverFrom(chain.calendars, Math.max(at, chain.from))): Fit {
  const legs = underneath(chain);
  const missing = missingIn(chain.legs);
  const lines: Line[] = chain.promises.map((promise) => timeLine(chain, promise));
  if (chain.availability !== undefined && (chain.legs || chain.own?.availability !== undefined))
    lines.push(availabilityLine(chain, chain.availability));
  if (chain.hours !== undefined) lines.push(hoursLine(chain, chain.hours, at, cover));
  if (legs.length > 0) lines.push(untilLine(chain, legs, at));
  const has = (state: LineState): Line | undefined => lines.find((line) => line.state === state);
  const worst = has('cannot') ?? (missing.length > 0 ? undefined : (has('unknown') ?? has('tight')));
  return { state: worst?.state ?? (missing.length > 0 ? 'missing' : 'holds'), lines, missing, ...(worst && { worst }) };
}

/** A sum as it is written out: 0:30 + max(1:00 + 3:00, 2:00). */
export type Formula = { leg: string; value: number } | { sum: readonly Formula[] } | { max: readonly Formula[] };

function written(part: Part, value: Value): Formula[] {
  if ('leg' in part) {
    const one = value(part.leg);
    return typeof one === 'number' ? [{ leg: part.leg.id, value: one }] : [];
  }
  if ('missing' in part) return [];
  const row = 'row' in part;
  const parts = (row ? part.row : part.side).flatMap((one) => written(one, value));
  // A row in a row is one row, and so are those side by side.
  const flat = parts.flatMap((one): readonly Formula[] => (row && 'sum' in one ? one.sum : !row && 'max' in one ? one.max : [one]));
  return flat.length < 2 ? flat : [row ? { sum: flat } : { max: flat }];
}

/** How a promise adds up; undefined when it is not calculated or nobody takes part. */
export function formulaOf(chain: Chain, promise: Pick<Promised, 'key' | 'kind'>): Formula | undefined {
  if (addUp(chain, promise) === undefined) return undefined;
  const parts: Part[] = [...(chain.own ? [{ leg: chain.own }] : []), ...(chain.legs ? [chain.legs] : [])];
  const all = promise.kind === 'respond' ? { side: legsOf(chain).map((leg) => ({ leg })) } : { row: parts };
  return written(all, valueOf(promise.key))[0];
}

/** `say` writes a number of minutes. */
export function formulaText(formula: Formula, say: (minutes: number) => string): string {
  if ('leg' in formula) return say(formula.value);
  const inner = (parts: readonly Formula[]): string[] => parts.map((one) => formulaText(one, say));
  return 'sum' in formula ? inner(formula.sum).join(' + ') : `max(${inner(formula.max).join(', ')})`;
}

/** By how many minutes each leg could take longer without the sum getting longer; absent for who takes no part. Empty when it is not calculated. */
export function slackOf(chain: Chain, promise: Pick<Promised, 'key' | 'kind'>): Map<string, number> {
  const value = valueOf(promise.key);
  const slack = new Map<string, number>();
  const sum = addUp(chain, promise);
  if (sum === undefined) return slack;
  // A leg that stands twice has what is left at its tightest place.
  const note = (leg: Leg, spare: number): void => {
    if (typeof value(leg) === 'number') slack.set(leg.id, Math.min(spare, slack.get(leg.id) ?? Infinity));
  };
  if (promise.kind === 'respond') {
    for (const leg of legsOf(chain)) note(leg, sum - (value(leg) ?? 0));
    return slack;
  }
  const walk = (part: Part, spare: number): void => {
    if ('leg' in part) note(part.leg, spare);
    else if ('row' in part) for (const one of part.row) walk(one, spare);
    else if ('side' in part) {
      const most = total(part, value) ?? 0;
      for (const one of part.side) walk(one, spare + most - (total(one, value) ?? 0));
    }
  };
  if (chain.own) note(chain.own, 0);
  if (chain.legs) walk(chain.legs, 0);
  return slack;
}

/** Other values, by id of the leg; OWN for the own handling. What is not named stays. */
export interface Trial {
  legs?: Readonly<Record<string, { minutes?: Readonly<Record<string, number>>; availability?: number }>>;
  /** Minutes by key of the promise. */
  promises?: Readonly<Record<string, number>>;
  availability?: number;
}

/** The chain as it would be; the one given stays as it is. */
export function tried(chain: Chain, trial: Trial): Chain {
  const other = (leg: Leg): Leg => {
    const change = trial.legs?.[leg.id];
    return change
      ? { ...leg, minutes: { ...leg.minutes, ...change.minutes }, ...(change.availability !== undefined && { availability: change.availability }) }
      : leg;
  };
  const walk = (part: Part): Part => {
    if ('leg' in part) return { leg: other(part.leg) };
    if ('row' in part) return { row: part.row.map(walk) };
    return 'side' in part ? { side: part.side.map(walk) } : part;
  };
  const { availability = chain.availability } = trial;
  return {
    ...chain,
    promises: chain.promises.map((one) => ({ ...one, minutes: trial.promises?.[one.key] ?? one.minutes })),
    ...(availability !== undefined && { availability }),
    ...(chain.own && { own: other(chain.own) }),
    ...(chain.legs && { legs: walk(chain.legs) }),
  };
}

export interface Remedy {
  /** The leg to change; absent: the promise itself. */
  leg?: string;
  from: number;
  to: number;
}

/** The greatest whole number from 1 up to a value with which it holds. It holds for all below one with which it holds. */
function greatest(most: number, holds: (value: number) => boolean): number | undefined {
  if (most < 1 || !holds(1)) return undefined;
  let [low, high] = [1, most];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (holds(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** As a part of what there is to shorten. */
const bySmallest = (all: readonly Remedy[], size: (from: number) => number): Remedy[] =>
  [...all].sort((a, b) => Math.abs(a.to - a.from) / size(a.from) - Math.abs(b.to - b.from) / size(b.from));

/** The smallest changes of one value each with which a promise that cannot be kept would hold: legs first, the smallest part of a value first. */
export function remediesOf(chain: Chain, key: string): Remedy[] {
  const promise = chain.promises.find((one) => one.key === key);
  if (!promise) return key === 'availability' ? availabilityRemedies(chain) : [];
  const { minutes: promised } = promise;
  const sum = addUp(chain, promise);
  if (sum === undefined || sum <= promised) return [];
  const holds = (id: string, minutes: number): boolean =>
    (addUp(tried(chain, { legs: { [id]: { minutes: { [key]: minutes } } } }), promise) ?? Infinity) <= promised;
  const values = new Map(legsOf(chain).map((leg) => [leg.id, leg.minutes[key]]));
  const single = [...values].flatMap(([leg, from]): Remedy[] => {
    if (typeof from !== 'number') return [];
    const to = greatest(from, (minutes) => holds(leg, minutes));
    return to === undefined || to === from ? [] : [{ leg, from, to }];
  });
  return [...bySmallest(single, (minutes) => minutes), { from: promised, to: sum }];
}

/** Steps of a hundredth of a percent. */
const upwards = (percent: number): number => exact(Math.ceil(exact(percent * 100)) / 100);
const downwards = (percent: number): number => exact(Math.floor(exact(percent * 100)) / 100);

function availabilityRemedies(chain: Chain): Remedy[] {
  const { availability: promised } = chain;
  if (promised === undefined) return [];
  const { state, sum } = availabilityLine(chain, promised);
  if (state !== 'cannot' || sum === undefined) return [];
  const values = new Map(legsOf(chain).map((leg) => [leg.id, leg.availability]));
  const single = [...values].flatMap(([leg, from]): Remedy[] => {
    if (from === undefined || from === 0 || from === 100) return [];
    const to = upwards((promised / sum) * from);
    const holds = to <= 100 && availabilityLine(tried(chain, { legs: { [leg]: { availability: to } } }), promised).state !== 'cannot';
    return holds ? [{ leg, from, to }] : [];
  });
  return [...bySmallest(single, (percent) => 100 - percent), { from: promised, to: downwards(sum) }];
}

/**
 * Agreements that lean on themselves, directly or through others: each circle once, as the ids along it. `under`: what each agreement leans on.
 * Deep chains are walked without recursion.
 */
export function circlesIn(under: ReadonlyMap<string, readonly string[]>): string[][] {
  const state = new Map<string, 'open' | 'done'>();
  const circles: string[][] = [];
  for (const start of under.keys()) {
    if (state.has(start)) continue;
    const path: { id: string; next: number }[] = [{ id: start, next: 0 }];
    state.set(start, 'open');
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const to = under.get(top.id)?.[top.next];
      top.next += 1;
      if (to === undefined) {
        state.set(top.id, 'done');
        path.pop();
      } else if (state.get(to) === 'open') {
        circles.push(path.slice(path.findIndex(({ id }) => id === to)).map(({ id }) => id));
      } else if (!state.has(to)) {
        state.set(to, 'open');
        path.push({ id: to, next: 0 });
      }
    }
  }
  return circles;
}
