/**
 * The clocks of a work item: how long until it was answered, and until it was restored or delivered, in the hours of its agreement. Built from the
 * changelog alone: a moment is when Jira says it happened, never when we heard of it. Gross counts all the time it was open; net leaves out waiting for
 * the customer and nothing else. What is fulfilled stands still; reopened, it goes on where it stopped. Pure; reads the history once.
 */
import { addWorkingTime, type StatusKey, type WorkingCalendar, workingTime } from '../method';

export interface Span {
  status: StatusKey;
  /** ms since the epoch. */
  from: number;
  /** Waiting, and for the customer: this alone is left out of net. */
  forCustomer?: boolean;
}

export interface Promised {
  /** Minutes of working time, or a moment that was agreed. */
  minutes?: number;
  by?: number;
}

export interface ClockInput {
  /** The moment of the report, which may be long before the work item was made. */
  reported: number;
  /** In order of time; each lasts until the next begins, the last until now. */
  spans: readonly Span[];
  calendar: WorkingCalendar;
  /** Absent: nothing is promised, the time is told all the same. */
  respond?: Promised;
  deliver?: Promised;
  /** The first answer, where it came before the work item was accepted. */
  answered?: number;
  now: number;
}

/** none: nothing is promised. void: ended without delivery, so nothing is judged. */
export type ClockVerdict = 'none' | 'ok' | 'atRisk' | 'missed' | 'met' | 'void';

export interface Clock {
  /** running; paused: waiting for the customer; stopped: answered or fulfilled, which a reopening undoes; over: will not run again. */
  state: 'running' | 'paused' | 'stopped' | 'over';
  verdict: ClockVerdict;
  /** ms of working time. */
  gross: number;
  net: number;
  /** ms of working time left; below zero: over. Absent: nothing is promised, or a moment is. */
  left?: number;
  /** When the promised time is used up, or was, if the clock just runs on; absent while it is paused, or when the hours do not hold so much. */
  due?: number;
  /** When it stopped, the last time. */
  stoppedAt?: number;
}

export interface Clocks {
  respond: Clock;
  deliver: Clock;
}

/** Of a promise; with no more than this left it is at risk. */
export const AT_RISK = 0.25;
const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;
/** An agreed moment is at risk a day before, or, where it was near from the beginning, with a quarter of the time left. */
export const soonBefore = (reported: number, by: number): number => Math.min(DAY, AT_RISK * Math.max(0, by - reported));

const FULFILLED: readonly StatusKey[] = ['fulfilled', 'closed'];

function verdictOf(state: Clock['state'], late: boolean, soon: boolean): ClockVerdict {
  if (state === 'over') return 'void';
  if (late) return 'missed';
  if (state === 'stopped') return 'met';
  return soon ? 'atRisk' : 'ok';
}

/** One clock while the history goes by. A stretch is a time in which net runs without a break. */
class Running {
  private gross = 0;
  private net = 0;
  private stretch: { from: number; net: number } | undefined;
  private broken = true;
  /** When the promised time was used up, once it was. */
  private reached: number | undefined;
  private readonly limit: number | undefined;

  constructor(
    private readonly calendar: WorkingCalendar,
    private readonly promise: Promised | undefined,
    private readonly reported: number,
  ) {
    this.limit = promise?.minutes === undefined ? undefined : promise.minutes * MINUTE;
  }

  run(from: number, worked: number): void {
    if (this.broken) this.stretch = { from, net: this.net };
    this.broken = false;
    this.gross += worked;
    this.net += worked;
  }

  /** Waiting for the customer: net stands still, and nobody knows the end. */
  wait(worked: number): void {
    this.stop();
    this.stretch = undefined;
    this.gross += worked;
  }

  stop(): void {
    if (!this.broken && this.limit !== undefined && this.net >= this.limit) this.reached ??= this.end();
    this.broken = true;
  }

  private end(): number | undefined {
    const { stretch, limit } = this;
    return stretch && limit !== undefined ? addWorkingTime(this.calendar, stretch.from, limit - stretch.net) : undefined;
  }

  read(state: Clock['state'], stoppedAt: number | undefined, now: number): Clock {
    const { gross, net, limit, promise } = this;
    const clock = { state, gross, net, ...(stoppedAt !== undefined && { stoppedAt }) };
    if (promise?.by !== undefined) {
      const end = stoppedAt ?? now;
      return { ...clock, due: promise.by, verdict: verdictOf(state, end > promise.by, promise.by - end <= soonBefore(this.reported, promise.by)) };
    }
    if (limit === undefined) return { ...clock, verdict: state === 'over' ? 'void' : 'none' };
    const left = limit - net;
    const due = this.reached ?? this.end();
    return { ...clock, left, ...(due !== undefined && { due }), verdict: verdictOf(state, left < 0, left <= AT_RISK * limit) };
  }
}

/** Both clocks at a moment; what happens after it is not known yet. */
export function clocksOf({ reported, spans, calendar, respond, deliver, answered = Infinity, now: asked }: ClockInput): Clocks {
  // A report that is dated ahead has not used up anything.
  const now = Math.max(asked, reported);
  const delivery = new Running(calendar, deliver, reported);
  let acceptedAt = Infinity;
  let stoppedAt: number | undefined;
  let last: Span = { status: 'registered', from: reported };

  const pass = ({ status, from, forCustomer }: Span, to: number): void => {
    if (status === 'cancelled' || FULFILLED.includes(status)) delivery.stop();
    else {
      const worked = workingTime(calendar, from, to);
      if (status === 'waiting' && forCustomer) delivery.wait(worked);
      else delivery.run(from, worked);
    }
  };

  for (const span of spans) {
    if (span.from > now) break;
    // What came before the report was about something else.
    const from = Math.max(span.from, reported);
    pass(last, from);
    if (!FULFILLED.includes(span.status)) stoppedAt = undefined;
    else stoppedAt ??= from;
    if (span.status !== 'registered' && span.status !== 'cancelled') acceptedAt = Math.min(acceptedAt, from);
    last = { ...span, from };
  }
  pass(last, now);

  const over = last.status === 'cancelled';
  const paused = last.status === 'waiting' && last.forCustomer === true;
  const state = over ? 'over' : stoppedAt !== undefined ? 'stopped' : paused ? 'paused' : 'running';

  // Nobody waits for the customer before accepting, so there is one stretch. An answer stays one, whatever became of the work item.
  const response = new Running(calendar, respond, reported);
  const respondedAt = Math.max(reported, Math.min(answered, acceptedAt));
  const responded = respondedAt <= now;
  const end = responded ? respondedAt : over ? last.from : now;
  response.run(reported, workingTime(calendar, reported, end));
  return {
    respond: response.read(responded ? 'stopped' : over ? 'over' : 'running', responded ? respondedAt : undefined, now),
    deliver: delivery.read(state, stoppedAt, now),
  };
}
