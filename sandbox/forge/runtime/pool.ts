/** Keeps child processes warm and hands them out, one invocation each. */
import { InvokeError } from '../errors';
import { Child, type Bundle, type ChildEvents } from './child';
import type { InvokeMessage } from './messages';

/** Warm processes for invocations that nothing else waits for. */
export const POOL_SIZE = 4;

interface Waiter {
  memoryMB: number;
  depth: number;
  go(child: Child): void;
  fail(error: Error): void;
}

/**
 * An invocation may wait for another one: a function moves a work item, a validator judges the move. So an invocation at depth d (judged for one at
 * depth d - 1) may make the pool one process larger than its parents may; otherwise four functions that wait for validators would block each other.
 */
export class Pool {
  private readonly children = new Set<Child>();
  private starting = 0;
  private readonly idle = new Set<Child>();
  private waiters: Waiter[] = [];
  private stopped = false;

  constructor(
    private readonly bundle: Bundle,
    private readonly events: Omit<ChildEvents, 'exit'>,
  ) {}

  /** Starts a first process. Answers the handlers that the bundle really exports. */
  async warm(memoryMB: number): Promise<string[]> {
    const child = await this.start(memoryMB);
    this.release(child);
    return child.handlers;
  }

  /** Runs an invocation as soon as a process is free; its message is made then, since it carries the time. */
  async run(message: () => InvokeMessage, memoryMB: number, depth: number): Promise<string | undefined> {
    const child = await this.take(memoryMB, depth);
    try {
      return await child.invoke(message());
    } finally {
      this.release(child);
    }
  }

  async stop(): Promise<void> {
    this.stopped = true;
    const waiters = this.waiters;
    this.waiters = [];
    for (const waiter of waiters) waiter.fail(stoppedError());
    for (const child of this.children) child.kill();
    while (this.children.size + this.starting > 0) await new Promise((resolve) => setTimeout(resolve, 5));
  }

  private take(memoryMB: number, depth: number): Promise<Child> {
    if (this.stopped) return Promise.reject(stoppedError());
    return new Promise((go, fail) => {
      this.waiters.push({ memoryMB, depth, go, fail });
      this.waiters.sort((a, b) => b.depth - a.depth);
      this.serve();
    });
  }

  /** Gives processes to those who wait: an idle one of the right size, or a new one while there is room. */
  private serve(): void {
    for (const waiter of [...this.waiters]) {
      const idle = [...this.idle].find((child) => child.memoryMB === waiter.memoryMB);
      if (idle) {
        this.idle.delete(idle);
        this.drop(waiter);
        waiter.go(idle);
        continue;
      }
      const room = POOL_SIZE + waiter.depth;
      if (this.children.size + this.starting >= room) {
        // An idle process of another size makes room when its exit is reported.
        const other = [...this.idle][0];
        if (other) this.discard(other);
        continue;
      }
      this.drop(waiter);
      this.start(waiter.memoryMB).then(waiter.go, waiter.fail);
    }
  }

  private drop(waiter: Waiter): void {
    this.waiters = this.waiters.filter((one) => one !== waiter);
  }

  private async start(memoryMB: number): Promise<Child> {
    this.starting += 1;
    try {
      const child = await Child.start(this.bundle, memoryMB, { ...this.events, exit: (one) => this.gone(one) });
      this.children.add(child);
      if (!this.stopped) return child;
      child.kill();
      throw stoppedError();
    } finally {
      this.starting -= 1;
    }
  }

  private release(child: Child): void {
    if (!child.alive || this.stopped) return;
    this.idle.add(child);
    this.serve();
  }

  private discard(child: Child): void {
    this.idle.delete(child);
    child.kill();
  }

  /** A process ended: forget it, and let the next waiter have its place. */
  private gone(child: Child): void {
    this.children.delete(child);
    this.idle.delete(child);
    if (!this.stopped) this.serve();
  }
}

const stoppedError = (): InvokeError => new InvokeError('STOPPED', 'The site is stopping.');
