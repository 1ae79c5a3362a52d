/** A draft in the editor: what is shown is what is kept, what cannot be kept is told where it stands, and how complete it is. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CELL_NAMES, termsLack } from '../../../src/agreements/model';
import { type Agreement, type Terms, terms as termsSchema, type Underpinning } from '../../../src/contract';
import { CELL_KEYS } from '../../../src/contract/agreements';
import { asksOf, filledCells, lacksOf } from '../../../static/usm/agreements/edit/complete';
import { type DraftForm, draftKeys, formOf, read } from '../../../static/usm/agreements/edit/form';
import { differencesOf } from '../../../static/usm/agreements/edit/merge';
import { added, legsIn, moved, replaced, turned } from '../../../static/usm/agreements/edit/tree';
import { labelOf, treeWords, wordsOf } from '../../../static/usm/agreements/edit/words';
import { outwards, valueAt, withValue } from '../../../static/usm/editing/places';

const agreement: Agreement = { id: 'SA-1', kind: 'SA', name: 'Ward network', provider: 'desk', customer: 'lucas', owner: 'lotte' };

const word = fc
  .string({ minLength: 1, maxLength: 12, unit: 'grapheme' })
  .filter((text) => text.trim() !== '')
  .map((text) => text.trim());
const perhaps = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(one, { nil: undefined });
const id = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/);
const day = fc.integer({ min: 0, max: 4_000 }).map((days) => new Date(Date.UTC(2026, 0, 1) + days * 86_400_000).toISOString().slice(0, 10));
const minutes = fc.integer({ min: 1, max: 50_000 });
const percent = fc.integer({ min: 0, max: 100_000 }).map((thousandths) => thousandths / 1_000);
const cell = fc.record({ text: fc.oneof(fc.constant(''), word), lines: fc.array(fc.record({ label: word, value: word }), { maxLength: 3 }) });
const type = fc.constantFrom('incident' as const, 'serviceRequest' as const, 'rfc' as const, 'wish' as const);
const measure = fc.oneof(fc.constantFrom('all' as const, 'standard' as const), fc.integer({ min: 1, max: 5 }));
const leaf = fc.oneof(
  fc.integer({ min: 1, max: 99 }).map((number) => ({ leg: `OLA-${String(number)}` })),
  fc.tuple(fc.integer({ min: 1, max: 99 }), type).map(([number, one]) => ({ leg: `UC-${String(number)}`, types: [one] })),
  word.map((missing) => ({ missing })),
);
const under: fc.Arbitrary<Underpinning> = fc.oneof(
  leaf,
  fc.array(leaf, { minLength: 1, maxLength: 3 }).map((row) => ({ row })),
  fc.tuple(leaf, fc.array(leaf, { minLength: 1, maxLength: 3 })).map(([one, row]) => ({ side: [one, { row }] })),
);
const price = fc.oneof(
  fc.constant({ kind: 'included' as const }),
  fc.record({
    kind: fc.constant('amount' as const),
    amount: fc.integer({ min: 0, max: 1_000_000 }).map((cents) => cents / 100),
    currency: fc.constantFrom('EUR', 'USD'),
    unit: word,
    per: fc.constantFrom('once' as const, 'month' as const, 'year' as const),
    indexation: fc.oneof(fc.constant(''), word),
    charges: fc.oneof(fc.constant(''), word),
  }),
);

/** Whatever the contract takes. */
const anyTerms: fc.Arbitrary<Terms> = fc
  .record({
    services: fc.uniqueArray(id, { maxLength: 3 }),
    scope: fc.oneof(fc.constant(''), word),
    exclusions: fc.array(word, { maxLength: 3 }),
    duties: fc.array(word, { maxLength: 3 }),
    card: fc.record({ facilityWhat: cell, facilityHow: cell, supportWhat: cell, supportHow: cell }),
    readiness: fc.oneof(fc.constant(''), word),
    price: perhaps(price),
    timeZone: fc.constantFrom('Europe/Amsterdam', 'UTC'),
    serviceHours: perhaps(id),
    supportHours: perhaps(id),
    availability: perhaps(fc.record({ percent, window: fc.constantFrom('month' as const, 'year' as const) })),
    targets: fc.array(
      fc.record({
        type,
        for: measure,
        respond: perhaps(minutes),
        deliver: perhaps(fc.oneof(minutes, fc.constant('agreedDate' as const))),
        calendar: id,
        percent,
      }),
      { maxLength: 5 },
    ),
    volumes: fc.array(fc.record({ what: word, most: fc.integer({ min: 0, max: 9_999 }), per: fc.constantFrom('day' as const, 'month' as const) }), {
      maxLength: 2,
    }),
    standards: fc.uniqueArray(id, { maxLength: 2 }),
    requesters: fc.uniqueArray(id, { maxLength: 2 }),
    validFrom: perhaps(day),
    validUntil: perhaps(day),
    noticeMonths: fc.integer({ min: 0, max: 60 }),
    reviewOn: perhaps(day),
    reviewMonths: perhaps(fc.integer({ min: 1, max: 60 })),
    renewal: perhaps(
      fc.oneof(
        fc.constantFrom({ kind: 'none' as const }, { kind: 'byAgreement' as const }),
        fc.integer({ min: 1, max: 120 }).map((months) => ({ kind: 'silent' as const, months })),
      ),
    ),
    reporting: fc.constantFrom('none' as const, 'month' as const),
    consequences: fc.oneof(fc.constant(''), word),
    clauses: fc.array(fc.record({ title: word, text: word }), { maxLength: 2 }),
    documents: fc.array(fc.record({ title: word, url: id.map((path) => `https://example.com/${path}`) }), { maxLength: 2 }),
    own: fc.record({
      handling: fc.array(
        fc.record({ type, for: measure, respond: perhaps(fc.integer({ min: 0, max: 500 })), deliver: perhaps(fc.integer({ min: 0, max: 500 })) }),
        {
          maxLength: 2,
        },
      ),
      hours: perhaps(id),
      availability: perhaps(percent),
    }),
    under: perhaps(under),
  })
  .map((raw) => termsSchema.parse(raw));

const holds = (property: fc.IPropertyWithHooks<[Terms]>): void => fc.assert(property, { numRuns: 200 });

describe('what is shown and what is kept', () => {
  it('is the same: whoever opens a draft and saves it has changed nothing', () => {
    holds(
      fc.property(anyTerms, (terms) => {
        const { terms: kept, wrong, header } = read(formOf({ agreement, terms }));
        expect([...wrong]).toEqual([]);
        expect(kept).toEqual(terms);
        expect(header).toEqual({ name: 'Ward network', provider: 'desk', customer: 'lucas', owner: 'lotte' });
      }),
    );
  });

  const empty = formOf({ agreement, terms: termsSchema.parse({ timeZone: 'UTC' }) });
  const withTarget = (more: Partial<DraftForm['targets'][number]>): DraftForm => ({
    ...empty,
    targets: [{ type: 'incident', for: '1', respond: '', deliver: '', calendar: 'office', percent: '95', ...more }],
  });

  it('times are read as people write them', () => {
    const of = (deliver: string): unknown => read(withTarget({ deliver })).terms?.targets[0]?.deliver;
    expect(['4:00', '45 min', '2,5', ' Agreed Date ', ''].map(of)).toEqual([240, 45, 150, 'agreedDate', undefined]);
  });

  it('what cannot be kept is told at its place, in words, and nothing is guessed', () => {
    const bad: DraftForm = {
      ...withTarget({ respond: 'soon', percent: '120', calendar: '' }),
      name: ' ',
      customer: '',
      noticeMonths: 'three',
      documents: [{ title: 'Annex', url: 'http://example.com' }],
      price: { ...empty.price, kind: 'amount', amount: 'much', unit: '' },
      under: { row: [{ missing: '' }] },
    };
    const { terms, wrong } = read(bad);
    expect(terms).toBeUndefined();
    expect([...wrong.keys()].sort()).toEqual([
      'customer',
      'documents.0.url',
      'name',
      'noticeMonths',
      'price.amount',
      'price.unit',
      'targets.0.calendar',
      'targets.0.percent',
      'targets.0.respond',
      'under',
    ]);
    expect(wrong.get('targets.0.respond')).toBe('Write a time as 0:15, 2:30 or 45 min, or leave it empty.');
    for (const text of wrong.values()) expect(text).not.toBe('This cannot be used as it is.');
  });

  it('a draft that says nothing yet is kept', () => {
    expect(read(empty).wrong.size).toBe(0);
  });
});

describe('how complete a draft is', () => {
  it('is what the rule says it lacks to be offered', () => {
    holds(
      fc.property(anyTerms, (terms) => {
        const form = formOf({ agreement, terms });
        expect(lacksOf(form)).toHaveLength(termsLack(terms).length);
        const missing = CELL_KEYS.filter((key) => !filledCells(form.card).includes(key));
        expect(missing.map((key) => CELL_NAMES[key])).toEqual(termsLack(terms).filter((text) => Object.values(CELL_NAMES).includes(text)));
      }),
    );
  });

  it('asks for services, for times of every priority, and for a first day', () => {
    const form = formOf({ agreement, terms: termsSchema.parse({ timeZone: 'UTC' }) });
    expect(asksOf(form).map(({ path }) => path)).toEqual(['services', 'targets', 'validFrom']);
    const target = { type: 'incident', respond: '0:15', deliver: '4:00', calendar: 'office', percent: '95' };
    const said = { ...form, services: ['wifi'], validFrom: '2026-11-01', targets: [1, 2, 3].map((rank) => ({ ...target, for: String(rank) })) };
    expect(asksOf(said).map(({ text }) => text)).toEqual(['Say how soon incidents of P4 are answered and restored.']);
    expect(asksOf({ ...said, targets: [{ ...target, for: 'all' }] })).toEqual([]);
  });
});

describe('two drafts of the same', () => {
  it('are compared target by target', () => {
    const target = (rank: number, deliver: number) => ({ type: 'incident', for: rank, respond: 15, deliver, calendar: 'office', percent: 95 });
    const form = (...times: number[]): DraftForm =>
      formOf({ agreement, terms: termsSchema.parse({ timeZone: 'UTC', targets: times.map((time, index) => target(index + 1, time)) }) });
    const found = differencesOf(form(240, 480), form(180, 480), form(240, 360, 960), draftKeys);
    const name = (one: string): string => one;
    expect(found.map(({ path, both }) => [labelOf(path, name), both])).toEqual([
      ['Targets, Incident P2, restore or deliver', false],
      ['Targets, Incident P3', false],
    ]);
    expect(wordsOf(found[1]?.theirs, found[1]?.path ?? [], name)).toContain('restore or deliver: 16:00');
    expect(wordsOf(found[1]?.mine, found[1]?.path ?? [], name)).toBe('not there');
  });
});

describe('what lies under it', () => {
  const [a, b, c] = [{ leg: 'OLA-1' }, { leg: 'UC-2' }, { missing: 'Power' }];

  it('is put together leg by leg', () => {
    const row = added(added(undefined, [], a), [], b);
    expect(row).toEqual({ row: [a, b] });
    const side = added({ side: [row, c] }, [0], { leg: 'OLA-9' });
    expect(side).toEqual({ side: [{ row: [a, b, { leg: 'OLA-9' }] }, c] });
    expect(legsIn(side)).toEqual(['OLA-1', 'UC-2', 'OLA-9']);
    expect(turned(row)).toEqual({ side: [a, b] });
    expect(moved(side, [0, 1], -1)).toEqual({ side: [{ row: [b, a, { leg: 'OLA-9' }] }, c] });
    expect(moved(side, [0], -1)).toEqual(side);
    expect(treeWords(side, (id) => (id === 'UC-2' ? 'Noordkabel' : id))).toBe(
      '(OLA-1, then UC-2 Noordkabel, then OLA-9), beside “Power”, which nobody has agreed to',
    );
  });

  it('a group that loses its last part goes with it', () => {
    expect(replaced({ side: [{ row: [a] }, b] }, [0, 0], undefined)).toEqual({ side: [b] });
    expect(replaced({ row: [a] }, [0], undefined)).toBeUndefined();
  });
});

describe('places', () => {
  it('are read, written and left again outwards', () => {
    const root = { targets: [{ deliver: '4:00' }, { deliver: '8:00' }], name: 'x' };
    expect(valueAt(root, 'targets.1.deliver')).toBe('8:00');
    expect(withValue(root, 'targets.1.deliver', '6:00')).toEqual({ ...root, targets: [{ deliver: '4:00' }, { deliver: '6:00' }] });
    expect(valueAt(root, 'name.more')).toBeUndefined();
    expect(outwards('targets.1.deliver')).toEqual(['targets.1.deliver', 'targets.1', 'targets']);
  });
});
