/** What dates and deeds make of a version (5.1, 5.3 rule 2), in the days of its own time zone. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, addMonths, dayAt, dayEnd, dayStart } from '../../../src/agreements/days';
import { DEED_FROM, dueOf, inForceOf, lifeLine, mayEdit, nextReview, noticeBy, periodEnd, statusAt, withDeed } from '../../../src/agreements/life';
import { AGREEMENT_STATUSES, type AgreementDeed, type AgreementVersion } from '../../../src/contract';
import { agreedDeeds, at, inForceDeeds, offered, versionWith } from './records';

const by = 'lotte';
const DAY = 86_400_000;

describe('days', () => {
  it.each([
    ['2027-12-31', -3, '2027-09-30'],
    ['2026-01-31', 1, '2026-02-28'],
    ['2028-01-31', 1, '2028-02-29'],
    ['2026-11-15', 14, '2028-01-15'],
  ])('%s and %i months is %s', (day, months, expected) => {
    expect(addMonths(day, months)).toBe(expected);
  });
  it('every moment is within its day', () => {
    const zones = fc.constantFrom('Europe/Amsterdam', 'America/St_Johns', 'Asia/Kathmandu', 'Pacific/Apia', 'UTC');
    fc.assert(
      fc.property(zones, fc.integer({ min: at('2025-12-01'), max: at('2028-01-01') }), (zone, moment) => {
        const day = dayAt(zone, moment);
        expect(dayStart(zone, day)).toBeLessThanOrEqual(moment);
        expect(dayEnd(zone, day)).toBeGreaterThan(moment);
        expect(dayEnd(zone, day)).toBe(dayStart(zone, addDays(day, 1)));
      }),
    );
  });
});

describe('the life of a version', () => {
  const version = versionWith('SA-014', 3);
  it.each([
    ['2025-09-02', 'draft'],
    ['2025-10-07', 'offered'],
    ['2025-11-25', 'agreed'],
    ['2025-12-31T22:59Z', 'agreed'],
    ['2026-01-01T00:00Z', 'inForce'],
    // The last day counts wholly, in Amsterdam.
    ['2027-12-31T22:59Z', 'inForce'],
    ['2027-12-31T23:00Z', 'expired'],
  ])('on %s is %s', (moment, status) => {
    expect(statusAt(version, at(moment))).toBe(status);
  });

  it('begins with its first day even when it was confirmed before, and with the confirmation when that came later', () => {
    const early = versionWith('SA-014', 1, inForceDeeds('2025-12-20'));
    const late = versionWith('SA-014', 1, inForceDeeds('2026-01-09'));
    expect(inForceOf([early])[0]?.from).toBe(at('2025-12-31T23:00Z'));
    expect(inForceOf([late])[0]?.from).toBe(at('2026-01-09'));
    expect(statusAt(late, at('2026-01-05'))).toBe('agreed');
  });

  it('gives way to the next version, and only from then on', () => {
    const next = versionWith('SA-014', 4, inForceDeeds('2026-12-01'), { validFrom: '2026-12-01' });
    const agreed = versionWith('SA-014', 5, agreedDeeds(), { validFrom: '2027-06-01' });
    const all = [agreed, version, next];
    expect(inForceOf(all).map(({ version: one, why }) => [one.number, why])).toEqual([
      [3, 'replaced'],
      [4, 'expired'],
    ]);
    expect(statusAt(version, at('2026-11-30'), all)).toBe('inForce');
    expect(statusAt(version, at('2026-12-02'), all)).toBe('ended');
    expect(statusAt(next, at('2026-12-02'), all)).toBe('inForce');
  });

  it('is never in force twice at once, whatever is confirmed when', () => {
    const versions = fc.array(fc.tuple(fc.integer({ min: 0, max: 700 }), fc.integer({ min: 0, max: 700 }), fc.integer({ min: 0, max: 700 })), {
      maxLength: 6,
    });
    fc.assert(
      fc.property(versions, (list) => {
        const all = list.map(([from, length, confirmed], index) =>
          versionWith('SA-014', index + 1, inForceDeeds(addDays('2026-01-01', confirmed)), {
            validFrom: addDays('2026-01-01', from),
            validUntil: addDays('2026-01-01', from + length),
          }),
        );
        const periods = inForceOf(all);
        periods.slice(1).forEach(({ from }, index) => {
          expect(periods[index]?.until ?? Infinity).toBeLessThanOrEqual(from);
        });
        for (const { version: one, from, until = from + DAY } of periods) {
          expect(['inForce', 'underReview']).toContain(statusAt(one, from, all));
          expect(['inForce', 'underReview']).toContain(statusAt(one, until - 1, all));
          expect(['ended', 'expired']).toContain(statusAt(one, Math.max(until, ...periods.map((other) => other.until ?? 0)), all));
        }
      }),
      { numRuns: 60 },
    );
  });

  it('is reviewed, which does not take it out of force', () => {
    const review: AgreementDeed = { kind: 'review', at: at('2027-01-15'), by };
    const under = { ...version, deeds: [...version.deeds, review] };
    expect(statusAt(under, at('2027-01-16'))).toBe('underReview');
    expect(inForceOf([under])[0]?.until).toBe(at('2027-12-31T23:00Z'));
    const done: AgreementVersion = { ...under, deeds: [...under.deeds, { kind: 'reviewed', at: at('2027-02-01'), by }] };
    expect(statusAt(done, at('2027-02-02'))).toBe('inForce');
  });

  it('expired yesterday, and is extended: there is no gap (A25)', () => {
    const expired = versionWith('SA-005', 7, inForceDeeds(), { validUntil: '2026-11-19' });
    const renew: AgreementDeed = { kind: 'renew', at: at('2026-11-20'), by, until: '2027-11-19' };
    expect(statusAt(expired, at('2026-11-20'))).toBe('expired');
    const found = withDeed(expired, renew);
    expect('version' in found && inForceOf([found.version])[0]?.until).toBe(at('2027-11-19T23:00Z'));
    expect('version' in found && statusAt(found.version, at('2026-11-20'))).toBe('inForce');
  });

  it('ends with the last day that somebody named, or at once; a draft is given up', () => {
    const end = (more: Partial<AgreementDeed>): AgreementVersion => ({
      ...version,
      deeds: [...version.deeds, { kind: 'end', at: at('2026-06-01'), by, why: '', ...more } as AgreementDeed],
    });
    expect(statusAt(end({ on: '2026-06-30' }), at('2026-06-30T21:00Z'))).toBe('inForce');
    expect(statusAt(end({ on: '2026-06-30' }), at('2026-06-30T22:00Z'))).toBe('ended');
    expect(statusAt(end({}), at('2026-06-01'))).toBe('ended');
    expect(inForceOf([end({})])[0]).toMatchObject({ until: at('2026-06-01'), why: 'ended' });
    const given = withDeed(versionWith('SA-033', 1, offered()), { kind: 'end', at: at('2026-06-01'), by, why: 'Not agreed' });
    expect('version' in given && statusAt(given.version, at('2026-06-02'))).toBe('ended');
  });
});

describe('renewal', () => {
  const silent = versionWith('UC-003', 1, inForceDeeds(), { validUntil: '2026-12-31', renewal: { kind: 'silent', months: 12 }, noticeMonths: 3 });
  const notice = (on: string): AgreementVersion => ({ ...silent, deeds: [...silent.deeds, { kind: 'notice', at: at(on), by, side: 'customer' }] });

  it('in silence goes on for ever, year by year', () => {
    expect(statusAt(silent, at('2031-05-05'))).toBe('inForce');
    expect(periodEnd(silent, at('2031-05-05'))).toEqual({ lastDay: '2031-12-31', renews: true });
    expect(noticeBy(silent, at('2026-05-05'))).toBe('2026-09-30');
  });
  it.each([
    ['in time', '2026-09-30', '2026-12-31'],
    ['a day late', '2026-10-01', '2027-12-31'],
  ])('with notice %s ends with the period', (_name, given, end) => {
    expect(periodEnd(notice(given), at('2026-10-05'))).toEqual({ lastDay: end, renews: false });
    expect(statusAt(notice(given), at(`${end}T23:30Z`))).toBe('expired');
  });
  it('by agreement has an end all the same', () => {
    const planned = versionWith('UC-003', 1, inForceDeeds(), { renewal: { kind: 'byAgreement' } });
    expect(periodEnd(planned, at('2026-05-05'))).toEqual({ lastDay: '2027-12-31', renews: true });
    expect(statusAt(planned, at('2028-01-05'))).toBe('expired');
  });
});

describe('what may be done', () => {
  const draft = versionWith('SA-014', 1, []);
  const kind = (version: AgreementVersion, deed: AgreementDeed): string => {
    const found = withDeed(version, deed);
    return 'refused' in found ? found.refused.kind : 'done';
  };
  const deed = (name: AgreementDeed['kind'], on: string, more = {}): AgreementDeed => ({ kind: name, at: at(on), by, ...more }) as AgreementDeed;

  it('goes from draft to in force, each step in its turn', () => {
    let version = draft;
    const statuses: string[] = [];
    for (const next of inForceDeeds('2026-01-02')) {
      const found = withDeed(version, next);
      if ('refused' in found) throw new Error(found.refused.text);
      version = found.version;
      statuses.push(statusAt(version, next.at));
    }
    expect(statuses).toEqual(['offered', 'offered', 'agreed', 'inForce']);
  });
  it.each([
    ['a draft is not agreed', draft, deed('agree', '2026-01-01'), 'status'],
    ['nor without the customer', versionWith('SA-014', 1, offered()), deed('agree', '2026-01-01'), 'acceptance'],
    [
      'nor by the provider alone',
      { ...draft, deeds: [...offered(), deed('accept', '2025-10-07', { side: 'provider' })] },
      deed('agree', '2026-01-01'),
      'acceptance',
    ],
    ['not in force before it starts (V45)', versionWith('SA-014', 1, agreedDeeds()), deed('confirm', '2025-12-31'), 'start'],
    [
      'nor without a first day',
      { ...draft, terms: { ...draft.terms, validFrom: undefined }, deeds: agreedDeeds() },
      deed('confirm', '2026-01-02'),
      'start',
    ],
    ['nothing before what was done last', versionWith('SA-014', 1), deed('review', '2025-12-01'), 'order'],
    ['not extended to an earlier day', versionWith('SA-014', 1), deed('renew', '2026-06-01', { until: '2027-12-31' }), 'until'],
    ['extended to a later one', versionWith('SA-014', 1), deed('renew', '2026-06-01', { until: '2028-01-01' }), 'done'],
    ['no review of what has expired', versionWith('SA-014', 1), deed('review', '2028-06-01'), 'status'],
    ['nothing with what has ended', { ...draft, deeds: [deed('end', '2025-01-01', { why: '' })] }, deed('offer', '2026-01-01'), 'status'],
  ] as const)('%s', (_name, version, next, expected) => {
    expect(kind(version as AgreementVersion, next)).toBe(expected);
  });
  it('every deed leads from somewhere, and a status that nothing leads out of is the end', () => {
    const left = new Set(Object.values(DEED_FROM).flat());
    expect(AGREEMENT_STATUSES.filter((status) => !left.has(status))).toEqual(['ended']);
  });
  it('is edited only until it was offered', () => {
    expect([mayEdit(draft), mayEdit(versionWith('SA-014', 1, offered()))]).toEqual([true, false]);
  });
  it('is refused in words that name the status and the way', () => {
    const found = withDeed(draft, deed('agree', '2026-01-01'));
    expect('refused' in found && found.refused.text).toBe('This version is Draft. "Agree it" is for one that is Offered.');
  });
});

describe('nothing lapses in silence', () => {
  const version = versionWith('SA-014', 3, inForceDeeds(), {
    reviewOn: '2026-11-09',
    reviewMonths: 12,
    renewal: { kind: 'byAgreement' },
    noticeMonths: 3,
  });
  it('tells reviews, notices and ends in time, and what is overdue', () => {
    expect(dueOf(version, at('2026-11-20'), 90)).toEqual([{ kind: 'review', on: '2026-11-09', overdue: true }]);
    expect(dueOf(version, at('2027-09-20'), 150).map(({ kind, on }) => [kind, on])).toEqual([
      ['review', '2026-11-09'],
      ['notice', '2027-09-30'],
      ['expiry', '2027-12-31'],
    ]);
    expect(dueOf(versionWith('SA-014', 3, offered()), at('2026-11-20'), 900)).toEqual([]);
  });
  it('the next review follows the last', () => {
    const reviewed: AgreementVersion = { ...version, deeds: [...version.deeds, { kind: 'reviewed', at: at('2026-11-20'), by }] };
    expect([nextReview(version), nextReview(reviewed)]).toEqual(['2026-11-09', '2027-11-20']);
  });
  it('the line of life tells what was and what is planned', () => {
    expect(lifeLine(version, at('2026-11-20'), at('2025-09-02')).map(({ status, planned }) => [status, planned])).toEqual([
      ['draft', false],
      ['offered', false],
      ['agreed', false],
      ['inForce', false],
      ['underReview', false],
      ['expired', true],
    ]);
  });
});
