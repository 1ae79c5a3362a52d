/** How often people may call an app's functions (Forge docs: invocation limits). What the platform calls itself does not count. */
import type { Clock } from '../../clock';
import { InvokeError } from '../errors';
import { INVOCATION } from '../limits';
import { WindowLimit } from '../rate';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
/** Everybody together. */
const ALL = '';

export class RateLimits {
  private readonly perUser: WindowLimit;
  private readonly perMinute: WindowLimit;
  private readonly perSecond: WindowLimit;

  constructor(clock: Clock) {
    this.perUser = new WindowLimit(clock, INVOCATION.perUserMinute, MINUTE);
    this.perMinute = new WindowLimit(clock, INVOCATION.perInstallationMinute, MINUTE);
    this.perSecond = new WindowLimit(clock, INVOCATION.perInstallationSecond, SECOND);
  }

  /** Counts a call; throws InvokeError where it is one too many. */
  take(accountId = 'anonymous'): void {
    const taken = this.perSecond.take(ALL) && this.perMinute.take(ALL) && this.perUser.take(accountId);
    if (!taken) throw new InvokeError('RATE_LIMITED', 'Too many invocations: wait until the next minute begins.');
  }
}
