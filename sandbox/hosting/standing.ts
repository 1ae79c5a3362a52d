/** An app's standing on the site: version, licence, who agreed. Kept between starts, and turned by the site's knobs. */
import { z } from 'zod';
import type { Clock } from '../clock';
import type { Licence, Standing } from '../forge';
import { stableUuid } from '../forge/ids';

/** `none`: the platform tells the app of no licence, as in a development environment. */
export const LICENCE_STATES = ['none', 'active', 'evaluation', 'expired'] as const;
export type LicenceState = (typeof LICENCE_STATES)[number];

/** `implied`: the administrator's consent counts for everybody; `asked`: every person has to agree for themselves. */
export const CONSENTS = ['implied', 'asked'] as const;
export type Consent = (typeof CONSENTS)[number];

export const standingSchema = z.object({
  licence: z.enum(LICENCE_STATES).default('none'),
  /** When the licence became what it is. */
  licenceSince: z.iso.datetime().default(new Date(0).toISOString()),
  consent: z.enum(CONSENTS).optional(),
  agreed: z.array(z.string()).default([]),
  majorVersion: z.number().int().positive().default(1),
});
type State = z.infer<typeof standingSchema>;

const DAY = 24 * 3_600_000;
/** Marketplace docs: an evaluation takes 30 days, a monthly subscription as long. */
const PERIOD_MS = 30 * DAY;

/** Forge docs, simplified user consent: the scopes for which every person is asked. */
const PERSONAL_SCOPES = ['read:me', 'read:account'];

export class AppStanding implements Standing {
  private state: State;

  constructor(
    private readonly appId: string,
    private readonly clock: Clock,
    private readonly scopes: readonly string[],
    kept: z.input<typeof standingSchema> = {},
  ) {
    this.state = standingSchema.parse(kept);
  }

  version(): string {
    return `${String(this.state.majorVersion)}.0.0`;
  }

  licence(): Licence | undefined {
    const { licence, licenceSince } = this.state;
    if (licence === 'none') return undefined;
    const since = Date.parse(licenceSince);
    const evaluation = licence === 'evaluation';
    const ends = new Date(licence === 'expired' ? since : since + PERIOD_MS).toISOString();
    // A subscription is renewed, an evaluation ends.
    const active = licence === 'active' || (evaluation && this.clock.now().getTime() < Date.parse(ends));
    const entitlement = stableUuid(`entitlement ${this.appId}`);
    return {
      active,
      isActive: active,
      isEvaluation: evaluation,
      type: 'COMMERCIAL',
      billingPeriod: 'MONTHLY',
      ccpEntitlementId: entitlement,
      ccpEntitlementSlug: `E-${entitlement.slice(0, 8).toUpperCase()}`,
      supportEntitlementNumber: `SEN-${entitlement.slice(-8).toUpperCase()}`,
      ...(evaluation ? { trialEndDate: ends } : { subscriptionEndDate: ends }),
    };
  }

  agreed(accountId: string): boolean {
    return this.consent === 'implied' || this.state.agreed.includes(accountId);
  }

  get consent(): Consent {
    return this.state.consent ?? (PERSONAL_SCOPES.some((one) => this.scopes.includes(one)) ? 'asked' : 'implied');
  }

  setLicence(licence: LicenceState): void {
    this.state = { ...this.state, licence, licenceSince: this.clock.now().toISOString() };
  }

  setConsent(consent: Consent): void {
    this.state = { ...this.state, consent };
  }

  agree(accountId: string): void {
    this.state = { ...this.state, agreed: [...new Set([...this.state.agreed, accountId])] };
  }

  withdraw(accountId: string): void {
    this.state = { ...this.state, agreed: this.state.agreed.filter((one) => one !== accountId) };
  }

  /** Forge docs: a major version asks for consent again. */
  upgrade(): void {
    this.state = { ...this.state, majorVersion: this.state.majorVersion + 1, agreed: [] };
  }

  /** What people and tests are told. */
  told() {
    const { licence, agreed } = this.state;
    return { version: this.version(), licence, consent: this.consent, agreed };
  }

  keep(): State {
    return structuredClone(this.state);
  }
}
