/** What the pages of the catalog work out before they ask: addresses, what a form lacks, an item as it is written. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalogItem } from '../../src/contract';
import type { CatalogDetail } from '../../src/contract';
import { answersWrong, wantedWrong } from '../../src/catalog/form';
import { askedOf, editPath, EVERYTHING, itemPath, narrows, placeOf, toSearch, toView, type View } from '../../static/usm/catalog/address';
import { answersOf, begun, missing } from '../../static/usm/catalog/item/draft';
import { draftOf, EMPTY, idFrom, itemOf } from '../../static/usm/catalog/keep/draft';

describe('an address of the catalog', () => {
  it('leads back to where it came from', () => {
    expect(placeOf(itemPath('a-desk.2'))).toEqual({ page: 'item', id: 'a-desk.2' });
    expect(placeOf(editPath('x'))).toEqual({ page: 'edit', id: 'x' });
    for (const path of [undefined, '/catalog', '/catalog/item/', '/catalog/item/../x', '/catalog/nothing/x'])
      expect(placeOf(path)).toEqual({ page: 'browse' });
  });

  it('keeps a view whole, whatever was typed', () => {
    const view = fc.record<View>({
      words: fc.string({ maxLength: 200 }),
      service: fc.stringMatching(/^[a-z0-9-]{0,40}$/),
      ready: fc.constantFrom('', 'atOnce', 'day', 'week', 'longer'),
      cost: fc.constantFrom('', 'included', 'charged'),
    });
    fc.assert(fc.property(view, (one) => void expect(toView(toSearch(one))).toEqual(one)));
    expect([narrows(EVERYTHING), toSearch(EVERYTHING)]).toEqual([false, '']);
    expect(askedOf({ ...EVERYTHING, cost: 'charged', words: '  desk ' })).toEqual({ query: 'desk', charged: true });
    expect(toView('?ready=never&cost=free')).toEqual(EVERYTHING);
  });
});

const DESK = catalogItem.parse({
  id: 'desk',
  title: 'A desk',
  service: 'workplace',
  type: 'serviceRequest',
  delivery: { kind: 'days', days: 5 },
  fields: [
    { label: 'Where', kind: 'text', required: true },
    { label: 'Who', kind: 'person', required: true },
    { label: 'How many', kind: 'number' },
  ],
});

describe('a form', () => {
  const detail = {
    item: { ready: 'Within 5 working days', fields: DESK.fields, wanted: 'optional' },
    customers: [{ id: 'lucas', name: 'Sint Lucas' }],
    firstDay: '2026-11-27',
  } as unknown as CatalogDetail;

  it('says the same sentences as behind the page', () => {
    const empty = { ...begun(detail), wanted: '2026-11-26' };
    const behind = [...answersWrong(DESK, answersOf(detail, empty)), ...wantedWrong(DESK, empty.wanted, '2026-11-27', '2026-11-20')];
    const before = missing(detail, empty);
    expect(Object.keys(before)).toEqual(behind.map(({ path }) => path));
    for (const { path = '', kind, text } of behind) if (kind === 'required') expect(before[path]).toBe(text);
  });

  it('sends what was given, people by their id', () => {
    const draft = {
      ...begun(detail),
      answers: { Where: ' Ward 3B ', 'How many': '' },
      people: { Who: { accountId: 'a1', name: 'Sofia' } },
      wanted: '2026-11-27',
    };
    expect(missing(detail, draft)).toEqual({});
    expect(answersOf(detail, draft)).toEqual({ Where: 'Ward 3B', Who: 'a1' });
    expect(answersWrong(DESK, answersOf(detail, draft))).toEqual([]);
    expect(draft.customer).toBe('lucas');
  });
});

describe('an item that is written', () => {
  it('comes back as it was kept', () => {
    const whole = catalogItem.parse({
      ...DESK,
      what: 'A desk, ready to use.',
      conditions: ['A room', 'A socket'],
      alsoCalled: ['table'],
      type: 'rfc',
      category: { parent: 'Workplace', child: 'device' },
      rating: { impact: 'Low', urgency: 'High' },
      fields: [{ label: 'Which', kind: 'choice', required: true, choices: ['One', 'Two'] }],
      price: { kind: 'amount', amount: 84.5, currency: 'EUR', unit: 'each', per: 'month' },
      plan: 'Carry it up.',
      changes: ['ROOM-1'],
      adds: ['DESK-2', 'LAMP-3'],
      validUntil: '2027-01-31',
    });
    for (const item of [
      whole,
      DESK,
      { ...DESK, delivery: { kind: 'hours' as const, hours: 0.25 } },
      { ...DESK, delivery: { kind: 'agreedDate' as const } },
    ])
      expect(itemOf(draftOf(item))).toEqual({ item });
  });

  it('says where something is missing', () => {
    const read = itemOf({ ...EMPTY, title: 'A desk', id: 'desk', amount: 'soon', cost: 'much' });
    expect('wrong' in read ? Object.keys(read.wrong) : []).toEqual(['service', 'delivery', 'price']);
  });

  it('gets a short name from its title', () => {
    expect([idFrom('A ward workplace'), idFrom('  Café: Tür & Tor! '), idFrom('☎')]).toEqual(['a-ward-workplace', 'cafe-tur-tor', '']);
    fc.assert(fc.property(fc.string(), (title) => void expect(idFrom(title)).toMatch(/^([a-z0-9][a-z0-9-]{0,39})?$/)));
  });
});
