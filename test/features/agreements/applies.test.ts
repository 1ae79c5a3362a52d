/** Which agreement applies (V03), and what is said when none does (A25). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agreed, type Applying, type Kept, noneText, overlaps, upwards } from '../../../src/agreements/applies';
import type { AgreementDeed } from '../../../src/contract';
import { agreedDeeds, agreementWith, at, byId, inForceDeeds, partyWith, serviceWith, versionWith } from './records';

const services = byId(
  serviceWith('network'),
  serviceWith('wifi', { parent: 'network' }),
  serviceWith('guest', { parent: 'wifi' }),
  serviceWith('print'),
);
const parties = byId(partyWith('lucas'), partyWith('wards', { parent: 'lucas' }), partyWith('ward3b', { parent: 'wards' }), partyWith('brug'));

const kept = (id: string, customer: string, service: string, deeds: AgreementDeed[] = inForceDeeds(), more = {}): Kept => ({
  agreement: agreementWith(id, { customer }),
  versions: [versionWith(id, 1, deeds, { services: [service], ...more })],
});
const said = (found: Applying): string => ('none' in found ? found.none.kind : found.agreement.id);
const now = at('2026-11-20');
const apply = (all: Kept[], service: string, customer: string, moment = now): string =>
  said(agreed({ kept: all, services, parties }).at(service, customer, moment));

describe('the agreement that applies', () => {
  const all = [kept('SA-001', 'lucas', 'network'), kept('SA-002', 'wards', 'wifi'), kept('SA-003', 'lucas', 'guest')];
  it.each([
    ['network', 'lucas', 'SA-001'],
    ['wifi', 'lucas', 'SA-001'],
    ['wifi', 'ward3b', 'SA-002'],
    // The service before the unit.
    ['guest', 'ward3b', 'SA-003'],
    ['network', 'wards', 'SA-001'],
    ['network', 'brug', 'otherCustomer'],
    ['print', 'lucas', 'none'],
    ['gone', 'gone', 'none'],
  ])('for %s and %s is %s', (service, customer, expected) => {
    expect(apply(all, service, customer)).toBe(expected);
  });

  it('is the version that was in force when it was reported', () => {
    const first = versionWith('SA-001', 1);
    const second = versionWith('SA-001', 2, inForceDeeds('2026-07-01'), { validFrom: '2026-07-01' });
    const index = agreed({ kept: [{ agreement: agreementWith('SA-001'), versions: [second, first] }], services, parties });
    const number = (moment: string): number => {
      const found = index.at('wifi', 'lucas', at(moment));
      return 'none' in found ? 0 : found.version.number;
    };
    expect(['2025-12-31T12:00Z', '2026-06-30', '2026-07-01T07:00Z', '2026-07-02'].map(number)).toEqual([0, 1, 1, 2]);
  });

  it('is never an agreement that lies under another', () => {
    expect(apply([kept('OLA-007', 'lucas', 'wifi'), kept('UC-001', 'lucas', 'wifi')], 'wifi', 'lucas')).toBe('none');
  });

  it('is found through the index exactly when walking all of them finds it', () => {
    const pairs = fc.tuple(fc.constantFrom(...services.keys()), fc.constantFrom(...parties.keys()));
    const entries = fc.uniqueArray(fc.tuple(pairs, fc.integer({ min: 0, max: 600 }), fc.integer({ min: 0, max: 300 })), {
      maxLength: 6,
      selector: ([[service, customer]]) => `${service} ${customer}`,
    });
    fc.assert(
      fc.property(entries, pairs, fc.integer({ min: 0, max: 900 }), (list, [service, customer], on) => {
        const moment = Date.UTC(2026, 0, 1, 12) + on * 86_400_000;
        const day = (days: number): string => new Date(Date.UTC(2026, 0, 1 + days)).toISOString().slice(0, 10);
        const all = list.map(([[one, other], from, length], index) =>
          kept(`SA-${String(index)}`, other, one, inForceDeeds(), { validFrom: day(from), validUntil: day(from + length) }),
        );
        // The same by hand: outer loop the service, inner the customer.
        let expected: string | undefined;
        for (const one of [service, ...parentsOf(service, services)]) {
          for (const other of [customer, ...parentsOf(customer, parties)]) {
            const index = list.findIndex(
              ([[s, c], from, length]) => s === one && c === other && day(from) <= day(on) && day(on) <= day(from + length),
            );
            if (index >= 0) expected ??= `SA-${String(index)}`;
          }
        }
        const found = agreed({ kept: all, services, parties }).at(service, customer, moment);
        expect('none' in found ? undefined : found.agreement.id).toBe(expected);
      }),
      { numRuns: 120 },
    );
  });
});

const parentsOf = (id: string, all: ReadonlyMap<string, { parent?: string | undefined }>): string[] => {
  const parent = all.get(id)?.parent;
  return parent === undefined ? [] : [parent, ...parentsOf(parent, all)];
};

it('walks upwards out of a circle', () => {
  const circle = new Map([
    ['a', { parent: 'b' }],
    ['b', { parent: 'a' }],
  ]);
  expect(upwards('a', circle)).toEqual(['a', 'b']);
});

describe('why there is none', () => {
  const text = (all: Kept[], moment = now): string => {
    const found = agreed({ kept: all, services, parties }).at('wifi', 'lucas', moment);
    return 'none' in found ? noneText(found.none, 'Wi-Fi', 'Sint Lucas') : 'agreed';
  };
  const ended: AgreementDeed[] = [...inForceDeeds(), { kind: 'end', at: at('2026-10-01'), by: 'lotte', on: '2026-10-31', why: '' }];
  it.each([
    [
      'expired yesterday (A25)',
      [kept('SA-005', 'lucas', 'wifi', inForceDeeds(), { validUntil: '2026-11-19' })],
      'Wi-Fi has no agreement in force with Sint Lucas: SA-005, Internet and Wi-Fi on the wards, expired on 19 November 2026. Extend it, or register a Wish.',
    ],
    [
      'ended',
      [kept('SA-005', 'lucas', 'wifi', ended)],
      'Wi-Fi has no agreement in force with Sint Lucas: SA-005, Internet and Wi-Fi on the wards, ended on 31 October 2026. Register a Wish, or choose the agreement that applies.',
    ],
    [
      'confirmed and not begun',
      [kept('SA-005', 'lucas', 'wifi', inForceDeeds(), { validFrom: '2026-12-01' })],
      'Wi-Fi has no agreement in force with Sint Lucas: SA-005, Internet and Wi-Fi on the wards, starts on 1 December 2026. Register a Wish, or choose the agreement that applies.',
    ],
    [
      'agreed, not in force',
      [kept('SA-005', 'lucas', 'wifi', agreedDeeds())],
      'Wi-Fi has no agreement in force with Sint Lucas: SA-005, Internet and Wi-Fi on the wards, is not in force yet. Put it in force, or register a Wish.',
    ],
    [
      'with another customer',
      [kept('SA-005', 'brug', 'network')],
      'Wi-Fi has no agreement in force with Sint Lucas: SA-005, Internet and Wi-Fi on the wards, is with another customer. Register a Wish, or choose the agreement that applies.',
    ],
    ['nobody at all', [], 'Wi-Fi has no agreement in force with Sint Lucas. Register a Wish, or choose the agreement that applies.'],
  ])('%s', (_name, all, expected) => {
    expect(text(all)).toBe(expected);
  });
  it('on its last day there is one', () => {
    expect(text([kept('SA-005', 'lucas', 'wifi', inForceDeeds(), { validUntil: '2026-11-20' })], at('2026-11-20T22:59Z'))).toBe('agreed');
  });
  it('tells the one that expired last', () => {
    const all = [
      kept('SA-001', 'lucas', 'wifi', inForceDeeds(), { validUntil: '2026-06-30' }),
      kept('SA-002', 'lucas', 'wifi', inForceDeeds('2026-07-01'), { validFrom: '2026-07-01', validUntil: '2026-08-31' }),
    ];
    expect(text(all)).toContain('SA-002');
  });
});

describe('two that promise the same (5.3 rule 2)', () => {
  const mine = kept('SA-001', 'lucas', 'wifi');
  it.each([
    ['the same service to the same customer', kept('SA-002', 'lucas', 'wifi'), 1],
    ['the part of a service', kept('SA-002', 'lucas', 'guest'), 0],
    ['another customer', kept('SA-002', 'wards', 'wifi'), 0],
    ['after the other has expired', kept('SA-002', 'lucas', 'wifi', inForceDeeds(), { validFrom: '2028-01-01', validUntil: '2028-12-31' }), 0],
    ['on the last day of the other', kept('SA-002', 'lucas', 'wifi', inForceDeeds(), { validFrom: '2027-12-31', validUntil: '2028-12-31' }), 1],
    ['itself', mine, 0],
    ['what lies under it', kept('OLA-001', 'lucas', 'wifi'), 0],
  ])('%s', (_name, other, count) => {
    expect(overlaps(mine, [other], now)).toHaveLength(count);
  });
});
