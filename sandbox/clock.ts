/** Time as the site sees it. Everything in sandbox/ that waits or stamps goes through a Clock, so that tests can move it. */
export interface Clock {
  now(): Date;
  /** Runs `task` once, `ms` later. Answers a function that cancels it. */
  after(ms: number, task: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => new Date(),
  after(ms, task) {
    const timer = setTimeout(task, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
};

/** A clock that stands still until it is moved; due tasks run in the order of their moments. */
export class ManualClock implements Clock {
  private at: number;
  private order = 0;
  private due: { at: number; order: number; task: () => void }[] = [];

  constructor(start: Date | string) {
    this.at = new Date(start).getTime();
  }

  now(): Date {
    return new Date(this.at);
  }

  after(ms: number, task: () => void): () => void {
    const entry = { at: this.at + Math.max(0, ms), order: this.order++, task };
    this.due.push(entry);
    return () => {
      this.due = this.due.filter((one) => one !== entry);
    };
  }

  advance(ms: number): void {
    const until = this.at + ms;
    for (;;) {
      const next = this.due.filter((one) => one.at <= until).sort((a, b) => a.at - b.at || a.order - b.order)[0];
      if (!next) break;
      this.due = this.due.filter((one) => one !== next);
      this.at = Math.max(this.at, next.at);
      next.task();
    }
    this.at = until;
  }
}

/** Another clock that can be set forward. What falls due by that happens at once, in the order of its moments. */
export class AdvancingClock implements Clock {
  private readonly due = new Set<{ at: number; task: () => void; cancel: () => void }>();

  constructor(
    private readonly base: Clock,
    private ahead = 0,
  ) {}

  /** How far it is ahead of the other clock. */
  get aheadMs(): number {
    return this.ahead;
  }

  now(): Date {
    return new Date(this.base.now().getTime() + this.ahead);
  }

  after(ms: number, task: () => void): () => void {
    const entry = { at: this.now().getTime() + Math.max(0, ms), task, cancel: (): void => undefined };
    this.due.add(entry);
    this.arm(entry);
    return () => {
      entry.cancel();
      this.due.delete(entry);
    };
  }

  advance(ms: number): void {
    this.ahead += ms;
    // A set keeps the order of insertion, and the sort keeps it among equals.
    for (const entry of [...this.due].sort((a, b) => a.at - b.at)) {
      entry.cancel();
      // One that ran before it may have cancelled it.
      if (!this.due.has(entry)) continue;
      if (entry.at <= this.now().getTime()) this.run(entry);
      else this.arm(entry);
    }
  }

  private arm(entry: { at: number; task: () => void; cancel: () => void }): void {
    entry.cancel = this.base.after(entry.at - this.now().getTime(), () => this.run(entry));
  }

  private run(entry: { at: number; task: () => void; cancel: () => void }): void {
    this.due.delete(entry);
    entry.task();
  }
}
