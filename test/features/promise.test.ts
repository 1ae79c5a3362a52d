/** What a changelog says of waiting, and what the word for boards is: by hand, case by case. */
import { describe, expect, it } from 'vitest';
import type { Clock } from '../../src/agreements/service';
import type { FixedPromise } from '../../src/contract';
import type { StatusKey } from '../../src/method';
import type { Change, WorkItem } from '../../src/work/model';
import { acceptedAt, nextTurn, promiseClocks, spansOf, stateOf } from '../../src/work/promise';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const always = {
  id: 'always',
  name: 'Always',
  timeZone: 'Etc/UTC',
  week: Array.from({ length: 7 }, () => [{ from: '00:00', to: '24:00' }]),
  holidays: [],
};
const promise: FixedPromise = { name: 'Ward network', from: 0, respond: 30, deliver: 240, calendar: always };

type Told = Partial<Pick<Change, 'status' | 'waitingFor'>> & { at: number };
const step = (at: number, from: StatusKey, to: StatusKey, waitingFor?: [string | undefined, string | undefined]): Told => ({
  at,
  status: { from, to },
  ...(waitingFor && { waitingFor: { from: waitingFor[0], to: waitingFor[1] } }),
});
/** Only what a clock looks at. */
const item = (status: StatusKey, changes: Told[], values: WorkItem['values'] = {}): WorkItem =>
  ({
    created: 0,
    status,
    values,
    changes: changes.map((one, index) => ({ id: String(index), by: undefined, fields: [], ...one })),
  }) as unknown as WorkItem;

describe('how it stood', () => {
  it('knows for whom it waited at the time, not for whom it waits now', () => {
    const one = item(
      'accepted',
      [
        step(10, 'registered', 'accepted'),
        step(20, 'accepted', 'waiting', [undefined, 'Customer']),
        step(30, 'waiting', 'accepted'),
        step(40, 'accepted', 'waiting', ['Customer', 'Supplier']),
        step(50, 'waiting', 'accepted'),
      ],
      { waitingFor: 'Supplier' },
    );
    expect(spansOf(one).map(({ from, forCustomer }) => [from, forCustomer])).toEqual([
      [0, undefined],
      [10, undefined],
      [20, true],
      [30, undefined],
      [40, false],
      [50, undefined],
    ]);
    expect(acceptedAt(one)).toBe(10);
  });

  it('takes what the field says where no change of it is told, and begins anew when the reason changes meanwhile', () => {
    const same = item('waiting', [step(10, 'registered', 'accepted'), step(20, 'accepted', 'waiting')], { waitingFor: 'Customer' });
    expect(spansOf(same).at(-1)).toMatchObject({ from: 20, forCustomer: true });
    const changed = item('waiting', [
      step(10, 'registered', 'accepted'),
      step(20, 'accepted', 'waiting', [undefined, 'Other team']),
      { at: 30, waitingFor: { from: 'Other team', to: 'Customer' } },
    ]);
    expect(spansOf(changed).slice(-2)).toMatchObject([
      { from: 20, forCustomer: false },
      { from: 30, forCustomer: true },
    ]);
  });

  it('was not accepted when it was declined', () => {
    expect(acceptedAt(item('cancelled', [step(10, 'registered', 'cancelled')]))).toBeUndefined();
  });
});

describe('the word for boards', () => {
  const clock = (state: Clock['state'], verdict: Clock['verdict']): Clock => ({ state, verdict, gross: 0, net: 0 });
  it.each([
    ['On time', clock('running', 'ok'), clock('running', 'ok')],
    ['At risk', clock('running', 'atRisk'), clock('running', 'ok')],
    ['Late', clock('running', 'missed'), clock('running', 'ok')],
    // Answered late is over; what is open is the result.
    ['On time', clock('stopped', 'missed'), clock('running', 'ok')],
    ['Late', clock('stopped', 'met'), clock('running', 'missed')],
    ['At risk', clock('stopped', 'met'), clock('paused', 'atRisk')],
    ['Kept', clock('stopped', 'missed'), clock('stopped', 'met')],
    ['Not kept', clock('stopped', 'met'), clock('stopped', 'missed')],
    [undefined, clock('stopped', 'met'), clock('over', 'void')],
    [undefined, clock('stopped', 'none'), clock('running', 'none')],
  ] as const)('%s', (word, respond, deliver) => {
    expect(stateOf({ respond, deliver })).toBe(word);
  });
});

describe('when time alone changes it', () => {
  const accepted = item('accepted', [step(5 * MINUTE, 'registered', 'accepted')]);
  const next = (one: WorkItem, now: number) => nextTurn(promise, promiseClocks(promise, one, now), now);
  it('is at risk with a quarter left, then late, then never', () => {
    expect(next(item('registered', []), 0)).toBe(22.5 * MINUTE);
    expect(next(accepted, 10 * MINUTE)).toBe(3 * HOUR);
    expect(next(accepted, 3 * HOUR)).toBe(4 * HOUR + 1);
    expect(next(accepted, 5 * HOUR)).toBeUndefined();
  });
  it('stands still while it waits for the customer, and once it is fulfilled', () => {
    const waits = item('waiting', [step(5 * MINUTE, 'registered', 'accepted'), step(HOUR, 'accepted', 'waiting', [undefined, 'Customer'])]);
    expect(next(waits, 2 * HOUR)).toBeUndefined();
    expect(next(item('fulfilled', [step(5 * MINUTE, 'registered', 'accepted'), step(HOUR, 'accepted', 'fulfilled')]), 2 * HOUR)).toBeUndefined();
  });
});
