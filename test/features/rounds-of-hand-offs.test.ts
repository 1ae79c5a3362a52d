/** Which hand-offs a parent in Realising looks at (T11, T12; decision 0003). */
import { expect, it } from 'vitest';
import { type HandoffState, settlement, type StatusKey } from '../../src/method';
import { blocking } from '../../src/work/facts';
import type { Change } from '../../src/work/model';
import type { Receipt } from '../../src/work/receipts';

const PARENT = 'p';
const moved = (at: number, from: StatusKey, to: StatusKey): Change => ({
  id: String(at),
  at,
  by: undefined,
  status: { from, to },
  fields: [],
  typeBefore: undefined,
  spaceBefore: undefined,
});
const receipt = (round: number, state: HandoffState, endedAt?: number): Receipt =>
  ({ id: `${String(round)}${state}`, kind: 'handOff', parentId: PARENT, type: 'serviceRequest', blocks: true, round, state, endedAt }) as Receipt;

const decided = (changes: Change[], ...receipts: Receipt[]): string =>
  settlement('realising', blocking({ id: PARENT, links: [], changes }, receipts)).move;

/** Handed over, failed, and handed over again. */
const TWICE = [moved(10, 'preparing', 'realising'), moved(20, 'realising', 'analysing'), moved(30, 'preparing', 'realising')];

it('what was still open when more was asked for, and fails then, brings the parent back at once', () => {
  expect(decided(TWICE, receipt(1, 'failed', 40), receipt(2, 'accepted'))).toBe('workFailed');
  expect(decided(TWICE, receipt(1, 'failed', 40), receipt(2, 'fulfilled', 35))).toBe('workFailed');
});

it('what had failed before is not told again', () => {
  expect(decided(TWICE, receipt(1, 'failed', 20), receipt(2, 'accepted'))).toBe('none');
  expect(decided(TWICE, receipt(1, 'failed', 20), receipt(2, 'fulfilled', 40))).toBe('workReturned');
});

it('what was still open and comes back last brings it to its review', () => {
  expect(decided(TWICE, receipt(1, 'fulfilled', 50), receipt(2, 'fulfilled', 40))).toBe('workReturned');
  expect(decided(TWICE, receipt(1, 'fulfilled', 15))).toBe('none');
});

it('where the changelog is cut, the newest round counts', () => {
  expect(decided([], receipt(1, 'failed', 20), receipt(2, 'accepted'))).toBe('none');
  expect(decided([], receipt(1, 'failed', 20), receipt(2, 'fulfilled', 40))).toBe('workReturned');
});
