/** The constraints of 5.3 (1, 2, 8, 9, 12) and bad input: every guard with a case that it refuses. */
import { describe, expect, it } from 'vitest';
import { agreedFindings, endFindings, frozenFindings, legIds, mayAsk, partyFindings, termsFindings } from '../../../src/agreements/checks';
import { cardOf, completenessOf, missingCells, targetFor, termsLack } from '../../../src/agreements/model';
import { agreement, block, MOST_LEGS, service, terms, type Underpinning, underpinning } from '../../../src/contract';
import { agreedDeeds, agreementWith, byId, offered, partyWith, serviceWith, termsWith, versionWith } from './records';

const kinds = (found: readonly { kind: string }[]): string[] => found.map(({ kind }) => kind);

describe('both ends (5.3 rule 8)', () => {
  const parties = byId(
    partyWith('desk'),
    partyWith('network'),
    partyWith('lucas', { kind: 'customer', inside: false }),
    partyWith('cable', { kind: 'supplier', inside: false }),
  );
  it.each([
    ['SA', 'desk', 'lucas', []],
    ['SA', 'desk', 'desk', ['oneParty']],
    ['OLA', 'network', 'desk', []],
    ['OLA', 'network', 'network', ['oneParty']],
    ['OLA', 'cable', 'desk', ['outside']],
    ['OLA', 'cable', 'lucas', ['outside', 'outside']],
    ['UC', 'cable', 'desk', []],
    ['UC', 'network', 'desk', ['inside']],
    ['SA', 'nobody', 'lucas', ['noParty']],
    ['SA', 'desk', 'nobody', ['noParty']],
  ] as const)('%s of %s for %s: %j', (kind, provider, customer, expected) => {
    expect(kinds(partyFindings({ kind, provider, customer }, parties))).toEqual(expected);
  });
  it('says who and what to do', () => {
    expect(partyFindings({ kind: 'SA', provider: 'desk', customer: 'desk' }, parties)[0]?.text).toBe(
      'desk cannot agree with itself. Choose two parties.',
    );
  });
});

describe('what an SA has before it counts as agreed (5.3 rule 1)', () => {
  const SA = agreementWith('SA-014');
  const found = (more: Parameters<typeof termsWith>[0], deeds = agreedDeeds()): string[] =>
    kinds(agreedFindings(SA, versionWith('SA-014', 3, deeds, more)));
  it('nothing is missing', () => {
    expect(found({})).toEqual([]);
  });
  it.each([
    ['acceptance for this version', {}, offered(), ['acceptance']],
    ['a service', { services: [] }, undefined, ['service']],
    ['the cells', { card: {} }, undefined, ['cell']],
    ['times for every priority', { targets: [] }, undefined, ['target']],
    [
      'an answer too',
      { targets: [{ type: 'incident' as const, for: 'all' as const, deliver: 60, calendar: 'always', percent: 95 }] },
      undefined,
      ['target'],
    ],
  ])('%s', (_name, more, deeds, expected) => {
    expect(found(more, deeds)).toEqual(expected);
  });
  it('names the priorities and the cells', () => {
    const version = versionWith('SA-014', 3, agreedDeeds(), { card: { facilityWhat: { text: 'x' } }, targets: termsWith().targets.slice(0, 2) });
    expect(agreedFindings(SA, version).map(({ text }) => text)).toEqual([
      'The specification does not say how well it works, what people can ask and how well we help. Fill it in.',
      'Incidents of P3 and P4 have no times to answer and to restore. Add them.',
    ]);
  });
  it('of an OLA only the acceptance', () => {
    expect(kinds(agreedFindings(agreementWith('OLA-001'), versionWith('OLA-001', 1, offered(), { card: {}, services: [], targets: [] })))).toEqual([
      'acceptance',
    ]);
  });
});

describe('an offered version is not changed (5.3 rule 2)', () => {
  it('a word more is found, the same words are none, and a draft is free', () => {
    const stored = versionWith('SA-014', 3, offered());
    const other = { terms: termsWith({ scope: 'And the car park.' }) };
    expect(kinds(frozenFindings(stored, other))).toEqual(['frozen']);
    expect(frozenFindings(stored, { terms: structuredClone(stored.terms) })).toEqual([]);
    expect(frozenFindings({ ...stored, deeds: [] }, other)).toEqual([]);
  });
});

describe('ending (5.3 rule 9) and asking (rule 12)', () => {
  it('names what is open, a few of many', () => {
    expect(endFindings({ calls: [], items: [], managed: [] })).toEqual([]);
    const calls = Array.from({ length: 8 }, (_, index) => `NSS-${String(index)}`);
    expect(endFindings({ calls, items: ['A desk'], managed: ['SW-3B'] }).map(({ kind, text }) => [kind, text])).toEqual([
      ['calls', 'Work is still open under it: NSS-0, NSS-1, NSS-2, NSS-3, NSS-4 and 3 more. Finish it, or move it to another agreement.'],
      ['items', 'People can still ask for A desk. Take these items out of the catalog.'],
      ['managed', 'It still covers SW-3B. Release these items.'],
    ]);
  });
  const parties = byId(
    partyWith('lucas', { representatives: ['sofia'] }),
    partyWith('wards', { parent: 'lucas', requesters: ['amira'] }),
    partyWith('lab', { parent: 'lucas', requesters: ['daan'] }),
    partyWith('brug', { anyone: true }),
  );
  it.each([
    ['amira', 'wards', true],
    ['sofia', 'wards', true],
    ['daan', 'wards', false],
    ['amira', 'lucas', false],
    ['joris', 'wards', true],
    ['henk', 'brug', true],
    ['henk', 'nobody', false],
  ])('%s may ask for %s: %s', (person, customer, expected) => {
    const agreedWith = customer === 'brug' ? 'brug' : customer === 'nobody' ? 'nobody' : 'lucas';
    expect(mayAsk(person, { customer, terms: { requesters: ['joris'] } }, agreedWith, parties)).toBe(expected || person === 'joris');
  });
});

describe('what a draft may say', () => {
  const known = {
    calendars: new Set(['always', 'office']),
    services: new Set(['wifi']),
    under: new Map([
      ['OLA-007', ['UC-003']],
      ['UC-003', []],
      ['OLA-009', ['OLA-007']],
    ]),
  };
  const found = (more: Parameters<typeof termsWith>[0], id = 'SA-014'): string[] =>
    termsFindings(id, termsWith(more), known).map(({ kind, path }) => `${kind} ${path ?? ''}`);
  const incident = (rank: number | 'all', respond: number | undefined, deliver: number | 'agreedDate' | undefined, calendar = 'always') => ({
    type: 'incident' as const,
    for: rank,
    respond,
    deliver,
    calendar,
    percent: 95,
  });

  it('nothing is wrong', () => {
    expect(found({ under: { side: [{ row: [{ leg: 'OLA-007' }, { leg: 'UC-003' }] }, { missing: 'Power' }] } })).toEqual([]);
  });
  it.each([
    ['dates that cross', { validFrom: '2027-01-01', validUntil: '2026-12-31' }, ['dates validUntil']],
    ['one day', { validFrom: '2027-01-01', validUntil: '2027-01-01' }, []],
    ['a review after the end', { reviewOn: '2028-01-01' }, ['dates reviewOn']],
    ['a renewal of what has no end', { validUntil: undefined, renewal: { kind: 'silent' as const, months: 12 } }, ['dates renewal']],
    ['two lines for the same', { targets: [incident(1, 10, 60), incident(1, 20, 60)] }, ['twice targets.1']],
    ['an answer after the end', { targets: [incident(1, 90, 60)] }, ['contradiction targets.0.respond']],
    ['a line that promises nothing', { targets: [incident(1, undefined, undefined)] }, ['contradiction targets.0']],
    ['an agreed date for a failure', { targets: [incident(1, 10, 'agreedDate')] }, ['contradiction targets.0.deliver']],
    ['P2 before P1', { targets: [incident(1, 10, 120), incident(2, 20, 60)] }, ['order targets.1']],
    ['P2 before P1 in other hours is no contradiction', { targets: [incident(1, 10, 120), incident(2, 20, 60, 'office')] }, []],
    ['a calendar that is not there', { supportHours: 'moon' }, ['calendar supportHours']],
    ['a service that is not there', { services: ['wifi', 'tv'] }, ['service services.1']],
    ['a leg twice', { under: { side: [{ leg: 'OLA-007' }, { leg: 'OLA-007' }] } }, ['legTwice under']],
    ['a promise to a customer as a leg', { under: { leg: 'SA-001' } }, ['legKind under', 'noLeg under']],
    ['a leg that is not there', { under: { leg: 'UC-999' } }, ['noLeg under']],
    ['itself', { under: { leg: 'SA-014' } }, ['legKind under', 'circle under']],
  ])('%s', (_name, more, expected) => {
    expect(found(more)).toEqual(expected);
  });
  it('a circle over others, and the way along it', () => {
    expect(termsFindings('UC-003', termsWith({ under: { leg: 'OLA-009' } }), known).map(({ text }) => text)).toEqual([
      'It would lean on itself: UC-003, OLA-009, OLA-007, UC-003. Take one of them out of the chain.',
    ]);
    // Put right: what is stored of it counts no more.
    expect(termsFindings('OLA-009', termsWith(), { ...known, under: new Map([['OLA-009', ['OLA-009']]]) })).toEqual([]);
  });
});

describe('what comes from outside', () => {
  const refused = (schema: { safeParse(raw: unknown): { success: boolean } }, raw: unknown): boolean => !schema.safeParse(raw).success;
  const nested = (depth: number): Underpinning => {
    let part: Underpinning = { leg: 'OLA-001' };
    for (let level = 0; level < depth; level += 1) part = { row: [part] };
    return part;
  };
  it.each([
    ['an id that is none', agreement, { ...agreementWith('SA-014'), id: '../SA-1' }],
    ['a kind that is none', agreement, { ...agreementWith('SA-014'), kind: 'SLA' }],
    ['a date that is none', terms, { ...termsWith(), validFrom: '2026-02-30' }],
    ['a zone that is none', terms, { ...termsWith(), timeZone: 'Europe/Noordhaven' }],
    ['a percentage above all', terms, { ...termsWith(), availability: { percent: 101, window: 'month' } }],
    ['half a minute', terms, { ...termsWith(), targets: [{ type: 'incident', for: 1, deliver: 0.5, calendar: 'always', percent: 95 }] }],
    ['a priority that is none', terms, { ...termsWith(), targets: [{ type: 'incident', for: 6, deliver: 5, calendar: 'always', percent: 95 }] }],
    ['a link that runs something', terms, { ...termsWith(), documents: [{ title: 'x', url: 'javascript:alert(1)' }] }],
    ['a price below nothing', service, { ...serviceWith('x'), price: { kind: 'amount', amount: -1, currency: 'EUR', unit: 'x', per: 'month' } }],
    ['two things in one', underpinning, { leg: 'OLA-001', missing: 'Power' }],
    ['a chain too deep', underpinning, nested(100_000)],
    ['a chain too long', underpinning, { side: Array.from({ length: 2 * MOST_LEGS + 1 }, (_, index) => ({ leg: `OLA-${String(index)}` })) }],
    ['an empty row', underpinning, { row: [] }],
  ])('%s is refused', (_name, schema, raw) => {
    expect(refused(schema, raw)).toBe(true);
  });
  it('what is allowed is taken', () => {
    expect(refused(underpinning, nested(4))).toBe(false);
    expect(refused(agreement, agreementWith('SA-014'))).toBe(false);
    expect(terms.parse(JSON.parse(JSON.stringify(termsWith())))).toEqual(termsWith());
    expect(legIds({ side: [{ row: [{ leg: 'OLA-007' }, { leg: 'UC-003' }] }, { missing: 'Power' }] })).toEqual(['OLA-007', 'UC-003']);
  });
});

describe('the specification', () => {
  const wifi = block.parse({
    id: 'radio',
    kind: 'facility',
    name: 'Radio',
    what: { text: 'Goes online.' },
    how: { lines: [{ label: 'Available', value: '99.5 %' }] },
  });
  const help = block.parse({
    id: 'help',
    kind: 'support',
    name: 'Help',
    what: { text: 'Report a failure.' },
    how: { text: 'Day and night.' },
    readiness: 'The desk answers.',
  });
  const blocks = byId(wifi, help);
  const plain = serviceWith('wifi', { blocks: ['radio', 'gone'] });

  it('is what the service says and what its blocks say', () => {
    expect(missingCells(cardOf(plain, blocks))).toEqual(['supportWhat', 'supportHow']);
    expect(
      cardOf({ ...plain, blocks: ['radio', 'help'], card: { ...plain.card, facilityWhat: { text: 'On wards.', lines: [] } } }, blocks).facilityWhat
        .text,
    ).toBe('On wards.\nGoes online.');
  });
  it('lacks what neither says', () => {
    expect(completenessOf(plain, blocks, new Map())).toEqual({ cells: ['supportWhat', 'supportHow'], readiness: true, price: true, complete: false });
    const full = serviceWith('wifi', { blocks: ['radio', 'help'], price: { kind: 'included' } });
    expect(completenessOf(full, blocks, new Map())).toEqual({ cells: [], readiness: false, price: false, complete: true });
  });
  it('of a service made of others is said by all of them', () => {
    const whole = serviceWith('workplace');
    const full = serviceWith('a', { parent: 'workplace', blocks: ['radio', 'help'], price: { kind: 'included' } });
    const half = serviceWith('b', { parent: 'workplace', blocks: ['radio'] });
    expect(completenessOf(whole, blocks, new Map([['workplace', [full]]])).complete).toBe(true);
    expect(completenessOf(whole, blocks, new Map([['workplace', [full, half]]])).cells).toEqual(['supportWhat', 'supportHow']);
    expect(completenessOf(whole, blocks, new Map([['workplace', [whole]]])).complete).toBe(false);
  });
  it('an offer lacks, in words (V17)', () => {
    expect(termsLack(termsWith({ card: {}, readiness: '', price: undefined }))).toEqual([
      'what people can use',
      'how well it works',
      'what people can ask',
      'how well we help',
      'when it counts as ready',
      'the price, or that it is included',
    ]);
    expect(termsLack(termsWith())).toEqual([]);
  });
  it('of targets the most special counts', () => {
    const line = (measure: 'all' | 'standard' | number) => ({ type: 'rfc' as const, for: measure });
    const all = [line('all'), line('standard'), line(2)];
    expect([
      targetFor(all, 'rfc', { rank: 2 })?.for,
      targetFor(all, 'rfc', { rank: 3 })?.for,
      targetFor(all, 'rfc', { rank: 2, standard: true })?.for,
      targetFor(all, 'incident', { rank: 2 })?.for,
    ]).toEqual([2, 'all', 'standard', undefined]);
  });
});
