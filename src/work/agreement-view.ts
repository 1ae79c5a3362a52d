/** What the agreement panel shows of a work item, from what was read. Pure. */
import type { Rests } from '../agreements/service';
import { type Clock, type Clocks } from '../agreements/service';
import type { FixedPromise, WorkAgreementView, WorkTarget } from '../contract';
import { type WorkTypeKey } from '../method';
import type { WorkItem } from './model';
import { promiseClocks, spansOf } from './promise';

/** 4 h, 30 min, 1 h 30. */
export function timeText(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (hours === 0) return `${String(rest)} min`;
  return rest === 0 ? `${String(hours)} h` : `${String(hours)} h ${String(rest).padStart(2, '0')}`;
}

const isAlways = (week: readonly (readonly { from: string; to: string }[])[]): boolean =>
  week.every((day) => day.length === 1 && day[0]?.from === '00:00' && day[0].to === '24:00');

const hoursOf = ({ calendar }: FixedPromise): string =>
  calendar === undefined
    ? ''
    : isAlways(calendar.week) && calendar.holidays.length === 0
      ? ', at any hour of any day'
      : `, counted in the hours of ${calendar.name}`;

/** One sentence, as the customer would say it. */
export function promiseText(promise: FixedPromise, type: WorkTypeKey, service: string, inWords: (at: number) => string): string | undefined {
  const what = service === '' ? 'It' : service;
  const { respond, deliver, by } = promise;
  const verb = type === 'incident' ? 'works again' : 'is delivered';
  const subject = type === 'incident' ? what : 'What was asked';
  if (by !== undefined) return `${subject} ${type === 'incident' ? verb : 'is ready'} by ${inWords(by)}.`;
  if (deliver === 'agreedDate') return `${subject} ${verb} by the date that is agreed with whoever asked.`;
  if (deliver !== undefined) return `${subject} ${verb} within ${timeText(deliver)}${hoursOf(promise)}.`;
  return respond === undefined ? undefined : `Somebody answers within ${timeText(respond)}${hoursOf(promise)}.`;
}

const line = (kind: WorkTarget['kind'], whose: WorkTarget['whose'], type: WorkTypeKey, clock: Clock, minutes: number | undefined): WorkTarget => ({
  kind,
  whose,
  label: `${kind === 'respond' ? 'Respond' : type === 'incident' ? 'Restore' : 'Deliver'}, ${whose === 'customer' ? 'customer’s' : 'our own'}`,
  ...(minutes !== undefined && { minutes }),
  ...(clock.due !== undefined && { due: clock.due }),
  ...(clock.left !== undefined && { left: clock.left }),
  state: clock.state,
  verdict: clock.verdict,
  ...(clock.state === 'stopped' && { took: clock.net }),
});

const minutesOf = (value: FixedPromise['deliver']): number | undefined => (typeof value === 'number' ? value : undefined);
const isSet = ({ verdict }: Clock): boolean => verdict !== 'none';

const linesOf = (promise: FixedPromise, clocks: Clocks, whose: WorkTarget['whose'], type: WorkTypeKey): WorkTarget[] => [
  ...(isSet(clocks.deliver) ? [line('deliver', whose, type, clocks.deliver, promise.by === undefined ? minutesOf(promise.deliver) : undefined)] : []),
  ...(isSet(clocks.respond) ? [line('respond', whose, type, clocks.respond, promise.respond)] : []),
];

/** Times in which the customer was waited for, of which net knows nothing. */
export function stopsOf(item: WorkItem): WorkAgreementView['stops'] {
  const spans = spansOf(item);
  return spans.flatMap(({ forCustomer, from }, index) => {
    const to = spans[index + 1]?.from;
    return forCustomer ? [{ from, ...(to !== undefined && { to }) }] : [];
  });
}

export interface Seen {
  item: WorkItem;
  type: WorkTypeKey;
  promise: FixedPromise;
}

interface Sources {
  /** The customer's: of the work item itself, or of what it was handed over from. */
  customers: Seen | undefined;
  /** What a team has of its own, where it was handed over. */
  own: Seen | undefined;
  rests: Rests | undefined;
  /** Looks from inside the organisation. */
  inside: boolean;
  now: number;
}

/** Targets of both sides, the times behind them, and why net is less than gross. */
export function standing({ customers, own, rests, inside, now }: Sources): Pick<WorkAgreementView, 'targets' | 'net' | 'gross' | 'stops'> {
  const clocks = customers && promiseClocks(customers.promise, customers.item, now);
  const theirs = customers && clocks ? linesOf(customers.promise, clocks, 'customer', customers.type) : [];
  const mine = own && inside ? linesOf(own.promise, promiseClocks(own.promise, own.item, now), 'own', own.type) : [];
  // What lies under the promise is a target of the organisation's own, where that is less than what was promised; no time at all is none.
  const sum =
    !own && inside && customers && rests?.sum !== undefined && rests.sum > 0 && rests.sum < (minutesOf(customers.promise.deliver) ?? 0)
      ? rests.sum
      : undefined;
  const within = customers && sum !== undefined ? { ...customers.promise, deliver: sum } : undefined;
  const aimed = within && customers ? linesOf(within, promiseClocks(within, customers.item, now), 'own', customers.type).slice(0, 1) : [];
  return {
    targets: [...theirs.slice(0, 1), ...aimed, ...mine, ...theirs.slice(1)],
    ...(clocks && { net: clocks.deliver.net, gross: clocks.deliver.gross }),
    stops: customers ? stopsOf(customers.item) : [],
  };
}
