import { describe, expect, it } from 'vitest';
import { handOverFormAnswer, processAnswer, type ChainLink, type RuleLine } from '../../src/contract';
import {
  beingMade as isBeingMade,
  chainClock,
  chainRows,
  cutAtKeys,
  handoffWords,
  isStuck,
  markOf,
  news,
  sortRules,
  tally,
  waitingWords,
} from '../../static/panel/view';
import { analysing, at, beingMade, closed, handOver, realising, refused, troubles, waiting } from './fixtures/process-panel';

const [root, rfc, serviceRequest] = realising.chain as [ChainLink, ChainLink, ChainLink];
const rule = (id: RuleLine['rule'], state: RuleLine['state']): RuleLine => ({ rule: id, state, text: id, help: '' });

describe('the example answers', () => {
  it.each(Object.entries({ analysing, beingMade, closed, realising, refused, waiting }))('%s is what the contract promises', (_, panel) => {
    expect(processAnswer.parse(panel)).toEqual(panel);
  });

  it('of the dialog and of trouble are, too', () => {
    expect(handOverFormAnswer.parse(handOver)).toEqual(handOver);
    for (const one of troubles) expect(processAnswer.parse(one)).toEqual(one);
  });
});

describe('rules', () => {
  it('stand with what is missing first and what nobody judges apart', () => {
    const { judged, notJudged } = sortRules([rule('V10', 'met'), rule('V36', 'notJudged'), rule('V11', 'later'), rule('V09', 'unmet')]);
    expect(judged.map((one) => one.rule)).toEqual(['V09', 'V11', 'V10']);
    expect(notJudged.map((one) => one.rule)).toEqual(['V36']);
  });

  it('are counted without those that nobody judges', () => {
    expect(tally([rule('V10', 'met'), rule('V09', 'unmet'), rule('V36', 'notJudged')])).toEqual({ met: 1, of: 2 });
    expect(tally([rule('V36', 'notJudged')])).toBeUndefined();
  });

  it('of a later step never look as if they hindered this one', () => {
    expect(markOf('unmet', false).kind).toBe('unmet');
    expect(markOf('unmet', true).kind).toBe('later');
  });
});

describe('keys in sentences', () => {
  it('become links where they are work items of the chain', () => {
    const parts = cutAtKeys('SW-3B-02 waits for NSS-145, and UTF-8 for nobody.', ['NSS-145']);
    expect(parts.filter((part) => part.key).map((part) => part.text)).toEqual(['NSS-145']);
    expect(parts.map((part) => part.text).join('')).toBe('SW-3B-02 waits for NSS-145, and UTF-8 for nobody.');
  });
});

describe('the chain', () => {
  const chainOf = (length: number, here: number): ChainLink[] =>
    Array.from({ length }, (_, index) => ({ ...root, key: `NSS-${String(index + 1)}`, depth: index, here: index === here }));
  const shape = (length: number, here: number, open = false): (string | number)[] =>
    chainRows(chainOf(length, here), open).map((row) => ('link' in row ? (row.link.key ?? '') : row.folded));

  it('is whole up to six', () => {
    expect(shape(6, 0)).toHaveLength(6);
  });

  it('folds its middle, never the root, the end or this work item with its neighbours', () => {
    expect(shape(9, 3)).toEqual(['NSS-1', 'NSS-2', 'NSS-3', 'NSS-4', 'NSS-5', 3, 'NSS-9']);
    expect(shape(9, 8)).toEqual(['NSS-1', 6, 'NSS-8', 'NSS-9']);
  });

  it('opens', () => {
    expect(shape(9, 3, true)).toHaveLength(9);
  });

  it('says how each part was asked for', () => {
    expect(handoffWords(root, realising.asOf)).toBeUndefined();
    expect(handoffWords(rfc, realising.asOf)).toBe('accepted in 4 min');
    expect(handoffWords(beingMade.chain[1] as ChainLink, beingMade.asOf)).toBe('being made');
  });

  it('counts gross time, and what is left until it ends', () => {
    expect(chainClock(root, realising)).toMatchObject({ gross: '2 h 25', due: { late: false, text: '1 h 55 left' } });
    expect(chainClock(serviceRequest, realising)).toMatchObject({ gross: '18 min', due: { late: true, text: '3 min late' } });
    expect(chainClock(closed.chain[0] as ChainLink, closed)).toEqual({ gross: '3 h 21' });
  });

  it('tells what is being made from what this person may not see', () => {
    const { key, ...unseen } = rfc;
    expect(key).toBeDefined();
    expect(isBeingMade(unseen)).toBe(false);
    expect(isBeingMade(beingMade.chain[1] as ChainLink)).toBe(true);
  });

  it('offers another try beside the child that is missing, or else for the work item itself', () => {
    expect(isStuck(beingMade)).toBe(false);
    expect(isStuck({ ...realising, may: { handOver: true, retry: true, reclassify: false, followUp: true } })).toBe(true);
    expect(isStuck(realising)).toBe(false);
  });
});

describe('waiting', () => {
  it('names whom for, and until when if that is known', () => {
    expect(waitingWords({ for: 'Sofia Rossi' }, at('11:35'))).toBe('Waiting for Sofia Rossi');
    expect(waitingWords({ for: 'Sofia Rossi', until: at('14:00') }, at('11:35'))).toMatch(/^Waiting for Sofia Rossi until \d\d:\d\d$/);
  });
});

describe('news for those who do not see the screen', () => {
  it('is none at first, and none when only time has passed', () => {
    expect(news(undefined, realising)).toBe('');
    expect(news(realising, { ...realising, asOf: realising.asOf + 15_000 })).toBe('');
  });

  it('tells of the status, of refusals and of the chain', () => {
    expect(news(analysing, realising)).toContain('NSS-142 is now Realising.');
    expect(news(analysing, realising)).toContain('Request for Change NSS-145 is in the chain.');
    expect(news({ ...realising, key: 'NSS-145' }, { ...refused, status: 'realising' })).toContain('Confirm was refused.');
    const moved = realising.chain.map((link) => (link.key === 'NSS-148' ? { ...link, status: 'realising' as const } : link));
    expect(news(realising, { ...realising, chain: moved })).toBe('NSS-148 is now Realising.');
  });
});
