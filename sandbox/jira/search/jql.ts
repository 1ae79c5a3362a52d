/**
 * A small part of JQL: clauses joined by AND, and ORDER BY. Everything else is refused by name, never guessed.
 * One file with one entry, so that a full evaluator can take its place.
 */
import { existing } from '../lookups';
import { badRequest, type Jira } from '../rest';
import type { Field, Issue, Json, User } from '../store';
import { STATUS_CATEGORIES } from '../beans';
import { codecOf, rankOf, textOf, wordsOf } from '../values';
import { settingOf, valueOf } from '../issues/change';
import { plainText } from '../values/adf';
import { isObject } from '../values/codec';

export interface Query {
  /** False for a query that would match everything; searches refuse it. */
  bounded: boolean;
  matches(issue: Issue): boolean;
  compare(a: Issue, b: Issue): number;
}

type Token = { kind: 'word' | 'text' | 'sign'; text: string };

const TOKEN = /\s*(?:("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(!=|<=|>=|!~|[=~<>(),])|([^\s"'=~<>(),!]+))/y;

function tokenize(jql: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  const end = jql.trimEnd().length;
  while (TOKEN.lastIndex < end) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(jql);
    if (!match) throw badRequest(`Error in the JQL Query: The character at position ${at + 1} was not expected.`);
    const [, quoted, sign, word] = match;
    if (quoted !== undefined) tokens.push({ kind: 'text', text: quoted.slice(1, -1).replace(/\\(.)/g, '$1') });
    else tokens.push(sign !== undefined ? { kind: 'sign', text: sign } : { kind: 'word', text: word ?? '' });
  }
  return tokens;
}

const unsupported = (what: string) => badRequest(`${what} is not supported by the search of this site yet.`);

/** Reads a query for a person (currentUser). Throws 400. */
export function parseJql(jira: Jira, person: User | undefined, jql: string): Query {
  return new Parser(jira, person, tokenize(jql)).query();
}

type Test = (issue: Issue) => boolean;

/** What clauses and orderings know about a field. */
interface Subject {
  name: string;
  words(issue: Issue): string[];
  rank(issue: Issue): number | string | undefined;
  /** A value as written to what `rank` gives, for < and >. */
  read(value: string): number | string;
  /** All values that exist, lower case; a clause that names another one is refused. */
  known?: () => Set<string>;
  /** For ~ */
  text?(issue: Issue): string;
}

class Parser {
  private at = 0;

  constructor(
    private readonly jira: Jira,
    private readonly person: User | undefined,
    private readonly tokens: Token[],
  ) {}

  query(): Query {
    const tests: Test[] = [];
    while (this.peek() && !this.isWord('order')) {
      if (tests.length > 0 && !this.takeWord('and')) throw this.unexpected();
      tests.push(this.clause());
    }
    const order = this.takeWord('order') ? this.ordering() : [];
    const byNewest = (a: Issue, b: Issue): number => Number(b.id) - Number(a.id);
    return {
      bounded: tests.length > 0,
      matches: (issue) => tests.every((test) => test(issue)),
      compare: (a, b) => order.map((one) => one(a, b)).find((sign) => sign !== 0) ?? byNewest(a, b),
    };
  }

  private clause(): Test {
    const first = this.next();
    if (first.kind === 'sign') throw first.text === '(' ? unsupported('Grouping with parentheses') : this.unexpected();
    if (first.kind === 'word' && first.text.toLowerCase() === 'not') throw unsupported('The operator NOT');
    const subject = this.subject(first.text);
    const operator = this.operator();
    if (operator === 'is' || operator === 'is not') {
      if (!this.takeWord('empty') && !this.takeWord('null')) throw this.unexpected();
      return (issue) => (subject.words(issue).length === 0) === (operator === 'is');
    }
    return this.comparison(subject, operator, operator.endsWith('in') ? this.list() : [this.value()]);
  }

  private operator(): string {
    const { text } = this.next();
    const operator = text.toLowerCase();
    if (operator === 'not') {
      if (this.takeWord('in')) return 'not in';
      throw this.unexpected();
    }
    if (operator === 'is') return this.takeWord('not') ? 'is not' : 'is';
    if (['=', '!=', '~', '<', '<=', '>', '>=', 'in'].includes(operator)) return operator;
    throw unsupported(`The operator ${text}`);
  }

  private comparison(subject: Subject, operator: string, values: string[]): Test {
    if (operator === '~') {
      const { text } = subject;
      if (!text) throw badRequest(`The operator '~' is not supported by the '${subject.name}' field.`);
      const wanted = tokensOf(values.join(' '));
      return (issue) => {
        const there = tokensOf(text(issue));
        return wanted.every((word) => there.some((one) => (word.endsWith('*') ? one.startsWith(word.slice(0, -1)) : one === word)));
      };
    }
    if (operator.startsWith('<') || operator.startsWith('>')) {
      const limit = subject.read(values[0] ?? '');
      return (issue) => {
        const mine = subject.rank(issue);
        if (mine === undefined || typeof mine !== typeof limit) return false;
        if (operator.endsWith('=') && mine === limit) return true;
        return operator.startsWith('<') ? mine < limit : mine > limit;
      };
    }
    const known = subject.known?.();
    for (const value of values) {
      if (known && !known.has(value.toLowerCase())) throw badRequest(`The value '${value}' does not exist for the field '${subject.name}'.`);
    }
    const wanted = new Set(values.map((value) => value.toLowerCase()));
    const inside: Test = (issue) => subject.words(issue).some((word) => wanted.has(word.toLowerCase()));
    if (operator === '=' || operator === 'in') return inside;
    // as in Jira, "is not X" does not find work items where the field is empty
    return (issue) => subject.words(issue).length > 0 && !inside(issue);
  }

  private list(): string[] {
    this.expect('(');
    const values = [this.value()];
    while (this.takeSign(',')) values.push(this.value());
    this.expect(')');
    return values;
  }

  private value(): string {
    const token = this.next();
    if (token.kind === 'sign') throw this.unexpected();
    if (token.kind === 'word' && this.takeSign('(')) {
      if (token.text.toLowerCase() !== 'currentuser') throw unsupported(`The function ${token.text}()`);
      this.expect(')');
      return this.person?.id ?? '';
    }
    return token.text;
  }

  private ordering(): ((a: Issue, b: Issue) => number)[] {
    if (!this.takeWord('by')) throw this.unexpected();
    const order = [];
    do {
      const subject = this.subject(this.next().text);
      const sign = this.takeWord('desc') ? -1 : 1;
      this.takeWord('asc');
      order.push((a: Issue, b: Issue) => sign * compareRanks(subject.rank(a), subject.rank(b)));
    } while (this.takeSign(','));
    if (this.peek()) throw this.unexpected();
    return order;
  }

  private subject(name: string): Subject {
    const subject = propertySubject(name) ?? SUBJECTS[name.toLowerCase()]?.(this.jira) ?? this.fieldSubject(name);
    if (!subject) throw badRequest(`Field '${name}' does not exist or you do not have permission to view it.`);
    return subject;
  }

  private fieldSubject(name: string): Subject | undefined {
    const id = /^cf\[(\d+)\]$/i.exec(name)?.[1];
    const wanted = id === undefined ? name.toLowerCase() : `customfield_${id}`;
    const { fields } = this.jira.store;
    const field = fields.get(wanted) ?? fields.find((one) => one.name.toLowerCase() === wanted && codecOf(one) !== undefined);
    return field && codecOf(field) ? storedSubject(this.jira, field) : undefined;
  }

  private peek(): Token | undefined {
    return this.tokens[this.at];
  }

  private next(): Token {
    const token = this.tokens[this.at];
    if (!token) throw badRequest('Error in the JQL Query: The query ended too early.');
    this.at += 1;
    return token;
  }

  private isWord(word: string): boolean {
    const token = this.peek();
    return token?.kind === 'word' && token.text.toLowerCase() === word;
  }

  private takeWord(word: string): boolean {
    if (!this.isWord(word)) return false;
    this.at += 1;
    return true;
  }

  private takeSign(sign: string): boolean {
    const token = this.peek();
    if (token?.kind !== 'sign' || token.text !== sign) return false;
    this.at += 1;
    return true;
  }

  private expect(sign: string): void {
    if (!this.takeSign(sign)) throw this.unexpected();
  }

  private unexpected() {
    const token = this.peek() ?? this.tokens.at(-1);
    if (token?.kind === 'word' && token.text.toLowerCase() === 'or') return unsupported('The operator OR');
    return badRequest(`Error in the JQL Query: '${token?.text ?? ''}' was not expected here.`);
  }
}

const tokensOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}_*]+/gu) ?? [];

/** Empty values come last, as in Jira's ascending order. */
function compareRanks(a: number | string | undefined, b: number | string | undefined): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? 1 : -1;
  return a < b ? -1 : a > b ? 1 : 0;
}

const storedSubject = (jira: Jira, field: Field): Subject => ({
  name: field.id,
  words: (issue) => wordsOf(settingOf(jira, field, issue), valueOf(issue, field.id)),
  rank: (issue) => rankOf(settingOf(jira, field, issue), valueOf(issue, field.id)),
  read: (value) => readMoment(jira, value) ?? (Number.isNaN(Number(value)) ? value.toLowerCase() : Number(value)),
  ...(codecOf(field)?.type === 'string' && { text: (issue: Issue) => textOf(settingOf(jira, field, issue), valueOf(issue, field.id)) }),
});

const UNITS: Record<string, number> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** 2026-11-24, "2026-11-24 09:10", or -3d from now; in UTC. */
function readMoment(jira: Jira, value: string): number | undefined {
  const relative = /^([+-]?\d+)([mhdw])$/.exec(value);
  if (relative) return jira.clock.now().getTime() + Number(relative[1]) * (UNITS[relative[2] ?? ''] ?? 0);
  if (!/^\d{4}[-/]\d{1,2}[-/]\d{1,2}( \d{1,2}:\d{2})?$/.test(value)) return undefined;
  const [day = '', time = '00:00'] = value.split(' ');
  const [year, month, date] = day.split(/[-/]/).map(Number);
  const [hour, minute] = time.split(':').map(Number);
  return Date.UTC(year ?? 0, (month ?? 1) - 1, date, hour, minute);
}

interface Named {
  id: string;
  name: string;
}

const rowSubject = (name: string, rows: () => (Named & { key?: string })[], of: (issue: Issue) => Named & { key?: string }): Subject => {
  const words = (row: Named & { key?: string }): string[] => [row.id, row.name, ...(row.key ? [row.key] : [])];
  return {
    name,
    words: (issue) => words(of(issue)),
    rank: (issue) => of(issue).name.toLowerCase(),
    read: (value) => value.toLowerCase(),
    known: () =>
      new Set(
        rows()
          .flatMap(words)
          .map((word) => word.toLowerCase()),
      ),
  };
};

const momentSubject = (jira: Jira, name: string, of: (issue: Issue) => number | undefined): Subject => ({
  name,
  words: (issue) => (of(issue) === undefined ? [] : [new Date(of(issue) ?? 0).toISOString().slice(0, 10)]),
  rank: of,
  read(value) {
    const moment = readMoment(jira, value);
    if (moment === undefined) throw badRequest(`Date value '${value}' for field '${name}' is invalid.`);
    return moment;
  },
});

const keySubject = (): Subject => ({
  name: 'key',
  words: (issue) => [issue.key, issue.id],
  rank: (issue) => Number(issue.key.split('-')[1]),
  read: (value) => Number(value.split('-')[1] ?? value),
});

const textSubject = (jira: Jira): Subject => ({
  name: 'text',
  words: () => [],
  rank: () => undefined,
  read: (value) => value,
  text: (issue) =>
    [
      ...jira.store.fields
        .all()
        .filter((field) => codecOf(field)?.type === 'string')
        .map((field) => textOf(settingOf(jira, field, issue), valueOf(issue, field.id))),
      ...issue.comments.map((one) => plainText(one.body)),
    ].join('\n'),
});

const typeSubject = ({ store }: Jira): Subject =>
  rowSubject(
    'issuetype',
    () => store.workTypes.all(),
    (issue) => existing(store.workTypes, issue.workTypeId),
  );

const CATEGORY_ROWS = Object.fromEntries(
  Object.entries(STATUS_CATEGORIES).map(([category, { id, key, name }]) => [category, { id: String(id), key, name }]),
);

const resolved = (jira: Jira): Subject => momentSubject(jira, 'resolved', (issue) => issue.resolved);

const SUBJECTS: Record<string, (jira: Jira) => Subject> = {
  project: ({ store }) =>
    rowSubject(
      'project',
      () => store.projects.all(),
      (issue) => existing(store.projects, issue.projectId),
    ),
  key: keySubject,
  issuekey: keySubject,
  issue: keySubject,
  id: keySubject,
  issuetype: typeSubject,
  type: typeSubject,
  status: ({ store }) =>
    rowSubject(
      'status',
      () => store.statuses.all(),
      (issue) => existing(store.statuses, issue.statusId),
    ),
  statuscategory: ({ store }) =>
    rowSubject(
      'statusCategory',
      () => Object.values(CATEGORY_ROWS),
      (issue) => CATEGORY_ROWS[existing(store.statuses, issue.statusId).category] ?? { id: '1', name: 'No Category' },
    ),
  created: (jira) => momentSubject(jira, 'created', (issue) => issue.created),
  updated: (jira) => momentSubject(jira, 'updated', (issue) => issue.updated),
  resolved,
  resolutiondate: resolved,
  due: (jira) => storedSubject(jira, existing(jira.store.fields, 'duedate')),
  text: textSubject,
};

/** issue.property[key].path.to.value */
function propertySubject(name: string): Subject | undefined {
  const match = /^issue\.property\[(.+?)\](?:\.(.+))?$/.exec(name);
  if (!match) return undefined;
  const [, key = '', path = ''] = match;
  const valueIn = (issue: Issue): Json | undefined =>
    path
      .split('.')
      .filter((part) => part !== '')
      .reduce<Json | undefined>((value, part) => (isObject(value) ? value[part] : undefined), issue.properties[key]);
  const scalars = (value: Json | undefined): (string | number)[] => {
    if (Array.isArray(value)) return value.flatMap(scalars);
    if (typeof value === 'string' || typeof value === 'number') return [value];
    return typeof value === 'boolean' ? [String(value)] : [];
  };
  return {
    name,
    words: (issue) => scalars(valueIn(issue)).map(String),
    rank: (issue) => scalars(valueIn(issue))[0],
    read: (value) => (Number.isNaN(Number(value)) ? value : Number(value)),
    text: (issue) => scalars(valueIn(issue)).join(' '),
  };
}
