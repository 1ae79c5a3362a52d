import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boardCalls, type HandoffBoard, type HandoffRow, type TriageForm } from '../../src/contract';
import { triage, TRIAGE_KEYS, TRIAGE_OUTCOMES, TRIAGE_QUESTIONS } from '../../src/method';
import {
  choicesOf,
  consequence,
  countsNext,
  folded,
  foldWords,
  grouped,
  inOrder,
  isLate,
  joined,
  listedOf,
  listsOf,
  mover,
  OLDEST_SHOWN,
  readiness,
  turnOf,
} from '../../static/usm/board/list';
import { toCsv } from '../../static/usm/board/export';
import { EVERYTHING, LISTS, narrows, orderingOf, sortedBy, SORTS, toSearch, toView, type View } from '../../static/usm/board/view';
import { nearest, walk } from '../../static/usm/board/walk';
import { emptyOf, isStale, nameOf, whoWeAre } from '../../static/usm/board/words';
import { article, wayOf } from '../../static/shared/triage/answers';
import { NOW, row, TEAMS } from './fixtures/board';

const keys = (rows: readonly HandoffRow[]): (string | undefined)[] => rows.map((one) => one.key);
const view = (part: Partial<View>): View => ({ ...EVERYTHING, ...part });

const rows = [
  row('NSS-148', 18, -3),
  row('NSS-151', 42, undefined),
  row('NSS-153', 9, 145, { state: 'accepted', mine: { asked: true, asks: false } }),
  row('NSS-154', 4, 30, { team: TEAMS.network, process: 'change', verb: 'Change', mine: { asked: false, asks: true } }),
  row('NSS-146', 35, 60, { state: 'returned', reason: 'The wall holds asbestos.', mine: { asked: false, asks: true } }),
  row('NSS-140', 1_500, 60, { state: 'failed', service: 'Telephony' }),
];

describe('the lists of the board', () => {
  it('while we are everybody: what runs waits, not accepted first, then by due; what came back stands apart', () => {
    const lists = listsOf(rows, EVERYTHING, NOW);
    expect(keys(lists.us)).toEqual(['NSS-148', 'NSS-154', 'NSS-151', 'NSS-153']);
    expect(lists.others).toEqual([]);
    expect(keys(lists.returned)).toEqual(['NSS-140', 'NSS-146']);
    expect(keys(lists.oldest)).toEqual(['NSS-140', 'NSS-151', 'NSS-146']);
    expect(listedOf(lists, 'all')).toHaveLength(rows.length);
  });

  it.each([
    ['workplace', ['NSS-148', 'NSS-151', 'NSS-153'], [], []],
    ['desk', [], ['NSS-148', 'NSS-154', 'NSS-153', 'NSS-151'], ['NSS-140', 'NSS-146']],
    ['network', ['NSS-154'], [], []],
  ] as const)('for the team %s', (team, us, others, returned) => {
    const lists = listsOf(rows, view({ team: TEAMS[team].id }), NOW);
    expect([keys(lists.us), keys(lists.others), keys(lists.returned)]).toEqual([us, others, returned]);
  });

  it('for me: what I have in hand, what I asked for, what came back to me', () => {
    const lists = listsOf(rows, view({ mine: true }), NOW);
    expect([keys(lists.us), keys(lists.others), keys(lists.returned)]).toEqual([['NSS-153'], ['NSS-154'], ['NSS-146']]);
  });

  it.each([
    [{ process: 'change' }, ['NSS-154']],
    [{ words: 'nss-148' }, ['NSS-148']],
    [{ words: 'lucas amira switch 151' }, ['NSS-151']],
    [{ service: 'Telephony' }, []],
    [{ customer: 'Sint Lucas' }, ['NSS-148', 'NSS-154', 'NSS-151', 'NSS-153']],
    [{ customer: 'Nobody' }, []],
    [{ late: true }, ['NSS-148']],
    [{ readyBy: 'today' }, ['NSS-148', 'NSS-154', 'NSS-153']],
  ] as const)('narrowed by %j', (part, left) => {
    expect(keys(listsOf(rows, view(part), NOW).us)).toEqual(left);
  });

  it('offers what our side does: nobody accepts for those they ask, nor reminds themselves', () => {
    const both = [row('NSS-1', 1, 1, { may: { accept: true, answer: false, remind: true } })];
    expect(listsOf(both, EVERYTHING, NOW).us[0]?.may).toEqual({ accept: true, answer: false, remind: false });
    expect(listsOf(both, view({ team: TEAMS.desk.id }), NOW).others[0]?.may).toEqual({ accept: false, answer: false, remind: true });
  });

  it('keeps the oldest few', () => {
    const many = Array.from({ length: OLDEST_SHOWN + 5 }, (_, index) => row(`NSS-${String(index)}`, index, undefined));
    expect(listsOf(many, EVERYTHING, NOW).oldest).toHaveLength(OLDEST_SHOWN);
  });

  it('groups by who has to move: after a return that is whoever asked', () => {
    expect(grouped(rows, 'team').map((part) => [part.name, part.rows.length])).toEqual([
      ['Network', 1],
      ['Service desk', 2],
      ['Workplace', 3],
    ]);
    expect(grouped(rows, 'service').map((part) => part.name)).toEqual(['Telephony', 'Ward network']);
    expect(mover(row('NSS-1', 1, undefined, { state: 'returned' }))).toEqual({ team: 'Service desk', person: 'Amira Haddad' });
    expect(grouped([], 'none')).toEqual([]);
  });

  it('offers for filtering what stands on the board, on either side, own teams first', () => {
    expect(choicesOf(rows).teams.map((one) => one.name)).toEqual(['Service desk', 'Workplace', 'Network']);
    expect(choicesOf(rows).customers.map((one) => one.name)).toEqual(['Sint Lucas']);
    expect(choicesOf(rows).processes.map((one) => one.name)).toEqual(['Change', 'Operate']);
  });
});

describe('lateness', () => {
  const [waits = row('NSS-1', 1, 1)] = rows;
  it.each([
    ['ready by then is past', { readyBy: NOW - 3 * 60_000 }, '3 min late'],
    ['not accepted in time', { readyBy: NOW + 60_000, acceptBy: NOW - 180_000 }, '3 min late to accept'],
    ['accepted too late counts no more', { readyBy: NOW + 60_000, acceptBy: NOW - 180_000, state: 'accepted' }, undefined],
    [
      'a return without an answer for a day',
      { state: 'returned', readyBy: undefined, returned: { at: NOW - 25 * 3_600_000, reason: 'notOurs' } },
      '1 day 1 h, no answer',
    ],
    ['a fresh return', { state: 'returned', readyBy: undefined, returned: { at: NOW - 3_600_000, reason: 'notOurs' } }, undefined],
  ] as const)('%s', (_name, part, late) => {
    const one: HandoffRow = { ...waits, ...part };
    expect(readiness(one, NOW).late).toBe(late);
    expect(isLate(one, NOW)).toBe(late !== undefined);
    expect(countsNext(one, NOW).late).toBe(late !== undefined);
  });

  it('puts what is latest first among what we wait for, whichever moment is past', () => {
    const late = row('NSS-9', 5, 300, { acceptBy: NOW - 20 * 60_000 });
    expect(keys(listsOf([...rows, late], view({ team: TEAMS.desk.id }), NOW).others).slice(0, 2)).toEqual(['NSS-9', 'NSS-148']);
  });
});

describe('a column', () => {
  const calm = Array.from({ length: 5 }, (_, index) => row(`NSS-${String(index)}`, index, 60, { state: 'accepted' }));
  const late = row('NSS-50', 9, -5, { state: 'accepted' });

  it('folds what is accepted and on time where it waits on us', () => {
    const { open, rest } = folded('us', [row('NSS-60', 1, 5), late, ...calm], NOW);
    expect(keys(open)).toEqual(['NSS-60', 'NSS-50']);
    expect(foldWords(rest, NOW)).toBe('Show 5 accepted');
    expect(folded('others', calm, NOW).rest).toEqual([]);
  });

  it('folds more than can be taken in, and says what is late of it', () => {
    const many = Array.from({ length: 11 }, (_, index) => row(`NSS-${String(index)}`, index, -5));
    const { open, rest } = folded('returned', many, NOW);
    expect([open.length, foldWords(rest, NOW)]).toEqual([8, 'Show 3 more, 3 late']);
  });

  it('says what to do where it is empty', () => {
    const network = view({ team: TEAMS.network.id });
    expect(emptyOf('us', rows, network, NOW)).toEqual({ title: 'Nothing waits on Network.', text: 'Oldest open hand-off: 23 Nov.' });
    expect(emptyOf('others', rows, EVERYTHING, NOW).text).toContain('Choose a team');
    expect(emptyOf('us', rows, view({ words: 'x' }), NOW).title).toBe('Nothing here fits the filters.');
    expect(emptyOf('us', [], EVERYTHING, NOW).text).toBe('Nothing is open.');
    expect([narrows(network), narrows(view({ late: true, as: 'list' })), narrows(view({ as: 'list', sort: 'age' }))]).toEqual([false, true, false]);
  });

  it('is named after who we are', () => {
    expect([EVERYTHING, view({ team: TEAMS.network.id }), view({ mine: true })].map((one) => nameOf('us', one))).toEqual([
      'Waiting',
      'Waiting on us',
      'Waiting on me',
    ]);
    expect(whoWeAre(rows, view({ team: TEAMS.network.id, mine: true }))).toBe('Network, me');
    expect(whoWeAre(rows, view({ team: '404' }))).toBe('this team');
  });
});

describe('walking from card to card', () => {
  it.each([
    ['ArrowDown', [0, 0], [0, 1]],
    ['ArrowDown', [0, 2], undefined],
    ['ArrowUp', [0, 0], undefined],
    ['ArrowUp', [0, 2], [0, 1]],
    ['ArrowRight', [0, 2], [2, 0]],
    ['ArrowLeft', [2, 0], [0, 0]],
    ['ArrowLeft', [0, 1], undefined],
    ['ArrowRight', [3, 1], undefined],
    ['End', [0, 0], [0, 2]],
    ['Home', [3, 1], [3, 0]],
    ['x', [0, 0], undefined],
  ] as const)('%s from %j', (key, [column, index], to) => {
    expect(walk([3, 0, 1, 2], { column, index }, key)).toEqual(to && { column: to[0], index: to[1] });
  });

  it('never leads to a card that is not there, and every card is reached', () => {
    const board = fc.array(fc.nat(4), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(
        board,
        fc.nat(3),
        fc.nat(9),
        fc.constantFrom('ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End'),
        (counts, column, index, key) => {
          const from = nearest(counts, { column, index });
          if (!from) {
            expect(Math.max(...counts)).toBe(0);
            return;
          }
          const to = walk(counts, from, key) ?? from;
          expect(to.index).toBeLessThan(counts[to.column] ?? 0);
          expect(to.index).toBeGreaterThanOrEqual(0);
        },
      ),
    );
  });
});

describe('the list', () => {
  it.each([
    ['item', ['NSS-140', 'NSS-146', 'NSS-148', 'NSS-151', 'NSS-153', 'NSS-154']],
    ['-age', ['NSS-140', 'NSS-151', 'NSS-146', 'NSS-148', 'NSS-153', 'NSS-154']],
    ['age', ['NSS-154', 'NSS-153', 'NSS-148', 'NSS-146', 'NSS-151', 'NSS-140']],
    ['state', ['NSS-148', 'NSS-151', 'NSS-154', 'NSS-146', 'NSS-140', 'NSS-153']],
    ['', keys(rows)],
  ] as const)('in the order %j', (sort, order) => {
    expect(keys(inOrder(rows, sort))).toEqual(order);
  });

  it('is turned round by the same head', () => {
    for (const key of SORTS) {
      const once = sortedBy(key, '');
      expect(orderingOf(once)).toEqual({ by: key, direction: 'ascending' });
      expect(orderingOf(sortedBy(key, once))).toEqual({ by: key, direction: 'descending' });
      expect(sortedBy(key, sortedBy(key, once))).toBe(once);
    }
    expect(orderingOf('')).toBeUndefined();
  });

  it('is a file that a spreadsheet reads as text', () => {
    const [head = '', first = '', ...others] = toCsv([row('NSS-1', 5, -3, { summary: '=1+1', what: 'One, "two"' })], NOW).split('\r\n');
    expect([head.split(',').length, others]).toEqual([13, []]);
    expect(first).toContain(`NSS-1,'=1+1,"One, ""two""",Recover,Operate,Workplace`);
    expect(first).toContain('3 min late');
  });
});

describe('parts of the board', () => {
  const board = (part: readonly HandoffRow[], hidden: number): HandoffBoard => ({ state: 'ok', rows: [...part], hidden, asOf: NOW });

  it('are of the shape the functions answer', () => {
    expect(boardCalls['board.handoffs'].answer.parse(board(rows, 2))).toEqual(board(rows, 2));
  });

  it('are joined without showing a line twice, and what is not shown adds up', () => {
    const later = { ...rows[1], state: 'accepted' } as HandoffRow;
    const all = joined({ ...board(rows.slice(0, 2), 2), after: { at: NOW, id: 'x' } }, board([later, ...rows.slice(2)], 1));
    expect(keys(all.rows)).toEqual(keys(rows));
    expect(all.rows[1]?.state).toBe('accepted');
    expect(all.hidden).toBe(3);
    expect(all.after).toBeUndefined();
  });
});

describe('words of a line', () => {
  it('say what it holds, and after a return why', () => {
    const [held = row('NSS-1', 1, 1)] = rows;
    expect(consequence({ ...held, from: { key: 'NSS-142', typeName: 'Incident', verb: 'Recover', customer: 'Sint Lucas', held: true } }, NOW)).toBe(
      'Holds NSS-142, Sint Lucas',
    );
    expect(consequence({ ...held, from: { key: 'NSS-9', typeName: 'Incident', verb: 'Recover', held: false } }, NOW)).toBe('Follows from NSS-9');
    expect(consequence({ ...held, from: undefined }, NOW)).toBe('Asked from work you may not see');
    expect(consequence({ ...held, reason: 'Not ours.' }, NOW)).toBe('“Not ours.”');
  });

  it('say its latest turn', () => {
    const [one = row('NSS-1', 1, 1)] = rows;
    expect(turnOf(one, NOW)).toBe('asked 18 min ago');
    expect(turnOf({ ...one, state: 'accepted', acceptedAt: NOW - 15 * 24 * 3_600_000 }, NOW)).toBe('accepted 9 Nov');
    expect(turnOf({ ...one, state: 'returned', returned: { at: NOW - 35 * 60_000, reason: 'missing' } }, NOW)).toBe('returned 35 min ago');
  });

  it('say what counts next', () => {
    const one = row('NSS-1', 1, 30, { acceptBy: NOW + 21 * 60_000 });
    expect(countsNext(one, NOW).text).toMatch(/^accept by \d\d:\d\d$/);
    expect(countsNext({ ...one, state: 'accepted' }, NOW).text).toMatch(/^ready by \d\d:\d\d$/);
    expect(countsNext({ ...one, state: 'returned' }, NOW).text).toBe('holds NSS-142');
    expect([isStale(NOW - 299_000, NOW), isStale(NOW - 300_000, NOW)]).toEqual([false, true]);
  });

  it('tell a late one apart', () => {
    expect(readiness(row('NSS-1', 1, -3), NOW).late).toBe('3 min late');
    expect(readiness(row('NSS-1', 1, 3), NOW).late).toBeUndefined();
    expect(readiness(row('NSS-1', 1, undefined), NOW)).toEqual({ by: 'No date' });
  });
});

describe('the view in the address', () => {
  const views = fc.record({
    as: fc.constantFrom('board' as const, 'list' as const),
    list: fc.constantFrom('all' as const, ...LISTS),
    team: fc.string(),
    service: fc.string(),
    customer: fc.string(),
    readyBy: fc.constantFrom('' as const, 'today' as const, 'week' as const),
    late: fc.boolean(),
    process: fc.constantFrom('', 'agree', 'change', 'recover', 'operate', 'improve'),
    mine: fc.boolean(),
    words: fc.string(),
    group: fc.constantFrom('none' as const, 'team' as const, 'service' as const),
    sort: fc.constantFrom('' as const, ...SORTS, ...SORTS.map((key) => `-${key}` as const)),
  });

  it('comes back as it went', () => {
    fc.assert(
      fc.property(views, (one) => {
        expect(toView(toSearch(one))).toEqual(one);
      }),
    );
  });

  it('is nothing where everything is shown, and what nobody knows is everything', () => {
    expect(toSearch(EVERYTHING)).toBe('');
    expect(toView('?as=picture&list=nowhere&process=sell&group=colour&mine=perhaps&late=so&readyBy=never&sort=--age')).toEqual(EVERYTHING);
  });
});

describe('the way through triage', () => {
  const form: TriageForm = {
    state: 'ok',
    questions: TRIAGE_KEYS.map((key) => ({
      key,
      text: TRIAGE_QUESTIONS[key].text,
      help: '',
      answers: Object.keys(TRIAGE_QUESTIONS[key].answers).map((value) => ({ value, name: value, help: '' })),
    })),
    outcomes: TRIAGE_OUTCOMES.map(({ answers, type, because }) => ({
      answers: { ...answers },
      type,
      typeId: type,
      typeName: type,
      description: '',
      verb: '',
      because,
    })),
    spaces: [],
  };
  const answers = fc.record(
    {
      agreed: fc.constantFrom('yes' as const, 'no' as const, 'nobody' as const),
      now: fc.constantFrom('less' as const, 'past' as const, 'works' as const),
      managed: fc.constantFrom('yes' as const, 'no' as const),
      aim: fc.constantFrom('threat' as const, 'better' as const, 'less' as const),
    },
    { requiredKeys: [] },
  );

  it('ends on the page where the method ends, and asks what it asks', () => {
    fc.assert(
      fc.property(answers, (given) => {
        const { questions, outcome } = wayOf(form, given);
        expect(questions.length).toBeLessThanOrEqual(3);
        // Answers to questions that were not asked are idle, so the method is asked with the others alone.
        const asked = Object.fromEntries(questions.flatMap(({ key }) => (key in given ? [[key, given[key as keyof typeof given]]] : [])));
        const expected = triage(asked);
        if ('ask' in expected) expect([outcome, questions.at(-1)?.key]).toEqual([undefined, expected.ask]);
        else expect(outcome?.type).toBe(expected.type);
      }),
    );
  });

  it('speaks of an Incident and a Wish', () => {
    expect([article('Incident'), article('Wish')]).toEqual(['an', 'a']);
  });
});
