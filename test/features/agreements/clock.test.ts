/** The clocks of a work item against a count minute by minute (test/model/clock). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ClockInput, clocksOf, type Span } from '../../../src/agreements/clock';
import { STATUS_KEYS } from '../../../src/method';
import * as slow from '../../model/clock';
import { ALWAYS, DAY, HOUR, MINUTE, OFFICE, scenes } from './arbitrary';

const stays = fc.array(
  fc.record({
    status: fc.constantFrom(...STATUS_KEYS, 'waiting' as const, 'waiting' as const),
    after: fc.integer({ min: 0, max: 900 }),
    forCustomer: fc.boolean(),
  }),
  { minLength: 1, maxLength: 7 },
);
const inputs: fc.Arbitrary<ClockInput & { spans: Required<Span>[] }> = fc
  .tuple(scenes, stays, fc.integer({ min: -300, max: 300 }), fc.integer({ min: 0, max: 900 }), fc.integer({ min: 1, max: 600 }))
  .map(([{ one: calendar, moment: made }, list, before, late, minutes]) => {
    let at = made;
    const spans = list.map(({ status, after, forCustomer }, index) => {
      at += index === 0 ? 0 : after * MINUTE;
      return { status, from: at, forCustomer };
    });
    // Somewhere between the first moment and a while after the last: what comes later is not known yet.
    const now = Math.max(made, at - 300 * MINUTE + late * MINUTE);
    return { calendar, reported: Math.min(made - before * MINUTE, now), spans, now, deliver: { minutes }, respond: { minutes } };
  });

type Clocks = typeof clocksOf;
const agrees = (clocks: Clocks, numRuns = 80): void =>
  fc.assert(
    fc.property(inputs, (input) => {
      const { calendar, reported, spans, now, deliver } = input;
      const found = clocks(input);
      const { gross, net } = slow.counted(calendar, reported, spans, now);
      expect({ gross: found.deliver.gross / MINUTE, net: found.deliver.net / MINUTE }).toEqual({ gross, net });
      const minutes = deliver?.minutes ?? 0;
      if (found.deliver.state === 'running' || found.deliver.state === 'paused') {
        const due = slow.usedUp(calendar, reported, spans, now, minutes, 4);
        expect(found.deliver.due !== undefined && found.deliver.due <= now + 4 * DAY ? found.deliver.due : undefined).toBe(due);
        expect(found.deliver.verdict === 'missed').toBe(net > minutes);
      }
      if (found.deliver.state === 'stopped') expect(found.deliver.verdict).toBe(net > minutes ? 'missed' : 'met');
      expect(found.respond.stoppedAt).toBe(slow.acceptedAt(reported, spans, now));
    }),
    { numRuns },
  );

/** As many tools do it: whatever waits stops the clock. */
const pausingAlways: Clocks = (input) => clocksOf({ ...input, spans: input.spans.map((span) => ({ ...span, forCustomer: true })) });
/** As if a reopening began anew. */
const startingAnew: Clocks = (input) => {
  const from = input.spans.findLastIndex(({ status }) => status === 'fulfilled') + 1;
  return from === 0 ? clocksOf(input) : clocksOf({ ...input, reported: input.spans[from]?.from ?? input.now, spans: input.spans.slice(from) });
};

describe('clocks count what a minute-by-minute count says', () => {
  it('over any history, in any hours', () => {
    agrees(clocksOf);
  });
  it('and twins that stop for everybody, or begin anew when reopened, are found out', () => {
    expect(() => agrees(pausingAlways, 1_000)).toThrow();
    expect(() => agrees(startingAnew, 1_000)).toThrow();
  });
  it('and read the history once', () => {
    let reads = 0;
    const spans: Span[] = Array.from({ length: 200 }, (_, index) => ({ status: index % 2 ? 'analysing' : 'waiting', from: index * HOUR }));
    const watched = new Proxy(spans, {
      get(target, key, receiver): unknown {
        if (typeof key === 'string' && /^\d+$/.test(key)) reads += 1;
        return Reflect.get(target, key, receiver);
      },
    });
    clocksOf({ reported: 0, spans: watched, calendar: ALWAYS, deliver: { minutes: 60 }, now: 300 * HOUR });
    expect(reads).toBe(200);
  });
});

const at = (text: string): number => Date.parse(`${text}+01:00`);
const day = (text: string, input: Partial<ClockInput> & Pick<ClockInput, 'spans'>): ReturnType<typeof clocksOf> =>
  clocksOf({ reported: at('2026-11-20T09:00'), calendar: OFFICE, deliver: { minutes: 240 }, respond: { minutes: 15 }, now: at(text), ...input });

describe('an incident of a Friday, four hours to restore', () => {
  const accepted: Span = { status: 'accepted', from: at('2026-11-20T09:10') };
  const analysing: Span = { status: 'analysing', from: at('2026-11-20T10:00') };

  it('runs, and is due at one', () => {
    expect(day('2026-11-20T11:00', { spans: [accepted, analysing] })).toMatchObject({
      respond: { state: 'stopped', verdict: 'met', net: 10 * MINUTE, left: 5 * MINUTE, stoppedAt: accepted.from },
      deliver: { state: 'running', verdict: 'ok', net: 2 * HOUR, gross: 2 * HOUR, left: 2 * HOUR, due: at('2026-11-20T13:00') },
    });
  });

  it('is at risk in its last quarter, and missed once it is over', () => {
    const verdict = (text: string): string => day(text, { spans: [accepted, analysing] }).deliver.verdict;
    expect(['2026-11-20T11:59', '2026-11-20T12:00', '2026-11-20T13:00', '2026-11-20T13:01'].map(verdict)).toEqual([
      'ok',
      'atRisk',
      'atRisk',
      'missed',
    ]);
  });

  it('waits for the customer: net stands still, gross does not, and nobody knows when it is due (A23)', () => {
    const spans: Span[] = [accepted, analysing, { status: 'waiting', from: at('2026-11-20T11:00'), forCustomer: true }];
    expect(day('2026-11-20T16:00', { spans }).deliver).toEqual({ state: 'paused', verdict: 'ok', gross: 7 * HOUR, net: 2 * HOUR, left: 2 * HOUR });
    const back: Span = { status: 'analysing', from: at('2026-11-20T16:00') };
    // One hour on Friday, one on Monday.
    expect(day('2026-11-20T16:30', { spans: [...spans, back] }).deliver).toMatchObject({ state: 'running', due: at('2026-11-23T10:00') });
  });

  it('waits for a supplier: the clock runs (A21)', () => {
    const spans: Span[] = [accepted, analysing, { status: 'waiting', from: at('2026-11-20T11:00') }];
    expect(day('2026-11-20T14:00', { spans }).deliver).toMatchObject({
      state: 'running',
      verdict: 'missed',
      net: 5 * HOUR,
      due: at('2026-11-20T13:00'),
    });
  });

  it('goes on where it stopped when it is reopened (A24)', () => {
    const fulfilled: Span = { status: 'fulfilled', from: at('2026-11-20T12:00') };
    const stopped = day('2026-11-23T09:00', { spans: [accepted, analysing, fulfilled] }).deliver;
    expect(stopped).toMatchObject({ state: 'stopped', verdict: 'met', net: 3 * HOUR, gross: 3 * HOUR, stoppedAt: fulfilled.from });
    const reopened: Span = { status: 'realising', from: at('2026-11-23T11:00') };
    const again = day('2026-11-23T11:30', { spans: [accepted, analysing, fulfilled, reopened] }).deliver;
    expect(again).toMatchObject({ state: 'running', verdict: 'atRisk', net: 3.5 * HOUR, gross: 3.5 * HOUR, due: at('2026-11-23T12:00') });
    expect(again.stoppedAt).toBeUndefined();
  });

  it('closing after it was fulfilled moves nothing', () => {
    const spans: Span[] = [
      accepted,
      analysing,
      { status: 'fulfilled', from: at('2026-11-20T12:00') },
      { status: 'closed', from: at('2026-11-24T12:00') },
    ];
    expect(day('2026-11-25T09:00', { spans }).deliver).toMatchObject({ state: 'stopped', stoppedAt: at('2026-11-20T12:00'), net: 3 * HOUR });
  });

  it('counts from the report, not from when somebody wrote it down; and what was cancelled is not judged', () => {
    const early = { reported: at('2026-11-19T16:00'), spans: [accepted, { status: 'cancelled' as const, from: at('2026-11-20T10:00') }] };
    expect(day('2026-11-20T15:00', early)).toMatchObject({
      respond: { verdict: 'missed', net: 70 * MINUTE },
      deliver: { state: 'over', verdict: 'void', net: 2 * HOUR },
    });
  });

  it('answered before it was accepted counts as answered', () => {
    expect(day('2026-11-20T11:00', { spans: [accepted], answered: at('2026-11-20T09:05') }).respond).toMatchObject({
      net: 5 * MINUTE,
      state: 'stopped',
    });
    expect(day('2026-11-20T09:04', { spans: [], answered: at('2026-11-20T09:05') }).respond).toMatchObject({ net: 4 * MINUTE, state: 'running' });
  });

  it('a report that is dated ahead has used up nothing', () => {
    expect(day('2026-11-20T08:00', { spans: [accepted] }).deliver).toMatchObject({ net: 0, gross: 0, verdict: 'ok', due: at('2026-11-20T13:00') });
  });

  it('without a promise tells the time and judges nothing; an agreed moment is kept or not', () => {
    const spans = [accepted];
    const { deliver: _deliver, ...bare } = {
      spans,
      calendar: OFFICE,
      reported: at('2026-11-20T09:00'),
      now: at('2026-11-20T11:00'),
      deliver: undefined,
    };
    expect(clocksOf(bare).deliver).toEqual({ state: 'running', verdict: 'none', gross: 2 * HOUR, net: 2 * HOUR });
    const by = at('2026-11-20T10:30');
    expect(day('2026-11-20T11:00', { spans, deliver: { by } }).deliver).toMatchObject({ verdict: 'missed', due: by });
    expect(day('2026-11-20T10:30', { spans, deliver: { by } }).deliver).toMatchObject({ verdict: 'atRisk', due: by });
    const done: Span[] = [accepted, { status: 'fulfilled', from: by }];
    expect(day('2026-11-25T11:00', { spans: done, deliver: { by } }).deliver).toMatchObject({ verdict: 'met', due: by });
  });
});
