/** What the pages of agreements calculate and say before they draw: the picture of a chain, its table, what is tried, the list's address, the words. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AgreementChain, agreementFilters, type AgreementRow, type Target } from '../../src/contract';
import { type Chain, coverFrom, fit, type Leg, legsOf, type Line, OWN, type Part } from '../../src/contract/agreements';
import { AGREEMENT_DEEDS, agreementCalls, deedAsked } from '../../src/contract/agreements-calls';
import { FIT_NAMES } from '../../src/agreements/chain';
import { STATUS_NAMES } from '../../src/agreements/life';
import { CELL_NAMES, hoursText } from '../../src/agreements/model';
import { WORK_TYPES } from '../../src/method';
import { chainPath, pathOf, placeOf, versionOf } from '../../static/usm/agreements/address';
import { deedOf, missingOf, nothingGiven, type Possible } from '../../static/usm/agreements/agreement/deed';
import { CARD, compared, soon, targetRows, ticked } from '../../static/usm/agreements/agreement/words';
import { calledBy, findingOf, legState, namesOf, sentenceOf } from '../../static/usm/agreements/chain/names';
import { axisOf, pictureOf, type Picture, triedBars } from '../../static/usm/agreements/chain/picture';
import { type Beside, columnsOf, groupsOf, rowsOf, totalWords } from '../../static/usm/agreements/chain/table';
import {
  AVAILABILITY,
  dragged,
  leftWords,
  moved,
  outcomeOf,
  PROMISE,
  remedied,
  type Slider,
  slidersOf,
  stepsOf,
  triedFit,
  trialOf,
  type Tries,
  withTry,
} from '../../static/usm/agreements/chain/trial';
import { chosenLine, toSearch as toChainSearch, toView as toChainView } from '../../static/usm/agreements/chain/view';
import { wishLines, wishSummary } from '../../static/usm/agreements/chain/wish-words';
import { askedOf, EVERYTHING, narrows, ordering, sortedBy, SORTS, toSearch, toView, type View } from '../../static/usm/agreements/list/view';
import { choicesOf, countWords, QUICK, serviceWords, withWhom } from '../../static/usm/agreements/list/words';
import { dayWords, hours, inDays, momentDay, parseHours, percent, STATUSES, VERDICTS } from '../../static/usm/agreements/words';
import { WORK_TYPE_NAMES } from '../../static/shared/work-types';
import { AT, NOORDKABEL, SA014 } from './agreements/sa014';

const P1 = '1.deliver';
const cover = coverFrom(SA014.calendars, AT);
const lineOf = (chain: Chain, key: string): Line => {
  const line = fit(chain, AT, cover).lines.find((one) => one.key === key);
  if (!line) throw new Error(`no line ${key}`);
  return line;
};
const pictured = (chain: Chain, key: string): Picture => {
  const picture = pictureOf(chain, lineOf(chain, key));
  if (!picture) throw new Error(`no picture of ${key}`);
  return picture;
};

const LEGS: AgreementChain['legs'] = [
  { id: OWN, party: 'Service desk', name: '', hours: '24 × 7' },
  { id: 'OLA-007', party: 'Network', kind: 'OLA', name: 'Network: switches and Wi-Fi', hours: '24 × 7', validUntil: '2027-12-31' },
  { id: 'UC-003', party: 'Noordkabel', kind: 'UC', name: 'Internet line', hours: '24 × 7', validUntil: '2027-03-31' },
  { id: 'OLA-011', party: 'Buildings', kind: 'OLA', name: 'Power and access', hours: 'Mon to Sat 07 to 22', validUntil: '2027-12-31' },
];
const names = namesOf(LEGS);
const beside: Beside = {
  hours: new Map(LEGS.map(({ id, hours: open }) => [id, open ?? ''])),
  validUntil: new Map(LEGS.flatMap(({ id, validUntil }) => (validUntil === undefined ? [] : [[id, dayWords(validUntil)] as const]))),
  promisedHours: '24 × 7',
};

describe('the picture of a chain', () => {
  it('puts legs in a row one after another, side by side on the same start, and hatches what is over', () => {
    const { bars, promise, sum } = pictured(SA014, P1);
    expect({ promise, sum }).toEqual({ promise: 240, sum: 270 });
    expect(bars.map(({ id, from, to, depth, after }) => [id, from, to, depth, after])).toEqual([
      [OWN, 0, 30, 0, undefined],
      ['OLA-007', 30, 90, 0, 0],
      ['UC-003', 90, 270, 1, 1],
      ['OLA-011', 30, 150, 0, 0],
    ]);
    expect(bars.map(({ binds }) => binds)).toEqual([false, false, true, false]);
    expect(bars.map(({ sets }) => sets)).toEqual([true, true, true, false]);
    expect(bars.map(({ over }) => over)).toEqual([0, 0, 30, 0]);
    expect(bars.map(({ spare }) => spare)).toEqual([0, 0, 0, 120]);
  });

  it('an answer is given by everybody from the report on', () => {
    expect(pictured(SA014, '1.respond').bars.map(({ from, to, depth }) => [from, to, depth])).toEqual([
      [0, 5, 0],
      [0, 10, 0],
      [0, 15, 0],
      [0, 15, 0],
    ]);
  });

  it('a row that stands alone is no branch', () => {
    const chain: Chain = { ...SA014, legs: { row: legsOf({ ...(SA014.legs && { legs: SA014.legs }) }).map((leg) => ({ leg })) } };
    expect(pictured(chain, P1).bars.map(({ from, depth }) => [from, depth])).toEqual([
      [0, 0],
      [30, 0],
      [90, 0],
      [270, 0],
    ]);
  });

  it('what has no value is open, what nobody agreed to is missing, who takes no part stands aside; nothing is added up', () => {
    const without = (leg: Leg, minutes: Leg['minutes']): Part => ({ leg: { ...leg, minutes } });
    const chain: Chain = {
      ...SA014,
      legs: { row: [without(NOORDKABEL, {}), { missing: 'Power' }, without({ ...NOORDKABEL, id: 'UC-004' }, { [P1]: null })] },
    };
    const { bars, sum } = pictured(chain, P1);
    expect(bars.map(({ kind }) => kind)).toEqual(['time', 'unknown', 'missing', 'aside']);
    expect(bars.map(({ to }) => to)).toEqual([30, 30, 30, 30]);
    expect(sum).toBeUndefined();
    expect(findingOf(pictured(chain, P1), 'P1 restore', names)).toBe(
      'P1 restore is not calculated: nothing is agreed with Noordkabel UC-003, Power.',
    );
  });

  it('hours and last days are no times', () => {
    expect(pictureOf(SA014, lineOf(SA014, 'hours'))).toBeUndefined();
    expect(pictureOf(SA014, lineOf(SA014, 'until'))).toBeUndefined();
  });

  it('ends where the sum of the arithmetic ends, whatever the tree', () => {
    const leg = fc
      .integer({ min: 0, max: 600 })
      .map((minutes): Part => ({ leg: { ...NOORDKABEL, id: `UC-${String(minutes)}`, minutes: { [P1]: minutes } } }));
    const { part } = fc.letrec<{ part: Part }>((tie) => ({
      part: fc.oneof(
        { maxDepth: 3 },
        leg,
        fc.array(tie('part'), { minLength: 1, maxLength: 3 }).map((row): Part => ({ row })),
        fc.array(tie('part'), { minLength: 1, maxLength: 3 }).map((side): Part => ({ side })),
      ),
    }));
    fc.assert(
      fc.property(part, (legs) => {
        const { bars, sum } = pictured({ ...SA014, legs }, P1);
        expect(Math.max(...bars.map(({ to }) => to))).toBe(sum);
        for (const { after, from } of bars) if (after !== undefined) expect(bars[after]?.to).toBe(from);
      }),
      { numRuns: 200 },
    );
  });

  it('shows what is tried beside the bars that have other times, and nothing beside the rest', () => {
    const before = pictured(SA014, P1);
    const { chain, fit: other } = triedFit(SA014, { [P1]: { 'UC-003': 150 } }, AT, cover);
    const line = other.lines.find(({ key }) => key === P1);
    const after = line && pictureOf(chain, line);
    expect(triedBars(before, after).map((bar) => bar && [bar.id, bar.from, bar.to])).toEqual([undefined, undefined, ['UC-003', 90, 240], undefined]);
    expect(triedBars(before, undefined)).toEqual([undefined, undefined, undefined, undefined]);
  });

  it('has an axis with few whole steps that ends beyond everything', () => {
    expect(axisOf([240, 270]).ticks).toEqual([0, 60, 120, 180, 240, 300]);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 500_000 }), { minLength: 1, maxLength: 8 }), (ends) => {
        const { most, ticks } = axisOf(ends);
        expect(most).toBeGreaterThan(Math.max(...ends));
        expect(ticks.length).toBeGreaterThanOrEqual(2);
        expect(ticks.length).toBeLessThanOrEqual(8);
        expect(ticks.at(-1)).toBeLessThanOrEqual(most);
      }),
    );
  });

  it('says its finding and every bar in a sentence', () => {
    const picture = pictured(SA014, P1);
    expect(findingOf(picture, 'P1 restore', names)).toBe('P1 restore cannot be kept: 4:30 of 4:00 h, 0:30 h over. Noordkabel UC-003 binds.');
    expect(picture.bars.map((bar) => sentenceOf(bar, picture, names))).toEqual([
      'Service desk: 0:30 h, from 0:00 to 0:30.',
      'Network OLA-007: 1:00 h, from 0:30 to 1:30.',
      'Noordkabel UC-003: 3:00 h, from 1:30 to 4:30; it binds; 0:30 h of it over the promise.',
      'Buildings OLA-011: 2:00 h, from 0:30 to 2:30; 2:00 h to spare.',
    ]);
    const verdict = fit(SA014, AT, cover);
    expect(picture.bars.map((bar) => legState(bar, picture.line, verdict))).toEqual(['holds', 'holds', 'cannot', 'tight']);
    expect(calledBy(names, PROMISE)).toBe('The promise');
  });
});

describe('the table of a chain', () => {
  it('has the columns of the tree, the rows of the arithmetic, and writes the formula out', () => {
    const columns = columnsOf(SA014.legs);
    expect(columns.map(({ id }) => id)).toEqual(['OLA-007', 'UC-003', 'OLA-011']);
    expect(groupsOf(columns)).toEqual([
      { group: 'row', span: 2 },
      { group: 'side', span: 1 },
    ]);
    const { lines } = fit(SA014, AT, cover);
    const rows = rowsOf(SA014, lines, columns, beside);
    expect(rows.map(({ line }) => line.key)).toEqual(lines.map(({ key }) => key));
    expect(rows[0]).toMatchObject({ promise: '4:00', own: '0:30', formula: '0:30 + max(1:00 + 3:00, 2:00)', sum: '4:30', left: '0:30 over' });
    expect(rows[0]?.cells).toEqual([
      { text: '1:00', binds: false },
      { text: '3:00', binds: true },
      { text: '2:00', binds: false },
    ]);
    expect(rows.find(({ line }) => line.kind === 'availability')).toMatchObject({ promise: '99.5 %', formula: 'the product', left: '0.05 % left' });
    expect(rows.find(({ line }) => line.kind === 'hours')?.cells.map(({ text, binds }) => [text, binds])).toEqual([
      ['24 × 7', false],
      ['24 × 7', false],
      ['Mon to Sat 07 to 22', true],
    ]);
    expect(rows.find(({ line }) => line.kind === 'until')?.cells.map(({ text }) => text)).toEqual(['31 Dec 2027', '31 Mar 2027', '31 Dec 2027']);
    expect(totalWords(lines)).toBe('Of 9 promises: 2 cannot be kept, 3 are tight.');
    expect(totalWords([lineOf(SA014, '2.deliver')])).toBe('All 1 promises hold.');
  });
});

describe('what if', () => {
  const slider = (id: string, key = P1, tries: Tries = {}): Slider => {
    const found = slidersOf(SA014, lineOf(SA014, key), tries).find((one) => one.id === id);
    if (!found) throw new Error(`no slider ${id}`);
    return found;
  };

  it('has a slider for each leg, the one that binds first, and for the promise last', () => {
    expect(slidersOf(SA014, lineOf(SA014, P1), {}).map(({ id }) => id)).toEqual(['UC-003', OWN, 'OLA-007', 'OLA-011', PROMISE]);
    expect(slidersOf(SA014, lineOf(SA014, 'hours'), {})).toEqual([]);
  });

  it('arrows move five minutes, Page keys an hour, Home and End to the ends, and never beyond them', () => {
    const noordkabel = slider('UC-003');
    const by = (key: string): number | undefined => moved(noordkabel, key, stepsOf(P1));
    expect([by('ArrowLeft'), by('ArrowRight'), by('PageDown'), by('PageUp')]).toEqual([175, 185, 120, 240]);
    expect([by('Home'), by('End'), by('a')]).toEqual([5, 360, undefined]);
    expect(moved({ ...noordkabel, value: 7 }, 'PageDown', stepsOf(P1))).toBe(5);
    expect(moved(slider('UC-003', AVAILABILITY), 'ArrowUp', stepsOf(AVAILABILITY))).toBe(99.71);
  });

  it('is dragged in steps, and rests on what is agreed', () => {
    expect(dragged({ ...slider('UC-003'), agreed: 182 }, 181, stepsOf(P1))).toBe(182);
    expect(dragged(slider('UC-003'), 151.7, stepsOf(P1))).toBe(150);
  });

  it('six arrows to the left make the promise hold, and that is said', () => {
    let tries: Tries = {};
    for (let press = 0; press < 6; press += 1) {
      const now = slider('UC-003', P1, tries);
      tries = withTry(tries, P1, now, moved(now, 'ArrowLeft', stepsOf(P1)) ?? now.value);
    }
    const { fit: other } = triedFit(SA014, tries, AT, cover);
    const line = other.lines.find(({ key }) => key === P1);
    expect(line && outcomeOf(line, 'P1 restore', true, ['Support hours: OLA-011 is closed at times.'])).toEqual({
      title: 'P1 restore would hold: 4:00 of 4:00 h',
      state: 'tight',
      detail: 'Nothing to spare. Support hours: OLA-011 is closed at times.',
    });
    expect(outcomeOf(lineOf(SA014, P1), 'P1 restore', false, [])).toMatchObject({
      title: 'P1 restore cannot be kept: 4:30 of 4:00 h',
      detail: '0:30 h over.',
    });
  });

  it('a value as agreed is no try, a remedy takes the place of what was tried', () => {
    const one = withTry({}, P1, slider('UC-003'), 150);
    expect(withTry(one, P1, slider('UC-003'), 180)).toEqual({});
    expect(remedied(one, P1, { from: 240, to: 270 })).toEqual({ [P1]: { [PROMISE]: 270 } });
    expect(trialOf({ [P1]: { 'UC-003': 150, [PROMISE]: 250 }, [AVAILABILITY]: { 'UC-003': 99.8, [PROMISE]: 99 } })).toEqual({
      legs: { 'UC-003': { minutes: { [P1]: 150 }, availability: 99.8 } },
      promises: { [P1]: 250 },
      availability: 99,
    });
  });

  it('says what is left only where it is a number', () => {
    expect(leftWords(lineOf(SA014, '2.deliver'))).toBe('1:30 left');
    expect(leftWords(lineOf(SA014, 'hours'))).toBe('');
  });

  it('a Wish carries the times', () => {
    const lines = fit(SA014, AT, cover).lines.map((line) => ({
      ...line,
      missing: [...line.missing],
      label: line.key === P1 ? 'P1 restore' : line.key,
      text: '',
    }));
    const answer = { id: 'SA-014', name: 'Internet and Wi-Fi on the wards', version: 3, chain: SA014, lines } as unknown as AgreementChain;
    const tries: Tries = { [P1]: { 'UC-003': 150, [PROMISE]: 250 }, [AVAILABILITY]: { 'UC-003': 99.8 } };
    expect(wishSummary(answer, tries)).toBe('SA-014: other times for P1 restore, availability');
    expect(wishLines(answer, tries, names)).toEqual([
      'SA-014 Internet and Wi-Fi on the wards, version 3: these times were tried.',
      'P1 restore: Noordkabel UC-003 from 3:00 to 2:30 h',
      'P1 restore: The promise from 4:00 to 4:10 h',
      'availability: Noordkabel UC-003 from 99.7 % to 99.8 %',
    ]);
  });
});

describe('addresses', () => {
  it('lead to the list, an agreement or its chain, and back to the list when nobody knows them', () => {
    expect(placeOf('/agreements')).toEqual({ page: 'list' });
    expect(placeOf(pathOf('SA-014'))).toEqual({ page: 'agreement', id: 'SA-014' });
    expect(placeOf(chainPath('UC-3'))).toEqual({ page: 'chain', id: 'UC-3' });
    expect(placeOf('/agreements/../SA-1')).toEqual({ page: 'list' });
    expect([versionOf('?version=3'), versionOf('?version=-1'), versionOf('')]).toEqual([3, undefined, undefined]);
  });

  it('of a chain keep the line, the form and the version', () => {
    const view = { line: P1, as: 'table' as const, version: 2 };
    expect(toChainView(toChainSearch(view))).toEqual(view);
    expect(toChainSearch(toChainView('?as=pie&version=x'))).toBe('');
    const { lines } = fit(SA014, AT, cover);
    expect(chosenLine(lines, '2.respond')?.key).toBe('2.respond');
    expect(chosenLine(lines, 'gone')?.key).toBe(P1);
    expect(chosenLine([], '')).toBeUndefined();
  });

  const view: fc.Arbitrary<View> = fc.record({
    quick: fc.constantFrom<View['quick']>('', 'cannot', 'lapses', 'reviewOverdue', 'missing', 'notAccepted'),
    words: fc.constantFrom('', 'ward', 'a & b=c'),
    kind: fc.constantFrom<View['kind']>('', 'SA', 'OLA', 'UC'),
    status: fc.constantFrom<View['status']>('', 'draft', 'inForce'),
    verdict: fc.constantFrom<View['verdict']>('', 'cannot', 'missing', 'unknown'),
    party: fc.constantFrom('', 'network'),
    service: fc.constantFrom('', 'wifi'),
    owner: fc.constantFrom('', '5b10'),
    until: fc.constantFrom<View['until']>('', '30', '90', '365'),
    sort: fc.constantFrom(...SORTS, '-name' as const, '-verdict' as const),
  });

  it('of the list keep every filter, and ask the call what it takes', () => {
    fc.assert(
      fc.property(view, (one) => {
        expect(toView(toSearch(one))).toEqual(one);
        const asked = agreementCalls['agreements.list'].request.parse(askedOf(one, AT));
        expect(asked.filters.kinds).toEqual(one.kind === '' ? [] : [one.kind]);
        expect(asked.filters.quick).toBe(one.quick === '' ? undefined : one.quick);
        expect(asked.filters.untilTo === undefined).toBe(one.until === '');
      }),
    );
    expect(toSearch(EVERYTHING)).toBe('');
    expect(agreementFilters.parse(askedOf({ ...EVERYTHING, until: '30' }, AT).filters)).toMatchObject({
      untilFrom: '2026-11-20',
      untilTo: '2026-12-20',
    });
    expect([narrows(EVERYTHING), narrows({ ...EVERYTHING, sort: 'name' }), narrows({ ...EVERYTHING, quick: 'missing' })]).toEqual([
      false,
      false,
      true,
    ]);
  });

  it('a column sorts up, then down, then as before', () => {
    const once = sortedBy('name', 'attention');
    expect([once, sortedBy('name', once), sortedBy('name', sortedBy('name', once))]).toEqual(['name', '-name', 'attention']);
    expect(ordering('-name')).toEqual({ by: 'name', down: true });
  });
});

describe('words', () => {
  it('are those of the app behind the page', () => {
    expect(Object.fromEntries(Object.entries(VERDICTS).map(([key, { name }]) => [key, name]))).toEqual(FIT_NAMES);
    expect(Object.fromEntries(Object.entries(STATUSES).map(([key, { name }]) => [key, name]))).toEqual(STATUS_NAMES);
    expect(WORK_TYPE_NAMES).toEqual(Object.fromEntries(Object.entries(WORK_TYPES).map(([key, { name }]) => [key, name])));
    expect(Object.fromEntries(CARD.flatMap(({ cells }) => cells.map(({ key, name }) => [key, name.toLowerCase()])))).toEqual(CELL_NAMES);
    for (const minutes of [0, 5, 270, -30, 2_400]) expect(hours(minutes)).toBe(hoursText(minutes));
  });

  it.each([
    ['2:30', 150],
    ['2.5', 150],
    ['2,5 h', 150],
    ['90 min', 90],
    ['0:05', 5],
    ['2:75', undefined],
    ['soon', undefined],
    ['', undefined],
  ])('"%s" is read as %s minutes', (text, minutes) => expect(parseHours(text)).toBe(minutes));

  it('whatever is written as hours is read again', () =>
    fc.assert(fc.property(fc.integer({ min: 0, max: 500_000 }), (minutes) => void expect(parseHours(hours(minutes))).toBe(minutes))));

  it('for days, percent and how far away', () => {
    expect(dayWords('2027-09-30')).toBe('30 Sep 2027');
    expect(momentDay(Date.parse('2027-12-31T23:30Z'), 'Europe/Amsterdam')).toBe('1 Jan 2028');
    expect([percent(99.55), percent(99.5000001)]).toEqual(['99.55 %', '99.5 %']);
    expect([inDays(72), inDays(1), inDays(0), inDays(-20)]).toEqual(['in 72 days', 'in 1 day', 'today', '20 days ago']);
    expect([soon(15), soon(240)]).toEqual(['15 min', '4:00 h']);
  });

  it('of the list: counts, whom it is with, which services', () => {
    expect(countWords({ total: 2_148, kinds: { SA: 312, OLA: 164, UC: 1_672 } })).toBe('2,148 agreements: 312 service, 164 internal, 1,672 supplier');
    expect(countWords({ total: 1, kinds: { SA: 1, OLA: 0, UC: 0 } })).toBe('1 agreement: 1 service');
    const provider = { id: 'network', name: 'Network' };
    const customer = { id: 'desk', name: 'Service desk' };
    expect(withWhom({ kind: 'OLA', provider, customer })).toEqual({ name: 'Network', role: 'to Service desk' });
    expect(withWhom({ kind: 'SA', provider, customer })).toEqual({ name: 'Service desk', role: 'customer' });
    const services = [
      { id: 'a', name: 'Wi-Fi' },
      { id: 'b', name: 'Workplace' },
    ];
    expect([serviceWords({ services, servicesInAll: 2 }), serviceWords({ services, servicesInAll: 5 })]).toEqual([
      'Wi-Fi, Workplace',
      'Wi-Fi and 4 more',
    ]);
    const row = { provider, customer, services, owner: { accountId: '5b', name: 'Lotte Smit' } } as unknown as AgreementRow;
    expect(choicesOf([row], { party: 'gone', service: '', owner: '' })).toEqual({
      parties: [
        { value: 'gone', name: 'gone' },
        { value: 'network', name: 'Network' },
        { value: 'desk', name: 'Service desk' },
      ],
      services: [
        { value: 'a', name: 'Wi-Fi' },
        { value: 'b', name: 'Workplace' },
      ],
      owners: [{ value: '5b', name: 'Lotte Smit' }],
    });
    expect(QUICK.map(({ count }) => count)).toEqual(['all', 'cannot', 'lapses', 'reviewOverdue', 'missing', 'notAccepted']);
  });

  it('of targets: a kind that goes on is not said again; what is restored adds up, and the heavier of two lines is told', () => {
    const target = (measure: Target['for']): Target => ({
      type: 'incident',
      for: measure,
      respond: 15,
      deliver: 240,
      calendar: 'always',
      percent: 95,
    });
    const line = (key: string, state: 'holds' | 'cannot' | 'tight', sum: number) => ({
      key,
      kind: key.endsWith('respond') ? ('respond' as const) : ('deliver' as const),
      label: key,
      state,
      sum,
      missing: [],
      text: `${String(sum)} in all`,
    });
    const detail = {
      terms: { targets: [target(1), target(2), target(3)] },
      lines: [
        line('incident.1.respond', 'holds', 15),
        line('incident.1.deliver', 'cannot', 270),
        line('incident.2.respond', 'holds', 15),
        line('incident.2.deliver', 'holds', 200),
        line('incident.3.respond', 'tight', 15),
        line('incident.3.deliver', 'holds', 200),
      ],
      calendars: [{ id: 'always', name: '24 × 7' }],
    } as unknown as Parameters<typeof targetRows>[0];
    expect(targetRows(detail, () => 'Incident').map(({ kind, measure, sum, counted, verdict }) => [kind, measure, sum, counted, verdict])).toEqual([
      ['Incident', 'P1', '4:30 h', '24 × 7', '270 in all'],
      ['', 'P2', '3:20 h', '24 × 7', '200 in all'],
      ['', 'P3', '3:20 h', '24 × 7', 'answer: 15 in all'],
    ]);
  });

  it('of a deed: what has to be given, and what is sent', () => {
    const possible = (kind: Possible['kind'], sides?: Possible['sides']): Possible => ({
      kind,
      name: kind,
      refused: [],
      warned: [],
      ...(sides && { sides }),
    });
    const given = { side: '' as const, day: '', why: '' };
    expect(nothingGiven(possible('accept', ['provider'])).side).toBe('provider');
    expect(nothingGiven(possible('accept', ['customer', 'provider'])).side).toBe('');
    expect(Object.keys(missingOf(possible('accept', ['customer', 'provider']), given))).toEqual(['side']);
    expect(Object.keys(missingOf(possible('renew'), given))).toEqual(['day']);
    expect(Object.keys(missingOf(possible('end'), given))).toEqual(['why']);
    expect(missingOf(possible('offer'), given)).toEqual({});
    expect(deedOf(possible('accept'), given)).toBeUndefined();
    const sent = { side: 'provider' as const, day: '2028-01-31', why: ' Moved. ' };
    for (const kind of AGREEMENT_DEEDS.filter((one) => one !== 'accept')) expect(deedAsked.parse(deedOf(possible(kind), sent)).kind).toBe(kind);
    expect(deedOf(possible('end'), sent)).toEqual({ kind: 'end', on: '2028-01-31', why: 'Moved.' });
    expect(deedOf(possible('reviewed'), given)).toEqual({ kind: 'reviewed' });
  });

  it('two versions are compared, the older first; a third takes the place of the first', () => {
    expect(ticked([3, 4], 4)).toEqual([3]);
    expect(ticked([3, 4], 1)).toEqual([4, 1]);
    expect(compared([4, 1])).toEqual({ from: 1, to: 4 });
    expect(compared([4])).toBeUndefined();
  });
});
