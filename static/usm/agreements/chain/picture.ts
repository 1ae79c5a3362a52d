/**
 * Where the legs of one promise lie on an axis of time: those in a row one after another, those side by side on the same start. What has no value is drawn
 * as open and nothing is guessed: what follows it stands where it begins at the earliest. Pure.
 */
import { type Chain, type Line, type Part, slackOf } from '../../../../src/contract/agreements';

export interface Bar {
  /** Of the leg; of a missing contribution what it is called. */
  id: string;
  /** unknown: it has agreed no time. missing: nobody has agreed. aside: it takes no part in this promise. */
  kind: 'time' | 'unknown' | 'missing' | 'aside';
  /** In a row that stands beside others: after the first of it. */
  depth: number;
  /** Place of the bar at whose end this one begins; absent: at the report. */
  after?: number;
  /** Minutes after the report. */
  from: number;
  to: number;
  /** The leg to mend first. */
  binds: boolean;
  /** The sum gets longer with it. */
  sets: boolean;
  /** By how much it could take longer without the sum getting longer. */
  spare: number;
  /** How much of it lies beyond the promise. */
  over: number;
}

export interface Picture {
  bars: Bar[];
  promise: number;
  /** Absent: not calculated. */
  sum?: number;
  line: Line;
}

interface End {
  at: number;
  last?: number;
}

/** A time of one promise; undefined where the line is none, or not of this chain. */
export function pictureOf(chain: Chain, line: Line): Picture | undefined {
  const promise = chain.promises.find(({ key }) => key === line.key);
  if (!promise) return undefined;
  const { key, kind, minutes } = promise;
  const spare = slackOf(chain, promise);
  const bars: Bar[] = [];

  const add = (bar: Pick<Bar, 'id' | 'kind' | 'depth'> & { length: number }, start: End): End => {
    const { length, ...rest } = bar;
    const to = start.at + length;
    const left = spare.get(bar.id) ?? 0;
    const timed = bar.kind === 'time';
    bars.push({
      ...rest,
      ...(start.last !== undefined && { after: start.last }),
      from: start.at,
      to,
      binds: line.binding === bar.id,
      sets: timed && spare.has(bar.id) && left === 0,
      spare: left,
      over: timed ? Math.max(0, to - Math.max(start.at, minutes)) : 0,
    });
    return { at: to, last: bars.length - 1 };
  };

  /** `beside`: it stands in what lies side by side, so that what follows in a row is a branch. */
  const place = (part: Part, start: End, depth: number, beside: boolean): End => {
    if ('missing' in part) return add({ id: part.missing, kind: 'missing', depth, length: 0 }, start);
    if ('leg' in part) {
      const { id, minutes: times } = part.leg;
      const value = times[key];
      if (value === null) {
        add({ id, kind: 'aside', depth, length: 0 }, start);
        return start;
      }
      return add({ id, kind: value === undefined ? 'unknown' : 'time', depth, length: value ?? 0 }, start);
    }
    // Everybody answers from the report on.
    if ('row' in part && kind === 'deliver') {
      return part.row.reduce((end, one, index) => place(one, end, depth + (beside && index > 0 ? 1 : 0), beside), start);
    }
    const parts = 'row' in part ? part.row : part.side;
    return parts.map((one) => place(one, start, depth, kind === 'deliver')).reduce((most, end) => (end.at > most.at ? end : most), start);
  };

  const begin: End = { at: 0 };
  const own = chain.own ? place({ leg: chain.own }, begin, 0, false) : begin;
  if (chain.legs) place(chain.legs, kind === 'deliver' ? own : begin, 0, false);
  return { bars, promise: minutes, line, ...(line.sum !== undefined && { sum: line.sum }) };
}

/** The same bar with other times, where they are other ones. */
export function triedBars({ bars }: Picture, other: Picture | undefined): (Bar | undefined)[] {
  return bars.map((bar, index) => {
    const now = other?.bars[index];
    return now && now.to - now.from !== bar.to - bar.from ? now : undefined;
  });
}

export interface Axis {
  /** Minutes at its end. */
  most: number;
  ticks: number[];
}

const STEPS = [5, 10, 15, 30, 60, 120, 240, 480, 960, 1_440, 2_880, 7_200, 14_400, 43_200, 86_400];
const MOST_TICKS = 7;
/** What is over and by how much has to fit beside the last bar. */
const ROOM = 1.25;

/** From the report to a little beyond the latest of these; whole steps that people read. */
export function axisOf(ends: readonly number[]): Axis {
  const most = Math.max(5, ...ends) * ROOM;
  const step = STEPS.find((one) => most / one <= MOST_TICKS) ?? most;
  return { most, ticks: Array.from({ length: Math.floor(most / step) + 1 }, (_, index) => index * step) };
}
