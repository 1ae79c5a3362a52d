/** The expression language by itself: what it answers, what it refuses, and that no text can make it do anything else. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { complexityOf } from '../../sandbox/jira/expressions/analyse';
import { Budget, ExpressionError, LIMITS, evaluate, excesses, fromJson, parse, toJson, type Value } from '../../sandbox/jira/expressions/language';
import type { Json } from '../../sandbox/jira/store';

const NOW = Date.parse('2026-11-24T22:30:00Z');
const run = (expression: string, variables: Record<string, Value> = {}, zone = 'Etc/UTC') => evaluate(expression, { now: NOW, zone, variables });

function valueOf(expression: string, variables?: Record<string, Value>, zone?: string): Json {
  const outcome = run(expression, variables, zone);
  if (!outcome.ok) throw new Error(outcome.reason);
  return toJson(outcome.value);
}

function faultOf(expression: string, variables?: Record<string, Value>): string {
  const outcome = run(expression, variables);
  if (outcome.ok) throw new Error(`${expression} answers ${JSON.stringify(toJson(outcome.value))}`);
  return `${outcome.error.kind}: ${outcome.reason}`;
}

const ANSWERS: [string, Json][] = [
  ['1 + 2 * 3 - 8 / 4 % 3', 5],
  ['-2 * -(3)', 6],
  ["'a' + 1 + null + true", 'a1nulltrue'],
  ["'It\\'s' + \"\\u0041\\n\"", "It'sA\n"],
  ['`a ${1 + 1} ${`in ${3}`} \\` end`', 'a 2 in 3 ` end'],
  ['true && 0 || "x"', 'x'],
  ['null ?? "y"', 'y'],
  ['!null && !0 && !"" && ![].length', true],
  ['false && null.boom', false],
  ['true || null.boom', true],
  ['true ? 1 : null.boom', 1],
  ['false ? 1 : true ? 2 : 3', 2],
  ['typeof nobody', 'undefined'],
  ['[typeof null, typeof 1, typeof "", typeof [], typeof {}, typeof true, typeof new Date()].join(" ")', 'null Number String List Map Boolean Date'],
  ['{ a: 1, "b-c": [2], }', { a: 1, 'b-c': [2] }],
  ['{ a: { b: 3 } }.a["b"]', 3],
  ['{}.missing', null],
  ['[1, 2][1]', 2],
  ['[1, 2][7]', null],
  ['[1, 2].map(x => { double: x * 2 })', [{ double: 2 }, { double: 4 }]],
  ['[1, 2].map(x => { return x * 2; })', [2, 4]],
  ['[1, 2].map((x, i) => { let y = x + i; return y; })', [1, 3]],
  ['let a = 2; b = a * 3; a + b', 8],
  ['let f = x => x + 1; f(f(1));', 3],
  ["if (1 > 2) { return 'a'; } else if (1 == 1) { 'b' } else { return 'c'; }", 'b'],
  ['try { null.x } catch (e) { return e.message; }', 'Cannot read property "x" of null: `null` is null'],
  ["try { throw 'mine' } catch (e) { e.message + '!' }", 'mine!'],
  ["try { try { throw 'mine' } catch (e) { throw e } } catch (e) { e.message }", 'mine'],
  ['null?.x', null],
  ['null?.["x"]', null],
  ['null?.x()', null],
  ['"text"?.nothing', null],
  ['3 /* three */ // and no more', 3],
  ['[3, 1, 2].sort((a, b) => a - b)', [1, 2, 3]],
  ['[1, 2, 3].reduce((a, b) => a + b)', 6],
  ['[].reduce((a, b) => a + b, 7)', 7],
  ['[[1], 2].flatten().concat([3], 4).slice(-3)', [2, 3, 4]],
  ['[1, 2].flatMap(x => [x, x])', [1, 1, 2, 2]],
  ['[1, 2, 3].filter(x => x > 1).some(x => x == 3) && [].every(x => false)', true],
  ['[1, "a", null].includes("a")', true],
  ["['a', 'b'].indexOf('b') + ['a'].indexOf('z')", 0],
  ['" Abc ".trim().toUpperCase().slice(1).padStart(4, "-")', '--BC'],
  ["'a-b'.split('-').join('+') + 'ab'.repeat(2)", 'a+babab'],
  ["'a1b22'.replace('[0-9]+', n => '<' + n + '>')", 'a<1>b<22>'],
  ["'Work-12'.match('([A-Z])[a-z]+-([0-9]+)')", ['Work-12', 'W', '12']],
  ["'none'.match('[0-9]')", null],
  ["'a1b2'.matchAll('[0-9]').length", 2],
  [
    'new Map().set("a", 1).set("b", 2).entries()',
    [
      ['a', 1],
      ['b', 2],
    ],
  ],
  ['new Map().get("a")', null],
  ['new Set([1, 1, 2]).add(2).has(2)', true],
  ["new Date('2026-01-31T10:00:00.000+0100').plusMonths(1).toISOString()", '2026-02-28T09:00:00.000Z'],
  ["new Date('2026-01-31T10:00:00Z') < new Date()", true],
  ["new Date('2026-01-31T10:00:00Z') == new Date('2026-01-31T11:00:00+01:00')", true],
  ["new Date('2026-01-31T10:00:00Z').plusDays(1).minusHours(2).plusMinutes(5)", '2026-02-01T08:05:00.000+0000'],
  ["new CalendarDate('2026-01-31').plusDays(1)", '2026-02-01'],
  ['new CalendarDate() == new Date().toCalendarDate()', true],
  ['Number("12.5") + Number(true)', 13.5],
  ['JSON.parse("{\\"a\\":[1]}").a', [1]],
  ['JSON.stringify({ a: [null] })', '{"a":[null]}'],
];

const FAULTS: [string, RegExp][] = [
  ["1 == '1'", /^type: Evaluation failed: "1 == '1'" - Can't compare Number to String\.$/],
  ["'1' != 1", /Can't compare String to Number/],
  ["1 < '2'", /Can't compare Number to String/],
  ['new Date() > null', /Can't compare Date to null/],
  ['true < false', /Can't compare Boolean to Boolean/],
  ['(5).length', /Unrecognized property of `\(5\)`: "length"\. Available properties of type 'Number'/],
  ["'a'.nothing", /Available properties of type 'String' are: .*'length'/],
  ["'a'.startsWith('a')", /Unrecognized property/],
  ['null.x', /Cannot read property "x" of null/],
  ["'2' * 3", /The operator \* cannot be applied to String and Number/],
  ['1 + null', /cannot be applied/],
  ['nobody', /Unrecognized variable: "nobody"/],
  ['1(2)', /Number is not a function/],
  ["[1].map('x')", /must be of type Function, String given/],
  ["'a'.match('(')", /Invalid regular expression/],
  ['[].reduce((a, b) => a)', /initial value/],
  ["new Date('yesterday')", /Cannot parse date/],
  ["new CalendarDate('2026-02-30')", /Cannot parse calendar date/],
  ['new Nothing()', /no constructor of type 'Nothing'/],
  ["throw 'no'", /^other: Evaluation failed: "throw 'no'" - no$/],
  ['let f = x => f(x); f(1)', /Unrecognized variable: "f"/],
  ['(f => f(f))(f => f(f))', /^limit: .*nested too deeply/],
  ["try { (f => f(f))(f => f(f)) } catch (e) { 'survived' }", /^limit/],
  ["'x'.repeat(100).repeat(100).repeat(100)", /^limit: .*longer than/],
  ['', /^syntax: .*line 1, column 1/],
  ['1 +', /^syntax: .*!, -, typeof, \(, IDENTIFIER.* expected, end of expression encountered/],
  ['1 === 1', /^syntax/],
  ["'open", /^syntax: .*does not end/],
  ['`open ${1', /^syntax: .*does not end/],
  ['if (true) { 1 }', /^syntax: .*else expected/],
  ['x = 1', /^syntax/],
  ['a ++ b', /^syntax/],
  ['function () { 1 }', /^syntax/],
  ['[1\n  2]', /^syntax: .*line 2, column 3/],
];

describe('the language', () => {
  it.each(ANSWERS)('%s', (expression, answer) => expect(valueOf(expression)).toEqual(answer));
  it.each(FAULTS)('%s fails', (expression, reason) => expect(faultOf(expression)).toMatch(reason));

  it('reads variables, maps of JSON and the person’s time zone', () => {
    const config = fromJson({ limit: 3, tags: ['a'], deep: { on: true } });
    expect(valueOf('config.limit == 3 && config.tags.includes("a") && config["deep"].on && config.none == null', { config })).toBe(true);
    expect(valueOf('new Date().toCalendarDate()', {}, 'Asia/Tokyo')).toBe('2026-11-25');
    expect(valueOf('new Date().toCalendarDateUTC()', {}, 'Asia/Tokyo')).toBe('2026-11-24');
    expect(valueOf("new Date() + ''", {}, 'Europe/Berlin')).toBe('24/Nov/26 11:30 PM');
  });

  it('does not let an expression reach what is not in it', () => {
    for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty']) {
      for (const object of ['{}', "''", '[]', '1', 'JSON', 'x => x', 'new Date()']) {
        const outcome = run(`(${object})["${name}"]`);
        expect(outcome.ok ? outcome.value : null).toBeNull();
      }
      expect(faultOf(`new ${name}()`)).toMatch(/no constructor/);
      expect(faultOf(name)).toMatch(/Unrecognized variable/);
    }
  });

  it('counts steps and stops at the limit', () => {
    const list = Array.from({ length: 4000 }, (_, index) => index);
    const outcome = run('l.map(x => x + 1).length', { l: list });
    expect(outcome).toMatchObject({ ok: false, reason: expect.stringMatching(/too many steps, limit: 10000/) as unknown });
    expect(run('1 + 1').budget.steps).toBe(3);
  });

  it('pays an expensive operation once, ten at most', () => {
    const budget = new Budget();
    for (let i = 0; i < LIMITS.expensiveOperations; i += 1) budget.expend(`load ${i}`);
    budget.expend('load 0');
    expect(() => budget.expend('one more')).toThrow(/too many expensive operations, limit: 10/);
  });
});

describe('analysing', () => {
  it('names the documented limits that are broken', () => {
    expect(excesses('1')).toEqual([]);
    expect(excesses(`'${'x'.repeat(1038)}'`)).toEqual(['Jira expression is too long (1040), limit: 1000 characters']);
    expect(excesses(Array(150).fill('1').join('+'))).toEqual(['Jira expression has too many nodes (150), limit: 100 leaves']);
  });

  const formula = (source: string) => complexityOf(source, parse(source));
  it('tells the cost as a number, or by the length of a list', () => {
    expect(formula('1 + 1')).toEqual({ expensiveOperations: '0' });
    expect(formula('new Issue(10010).comments')).toEqual({ expensiveOperations: '2' });
    expect(formula('issues.map(i => i.comments)')).toEqual({ expensiveOperations: 'N', variables: { N: 'issues' } });
    expect(formula('issue.links.map(l => l.linkedIssue.comments)')).toEqual({ expensiveOperations: '1 + N', variables: { N: 'issue.links' } });
  });
});

describe('any text at all', () => {
  const WORDS = [
    'issue',
    'x',
    'let',
    'return',
    'if',
    'else',
    'try',
    'catch',
    'throw',
    'new',
    'typeof',
    'null',
    'true',
    '1',
    '.5',
    "'a'",
    '`b${',
    '}`',
  ];
  const SIGNS = [
    '=>',
    '==',
    '!=',
    '?.',
    '??',
    '&&',
    '||',
    '(',
    ')',
    '[',
    ']',
    '{',
    '}',
    ',',
    ':',
    ';',
    '.',
    '?',
    '+',
    '-',
    '*',
    '/',
    '%',
    '<',
    '=',
    '!',
    ' ',
  ];
  const METHODS = ['.map(x => x)', '.length', '.repeat(100)', '.concat(x)', '.sort((a, b) => 1)', '.replace("a", "b")', '["a"]', '(x)'];
  const soup = fc.array(fc.constantFrom(...WORDS, ...SIGNS, ...METHODS), { maxLength: 40 }).map((parts) => parts.join(' '));
  const deep = fc
    .tuple(fc.constantFrom('(', '[', '{a:', '!', '-', '1+', '`${', 'x=>', 'x?', 'a.b(', 'if(1){'), fc.integer({ min: 1, max: 4000 }))
    .map(([part, times]) => part.repeat(times));

  it('is a value or an ExpressionError, within the budget', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' }), soup, deep), (source) => {
        try {
          parse(source);
        } catch (error) {
          expect(error).toBeInstanceOf(ExpressionError);
        }
        const outcome = run(source, { x: [1, 'a'], issue: fromJson({ key: 'A-1' }) });
        expect(outcome.budget.steps).toBeLessThanOrEqual(LIMITS.steps + 1);
        if (outcome.ok) toJson(outcome.value);
        else expect(outcome.error).toBeInstanceOf(ExpressionError);
      }),
      { numRuns: 1500 },
    );
  });

  it('long chains are refused or evaluated, never more than that', () => {
    const chains = [
      '1' + '+1'.repeat(3000),
      'true' + ' && true'.repeat(3000),
      'x' + '.a'.repeat(3000),
      `[${'1,'.repeat(3000)}]`,
      'true ? 1 : '.repeat(3000) + '2',
    ];
    for (const source of chains) {
      const outcome = run(source, { x: fromJson({}) });
      if (!outcome.ok) expect(['limit', 'type']).toContain(outcome.error.kind);
    }
  });

  it('arithmetic and comparison agree with those of JavaScript on numbers', () => {
    const number = fc.integer({ min: -1000, max: 1000 });
    fc.assert(
      fc.property(number, number, number, (a, b, c) => {
        const variables = { a, b, c };
        expect(valueOf('a + b * c - (a - b)', variables)).toBe(a + b * c - (a - b));
        expect(valueOf('a < b ? b <= c : a == c', variables)).toBe(a < b ? b <= c : a === c);
      }),
    );
  });
});
