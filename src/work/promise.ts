/** What was promised for a work item, and how it stands: clocks, due moments, and the word for boards. Pure: the changelog alone tells when what happened. */
import { AT_RISK as RISK, type Clock, type Clocks, clocksOf, soonBefore, type Span } from '../agreements/service';
import type { FixedPromise } from '../contract';
import { addWorkingTime, PROMISE_STATES, type PromiseState, type StatusKey, type WorkingCalendar } from '../method';
import type { WorkItem } from './model';

/** Of the choices of Waiting for the one whose time is not counted. */
const CUSTOMER = 'Customer';

/** How it stood from when on, with whether it waited for the customer; one walk along the changelog. */
export function spansOf({ created, changes, values, status }: Pick<WorkItem, 'created' | 'changes' | 'values' | 'status'>): Span[] {
  const given = changes.flatMap((one) => one.waitingFor ?? []);
  let waitingFor: string | undefined = given[0] ? given[0].from : typeof values.waitingFor === 'string' ? values.waitingFor : undefined;
  const first = changes.find((one) => one.status)?.status;
  let stands: StatusKey = first ? (first.from ?? 'registered') : status;
  const spanAt = (from: number): Span => ({ status: stands, from, ...(stands === 'waiting' && { forCustomer: waitingFor === CUSTOMER }) });
  const spans: Span[] = [spanAt(created)];
  for (const change of changes) {
    if (change.waitingFor) waitingFor = change.waitingFor.to;
    if (change.status?.to) stands = change.status.to;
    if (change.status || (change.waitingFor && stands === 'waiting')) spans.push(spanAt(change.at));
  }
  return spans;
}

/** The moment of a step, by the changelog. */
export const acceptedAt = ({ changes }: Pick<WorkItem, 'changes'>): number | undefined =>
  changes.find(({ status }) => status?.from === 'registered' && status.to !== 'cancelled')?.at;

/** A promise that is no working time needs no hours. */
const ALWAYS: WorkingCalendar = { timeZone: 'Etc/UTC', week: Array.from({ length: 7 }, () => [{ from: '00:00', to: '24:00' }]), holidays: [] };

/** Until when it is to be ready, where that is a day: given with the hand-over, or agreed with the customer. */
const readyBy = (promise: FixedPromise, { values }: Pick<WorkItem, 'values'>): number | undefined =>
  promise.by ?? (promise.deliver === 'agreedDate' && typeof values.dueBy === 'number' ? values.dueBy : undefined);

export function promiseClocks(promise: FixedPromise, item: WorkItem, now: number): Clocks {
  const { respond, deliver } = promise;
  const by = readyBy(promise, item);
  return clocksOf({
    reported: promise.from,
    spans: spansOf(item),
    calendar: promise.calendar ?? ALWAYS,
    ...(respond !== undefined && { respond: { minutes: respond } }),
    ...(by !== undefined ? { deliver: { by } } : typeof deliver === 'number' ? { deliver: { minutes: deliver } } : {}),
    now,
  });
}

const [ON_TIME, AT_RISK, LATE, KEPT, NOT_KEPT] = PROMISE_STATES;

/** One word for both clocks: until somebody has answered the answer counts as well; afterwards only the result. undefined: nothing is promised, or it ended without. */
export function stateOf({ respond, deliver }: Clocks): PromiseState | undefined {
  const open = [...(respond.state === 'running' ? [respond.verdict] : []), deliver.verdict];
  if (deliver.state === 'over') return undefined;
  if (deliver.state === 'stopped') return deliver.verdict === 'met' ? KEPT : deliver.verdict === 'missed' ? NOT_KEPT : undefined;
  if (open.includes('missed')) return LATE;
  if (open.includes('atRisk')) return AT_RISK;
  return open.includes('ok') || deliver.verdict === 'met' ? ON_TIME : undefined;
}

const MINUTE = 60_000;

/** When a clock that runs on will say something else than now. */
function turnsOf(clock: Clock, limit: number | undefined, { from }: FixedPromise, calendar: WorkingCalendar, now: number): (number | undefined)[] {
  if (clock.state !== 'running') return [];
  if (limit === undefined || clock.left === undefined) return clock.due === undefined ? [] : [clock.due - soonBefore(from, clock.due), clock.due + 1];
  const untilRisk = clock.left - RISK * limit * MINUTE;
  return [untilRisk > 0 ? addWorkingTime(calendar, now, untilRisk) : undefined, clock.due === undefined ? undefined : clock.due + 1];
}

/** The next moment at which it stands otherwise if nothing happens; undefined: time alone changes nothing. */
export function nextTurn(promise: FixedPromise, { respond, deliver }: Clocks, now: number): number | undefined {
  const calendar = promise.calendar ?? ALWAYS;
  const minutes = (value: FixedPromise['deliver']): number | undefined => (typeof value === 'number' ? value : undefined);
  const turns = [...turnsOf(respond, promise.respond, promise, calendar, now), ...turnsOf(deliver, minutes(promise.deliver), promise, calendar, now)];
  const ahead = turns.flatMap((one) => (one !== undefined && one > now ? [one] : []));
  return ahead.length === 0 ? undefined : Math.min(...ahead);
}
