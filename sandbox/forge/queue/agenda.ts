/** What the platform still has to do for the app: a list of work as data, each with the moment it is due. */
import type { Clock } from '../../clock';
import type { Json } from '../../jira/store';

export interface Work {
  id: string;
  kind: 'event' | 'postFunction' | 'job';
  /** Moment at which it may run. */
  due: number;
  /** Moment at which it was first put in. */
  since: number;
  /** How often it was tried before, and why it is tried again. */
  retryCount: number;
  retryReason?: string;
  retryData?: Json;
  body: Json;
  /** At most `limit` of those with the same key run at a time. */
  concurrency?: { key: string; limit: number };
}

/** How late and how often the platform delivers. */
export interface Delivery {
  /** Everything runs at once, whatever its delay. */
  instant: boolean;
  minMs: number;
  maxMs: number;
  /** Share of deliveries that come twice, 0..1. */
  doubled: number;
  /** A number in 0..1, the same row of them for the same seed. */
  random(): number;
}

export class Agenda {
  private readonly pending = new Map<string, { work: Work; cancel: () => void }>();
  private readonly blocked: Work[] = [];
  private readonly running = new Map<string, Work>();
  private watchers: (() => void)[] = [];
  private stopped = false;

  constructor(
    private readonly clock: Clock,
    private readonly delivery: Delivery,
    /** Does the work; must not reject. */
    private readonly perform: (work: Work) => Promise<void>,
  ) {}

  add(work: Work): void {
    if (this.stopped) return;
    const wait = Math.max(0, work.due - this.clock.now().getTime());
    const cancel = this.delivery.instant ? soon(() => this.start(work)) : this.clock.after(wait, () => this.start(work));
    this.pending.set(work.id, { work, cancel });
  }

  /** Resolves when nothing is waiting or running. */
  idle(): Promise<void> {
    if (this.empty) return Promise.resolve();
    return new Promise((resolve) => this.watchers.push(resolve));
  }

  /** Everything not yet done; what is running counts as not done, since delivery is at least once. */
  toJSON(): Json {
    return structuredClone([...this.running.values(), ...this.blocked, ...[...this.pending.values()].map(({ work }) => work)]) as unknown as Json;
  }

  /** Goes on with what `toJSON()` gave, also after a stop. */
  load(snapshot: Json): void {
    this.stopped = false;
    for (const work of structuredClone(snapshot) as unknown as Work[]) this.add(work);
  }

  /** Takes work out that has not started. */
  remove(test: (work: Work) => boolean): number {
    const found = [...this.pending.values()].filter(({ work }) => test(work));
    for (const { work, cancel } of found) {
      cancel();
      this.pending.delete(work.id);
    }
    this.tell();
    return found.length;
  }

  count(test: (work: Work) => boolean): number {
    return [...this.running.values(), ...this.blocked, ...[...this.pending.values()].map(({ work }) => work)].filter(test).length;
  }

  stop(): void {
    this.stopped = true;
    for (const { cancel } of this.pending.values()) cancel();
    this.pending.clear();
    this.blocked.length = 0;
    this.tell();
  }

  private get empty(): boolean {
    return this.pending.size + this.blocked.length + this.running.size === 0;
  }

  private start(work: Work): void {
    this.pending.delete(work.id);
    if (this.stopped) return;
    if (this.full(work)) return void this.blocked.push(work);
    this.running.set(work.id, work);
    void this.perform(work).finally(() => {
      this.running.delete(work.id);
      const next = this.blocked.findIndex((one) => !this.full(one));
      if (next >= 0) for (const one of this.blocked.splice(next, 1)) this.start(one);
      this.tell();
    });
  }

  private full({ concurrency }: Work): boolean {
    if (!concurrency) return false;
    return [...this.running.values()].filter((one) => one.concurrency?.key === concurrency.key).length >= concurrency.limit;
  }

  private tell(): void {
    if (!this.empty) return;
    const watchers = this.watchers;
    this.watchers = [];
    for (const watcher of watchers) watcher();
  }
}

function soon(task: () => void): () => void {
  const immediate = setImmediate(task);
  return () => clearImmediate(immediate);
}

/** A row of pseudo-random numbers from a seed (a linear congruential generator; good enough for delays). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  const next = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
  next();
  return next;
}
