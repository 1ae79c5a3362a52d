/** How a supplier's own words become the state of a receipt, and where work can wait for them. */
import { describe, expect, it } from 'vitest';
import { isUndelivered, notGroupable, passableIn, stateByRemote, staysPassing, stepsAlong, WORK_TYPE_KEYS } from '../../src/method';

describe('the state of what was passed on', () => {
  it.each([
    ['asked', { category: 'TODO' }, 'asked'],
    ['accepted', { category: 'TODO' }, 'asked'],
    ['returned', { category: 'TODO' }, 'returned'],
    ['asked', { category: 'TODO', status: 'accepted' }, 'accepted'],
    ['asked', { category: 'IN_PROGRESS' }, 'accepted'],
    ['fulfilled', { category: 'IN_PROGRESS' }, 'accepted'],
    ['accepted', { category: 'DONE', undelivered: false }, 'fulfilled'],
    ['accepted', { category: 'DONE', undelivered: true }, 'failed'],
    ['accepted', { category: 'DONE', status: 'cancelled' }, 'failed'],
    // Nobody asked how it ended: the record stands.
    ['accepted', { category: 'DONE' }, 'accepted'],
    ['failed', { category: 'DONE' }, 'failed'],
    ['accepted', {}, 'accepted'],
  ] as const)('%s, and theirs is %j: %s', (before, remote, after) => {
    expect(stateByRemote(before, remote)).toBe(after);
  });

  it.each(['Declined', 'WON’T DO', "Won't Do", ' Cancelled ', 'Canceled', 'Rejected', 'Duplicate'])('%s delivers nothing', (name) => {
    expect(isUndelivered(name)).toBe(true);
  });
  it.each(['Done', 'Fixed', 'Delivered', 'Answered', '', undefined])('%s says nothing against it', (name) => {
    expect(isUndelivered(name)).toBe(false);
  });
});

describe('where work can wait for a supplier', () => {
  it('from accepted until it is delivered, in every work type', () => {
    for (const type of WORK_TYPE_KEYS) {
      expect(passableIn(type)[0]).toBe('accepted');
      expect(passableIn(type)).toContain('realising');
      for (const status of ['registered', 'reviewing', 'fulfilled', 'closed', 'cancelled'] as const) expect(passableIn(type)).not.toContain(status);
    }
    expect(staysPassing('incident', 'analysing')).toBe(true);
    expect(staysPassing('incident', 'preparing')).toBe(false);
  });
});

describe('following a group', () => {
  it('takes the steps the method has, or says why there are none', () => {
    const keys = (...given: Parameters<typeof stepsAlong>) => {
      const steps = stepsAlong(...given);
      return typeof steps === 'string' ? steps : steps.map((one) => one.key);
    };
    expect(keys('incident', 'accepted')).toEqual(['fixOnTheSpot', 'confirmFor']);
    expect(keys('incident', 'reviewing')).toEqual(['confirmFor']);
    expect(keys('wish', 'reviewing')).toEqual(['confirmFor']);
    expect(keys('incident', 'registered')).toContain('Accept it first');
    expect(keys('wish', 'specifying')).toContain('gone its own way');
  });

  it('groups open work of one type, one deep', () => {
    const one = { key: 'A-1', type: 'incident', status: 'accepted', under: [], groups: [] } as const;
    expect(notGroupable(one, { ...one, key: 'A-2' })).toBeUndefined();
    expect(notGroupable(one, { ...one, key: 'A-2', type: undefined })).toContain('not part of USM');
    expect(notGroupable(one, { ...one, key: 'A-2', status: 'closed' })).toContain('has ended');
  });
});
