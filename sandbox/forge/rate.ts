import type { Clock } from '../clock';

/** At most `most` in any `ms` of the site's time. */
export class RateLimit {
  private taken: number[] = [];

  constructor(
    private readonly clock: Clock,
    private readonly most: number,
    private readonly ms: number,
  ) {}

  /** Takes `count` at once, or none. */
  take(count = 1): boolean {
    const now = this.clock.now().getTime();
    this.taken = this.taken.filter((at) => at > now - this.ms);
    if (this.taken.length + count > this.most) return false;
    for (let i = 0; i < count; i += 1) this.taken.push(now);
    return true;
  }
}

/** At most `most` for each name in every window of `ms` of the site's time; all windows begin together. */
export class WindowLimit {
  private window = 0;
  private used = new Map<string, number>();

  constructor(
    private readonly clock: Clock,
    private readonly most: number,
    private readonly ms: number,
  ) {}

  /** Whether `amount` more would be allowed; takes nothing. */
  allows(name: string, amount = 1): boolean {
    return this.usedBy(name) + amount <= this.most;
  }

  add(name: string, amount = 1): void {
    this.used.set(name, this.usedBy(name) + amount);
  }

  take(name: string, amount = 1): boolean {
    const allowed = this.allows(name, amount);
    if (allowed) this.add(name, amount);
    return allowed;
  }

  private usedBy(name: string): number {
    const window = Math.floor(this.clock.now().getTime() / this.ms);
    if (window !== this.window) {
      this.window = window;
      this.used = new Map();
    }
    return this.used.get(name) ?? 0;
  }
}
