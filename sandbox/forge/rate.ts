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
