/** From records to verdicts (V18, A8): which version of a leg counts and which of its times meets which promise. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { type Around, chainOf, countingVersion, lineText, type Lying, promisesOf, reasonText, uncovered } from '../../../src/agreements/chain';
import { compareTerms, linesOf } from '../../../src/agreements/compare';
import type { AgreementDeed, AgreementVersion, terms, Underpinning } from '../../../src/contract';
import { fit, type Fit } from '../../../src/method';
import { ALWAYS, OFFICE } from './arbitrary';
import { agreementWith, at, inForceDeeds, offered, termsWith, versionWith } from './records';

const now = at('2026-11-20');
const incident = (deliver: number | undefined, measure: number | 'all' = 'all', calendar = 'always') => ({
  type: 'incident' as const,
  for: measure,
  respond: 15,
  deliver,
  calendar,
  percent: 95,
});
const lying = (id: string, deliver: number | undefined, more: Parameters<typeof versionWith>[3] = {}, deeds?: AgreementDeed[]): Lying => ({
  agreement: agreementWith(id),
  name: id,
  versions: [versionWith(id, 1, deeds, { targets: [incident(deliver)], ...more })],
});
const around = (...all: Lying[]): Around => ({
  lying: (id) => all.find(({ agreement }) => agreement.id === id),
  provider: 'Service desk',
  calendars: { always: ALWAYS, office: OFFICE },
  at: now,
});
const SA = (
  under: Underpinning | undefined,
  more: Parameters<typeof versionWith>[3] = {},
  deeds: AgreementDeed[] = inForceDeeds(),
): AgreementVersion => versionWith('SA-014', 1, deeds, { targets: [incident(240, 1)], ...(under && { under }), ...more });
const judge = (version: AgreementVersion, ...all: Lying[]): Fit => fit(chainOf(version, around(...all)), now);
const words = (version: AgreementVersion, ...all: Lying[]): string[] => uncovered(judge(version, ...all), version.terms);

describe('an offer of 4 hours (A8)', () => {
  const draft = SA({ leg: 'OLA-007' }, { validFrom: '2027-01-01' }, []);
  it('cannot be kept with 6 hours of the network, and V18 says so', () => {
    expect(words(draft, lying('OLA-007', 360))).toEqual([
      'P1 restore cannot be kept: with OLA-007 it comes to 6:30 h of 4:00 h. Change the offer or that agreement.',
    ]);
    expect(reasonText(judge(draft, lying('OLA-007', 360)), draft.terms)).toBe('P1 restore: 2:30 h over');
  });
  it('holds after 3 were agreed', () => {
    expect(words(draft, lying('OLA-007', 180))).toEqual([]);
    expect(judge(draft, lying('OLA-007', 180)).state).toBe('tight');
  });
  it('is not covered by what nobody has agreed to', () => {
    expect(words(draft, lying('OLA-007', undefined))[0]).toBe(
      'P1 restore is not covered: nothing is agreed with OLA-007. Change the offer or that agreement.',
    );
    expect(words(SA({ missing: 'Power' }))[0]).toContain('nothing is agreed with Power');
    expect(judge(SA({ leg: 'OLA-404' }))).toMatchObject({ state: 'missing', missing: ['OLA-404'] });
  });
  it('leans on the draft of an agreement that is negotiated with it, since nothing else is there', () => {
    expect(judge(draft, lying('OLA-007', 180, { validFrom: '2027-01-01' }, [])).state).toBe('tight');
    expect(judge(draft, lying('OLA-007', 180, { validFrom: '2027-02-01' }, [])).worst).toMatchObject({ kind: 'until', state: 'cannot' });
  });
});

describe('the version of a leg that counts', () => {
  const old = versionWith('UC-003', 1, inForceDeeds(), { targets: [incident(150)] });
  const next = versionWith('UC-003', 2, inForceDeeds('2026-11-01'), { targets: [incident(180)], validFrom: '2026-11-01' });
  const draft = versionWith('UC-003', 3, offered(), { validFrom: '2027-11-01' });
  it.each([
    ['2026-10-31', 1],
    ['2026-11-02', 2],
    // Before anything was in force: what comes next.
    ['2025-06-01', 1],
  ])('on %s is %i', (day, number) => {
    expect(countingVersion([draft, next, old], at(day))?.number).toBe(number);
  });
  it('is the newest draft when nothing else is left, and the last that was when nothing is open', () => {
    expect(countingVersion([draft, old], at('2028-06-01'))?.number).toBe(3);
    expect(countingVersion([next, old], at('2028-06-01'))?.number).toBe(2);
    expect(countingVersion([], now)).toBeUndefined();
  });
  it('replaced is no end: the supplier agreement was made slower, not shorter', () => {
    const leg = { agreement: agreementWith('UC-003'), name: 'Noordkabel', versions: [old, next, draft] };
    const found = judge(SA({ leg: 'UC-003' }, { targets: [incident(200, 1)] }), leg);
    expect(found.worst).toMatchObject({ key: 'incident.1.deliver', sum: 210, left: -10 });
    expect(found.lines.find(({ kind }) => kind === 'until')?.state).toBe('holds');
  });
});

describe('which times meet', () => {
  it('of its priority, else of all; and who takes no part in a kind of call takes no time', () => {
    const leg = lying('OLA-007', 100, { targets: [incident(100), incident(60, 1)] });
    expect(judge(SA({ leg: 'OLA-007' }), leg).lines[0]).toMatchObject({ kind: 'respond', sum: 15 });
    expect(judge(SA({ leg: 'OLA-007' }), leg).lines[1]).toMatchObject({ kind: 'deliver', sum: 90 });
    expect(judge(SA({ leg: 'OLA-007', types: ['rfc'] }), leg).lines[1]).toMatchObject({ sum: 30 });
  });
  it('a date that is agreed with each work item adds up to nothing', () => {
    const targets = [
      { type: 'serviceRequest' as const, for: 'all' as const, respond: 60, deliver: 'agreedDate' as const, calendar: 'office', percent: 95 },
    ];
    expect(promisesOf(termsWith({ targets })).map(({ key }) => key)).toEqual(['serviceRequest.all.respond']);
  });
  it('hours of the office do not cover day and night', () => {
    const found = judge(SA({ leg: 'OLA-007' }), lying('OLA-007', 60, { supportHours: 'office' }));
    expect(reasonText(found, SA(undefined).terms)).toBe('Support hours: OLA-007 is closed at times');
    const minutes = judge(SA({ leg: 'OLA-007' }), lying('OLA-007', 60, { targets: [incident(60, 'all', 'office')] }));
    expect(minutes.worst).toMatchObject({ kind: 'hours', binding: 'OLA-007' });
  });
  it('what ends first is named with its last day, west of Greenwich too', () => {
    const ends = lying('OLA-007', 60, { validUntil: '2027-03-31', timeZone: 'America/New_York' });
    const version = SA({ leg: 'OLA-007' }, { timeZone: 'America/New_York', targets: [{ ...incident(240, 1), respond: 60 }] });
    expect(reasonText(judge(version, ends), version.terms)).toBe('Validity: OLA-007 ends on 31 March 2027');
    const renewed = lying('OLA-007', 60, { validUntil: '2027-03-31', renewal: { kind: 'byAgreement' } });
    expect(judge(version, renewed).state).toBe('holds');
  });
  it('each line has a name', () => {
    const version = SA({ leg: 'OLA-007' }, { availability: { percent: 99.5, window: 'month' } });
    const found = judge(version, lying('OLA-007', 60, { availability: { percent: 99.9, window: 'month' } }));
    expect(found.lines.map((line) => lineText(line, version.terms.targets))).toEqual([
      'P1 answer',
      'P1 restore',
      'Availability',
      'Support hours',
      'Validity',
    ]);
  });
  it('the same record gives the same chain, as plain JSON', () => {
    const chain = chainOf(SA({ side: [{ leg: 'OLA-007' }, { row: [{ leg: 'UC-003' }] }] }), around(lying('OLA-007', 60), lying('UC-003', 30)));
    expect(fit(JSON.parse(JSON.stringify(chain)) as typeof chain, now)).toEqual(fit(chain, now));
  });
});

describe('what differs between two versions', () => {
  const names = { calendar: (id: string): string => ({ always: 'day and night', office: 'by day' })[id] ?? id, service: (id: string): string => id };
  it('is told by what people read, the unchanged left out', () => {
    const before = termsWith({ price: { kind: 'amount', amount: 6_200, currency: 'EUR', unit: 'the service', per: 'month' } });
    const after = termsWith({
      price: { kind: 'amount', amount: 6_050, currency: 'EUR', unit: 'the service', per: 'month' },
      supportHours: 'office',
      targets: before.targets.map((one, index) => (index === 0 ? { ...one, deliver: 270 } : one)),
      exclusions: ['Equipment brought by visitors'],
      readiness: '',
    });
    expect(compareTerms(before, after, names)).toEqual([
      { key: 'target.incident.1.deliver', label: 'P1 restore', before: '4:00 h', after: '4:30 h' },
      { key: 'supportHours', label: 'Support hours', before: 'day and night', after: 'by day' },
      { key: 'exclusion:Equipment brought by visitors', label: 'Not included', after: 'Equipment brought by visitors' },
      { key: 'price', label: 'Price for the service', before: 'EUR 6200 a month', after: 'EUR 6050 a month' },
      { key: 'readiness', label: 'Counts as ready', before: 'Every bed has a connection.' },
    ]);
    expect(compareTerms(before, structuredClone(before), names)).toEqual([]);
  });

  const pieces = fc.record(
    {
      scope: fc.constantFrom('a', 'b'),
      services: fc.subarray(['wifi', 'print']),
      exclusions: fc.subarray(['x', 'y', 'z']),
      targets: fc.subarray([incident(240, 1), incident(300, 2), incident(480)]),
      noticeMonths: fc.constantFrom(0, 3),
      validUntil: fc.constantFrom('2027-12-31', '2028-12-31'),
      availability: fc.constantFrom({ percent: 99.5, window: 'month' as const }, { percent: 99.5, window: 'year' as const }),
      under: fc.constantFrom<Underpinning>({ leg: 'OLA-007' }, { missing: 'Power' }, { row: [{ leg: 'OLA-007' }] }, { side: [{ leg: 'OLA-007' }] }),
      clauses: fc.subarray([
        { title: 'Privacy', text: 'p' },
        { title: 'Privacy', text: 'q' },
      ]),
      own: fc.constantFrom<z.input<typeof terms>['own']>({ handling: [{ type: 'incident' as const, for: 1, deliver: 30 }] }, { availability: 99 }),
    },
    { requiredKeys: [] },
  );
  it('is told wholly: the older with the differences is the newer, and only what is the same has none', () => {
    fc.assert(
      fc.property(pieces, pieces, (one, other) => {
        const [before, after] = [termsWith(one), termsWith(other)];
        const found = compareTerms(before, after, names);
        const lines = new Map(linesOf(before, names).map(({ key, value }) => [key, value]));
        for (const { key, before: was, after: is } of found) {
          expect(lines.get(key)).toBe(was);
          if (is === undefined) lines.delete(key);
          else lines.set(key, is);
        }
        const target = linesOf(after, names);
        expect(new Set(target.map(({ key }) => key)).size).toBe(target.length);
        expect(lines).toEqual(new Map(target.map(({ key, value }) => [key, value])));
        expect(found.length === 0).toBe(JSON.stringify(before) === JSON.stringify(after));
      }),
      { numRuns: 200 },
    );
  });
});
