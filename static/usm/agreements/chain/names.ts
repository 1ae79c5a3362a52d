/** What legs are called and how they stand, for whoever draws them. Pure. */
import type { AgreementChain, AgreementKind, FitState } from '../../../../src/contract';
import { type Fit, type Line, OWN } from '../../../../src/contract/agreements';
import { KINDS } from '../words';
import type { Bar, Picture } from './picture';
import { PROMISE, say, sayWhole } from './trial';

export interface LegName {
  /** Whoever provides it: Noordkabel. */
  party: string;
  /** The agreement, where there is one to open. */
  id?: string;
  kind?: AgreementKind;
  /** Own handling; Supplier agreement. */
  about: string;
  /** 24 × 7 */
  hours?: string;
}

export type Names = (id: string) => LegName;

/** A leg by its id; what nobody has agreed to is called by what is needed. */
export function namesOf(legs: AgreementChain['legs']): Names {
  const known = new Map(legs.map((leg) => [leg.id, leg]));
  return (id) => {
    const leg = known.get(id);
    if (!leg) return { party: id, about: 'Nobody has agreed to it' };
    const what = leg.kind ? KINDS[leg.kind] : 'Own handling';
    return {
      party: leg.party,
      about: what,
      ...(leg.hours !== undefined && { hours: leg.hours }),
      ...(id !== OWN && { id }),
      ...(leg.kind && { kind: leg.kind }),
    };
  };
}

/** Noordkabel UC-003 */
export function calledBy(names: Names, id: string): string {
  if (id === PROMISE) return 'The promise';
  const { party, id: agreement } = names(id);
  return agreement === undefined ? party : `${party} ${agreement}`;
}

/** How a leg stands in the line that is looked at; closed at times when it is needed is told with it. */
export function legState(bar: Bar, line: Line, { lines }: Pick<Fit, 'lines'>): FitState {
  if (bar.kind === 'missing') return 'missing';
  if (bar.kind === 'unknown') return 'unknown';
  if (line.state === 'cannot' && bar.binds) return 'cannot';
  return isClosed(bar.id, lines) ? 'tight' : 'holds';
}

export const isClosed = (id: string, lines: readonly Line[]): boolean =>
  lines.some(({ kind, state, binding }) => kind === 'hours' && state === 'cannot' && binding === id);

/** A bar as a sentence, for whoever walks along them. */
export function sentenceOf(bar: Bar, { line }: Picture, names: Names): string {
  const who = calledBy(names, bar.id);
  switch (bar.kind) {
    case 'missing':
      return `${who}: nobody has agreed to it.`;
    case 'unknown':
      return `${who}: no time is agreed, so this is not calculated.`;
    case 'aside':
      return `${who} takes no part in it.`;
    case 'time': {
      const { key } = line;
      const parts = [
        `${who}: ${sayWhole(key, bar.to - bar.from)}, from ${say(key, bar.from)} to ${say(key, bar.to)}`,
        bar.binds && 'it binds',
        bar.over > 0 && `${sayWhole(key, bar.over)} of it over the promise`,
        bar.spare > 0 && `${sayWhole(key, bar.spare)} to spare`,
      ].filter((one) => one !== false);
      return `${parts.join('; ')}.`;
    }
  }
}

/** What the picture shows, in one sentence. */
export function findingOf({ line, bars }: Picture, label: string, names: Names): string {
  const { key, sum, promised, state, left = 0 } = line;
  if (sum === undefined || promised === undefined) {
    const lacking = bars.filter(({ kind }) => kind === 'unknown' || kind === 'missing').map(({ id }) => calledBy(names, id));
    return `${label} is not calculated: nothing is agreed with ${lacking.join(', ') || 'ourselves'}.`;
  }
  const verdict = state === 'cannot' ? 'cannot be kept' : state === 'tight' ? 'is tight' : 'holds';
  const how = left < 0 ? `${sayWhole(key, -left)} over` : left === 0 ? 'nothing to spare' : `${sayWhole(key, left)} to spare`;
  const binds = line.binding === undefined ? '' : ` ${calledBy(names, line.binding)} binds.`;
  return `${label} ${verdict}: ${say(key, sum)} of ${sayWhole(key, promised)}, ${how}.${binds}`;
}
