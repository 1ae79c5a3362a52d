import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boardCalls, type HandoffBoard, type HandoffRow, type TriageForm } from '../../src/contract';
import { triage, TRIAGE_KEYS, TRIAGE_OUTCOMES, TRIAGE_QUESTIONS } from '../../src/method';
import {
  choicesOf,
  consequence,
  EVERYTHING,
  grouped,
  joined,
  LISTS,
  listsOf,
  mover,
  OLDEST_SHOWN,
  readiness,
  toSearch,
  toView,
  type View,
} from '../../static/usm/board/list';
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
    const lists = listsOf(rows, EVERYTHING);
    expect(keys(lists.us)).toEqual(['NSS-148', 'NSS-154', 'NSS-151', 'NSS-153']);
    expect(lists.others).toEqual([]);
    expect(keys(lists.returned)).toEqual(['NSS-140', 'NSS-146']);
    expect(keys(lists.oldest)).toEqual(['NSS-140', 'NSS-151', 'NSS-146', 'NSS-148', 'NSS-153', 'NSS-154']);
  });

  it.each([
    ['workplace', ['NSS-148', 'NSS-151', 'NSS-153'], [], []],
    ['desk', [], ['NSS-148', 'NSS-154', 'NSS-153', 'NSS-151'], ['NSS-140', 'NSS-146']],
    ['network', ['NSS-154'], [], []],
  ] as const)('for the team %s', (team, us, others, returned) => {
    const lists = listsOf(rows, view({ team: TEAMS[team].id }));
    expect([keys(lists.us), keys(lists.others), keys(lists.returned)]).toEqual([us, others, returned]);
  });

  it('for me: what I have in hand, what I asked for, what came back to me', () => {
    const lists = listsOf(rows, view({ mine: true }));
    expect([keys(lists.us), keys(lists.others), keys(lists.returned)]).toEqual([['NSS-153'], ['NSS-154'], ['NSS-146']]);
  });

  it.each([
    [{ process: 'change' }, ['NSS-154']],
    [{ words: 'nss-148' }, ['NSS-148']],
    [{ words: 'lucas amira switch 151' }, ['NSS-151']],
    [{ service: 'Telephony' }, []],
  ] as const)('narrowed by %j', (part, left) => {
    expect(keys(listsOf(rows, view(part)).us)).toEqual(left);
  });

  it('keeps the oldest few', () => {
    const many = Array.from({ length: OLDEST_SHOWN + 5 }, (_, index) => row(`NSS-${String(index)}`, index, undefined));
    expect(listsOf(many, EVERYTHING).oldest).toHaveLength(OLDEST_SHOWN);
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

  it('offers for filtering what stands on the board, on either side', () => {
    expect(choicesOf(rows).teams.map((one) => one.name)).toEqual(['Network', 'Service desk', 'Workplace']);
    expect(choicesOf(rows).processes.map((one) => one.name)).toEqual(['Change', 'Operate']);
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

  it('tell a late one apart', () => {
    expect(readiness(row('NSS-1', 1, -3), NOW).late).toBe('3 min late');
    expect(readiness(row('NSS-1', 1, 3), NOW).late).toBeUndefined();
    expect(readiness(row('NSS-1', 1, undefined), NOW)).toEqual({ by: 'No date' });
  });
});

describe('the view in the address', () => {
  const views = fc.record({
    list: fc.constantFrom(...LISTS),
    team: fc.string(),
    service: fc.string(),
    process: fc.constantFrom('', 'agree', 'change', 'recover', 'operate', 'improve'),
    mine: fc.boolean(),
    words: fc.string(),
    group: fc.constantFrom('none' as const, 'team' as const, 'service' as const),
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
    expect(toView('?list=nowhere&process=sell&group=colour&mine=perhaps')).toEqual(EVERYTHING);
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
