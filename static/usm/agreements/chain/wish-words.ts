/** What a Wish says that begins with tried times. Pure. */
import type { AgreementChain, TriedTime } from '../../../../src/contract';
import { legsOf, OWN } from '../../../../src/contract/agreements';
import { calledBy, type Names } from './names';
import { AVAILABILITY, PROMISE, promisedOf, say, sayWhole, type Tries } from './trial';

/** SA-014: other times for P1 restore */
export function wishSummary({ id, lines }: AgreementChain, tries: Tries): string {
  const labels = lines.filter(({ key }) => tries[key] !== undefined).map(({ label }) => label);
  return `${id}: other times for ${labels.join(', ')}`.slice(0, 255);
}

/** What the draft can take over: times of the promise, and of the own handling. What others should do differently is theirs to agree. */
export const carriedTimes = (tries: Tries): TriedTime[] =>
  Object.entries(tries).flatMap(([key, values]): TriedTime[] => {
    const [promised, own] = [values[PROMISE], values[OWN]];
    return promised === undefined && own === undefined
      ? []
      : [{ key, ...(promised !== undefined && { promised }), ...(own !== undefined && { own }) }];
  });

/** P1 restore: Noordkabel UC-003 from 3:00 to 2:30 h */
export function wishLines({ id, name, version, lines, chain }: AgreementChain, tries: Tries, names: Names): string[] {
  const legs = new Map(legsOf(chain).map((leg) => [leg.id, leg]));
  const agreed = (key: string, leg: string): number | null | undefined =>
    leg === PROMISE ? promisedOf(chain, key) : key === AVAILABILITY ? legs.get(leg)?.availability : legs.get(leg)?.minutes[key];
  return [
    `${id} ${name}, version ${String(version)}: these times were tried.`,
    ...lines.flatMap(({ key, label }) =>
      Object.entries(tries[key] ?? {}).map(([leg, to]) => {
        const from = agreed(key, leg);
        return `${label}: ${calledBy(names, leg)}${typeof from === 'number' ? ` from ${say(key, from)}` : ''} to ${sayWhole(key, to)}`;
      }),
    ),
  ];
}
