/** Other times that somebody tries: what can be moved and how far, and in words what would come of it. Pure; the arithmetic is that of the contract. */
import {
  type Chain,
  type Cover,
  type Fit,
  fit,
  type Leg,
  legsOf,
  type Line,
  OWN,
  type Remedy,
  type Trial,
  tried,
} from '../../../../src/contract/agreements';
import { hours, percent } from '../words';

/** The promise itself, beside the legs. */
export const PROMISE = 'promise';
export const AVAILABILITY = 'availability';

/** Key of a line -> id of the leg, or PROMISE -> value. Only what differs. */
export type Tries = Readonly<Record<string, Readonly<Record<string, number>>>>;

export interface Slider {
  id: string;
  value: number;
  /** As it is agreed. */
  agreed: number;
  min: number;
  max: number;
}

/** How far a key moves a value: minutes, or hundredths of a percent. */
export interface Steps {
  arrow: number;
  page: number;
}
export const stepsOf = (key: string): Steps => (key === AVAILABILITY ? { arrow: 0.01, page: 0.1 } : { arrow: 5, page: 60 });

export const isTimed = ({ kind }: Pick<Line, 'kind'>): boolean => kind === 'respond' || kind === 'deliver';
/** Hours and days are not tried: whoever changes them changes another agreement. */
export const canTry = (line: Pick<Line, 'kind'>): boolean => isTimed(line) || line.kind === 'availability';

export const say = (key: string, value: number): string => (key === AVAILABILITY ? percent(value) : hours(value));
/** With the unit: 4:30 h, 99.5 %. */
export const sayWhole = (key: string, value: number): string => (key === AVAILABILITY ? percent(value) : `${hours(value)} h`);

const agreedOf = (leg: Leg, key: string): number | null | undefined => (key === AVAILABILITY ? leg.availability : leg.minutes[key]);
export const promisedOf = (chain: Chain, key: string): number | undefined =>
  key === AVAILABILITY ? chain.availability : chain.promises.find((one) => one.key === key)?.minutes;

const upTo = (value: number, step: number): number => Math.ceil(value / step) * step;

function boundsOf(key: string, id: string, agreed: number): Pick<Slider, 'min' | 'max'> {
  if (key === AVAILABILITY) return { min: Math.max(0, Math.min(90, Math.floor(agreed))), max: 100 };
  return { min: id === OWN ? 0 : Math.min(5, agreed), max: upTo(Math.max(2 * agreed, 60), 30) };
}

/** What takes part in a line and has a value: the leg that binds first, the promise last. */
export function slidersOf(chain: Chain, { key, binding }: Pick<Line, 'key' | 'binding'>, tries: Tries): Slider[] {
  const slider = (id: string, agreed: number): Slider => ({ id, agreed, value: tries[key]?.[id] ?? agreed, ...boundsOf(key, id, agreed) });
  const seen = new Set<string>();
  const legs = legsOf(chain).flatMap((leg): Slider[] => {
    const agreed = agreedOf(leg, key);
    if (typeof agreed !== 'number' || seen.has(leg.id)) return [];
    seen.add(leg.id);
    return [slider(leg.id, agreed)];
  });
  const promised = promisedOf(chain, key);
  return [
    ...legs.filter(({ id }) => id === binding),
    ...legs.filter(({ id }) => id !== binding),
    ...(promised === undefined ? [] : [slider(PROMISE, promised)]),
  ];
}

const exact = (value: number): number => Math.round(value * 100) / 100;

/** As the keys of a slider move it; undefined for a key that moves nothing. */
export function moved({ value, min, max }: Slider, pressed: string, { arrow, page }: Steps): number | undefined {
  const by = (step: number): number => exact(Math.min(max, Math.max(min, value + step)));
  switch (pressed) {
    case 'ArrowRight':
    case 'ArrowUp':
      return by(arrow);
    case 'ArrowLeft':
    case 'ArrowDown':
      return by(-arrow);
    case 'PageUp':
      return by(page);
    case 'PageDown':
      return by(-page);
    case 'Home':
      return min;
    case 'End':
      return max;
    default:
      return undefined;
  }
}

/** Dragged: to the nearest step, and to the agreed value when it is close. */
export const dragged = ({ agreed, min, max }: Slider, to: number, { arrow }: Steps): number =>
  Math.abs(to - agreed) < arrow / 2 ? agreed : exact(Math.min(max, Math.max(min, Math.round(to / arrow) * arrow)));

/** A value as agreed is no try. */
export function withTry(tries: Tries, key: string, { id, agreed }: Pick<Slider, 'id' | 'agreed'>, value: number): Tries {
  const { [id]: _before, ...rest } = tries[key] ?? {};
  const own = value === agreed ? rest : { ...rest, [id]: value };
  const { [key]: _own, ...others } = tries;
  return Object.keys(own).length === 0 ? others : { ...others, [key]: own };
}

/** One remedy in place of whatever else was tried for this line. */
export const remedied = (tries: Tries, key: string, { leg, to }: Remedy): Tries => ({ ...tries, [key]: { [leg ?? PROMISE]: to } });

/** All that is tried, as the arithmetic takes it. */
export function trialOf(tries: Tries): Trial {
  const legs: Record<string, { minutes?: Record<string, number>; availability?: number }> = {};
  const promises: Record<string, number> = {};
  let availability: number | undefined;
  for (const [key, values] of Object.entries(tries)) {
    for (const [id, value] of Object.entries(values)) {
      if (id === PROMISE && key === AVAILABILITY) availability = value;
      else if (id === PROMISE) promises[key] = value;
      else if (key === AVAILABILITY) legs[id] = { ...legs[id], availability: value };
      else legs[id] = { ...legs[id], minutes: { ...legs[id]?.minutes, [key]: value } };
    }
  }
  return { legs, promises, ...(availability !== undefined && { availability }) };
}

export interface Tried {
  chain: Chain;
  fit: Fit;
}

/** `cover`: the one of the page, for the same calendars. */
export function triedFit(chain: Chain, tries: Tries, at: number, cover: Cover): Tried {
  const other = tried(chain, trialOf(tries));
  return { chain: other, fit: fit(other, at, cover) };
}

/** 0:30 over, 1:30 left. Empty where there is no number to name. */
export function leftWords({ key, kind, left, state }: Pick<Line, 'key' | 'kind' | 'left' | 'state'>): string {
  if (left === undefined || kind === 'hours' || kind === 'until' || state === 'unknown') return '';
  return left < 0 ? `${say(key, -left)} over` : `${say(key, left)} left`;
}

export interface Outcome {
  /** P1 restore would hold: 4:00 of 4:00 h */
  title: string;
  state: Line['state'];
  detail: string;
}

/** `isTried`: something of this line was moved. `others`: what else of the chain cannot be kept, each in words. */
export function outcomeOf(line: Line, label: string, isTried: boolean, others: readonly string[]): Outcome {
  const { key, sum, promised, state, left = 0 } = line;
  const figures = sum === undefined || promised === undefined ? '' : `: ${say(key, sum)} of ${sayWhole(key, promised)}`;
  const would = {
    holds: isTried ? 'would hold' : 'holds',
    tight: isTried ? 'would hold' : 'is tight',
    cannot: isTried ? 'would not be kept' : 'cannot be kept',
    unknown: 'is not calculated',
  }[state];
  const spare = left === 0 ? 'Nothing to spare.' : left > 0 ? `${sayWhole(key, left)} to spare.` : `${sayWhole(key, -left)} over.`;
  const missing = line.missing.map((id) => (id === OWN ? 'ourselves' : id)).join(', ');
  const detail = state === 'unknown' ? `Nothing is agreed with ${missing}.` : spare;
  return { title: `${label} ${would}${figures}`, state, detail: [detail, ...others].join(' ') };
}
