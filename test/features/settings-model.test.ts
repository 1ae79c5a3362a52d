/** The settings as a document: what is refused and in which words, older schemas, priorities of a site. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type UsmSettings, usmSettings } from '../../src/contract';
import { checked, DEFAULT_SETTINGS, migrated, priorityIds, usualPriorities } from '../../src/setup/settings/model';

const SITE = ['Highest', 'High', 'Medium', 'Low', 'Lowest'].map((name, index) => ({ id: String(index + 1), name }));

const wrongOf = (given: unknown) => {
  const answer = checked(given, SITE);
  return 'wrong' in answer ? answer.wrong : [];
};

describe('the defaults', () => {
  it('are settings, and mean what the method says', () => {
    expect(checked(DEFAULT_SETTINGS, SITE)).toEqual({ settings: DEFAULT_SETTINGS });
    expect(usmSettings.parse(DEFAULT_SETTINGS)).toEqual(DEFAULT_SETTINGS);
    expect(DEFAULT_SETTINGS).toMatchObject({ reopenDays: 5, silentConfirmation: { on: false, days: 5 }, trend: { incidents: 3, days: 30 } });
  });
});

describe('what is refused', () => {
  const object = z.record(z.string(), z.unknown());
  /** A copy with another value at a path; undefined takes the part away. */
  function put(given: unknown, path: readonly string[], value: unknown): unknown {
    const [name = '', ...rest] = path;
    if (path.length === 0) return value;
    if (Array.isArray(given)) {
      const parts: readonly unknown[] = given;
      const place = Number(name);
      return [...parts.slice(0, place), put(parts[place], rest, value), ...parts.slice(place + 1)];
    }
    const { [name]: former, ...others } = object.parse(given ?? {});
    const next = put(former, rest, value);
    return next === undefined ? others : { ...others, [name]: next };
  }
  const altered = (path: string, value: unknown): unknown => put(DEFAULT_SETTINGS, path.split('.'), value);

  it.each<[what: string, at: string, value: unknown, path: string, text: RegExp]>([
    ['an unknown part', 'colour', 'red', 'colour', /no setting of this name/],
    ['an unknown part deep inside', 'calendars.0.week.1.0.until', '18:00', 'calendars.0.week.1.0.until', /no setting of this name/],
    ['an unknown process', 'accountable.problem', { accountId: 'a', name: 'A' }, 'accountable', /no part|cannot be used|name/],
    ['a missing part', 'reopenDays', undefined, 'reopenDays', /missing/],
    ['a part of another kind', 'reopenDays', 'five', 'reopenDays', /a number/],
    ['a rank there is not', 'priority.calls.High.Low', 6, 'priority.calls.High.Low', /At most 5/],
    ['a missing field of a table', 'priority.risks.Nil.Low', undefined, 'priority.risks.Nil.Low', /missing/],
    ['hours that end before they begin', 'calendars.0.week.0', [{ from: '17:00', to: '09:00' }], 'calendars.0.week.0.0.to', /ends before it begins/],
    [
      'hours inside other hours',
      'calendars.0.week.0',
      [
        { from: '09:00', to: '13:00' },
        { from: '12:00', to: '15:00' },
      ],
      'calendars.0.week.0.1.from',
      /inside other hours/,
    ],
    ['a zone there is not', 'calendars.0.timeZone', 'Europe/Atlantis', 'calendars.0.timeZone', /is no time zone/],
    ['a day there is not', 'calendars.0.holidays.0', { date: '2026-02-30', name: 'x' }, 'calendars.0.holidays.0.date', /2026-12-25/],
    ['the same calendar twice', 'calendars.1', DEFAULT_SETTINGS.calendars[0], 'calendars.1.id', /there twice/],
    ['the same reason twice', 'waitingReasons.4', 'customer ', 'waitingReasons.4', /there twice/],
    ['no reason at all', 'waitingReasons', [], 'waitingReasons', /At least 1 entries/],
    ['a priority that the site has not', 'priorities.1', '77', 'priorities.1', /no priority 77.*Highest/],
    ['no schema', 'schema', undefined, 'schema', /missing/],
    ['a newer schema', 'schema', 99, 'schema', /newer version/],
    ['an older one that nobody can read', 'schema', 0, 'schema', /too old/],
  ])('%s, with its path', (_, at, value, path, text) => {
    const wrong = wrongOf(altered(at, value));
    expect(wrong).toHaveLength(1);
    expect(wrong[0]?.path).toBe(path);
    expect(wrong[0]?.text).toMatch(text);
  });

  it.each([[null], ['text'], [[]], [7]])('%j is no document', (given) => {
    expect(wrongOf(given)).toMatchObject([{ path: '' }]);
  });

  it('everything at once', () => {
    expect(wrongOf({ ...DEFAULT_SETTINGS, reopenDays: -1, trend: { incidents: 1, days: 30 } }).map((one) => one.path)).toEqual([
      'reopenDays',
      'trend.incidents',
    ]);
  });

  it('a document that is too large to keep', () => {
    const holidays = Array.from({ length: 400 }, (_, day) => ({ date: new Date(day * 86_400_000).toISOString().slice(0, 10), name: 'x'.repeat(80) }));
    const calendars = Array.from({ length: 6 }, (_, index) => ({ ...DEFAULT_SETTINGS.calendars[0], id: `c-${String(index)}`, holidays }));
    expect(wrongOf({ ...DEFAULT_SETTINGS, calendars })).toMatchObject([{ path: '', text: expect.stringMatching(/larger than 200 kB/) as unknown }]);
  });

  it('nothing that was written by this version comes back otherwise', () => {
    const parts = fc.record({
      reopenDays: fc.integer({ min: 0, max: 60 }),
      priorities: fc.dictionary(fc.constantFrom('1', '2', '3', '4', '5'), fc.constantFrom(...SITE.map((one) => one.id))),
      trend: fc.record({ incidents: fc.integer({ min: 2, max: 100 }), days: fc.integer({ min: 1, max: 365 }) }),
    });
    const documents = parts.map((given): UsmSettings => ({ ...DEFAULT_SETTINGS, ...given }));
    fc.assert(
      fc.property(documents, (settings) => {
        const sent: unknown = JSON.parse(JSON.stringify(settings));
        expect(checked(sent, SITE)).toEqual({ settings: sent });
      }),
      { numRuns: 200 },
    );
  });
});

describe('an earlier schema', () => {
  const MIGRATIONS = {
    1: ({ reopen, ...rest }: Record<string, unknown>) => ({ ...rest, reopenDays: reopen }),
    2: (document: Record<string, unknown>) => ({ ...document, extra: true }),
  };

  it('is brought to the present one step by step, each knowing only the next', () => {
    expect(migrated({ schema: 1, reopen: 5 }, MIGRATIONS, 3)).toEqual({ document: { schema: 3, reopenDays: 5, extra: true } });
    expect(migrated({ schema: 2, reopenDays: 5 }, MIGRATIONS, 3)).toEqual({ document: { schema: 3, reopenDays: 5, extra: true } });
    expect(migrated({ schema: 3 }, MIGRATIONS, 3)).toEqual({ document: { schema: 3 } });
  });

  it('is refused where a step is missing', () => {
    expect(migrated({ schema: 1 }, { 2: MIGRATIONS[2] }, 3)).toMatchObject({ wrong: [{ path: 'schema' }] });
  });
});

describe('priorities of the site', () => {
  it('follow its own order, however many it has', () => {
    const named = (...names: string[]) => usualPriorities(names.map((name) => ({ id: name, name })));
    expect(named('a', 'b', 'c', 'd', 'e')).toEqual({ 1: 'a', 2: 'b', 3: 'c', 4: 'd', 5: 'e' });
    expect(named('high', 'medium', 'low')).toEqual({ 1: 'high', 2: 'medium', 3: 'medium', 4: 'low', 5: 'low' });
    expect(named('only')).toEqual({ 1: 'only', 2: 'only', 3: 'only', 4: 'only', 5: 'only' });
    expect(named()).toEqual({});
  });

  it('keep what was chosen, unless it has gone', () => {
    const chosen = { ...DEFAULT_SETTINGS, priorities: { 1: '3', 2: '99' } };
    expect(priorityIds(chosen, SITE)).toEqual({ 1: '3', 2: '2', 3: '3', 4: '4', 5: '5' });
  });
});
