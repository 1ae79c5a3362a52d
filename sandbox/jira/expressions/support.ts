/** What of Jira expressions this site has and has not, found by asking the evaluator itself about a small made-up site. */
import { systemClock } from '../../clock';
import type { RuleHost } from '../../contract';
import type { Jira } from '../rest';
import { seed } from '../seed';
import { DEFAULTS } from '../lookups';
import { Store, type Issue, type Json } from '../store';
import { Budget, CONSTRUCTORS, GLOBALS, LANGUAGE_TYPES, NotHere, Thing, evaluate, type Value } from './language';
import { variablesOf } from './rules';
import { constructorsOf } from './surroundings';
import { issueThing } from './things/issue';
import { userThing } from './things/people';
import type { View } from './things/view';

/** Constructs by name with an example of each, those that Jira has not among them: a text that works nowhere must not work here. */
const CONSTRUCTS: [name: string, example: string][] = [
  ['Literals of null, Boolean, Number and String', "[null, true, 1.5, 'text']"],
  ['List and Map literals', "[1, { a: 2, 'b': 3 }]"],
  ['Template literals', '`a ${1 + 1}`'],
  ['Static and computed member access', "{ a: [1] }.a[0] == { a: 1 }['a']"],
  ['Optional member access', 'null?.a'],
  ['Arithmetic', '1 + 2 * 3 - 4 / 2 % 2'],
  ['Comparison', "1 < 2 && 'a' <= 'b' && 1 == 1 && 1 != 2"],
  ['Logical operators', '!false && (true || false)'],
  ['Null coalescing', 'null ?? 1'],
  ['Conditional operator', 'true ? 1 : 2'],
  ['typeof', 'typeof 1'],
  ['Arrow functions', '[1].map(x => x + 1)'],
  ['Arrow functions with a Map or a block as body', '[1].map(x => { a: x }).map(y => { return y.a; })'],
  ['Variables', 'let a = 1; a + 1'],
  ['if and else', 'if (true) { return 1; } else { return 2; }'],
  ['try, catch and throw', "try { throw 'no'; } catch (e) { return e.message; }"],
  ['Comments', '1 /* one */ // and no more'],
  ['new', "new Date('2026-01-31T10:00:00Z')"],
  ['Strict equality', '1 === 1'],
  ['Spread', '[...[1]]'],
  ['Assignment to what is there', 'let a = 1; a = 2; a += 1'],
  ['Loops', 'for (let i = 0; i < 1; i++) { i }'],
  ['Function declarations', 'function f() { return 1; }'],
  ['Regular expression literals', '/a/'],
  ['Bitwise operators', '1 & 2'],
  ['in and instanceof', "'a' in { a: 1 }"],
];

/** Context variables that Jira's documents name. */
const VARIABLES = [
  'user',
  'issue',
  'originalIssue',
  'issues',
  'project',
  'transition',
  'workflow',
  'config',
  'groupOperator',
  'app',
  'board',
  'sprint',
  'serviceDesk',
  'customerRequest',
];

export interface TypeSupport {
  type: string;
  /** Properties, and methods with `()`. */
  members: string[];
  /** Jira has them, this site has not; an expression that reads one fails and says so. */
  missing: string[];
}

export interface ExpressionSupport {
  constructs: { name: string; example: string; supported: boolean }[];
  variables: { name: string; supported: boolean }[];
  /** What `new` makes. */
  constructors: string[];
  /** What stands without a variable: Number(...), JSON. */
  globals: string[];
  types: TypeSupport[];
}

const NO_RULES: RuleHost = { rules: () => [], validate: () => Promise.resolve({ result: false }), runPostFunction: () => undefined };
const TEXT: Json = { type: 'doc', version: 1, content: [{ type: 'paragraph', content: [{ type: 'text', text: 'Text' }] }] };

/** A site with one of everything that an expression can come upon. */
function sample(): { view: View; variables: Record<string, Value> } {
  const store = new Store();
  const now = 0;
  const accountId = seed(store, now);
  const jira: Jira = { store, clock: systemClock, baseUrl: 'http://site.example', rules: NO_RULES, emit: () => undefined };
  const role = store.roles.all()[0]?.id ?? '';
  const level = { id: '1', name: 'Level', description: '', members: [{ id: '1', holder: { type: 'user', accountId } as const }] };
  const securitySchemeId = store.securitySchemes.put({ id: '1', name: 'Scheme', description: '', levels: [level] }).id;
  const project = store.projects.put({
    id: '1',
    key: 'A',
    name: 'A',
    description: '',
    projectTypeKey: 'software',
    leadAccountId: accountId,
    assigneeType: 'UNASSIGNED',
    workTypeSchemeId: DEFAULTS.workTypeScheme,
    workflowSchemeId: DEFAULTS.workflowScheme,
    workTypeScreenSchemeId: DEFAULTS.workTypeScreenScheme,
    permissionSchemeId: DEFAULTS.permissionScheme,
    securitySchemeId,
    roleActors: { [role]: { users: [accountId], groups: [] } },
    properties: {},
    issueCounter: 1,
  });
  const [status] = store.statuses.all();
  const [workflow] = store.workflows.all();
  const transition = workflow?.transitions[0];
  const linkType = store.linkTypes.all()[0]?.id ?? '';
  if (!status || !workflow || !transition) throw new Error('A fresh site has a status and a workflow.');
  const item = { field: 'status', fieldtype: 'jira' as const, fieldId: 'status', from: null, fromText: null, to: status.id, toText: status.name };
  const issue: Issue = store.putIssue({
    id: '1',
    key: 'A-1',
    projectId: project.id,
    workTypeId: store.workTypes.all()[0]?.id ?? '',
    statusId: status.id,
    creatorId: accountId,
    created: now,
    updated: now,
    statusChanged: now,
    fields: {
      description: TEXT,
      priority: store.priorities.all()[0]?.id ?? null,
      resolution: store.resolutions.all()[0]?.id ?? null,
      security: level.id,
      assignee: accountId,
    },
    properties: {},
    changes: [{ id: '1', authorId: accountId, created: now, items: [item] }],
    comments: [{ id: '1', authorId: accountId, body: TEXT, created: now, updated: now, properties: [] }],
  });
  store.links.put({ id: '1', typeId: linkType, sourceId: issue.id, destinationId: issue.id });
  const budget = new Budget({ steps: Infinity, expensiveOperations: Infinity });
  const view: View = { jira, person: store.users.get(accountId), budget, zone: 'Etc/UTC', issue: (one) => issueThing(view, one) };
  const one = issueThing(view, issue);
  const variables = {
    user: userThing(view, accountId),
    ...variablesOf({ jira, person: view.person, workflow, transition, issue, original: issue, to: status.id }, {}, view),
    originalIssue: one,
    issues: [one],
    groupOperator: null,
  };
  return { view, variables };
}

type Reading = { value: Value } | 'missing';

/** What reading a member gives; a fault of types is no absence. */
function reading(read: () => Value): Reading {
  try {
    return { value: read() };
  } catch (error) {
    return error instanceof NotHere ? 'missing' : { value: null };
  }
}

/** The things that a value is or holds. */
const thingsIn = (value: Value): Thing[] => {
  if (value instanceof Thing) return [value];
  return Array.isArray(value) ? (value as readonly Value[]).flatMap(thingsIn) : [];
};

/** The types of Jira that can be reached from these values, each once. */
function reachable(roots: readonly Value[], parameter: Value): TypeSupport[] {
  const found = new Map<string, TypeSupport>();
  const open = roots.flatMap(thingsIn);
  for (let thing = open.shift(); thing; thing = open.shift()) {
    if (found.has(thing.type)) continue;
    const { members, methods = {} } = thing.parts;
    const readings: [name: string, Reading][] = [
      ...Object.entries(members).map(([name, read]) => [name, reading(read)] as [string, Reading]),
      ...Object.entries(methods).map(([name, call]) => [`${name}()`, reading(() => call([parameter]))] as [string, Reading]),
    ];
    const named = (missing: boolean): string[] => readings.filter(([, one]) => (one === 'missing') === missing).map(([name]) => name);
    found.set(thing.type, { type: thing.type, members: named(false), missing: named(true) });
    open.push(...readings.flatMap(([, one]) => (one === 'missing' ? [] : thingsIn(one.value))));
  }
  return [...found.values()];
}

/** Everything that this site has of the language. */
export function expressionSupport(): ExpressionSupport {
  const { view, variables } = sample();
  const constructors = constructorsOf(view);
  const works = (expression: string): boolean => evaluate(expression, { now: 0, zone: view.zone, variables, constructors }).ok;
  const language = Object.entries(LANGUAGE_TYPES).map(([type, { properties, methods }]) => ({
    type,
    members: [...Object.keys(properties), ...Object.keys(methods).map((name) => `${name}()`)],
    missing: [],
  }));
  const jira = reachable([...Object.values(variables), ...Object.values(GLOBALS)], variables['project'] ?? null);
  return {
    constructs: CONSTRUCTS.map(([name, example]) => ({ name, example, supported: works(example) })),
    variables: VARIABLES.map((name) => ({ name, supported: works(name) })),
    constructors: [...Object.keys(CONSTRUCTORS), ...Object.keys(constructors)],
    globals: Object.keys(GLOBALS),
    types: [...language, ...jira.sort((a, b) => a.type.localeCompare(b.type))],
  };
}
