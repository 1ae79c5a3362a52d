/** The map of what is agreed (b-3): each state, and what is found in the order in which it weighs. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Agreed, COVERAGE_KINDS, coverageOf, type CoverageInput, type Used } from '../../../src/agreements/coverage';
import { FIT_STATES, type FitState } from '../../../src/method';
import { agreementWith } from './records';

const fitOf = (state: FitState, binding?: string): NonNullable<Agreed['fit']> => ({
  state,
  targets: 8,
  underpinned: state === 'cannot' ? 7 : 8,
  ...(binding && { binding }),
});
const inForce = (id: string, more: Partial<Agreed> = {}): Agreed => ({
  agreement: agreementWith(id),
  state: 'inForce',
  fit: fitOf('holds'),
  ...more,
});

const MAP: Record<string, Agreed> = {
  'wifi wards': inForce('SA-014', { fit: fitOf('cannot', 'UC-003') }),
  'wifi lab': inForce('SA-014', { fit: fitOf('cannot', 'UC-003') }),
  'wifi office': inForce('SA-009'),
  'phone wards': { agreement: agreementWith('SA-005'), state: 'expired' },
  'phone lab': { agreement: agreementWith('SA-005'), state: 'expired' },
  'print wards': inForce('SA-017', { lapses: { id: 'UC-017', at: 5 } }),
  'print lab': inForce('SA-018', { lapses: { id: 'SA-018', at: 6 } }),
  'desk wards': inForce('SA-020', { fit: fitOf('tight', 'OLA-001') }),
  'desk lab': inForce('SA-021'),
  'desk office': inForce('SA-023', { fit: fitOf('unknown') }),
  'moves lab': { agreement: agreementWith('SA-033'), state: 'draft' },
  'moves office': inForce('SA-022', { fit: fitOf('missing') }),
};
const used: Used[] = [
  ...[
    'wifi wards 27',
    'wifi lab 6',
    'wifi office 9',
    'phone wards 2',
    'print wards 18',
    'print lab 4',
    'desk wards 29',
    'desk office 3',
    'moves office 1',
  ],
  'keys wards 12',
  'keys lab 3',
].map((line) => {
  const [service = '', customer = '', calls = '0'] = line.split(' ');
  return { service, customer, calls: Number(calls), covered: MAP[`${service} ${customer}`]?.state === 'inForce' ? Number(calls) : 0 };
});
const INPUT: CoverageInput = {
  services: ['wifi', 'phone', 'print', 'desk', 'keys', 'moves'].map((id) => ({ id, inUse: true, ...(id !== 'moves' && { owner: 'lotte' }) })),
  customers: ['wards', 'lab', 'office'],
  agreed: (service, customer) => MAP[`${service} ${customer}`],
  used,
};

describe('the map', () => {
  const map = coverageOf(INPUT);
  it('has a state for each cell, and none for what is neither used nor agreed', () => {
    expect(map.cells.map(({ service, customer, state, calls }) => `${service} ${customer} ${state} ${String(calls)}`)).toEqual([
      'wifi wards cannot 27',
      'wifi lab cannot 6',
      'wifi office holds 9',
      'phone wards expired 2',
      'print wards lapses 18',
      'print lab lapses 4',
      'desk wards tight 29',
      'desk lab unused 0',
      'desk office unknown 3',
      'keys wards notAgreed 12',
      'keys lab notAgreed 3',
      'moves lab draft 0',
      'moves office missing 1',
    ]);
  });
  it('finds the heaviest first, and says once what one agreement has in several cells', () => {
    expect(
      map.findings.map(({ kind, service, customers, calls, leg = '', agreement = '' }) =>
        `${kind} ${service} ${customers.join('+')} ${String(calls)} ${agreement} ${leg}`.trim(),
      ),
    ).toEqual([
      'cannot wifi wards+lab 33 SA-014 UC-003',
      'missing moves office 1 SA-022',
      'expired phone wards 2 SA-005',
      'notAgreed keys wards 12',
      'notAgreed keys lab 3',
      'lapses print lab 4 SA-018',
      'lapsesBeneath print wards 18 SA-017 UC-017',
      'tight desk wards 29 SA-020 OLA-001',
      'unknown desk office 3 SA-023',
      'unused desk lab 0 SA-021',
      'noOwner moves  0',
    ]);
  });
  it('counts K13: calls, cells in use and promises, each of all', () => {
    expect(map.totals).toEqual({ calls: { of: 114, n: 97 }, cells: { of: 11, n: 8 }, targets: { of: 64, n: 63 }, uncovered: 17 });
  });
});

it('whatever is agreed and used: each cell once, each finding about its own cells, heaviest first, nothing counted twice', () => {
  const services = ['a', 'b', 'c'];
  const customers = ['x', 'y'];
  const states = fc.constantFrom<Agreed['state']>('inForce', 'expired', 'draft');
  const cell = fc.option(
    fc.record({ state: states, fit: fc.constantFrom(...FIT_STATES), lapses: fc.boolean(), calls: fc.integer({ min: 0, max: 3 }) }),
    { nil: undefined },
  );
  fc.assert(
    fc.property(
      fc.array(cell, { minLength: 6, maxLength: 6 }),
      fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 6, maxLength: 6 }),
      (cells, calls) => {
        const index = (service: string, customer: string): number => services.indexOf(service) * 2 + customers.indexOf(customer);
        const map = coverageOf({
          services: services.map((id) => ({ id, inUse: true, owner: 'lotte' })),
          customers,
          agreed(service, customer) {
            const one = cells[index(service, customer)];
            const id = `SA-${String(index(service, customer))}`;
            return one && { agreement: agreementWith(id), state: one.state, fit: fitOf(one.fit), ...(one.lapses && { lapses: { id, at: 1 } }) };
          },
          used: services.flatMap((service) =>
            customers.map((customer) => ({ service, customer, calls: calls[index(service, customer)] ?? 0, covered: 0 })),
          ),
        });
        const all = map.cells.map(({ service, customer }) => `${service} ${customer}`);
        expect(new Set(all).size).toBe(all.length);
        const found = map.findings.flatMap(({ service, customers: some }) => some.map((customer) => `${service} ${customer}`));
        expect(new Set(found).size).toBe(found.length);
        const quiet = map.cells
          .filter(({ state }) => state === 'holds' || state === 'draft')
          .map(({ service, customer }) => `${service} ${customer}`);
        expect([...found, ...quiet].sort()).toEqual([...all].sort());
        const weights = map.findings.map(({ kind }) => COVERAGE_KINDS.indexOf(kind));
        expect(weights).toEqual([...weights].sort((a, b) => a - b));
        expect(map.totals.calls.of).toBe(calls.reduce((so, one) => so + one, 0));
      },
    ),
    { numRuns: 200 },
  );
});
