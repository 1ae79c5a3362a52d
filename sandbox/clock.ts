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
