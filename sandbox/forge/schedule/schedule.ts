/** Scheduled triggers on the site's clock. */
import type { Clock } from '../../clock';
import { SCHEDULE_MS } from '../limits';
import { scheduledTriggerSchema, type Manifest } from '../manifest';

export interface Scheduled {
  key: string;
  functionKey: string;
  everyMs: number;
  /** Only where the app is licensed. */
  whenLicensed: boolean;
}

/** Moments of the next starts by module key. */
export type NextStarts = Record<string, number>;

export class Schedule {
  readonly modules: Scheduled[];
  private next: NextStarts = {};
  private cancels: (() => void)[] = [];
  private stopped = false;

  constructor(
    manifest: Manifest,
    private readonly clock: Clock,
    /** 0..1: where in its interval a trigger starts, and whether a start comes twice. */
    private readonly chance: { spread(): number; doubled(): boolean },
    /** Runs a trigger; must not reject. */
    private readonly fire: (module: Scheduled) => void,
  ) {
    this.modules = manifest.modulesOf('scheduledTrigger').flatMap((raw) => {
      const module = scheduledTriggerSchema.safeParse(raw).data;
      if (!module) return [];
      const { key, function: functionKey, interval, filter } = module;
      return [{ key, functionKey, everyMs: SCHEDULE_MS[interval], whenLicensed: filter?.appIsLicensed ?? false }];
    });
  }

  /** Begins, where it had stopped or anew; a start missed meanwhile happens at once, but only once. */
  start(saved: NextStarts = {}): void {
    this.stopped = false;
    const now = this.clock.now().getTime();
    for (const module of this.modules) this.arm(module, saved[module.key] ?? now + Math.round(module.everyMs * this.chance.spread()));
  }

  nextStarts(): NextStarts {
    return { ...this.next };
  }

  stop(): void {
    this.stopped = true;
    for (const cancel of this.cancels.splice(0)) cancel();
  }

  private arm(module: Scheduled, at: number): void {
    this.next[module.key] = at;
    const cancel = this.clock.after(Math.max(0, at - this.clock.now().getTime()), () => {
      this.cancels = this.cancels.filter((one) => one !== cancel);
      if (this.stopped) return;
      this.fire(module);
      if (this.chance.doubled()) this.fire(module);
      this.arm(module, Math.max(at, this.clock.now().getTime() - module.everyMs) + module.everyMs);
    });
    this.cancels.push(cancel);
  }
}
