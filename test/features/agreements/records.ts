/** Records of Noordhaven Shared Services, made through the schemas, so that what is left out is as the schemas say. */
import {
  agreement,
  type Agreement,
  type AgreementDeed,
  agreementVersion,
  type AgreementVersion,
  type Party,
  party,
  service,
  type Service,
  terms,
  type Terms,
} from '../../../src/contract';
import type { z } from 'zod';

export const at = (text: string): number => Date.parse(text.length > 10 ? text : `${text}T08:15Z`);

const FULL_CARD = {
  facilityWhat: { text: 'Staff and visitors go online.' },
  facilityHow: { text: 'Fast enough for images at the bed.' },
  supportWhat: { text: 'Report a failure, add a desk.' },
  supportHow: { text: 'Day and night for wards.' },
};
const incident = (rank: number, respond: number, deliver: number) => ({
  type: 'incident',
  for: rank,
  respond,
  deliver,
  calendar: 'always',
  percent: 95,
});

export const termsWith = (more: Partial<z.input<typeof terms>> = {}): Terms =>
  terms.parse({
    services: ['wifi'],
    card: FULL_CARD,
    readiness: 'Every bed has a connection.',
    price: { kind: 'included' },
    timeZone: 'Europe/Amsterdam',
    supportHours: 'always',
    targets: [incident(1, 15, 240), incident(2, 60, 480), incident(3, 240, 960), incident(4, 480, 2_400)],
    own: { handling: [{ type: 'incident', for: 'all', respond: 5, deliver: 30 }] },
    validFrom: '2026-01-01',
    validUntil: '2027-12-31',
    ...more,
  });

const by = 'lotte';
export const offered = (on = '2025-10-06'): AgreementDeed[] => [{ kind: 'offer', at: at(on), by }];
export const agreedDeeds = (on = '2025-11-24'): AgreementDeed[] => [
  ...offered(),
  { kind: 'accept', at: at(on), by: 'sofia', side: 'customer' },
  { kind: 'agree', at: at(on), by },
];
export const inForceDeeds = (on = '2026-01-01T00:00Z'): AgreementDeed[] => [...agreedDeeds(), { kind: 'confirm', at: at(on), by }];

export const versionWith = (
  id: string,
  number: number,
  deeds: AgreementDeed[] = inForceDeeds(),
  more: Partial<z.input<typeof terms>> = {},
): AgreementVersion => agreementVersion.parse({ agreement: id, number, terms: termsWith(more), deeds });

export const agreementWith = (id: string, more: Partial<Agreement> = {}): Agreement =>
  agreement.parse({ id, kind: id.split('-')[0], name: 'Internet and Wi-Fi on the wards', provider: 'desk', customer: 'lucas', ...more });

export const partyWith = (id: string, more: Partial<Party> = {}): Party => party.parse({ id, name: id, kind: 'team', inside: true, ...more });
export const serviceWith = (id: string, more: Partial<z.input<typeof service>> = {}): Service =>
  service.parse({ id, name: id, state: 'inUse', ...more });

export const byId = <T extends { id: string }>(...all: T[]): Map<string, T> => new Map(all.map((one) => [one.id, one]));
