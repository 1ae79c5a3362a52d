/** Delivers work to functions: when, how often, and again where the app or the platform asks for it. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../../clock';
import type { Json } from '../../jira/store';
import { InvokeError, isPlatformFailure } from '../errors';
import { EVENTS, QUEUE } from '../limits';
import type { LogEntry } from '../log';
import { Agenda, type Delivery, type Work } from '../queue/agenda';
import type { Invoker } from '../runtime/invoker';

/** What a piece of work is about. Product events and post functions get the platform's second argument, queue jobs do not. */
const taskSchema = z.object({
  moduleType: z.string(),
  moduleKey: z.string(),
  functionKey: z.string(),
  argument: z.record(z.string(), z.json()),
  /** Pushes that led here. */
  cycle: z.number().default(0),
});
export type Task = z.input<typeof taskSchema>;

/** @forge/events 3.0.8 source: what `new InvocationError(...)` is when it is returned. */
const retryAsked = z.object({
  _retry: z.literal(true),
  retryOptions: z.object({ retryAfter: z.number().optional(), retryReason: z.string().optional(), retryData: z.json().optional() }).default({}),
});

/** Post functions and queue jobs come sooner than product events. */
const PROMPT_MS = 3000;
/** In instant mode time does not pass, so a job that always asks for another try has to end by count. */
const INSTANT_RETRIES = 8;

export interface DispatchParts {
  clock: Clock;
  delivery: Delivery;
  invoker: Invoker;
  log(level: LogEntry['level'], message: string): void;
}

interface Again {
  afterMs: number;
  reason: string;
  data?: Json | undefined;
}

export class Dispatch {
  readonly agenda: Agenda;
  private readonly finished = new Map<string, { success: number; failed: number }>();

  constructor(private readonly parts: DispatchParts) {
    this.agenda = new Agenda(parts.clock, parts.delivery, (work) => this.perform(work));
  }

  /** Puts a task in, twice where chance says so: delivery is at least once. */
  put(kind: Work['kind'], task: Task, options: { delayMs?: number; concurrency?: Work['concurrency'] } = {}): void {
    const { delivery, clock } = this.parts;
    const times = delivery.random() < delivery.doubled ? 2 : 1;
    for (let i = 0; i < times; i += 1) {
      const now = clock.now().getTime();
      this.agenda.add({
        id: randomUUID(),
        kind,
        due: now + (options.delayMs ?? 0) + this.delay(kind),
        since: now,
        retryCount: 0,
        body: task,
        ...(options.concurrency ? { concurrency: options.concurrency } : {}),
      });
    }
  }

  /** How the events of a job stand (`Job.getStats`). */
  stats(jobId: string): { success: number; inProgress: number; failed: number } | undefined {
    const inProgress = this.agenda.count((work) => jobOf(work) === jobId);
    const done = this.finished.get(jobId);
    return done || inProgress > 0 ? { success: done?.success ?? 0, failed: done?.failed ?? 0, inProgress } : undefined;
  }

  /** Takes a job's events out that have not started. */
  cancel(jobId: string): boolean {
    return this.agenda.remove((work) => jobOf(work) === jobId) > 0 || this.finished.has(jobId);
  }

  private delay(kind: Work['kind']): number {
    const { minMs, maxMs, random } = this.parts.delivery;
    const most = kind === 'event' ? maxMs : Math.min(maxMs, Math.max(minMs, PROMPT_MS));
    return Math.round(minMs + random() * (most - minMs));
  }

  private async perform(work: Work): Promise<void> {
    const task = taskSchema.parse(work.body);
    const argument = { ...task.argument, ...(work.retryCount > 0 ? { retryContext: this.retryContext(work) } : {}) };
    let again: Again | undefined;
    let failed = false;
    try {
      const result = await this.parts.invoker.run({
        functionKey: task.functionKey,
        moduleType: task.moduleType,
        moduleKey: task.moduleKey,
        cycle: task.cycle,
        args: (backend) => (work.kind === 'job' ? [argument] : [argument, backend]),
      });
      again = askedFor(result);
    } catch (error) {
      if (error instanceof InvokeError && error.code === 'STOPPED') return;
      failed = true;
      const text = error instanceof InvokeError ? (error.appStack ?? error.message) : String(error);
      this.parts.log('error', `${task.moduleType} ${task.moduleKey} failed: ${text}`);
      // Forge docs, async events: any failure is tried again; product events only what is the platform's.
      if (work.kind === 'job' || isPlatformFailure(error))
        again = {
          afterMs: Math.min(QUEUE.backoffMs, 1000 * 2 ** work.retryCount),
          reason: error instanceof InvokeError ? error.code : 'FUNCTION_FAILED',
        };
    }
    if (again && this.mayRetry(work, again)) return this.retry(work, again);
    if (again) this.parts.log('error', `${task.moduleType} ${task.moduleKey} is given up after ${work.retryCount + 1} tries (${again.reason}).`);
    this.count(work, failed || again !== undefined);
  }

  private mayRetry(work: Work, again: Again): boolean {
    if (work.kind !== 'job') return work.retryCount < EVENTS.retries;
    if (this.parts.delivery.instant && work.retryCount >= INSTANT_RETRIES) return false;
    return this.parts.clock.now().getTime() + again.afterMs - work.since < QUEUE.retentionMs;
  }

  private retry(work: Work, { afterMs, reason, data: asked }: Again): void {
    const { retryData: _before, ...rest } = work;
    const data = this.withinLimit(asked);
    this.agenda.add({
      ...rest,
      id: randomUUID(),
      due: this.parts.clock.now().getTime() + afterMs,
      retryCount: work.retryCount + 1,
      retryReason: reason,
      ...(data === undefined ? {} : { retryData: data }),
    });
  }

  private withinLimit(data: Json | undefined): Json | undefined {
    if (data === undefined || Buffer.byteLength(JSON.stringify(data)) <= QUEUE.retryDataBytes) return data;
    this.parts.log('error', 'retryData is larger than 4 KB and is dropped.');
    return undefined;
  }

  private retryContext(work: Work): Json {
    const window = {
      startTime: new Date(work.since).toISOString(),
      remainingTimeMs: work.since + QUEUE.retentionMs - this.parts.clock.now().getTime(),
    };
    return {
      retryCount: work.retryCount,
      retryReason: work.retryReason ?? '',
      retryData: work.retryData ?? null,
      ...(work.kind === 'job' ? { retentionWindow: window } : {}),
    };
  }

  private count(work: Work, failed: boolean): void {
    const jobId = jobOf(work);
    if (!jobId) return;
    const done = this.finished.get(jobId) ?? { success: 0, failed: 0 };
    done[failed ? 'failed' : 'success'] += 1;
    this.finished.set(jobId, done);
  }
}

function askedFor(result: Json | undefined): Again | undefined {
  const asked = retryAsked.safeParse(result);
  if (!asked.success) return undefined;
  const { retryAfter = 1, retryReason = 'FUNCTION_RETRY_REQUEST', retryData } = asked.data.retryOptions;
  return { afterMs: Math.min(EVENTS.retryAfterSeconds, Math.max(1, retryAfter)) * 1000, reason: retryReason, data: retryData };
}

const jobSchema = z.object({ argument: z.object({ jobId: z.string() }) });
const jobOf = (work: Work): string | undefined => (work.kind === 'job' ? jobSchema.safeParse(work.body).data?.argument.jobId : undefined);
