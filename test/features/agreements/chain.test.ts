/** The arithmetic of a chain against a brute-force evaluator (test/model/chain), and the chain of the pictures (b-2a, b-2b) figure by figure. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Chain,
  circlesIn,
  fit,
  formulaOf,
  formulaText,
  type Leg,
  legsOf,
  type Line,
  OWN,
  type Part,
  remediesOf,
  slackOf,
  tried,
} from '../../../src/method';
import * as slow from '../../model/chain';
import { HOUR } from './arbitrary';
import { AT, BUILDINGS, day, KEYS, NETWORK, NOORDKABEL, SA014 } from './sa014';

const lineOf = (chain: Chain, key: string): Line => {
  const line = fit(chain, AT).lines.find((one) => one.key === key);
  if (!line) throw new Error(`no line ${key}`);
  return line;
};
const say = (minutes: number): string => `${String(Math.floor(minutes / 60))}:${String(minutes % 60).padStart(2, '0')}`;

describe('SA-014 of the pictures', () => {
  it.each([
    ['1.deliver', '4:30', -30, 'cannot', 'UC-003', '0:30 + max(1:00 + 3:00, 2:00)'],
    ['2.deliver', '6:30', 90, 'holds', 'UC-003', '0:30 + max(2:00 + 4:00, 4:00)'],
    ['3.deliver', '13:00', 180, 'holds', 'UC-003', '1:00 + max(4:00 + 8:00, 8:00)'],
    ['4.deliver', '26:00', 840, 'holds', 'UC-003', '2:00 + max(8:00 + 16:00, 16:00)'],
    ['1.respond', '0:15', 0, 'tight', 'UC-003', 'max(0:05, 0:10, 0:15, 0:15)'],
    ['2.respond', '0:30', 30, 'holds', 'OLA-007', 'max(0:05, 0:30, 0:30, 0:30)'],
  ] as const)('%s comes to %s', (key, sum, left, state, binding, formula) => {
    const line = lineOf(SA014, key);
    expect({ ...line, sum: say(line.sum ?? 0) }).toMatchObject({ sum, left, state, binding });
    const written = formulaOf(SA014, line as { key: string; kind: 'deliver' });
    expect(written && formulaText(written, say)).toBe(formula);
  });

  it('is available as the product of all that are needed', () => {
    const line = lineOf(SA014, 'availability');
    expect(line).toMatchObject({ state: 'tight', binding: 'UC-003' });
    expect(line.sum).toBeCloseTo(99.55, 2);
    expect(line.left).toBeCloseTo(0.05, 2);
  });

  it('has nobody for power at night, and names the first night', () => {
    const line = lineOf(SA014, 'hours');
    expect(line).toMatchObject({ state: 'cannot', binding: 'OLA-011' });
    expect(line.gap).toEqual({ from: Date.parse('2026-11-20T21:00Z'), to: Date.parse('2026-11-21T06:00Z') });
  });

  it('outlives its supplier agreement, whose renewal nobody has set', () => {
    expect(lineOf(SA014, 'until')).toMatchObject({ state: 'tight', binding: 'UC-003', sum: day('2027-04-01') });
  });

  it('cannot be kept, for the first of what cannot', () => {
    expect(fit(SA014, AT)).toMatchObject({ state: 'cannot', worst: { key: '1.deliver' } });
  });

  it('tells who could take longer', () => {
    expect(Object.fromEntries(slackOf(SA014, { key: '1.deliver', kind: 'deliver' }))).toEqual({ own: 0, 'OLA-007': 0, 'UC-003': 0, 'OLA-011': 120 });
    expect(Object.fromEntries(slackOf(SA014, { key: '1.respond', kind: 'respond' }))).toEqual({ own: 10, 'OLA-007': 5, 'UC-003': 0, 'OLA-011': 0 });
  });

  it('holds with half an hour less of the supplier, and nothing was changed by trying', () => {
    const before = structuredClone(SA014);
    const other = tried(SA014, { legs: { 'UC-003': { minutes: { '1.deliver': 150 } } } });
    expect(lineOf(other, '1.deliver')).toMatchObject({ state: 'tight', left: 0 });
    expect(lineOf(other, '2.deliver')).toEqual(lineOf(SA014, '2.deliver'));
    expect(lineOf(tried(SA014, { promises: { '1.deliver': 270 } }), '1.deliver').left).toBe(0);
    expect(
      lineOf(tried(SA014, { legs: { own: { minutes: { '1.deliver': 0 } }, 'OLA-007': { minutes: { '1.deliver': 45 } } } }), '1.deliver').left,
    ).toBe(15);
    expect(SA014).toEqual(before);
  });

  it('offers the smallest single changes that make it hold', () => {
    expect(remediesOf(SA014, '1.deliver')).toEqual([
      { leg: 'UC-003', from: 180, to: 150 },
      { leg: 'OLA-007', from: 60, to: 30 },
      { from: 240, to: 270 },
    ]);
    expect(remediesOf(SA014, '2.deliver')).toEqual([]);
    // Two legs too slow to answer: no single change of a leg helps.
    const slower = tried(SA014, { promises: { '1.respond': 12 } });
    expect(remediesOf(slower, '1.respond')).toEqual([{ from: 12, to: 15 }]);
    const promised = tried(SA014, { availability: 99.6 });
    expect(remediesOf(promised, 'availability')).toEqual([
      { leg: 'UC-003', from: 99.7, to: 99.75 },
      { leg: 'OLA-007', from: 99.9, to: 99.95 },
      { leg: 'OLA-011', from: 99.95, to: 100 },
      { from: 99.6, to: 99.55 },
    ]);
  });
});

describe('what is not there', () => {
  const without: Leg = { ...NOORDKABEL, minutes: {} };
  const legs: Part = { side: [{ row: [{ leg: NETWORK }, { leg: without }] }, { leg: BUILDINGS }] };

  it('is not calculated, and named', () => {
    expect(lineOf({ ...SA014, legs }, '1.deliver')).toEqual({
      key: '1.deliver',
      kind: 'deliver',
      promised: 240,
      state: 'unknown',
      missing: ['UC-003'],
    });
    expect(formulaOf({ ...SA014, legs }, { key: '1.deliver', kind: 'deliver' })).toBeUndefined();
    expect(slackOf({ ...SA014, legs }, { key: '1.deliver', kind: 'deliver' }).size).toBe(0);
  });
  it('is no reason to guess: who takes no part takes no time', () => {
    const apart: Leg = { ...without, minutes: Object.fromEntries(KEYS.map((key) => [key, null])) };
    const chain = { ...SA014, legs: { row: [{ leg: NETWORK }, { leg: apart }] } };
    expect(lineOf(chain, '1.deliver')).toMatchObject({ sum: 90, binding: 'OLA-007' });
    expect([...slackOf(chain, { key: '1.deliver', kind: 'deliver' }).keys()]).toEqual(['own', 'OLA-007']);
  });
  it('a contribution that nobody has agreed to is a missing leg, unless something cannot be kept anyway', () => {
    const holding: Chain = {
      ...SA014,
      promises: SA014.promises.slice(1, 4),
      hours: 'daytime',
      legs: { row: [{ leg: NETWORK }, { missing: 'Power' }] },
    };
    const found = fit(holding, AT);
    expect(found).toMatchObject({ state: 'missing', missing: ['Power'] });
    expect(found.lines.filter(({ kind }) => kind === 'deliver').map(({ state, missing }) => [state, missing])).toEqual([
      ['unknown', ['Power']],
      ['unknown', ['Power']],
      ['unknown', ['Power']],
    ]);
  });
  it('own handling that nobody has written down', () => {
    const { own: _own, ...rest } = SA014;
    expect(lineOf(rest, '1.deliver')).toMatchObject({ state: 'unknown', missing: [OWN] });
  });
  it('kept by us alone', () => {
    const { legs: _legs, ...alone } = SA014;
    expect(fit(alone, AT).lines.map(({ key, state }) => [key, state])).toEqual([
      ['1.deliver', 'holds'],
      ['2.deliver', 'holds'],
      ['3.deliver', 'holds'],
      ['4.deliver', 'holds'],
      ['1.respond', 'holds'],
      ['2.respond', 'holds'],
      ['hours', 'holds'],
    ]);
  });
});

describe('validity', () => {
  const under = (more: Partial<Leg>): Line => lineOf({ ...SA014, legs: { leg: { ...NETWORK, ...more } } }, 'until');
  it.each([
    ['covers to the same day', {}, 'holds'],
    ['ends before', { until: day('2027-12-31') }, 'tight'],
    ['ends before and renews', { until: day('2027-12-31'), renews: true }, 'holds'],
    ['has lapsed', { until: AT }, 'cannot'],
    ['has lapsed and would have renewed', { until: AT - HOUR, renews: true }, 'cannot'],
    ['begins later', { from: AT + HOUR }, 'cannot'],
    ['began before', { from: AT }, 'holds'],
  ] as const)('of a leg that %s: %3$s', (_name, more, state) => {
    expect(under(more).state).toBe(state);
  });
  it('of a promise without an end needs legs without one', () => {
    const { until: _until, ...endless } = SA014;
    expect(lineOf({ ...endless, legs: { leg: NETWORK } }, 'until')).toMatchObject({ state: 'tight', binding: 'OLA-007' });
  });
});

it('minutes counted in fewer hours than those of the promise are found with the hours', () => {
  const promises = SA014.promises.map((one) => ({ ...one, counted: 'always' }));
  const counted = { '1.deliver': 'daytime' };
  const chain = { ...SA014, promises, legs: { leg: { ...NETWORK, counted } } };
  expect(lineOf(chain, 'hours')).toMatchObject({ state: 'cannot', binding: 'OLA-007' });
  expect(lineOf({ ...chain, promises: SA014.promises.map((one) => ({ ...one, counted: 'daytime' })) }, 'hours').state).toBe('holds');
  expect(lineOf({ ...SA014, legs: { leg: { ...NETWORK, hours: 'nowhere' } } }, 'hours')).toMatchObject({ state: 'unknown', missing: ['OLA-007'] });
});

/** Random chains: a tree of values, and the same as legs. */
const value = fc.oneof({ weight: 12, arbitrary: fc.integer({ min: 0, max: 40 }) }, { weight: 1, arbitrary: fc.constant(undefined) });
const trees = (leaf: fc.Arbitrary<number | undefined>): fc.Arbitrary<slow.Tree> =>
  fc.letrec<{ tree: slow.Tree }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 3, depthSize: 'small' },
      leaf,
      fc.array(tie('tree'), { minLength: 1, maxLength: 3 }).map((row) => ({ row })),
      fc.array(tie('tree'), { minLength: 1, maxLength: 3 }).map((side) => ({ side })),
    ),
  })).tree;

function chainFrom(own: number | undefined, tree: slow.Tree, promised: number): Chain {
  let at = -1;
  const leg = (id: string, minutes: number | undefined): Leg => ({ id, name: id, minutes: minutes === undefined ? {} : { d: minutes, r: minutes } });
  const walk = (one: slow.Tree): Part => {
    if (typeof one === 'object') return 'row' in one ? { row: one.row.map(walk) } : { side: one.side.map(walk) };
    at += 1;
    return { leg: leg(String(at), one) };
  };
  const promises = [
    { key: 'd', kind: 'deliver' as const, minutes: promised },
    { key: 'r', kind: 'respond' as const, minutes: promised },
  ];
  return { promises, own: leg(OWN, own), legs: walk(tree), from: 0, calendars: {} };
}

type Fit = typeof fit;
const verdictsAgree = (judge: Fit): void =>
  fc.assert(
    fc.property(value, trees(value), fc.integer({ min: 1, max: 150 }), (own, tree, promised) => {
      const [deliver, respond] = judge(chainFrom(own, tree, promised), AT).lines;
      const [longest, slowest] = [slow.longestWay(own, tree), slow.slowest(own, tree)];
      expect([deliver?.sum, deliver?.state]).toEqual([longest, slow.judgement(promised, longest)]);
      expect([respond?.sum, respond?.state]).toEqual([slowest, slow.judgement(promised, slowest)]);
    }),
    { numRuns: 400 },
  );

/** All side by side as if in a row. */
const rowOnly = (part: Part): Part => ('row' in part ? { row: part.row.map(rowOnly) } : 'side' in part ? { row: part.side.map(rowOnly) } : part);
/** What is not there as if it took no time. */
const guessing = (part: Part): Part => {
  if ('leg' in part) return { leg: { ...part.leg, minutes: { d: 0, r: 0, ...part.leg.minutes } } };
  if ('row' in part) return { row: part.row.map(guessing) };
  return 'side' in part ? { side: part.side.map(guessing) } : part;
};
const twin =
  (bend: (part: Part) => Part): Fit =>
  (chain, at) =>
    fit({ ...chain, ...(chain.legs && { legs: bend(chain.legs) }) }, at);

describe('random chains come to what trying every way says', () => {
  const known = fc.integer({ min: 1, max: 30 });

  it('in sum and verdict', () => {
    verdictsAgree(fit);
  });
  it('and twins that add up what goes side by side, or guess, are found out', () => {
    expect(() => verdictsAgree(twin(rowOnly))).toThrow();
    expect(() => verdictsAgree(twin(guessing))).toThrow();
  });

  it('in what each leg has to spare', () => {
    fc.assert(
      fc.property(known, trees(known), (own, tree) => {
        const chain = chainFrom(own, tree, 1);
        const slack = slackOf(chain, { key: 'd', kind: 'deliver' });
        legsOf({ ...(chain.legs && { legs: chain.legs }) }).forEach(({ id }, index) => {
          expect(slack.get(id)).toBe(slow.spare(own, tree, index, 1_000));
        });
      }),
      { numRuns: 150 },
    );
  });

  it('in the single changes that help, none greater than needed; and each of them helps', () => {
    fc.assert(
      fc.property(known, trees(known), fc.integer({ min: 1, max: 60 }), (own, tree, promised) => {
        const chain = chainFrom(own, tree, promised);
        const remedies = remediesOf(chain, 'd');
        const over = (slow.longestWay(own, tree) ?? 0) > promised;
        expect(remedies.length > 0).toBe(over);
        for (const { leg, to } of remedies) {
          const other = tried(chain, leg === undefined ? { promises: { d: to } } : { legs: { [leg]: { minutes: { d: to } } } });
          expect(fit(other, AT).lines[0]?.state).not.toBe('cannot');
        }
        if (!over) return;
        legsOf({ ...(chain.legs && { legs: chain.legs }) }).forEach(({ id }, index) => {
          expect(remedies.find(({ leg }) => leg === id)?.to).toBe(slow.enough(own, tree, index, promised));
        });
      }),
      { numRuns: 200 },
    );
  });

  it('in the formula: what is written adds up to the sum', () => {
    const worth = (formula: ReturnType<typeof formulaOf>): number => {
      if (!formula) return 0;
      if ('leg' in formula) return formula.value;
      return 'sum' in formula ? formula.sum.reduce((so, one) => so + worth(one), 0) : Math.max(...formula.max.map(worth));
    };
    fc.assert(
      fc.property(known, trees(known), (own, tree) => {
        const chain = chainFrom(own, tree, 1);
        expect(worth(formulaOf(chain, { key: 'd', kind: 'deliver' }))).toBe(slow.longestWay(own, tree));
        expect(worth(formulaOf(chain, { key: 'r', kind: 'respond' }))).toBe(slow.slowest(own, tree));
      }),
      { numRuns: 150 },
    );
  });

  it('the binding leg is the longest of those that set the time: no leg with nothing to spare is longer', () => {
    fc.assert(
      fc.property(known, trees(known), (own, tree) => {
        const chain = chainFrom(own, tree, 1);
        const { binding } = lineOf(chain, 'd');
        const slack = slackOf(chain, { key: 'd', kind: 'deliver' });
        expect(slack.get(binding ?? '')).toBe(0);
      }),
      { numRuns: 150 },
    );
  });
});

describe('circles', () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f'] as const;
  const graphs = fc.record(Object.fromEntries(names.map((name) => [name, fc.uniqueArray(fc.constantFrom(...names), { maxLength: 2 })])));

  it('are found exactly where somebody comes back to where they began', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const circles = circlesIn(new Map(Object.entries(graph)));
        expect(circles.length > 0).toBe(names.some((name) => slow.comesBack(graph, name)));
        for (const circle of circles) {
          circle.forEach((id, index) => {
            expect(graph[id]).toContain(circle[(index + 1) % circle.length]);
          });
        }
      }),
    );
  });

  it('are found in a chain of ten thousand, without a deep call', () => {
    const long = new Map(Array.from({ length: 10_000 }, (_, index) => [`OLA-${String(index)}`, [`OLA-${String((index + 1) % 10_000)}`]]));
    expect(circlesIn(long).map(({ length }) => length)).toEqual([10_000]);
  });
});
