import { describe, expect, it } from 'vitest';
import { planNode, setupCalls, SPACES_PER_PLAN, usmSettings } from '../../src/contract';
import { compareFlows } from '../../static/setup/drift/flow';
import { isDue, sortReport } from '../../static/setup/drift/report';
import { statusLines, toTarget as toMove } from '../../static/setup/existing/mapping';
import {
  consequence,
  decisions,
  hindrance,
  KIND_NAMES,
  onKey,
  onType,
  planCsv,
  rowsOf,
  type Filter,
  type PlanRow,
} from '../../static/setup/flow/plan';
import { headline, stageOf, stepLines, timeLeft } from '../../static/setup/flow/run';
import { draftOf, EMPTY, problemsOf, proposedKey, toTarget } from '../../static/setup/flow/start';
import { ALL, shownRules, whereLines } from '../../static/setup/rules/list';
import { isChanged, newCalendar, numberOf, withSection, wrongOf, wrongPlaces } from '../../static/setup/settings/draft';
import { csvCell } from '../../static/setup/ui/csv';
import { matches, seconds, toldProgress } from '../../static/setup/ui/words';
import { ALL_TYPES, drift, nodes, plan, progress, rule, settings } from './fixtures/setup';

const EVERYTHING: Filter = { query: '', only: 'all' };
const none: ReadonlySet<string> = new Set();
const names = (rows: readonly PlanRow[]): string[] => rows.map((row) => row.name);

describe('the plan as a tree', () => {
  it('is of the shape the functions answer', () => {
    expect(setupCalls['setup.plan'].answer.parse(plan)).toEqual(plan);
    expect(setupCalls['setup.status'].answer.parse(progress)).toEqual(progress);
  });

  it('shows every object once, whatever its kind', () => {
    const all = planNode.shape.kind.options.map((kind) => ({ id: kind, kind, name: KIND_NAMES[kind], action: 'create' as const }));
    const shown = rowsOf(all, EVERYTHING, none).flatMap((row) => (row.level === 2 ? [row.node.kind] : []));
    expect(shown.sort()).toEqual([...planNode.shape.kind.options].sort());
  });

  it('opens short groups and those with a conflict, and closes them by hand', () => {
    const open = (turned: ReadonlySet<string>): string[] =>
      rowsOf(nodes, EVERYTHING, turned).flatMap((row) => (row.level === 1 && row.open === true ? [row.name] : []));
    // Nine work types with their scheme, nine fields.
    expect(open(none)).toEqual(['Statuses', 'Workflows', 'Spaces']);
    expect(open(new Set(['group:Statuses', 'group:Fields']))).toEqual(['Workflows', 'Fields', 'Spaces']);
  });

  it('keeps the counts of a group and its parents under a filter, and leaves out groups without a match', () => {
    const rows = rowsOf(nodes, { query: '', only: 'reuse' }, none);
    expect(names(rows)).toEqual(['Work types', 'Incident']);
    expect(rows[0]).toMatchObject({ counts: { create: 8, change: 0, reuse: 1, conflict: 0 } });
    expect(names(rowsOf(nodes, { query: 'solution field', only: 'all' }, none))).toEqual(['Fields', 'Solution team', 'Solution']);
    expect(rowsOf(nodes, { query: 'nowhere', only: 'all' }, none)).toEqual([]);
  });

  it('shows what is inside an object once it is opened', () => {
    const closed = rowsOf(nodes, EVERYTHING, none).find((row) => row.id === 'workflow:incident');
    expect(closed).toMatchObject({ open: false });
    const rows = rowsOf(nodes, EVERYTHING, new Set(['workflow:incident']));
    expect(rows.filter((row) => row.parent === 'workflow:incident').map(({ level, place, size }) => ({ level, place, size }))).toEqual([
      { level: 3, place: 1, size: 2 },
      { level: 3, place: 2, size: 2 },
    ]);
  });

  it('is walked by arrows: down and up, opening to the right, closing and out to the left', () => {
    const rows = rowsOf(nodes, EVERYTHING, none);
    expect(onKey(rows, 'group:Statuses', 'ArrowDown')).toEqual({ focus: 'status:Reviewing' });
    expect(onKey(rows, 'status:Reviewing', 'ArrowUp')).toEqual({ focus: 'group:Statuses' });
    expect(onKey(rows, 'group:Fields', 'ArrowRight')).toEqual({ turn: 'group:Fields' });
    expect(onKey(rows, 'group:Statuses', 'ArrowRight')).toEqual({ focus: 'status:Reviewing' });
    expect(onKey(rows, 'group:Statuses', 'ArrowLeft')).toEqual({ turn: 'group:Statuses' });
    expect(onKey(rows, 'status:Reviewing', 'ArrowLeft')).toEqual({ focus: 'group:Statuses' });
    expect(onKey(rows, 'group:Work types', 'ArrowUp')).toEqual({});
    expect(onKey(rows, 'status:Reviewing', 'End')).toEqual({ focus: rows[rows.length - 1]?.id });
  });

  it('is searched by letters from where one is, and around', () => {
    const rows = rowsOf(nodes, EVERYTHING, none);
    expect(onType(rows, 'group:Statuses', 're')).toBe('status:Reviewing');
    expect(onType(rows, 'status:Reviewing', 'r')).toBe('status:Realising');
    expect(onType(rows, 'status:Realising', 'r')).toBe('status:Reviewing');
    expect(onType(rows, 'status:Realising', 'work')).toBe('group:Workflows');
    expect(onType(rows, 'status:Realising', 'zz')).toBeUndefined();
  });
});

describe('what a plan does', () => {
  it('is hindered by open conflicts only', () => {
    expect(hindrance(plan)).toBe('1 conflict to decide');
    expect(hindrance({ ...plan, counts: { ...plan.counts, conflict: 2 } })).toBe('2 conflicts to decide');
    expect(hindrance({ ...plan, counts: { ...plan.counts, conflict: 0 } })).toBeUndefined();
  });

  it('is said in counts before it is done', () => {
    expect(consequence(plan)).toBe('Creates 22 objects in this site.');
    expect(consequence({ ...plan, counts: { create: 1, change: 2, reuse: 0, conflict: 0 } })).toBe('Creates 1 object and changes 2 in this site.');
    expect(consequence({ ...plan, counts: { create: 0, change: 0, reuse: 9, conflict: 0 } })).toBe(
      'Everything exists already; applying only checks it.',
    );
  });

  it('asks what is open first, and what was decided can be decided anew', () => {
    const [open] = decisions(nodes);
    expect(open?.id).toBe('status:Negotiating');
    const decided = nodes.map((node) =>
      node.id === 'status:Negotiating' ? { ...node, action: 'create' as const, chosen: 'rename' as const } : node,
    );
    expect(decisions(decided).map(({ id }) => id)).toEqual(['status:Negotiating']);
  });

  it('leaves as a table that no spreadsheet takes for formulas', () => {
    const [head, ...lines] = planCsv(plan).split('\r\n');
    expect(head).toBe('Kind,Name,Action,Detail,Inside');
    expect(lines).toHaveLength(nodes.length + 1);
    expect(lines).toContain('status,Negotiating,Conflict,"exists in To Do, ours is In Progress",');
    expect(csvCell('=1+1')).toBe("'=1+1");
    expect(csvCell('say "x", twice')).toBe('"say ""x"", twice"');
  });
});

describe('where USM should work', () => {
  const named = { ...EMPTY, name: 'Noordhaven Shared Services' };

  it('is a new space with a key out of its name, or one typed', () => {
    expect(toTarget(named).spaces).toEqual({ kind: 'new', key: 'NSS', name: 'Noordhaven Shared Services' });
    expect(toTarget({ ...named, key: 'NOOR' }).spaces).toMatchObject({ key: 'NOOR' });
    expect(draftOf(toTarget(named))).toMatchObject({ kind: 'new', name: 'Noordhaven Shared Services', key: 'NSS' });
  });

  it('gets a key as Jira proposes it', () => {
    expect(proposedKey('Noordhaven Shared Services')).toBe('NSS');
    expect(proposedKey('Facilities')).toBe('FACI');
    expect(proposedKey('24 Hour Desk')).toBe('HD');
    expect(proposedKey('')).toBe('');
  });

  it('is checked as the contract does, in words', () => {
    expect(problemsOf(named)).toEqual({});
    expect(Object.keys(problemsOf({ ...EMPTY, name: ' ', key: 'nss' })).sort()).toEqual(['key', 'name']);
    expect(problemsOf({ ...named, key: '1A' }).key).toContain('beginning with a letter');
    expect(problemsOf({ ...EMPTY, kind: 'existing' }).keys).toBe('Choose at least one space.');
    const many = Array.from({ length: SPACES_PER_PLAN + 1 }, (_, index) => `OPS${String(index)}`);
    expect(problemsOf({ ...EMPTY, kind: 'existing', keys: many }).keys).toContain('at most 10');
    expect(problemsOf({ ...EMPTY, kind: 'existing', keys: ['OPS'] })).toEqual({});
  });
});

describe('a run', () => {
  it('begins the page where it was left', () => {
    expect(stageOf({ ...progress, phase: 'none' })).toBe('assess');
    expect(stageOf(progress)).toBe('apply');
    expect(stageOf({ ...progress, phase: 'undoFailed' })).toBe('apply');
    expect(stageOf({ ...progress, phase: 'done' })).toBe('verify');
    expect(stageOf({ ...progress, phase: 'undone' })).toBe('assess');
  });

  it('is told step by step: done, with what happened, under way, to come', () => {
    expect(stepLines(progress, true)).toEqual([
      { name: 'Statuses', mark: 'met', state: 'done', detail: '6 created, 8 reused', time: '2 s' },
      { name: 'Roles', mark: 'later', state: 'done, with a note', detail: '7 created. Jira asked to wait 4 s', time: '6 s' },
      { name: 'Workflows', mark: 'running', state: 'under way' },
      { name: 'Space NSS', mark: 'open', state: 'to come' },
    ]);
    expect(stepLines(progress, false)[2]).toMatchObject({ mark: 'open', state: 'next' });
    const failed = { name: 'Workflows', text: 'taken', reference: '1', skippable: false };
    expect(stepLines({ ...progress, phase: 'failed', failed }, false)[2]).toMatchObject({ mark: 'unmet', state: 'failed' });
  });

  it('says how far it is, and about how long it still takes', () => {
    expect(headline(progress)).toBe('Step 3 of 4: Workflows');
    expect(headline({ ...progress, phase: 'undoing', step: 0, of: 9 })).toBe('Undoing, step 1 of 9');
    expect(timeLeft(progress)).toBe('about 8 s left');
    expect(timeLeft({ ...progress, done: [] })).toBeUndefined();
    expect(timeLeft({ ...progress, phase: 'failed' })).toBeUndefined();
  });

  it('is told every ten per cent', () => {
    expect(toldProgress(0, 0)).toBe('');
    expect(toldProgress(1, 12)).toBe('0 % done');
    expect(toldProgress(7, 12)).toBe('50 % done');
    expect(toldProgress(12, 12)).toBe('100 % done');
  });
});

describe('drift', () => {
  it('shows a removed step where it would stand, and an added one as such', () => {
    expect(compareFlows(['Preparing', 'Realising', 'Reviewing', 'Fulfilled'], ['Preparing', 'Realising', 'Fulfilled'])).toEqual([
      { name: 'Preparing', is: 'same' },
      { name: 'Realising', is: 'same' },
      { name: 'Reviewing', is: 'missing' },
      { name: 'Fulfilled', is: 'same' },
    ]);
    expect(compareFlows(['A', 'B'], ['A', 'X', 'B']).map(({ is }) => is)).toEqual(['same', 'added', 'same']);
    expect(compareFlows([], ['X'])).toEqual([{ name: 'X', is: 'added' }]);
    expect(compareFlows(['A', 'B'], ['B', 'A']).filter(({ is }) => is === 'same')).toHaveLength(1);
  });

  it('is sorted by what it means; only open, mendable and harmless ones are safe', () => {
    const accepted = { reason: 'Ours', review: '2027-01-01', by: { accountId: 'a', name: 'Lotte' }, at: 0 };
    const items = [
      drift('added'),
      drift('broken', { severity: 'broken' }),
      drift('by hand', { repair: [] }),
      drift('moves work', { safe: false }),
      drift('accepted', { accepted }),
    ];
    const sorted = sortReport({ state: 'ok', items, repaired: [], upgrade: false });
    expect(sorted.open.map(({ id }) => id)).toEqual(['broken', 'added', 'by hand', 'moves work']);
    expect(sorted.accepted.map(({ id }) => id)).toEqual(['accepted']);
    expect(sorted.safe.map(({ id }) => id)).toEqual(['broken', 'added']);
    expect(isDue(drift('accepted', { accepted }), '2026-12-31')).toBe(false);
    expect(isDue(drift('accepted', { accepted }), '2027-01-01')).toBe(true);
  });
});

describe('the rules', () => {
  const rows = [
    rule('V13', ['rfc'], ['Release'], { asks: 'Who built a change does not accept it', level: 'enforce', refused: 2 }),
    rule('V14', ALL_TYPES, ['Close'], { refused: 7 }),
    rule('V09', ['incident', 'wish', 'complaint'], ['Confirm', 'Close'], { settable: false, level: 'enforce' }),
  ];
  const ids = (filter: Partial<typeof ALL>): string[] => {
    const { settable, always } = shownRules(rows, { ...ALL, ...filter });
    return [...settable, ...always].map((row) => row.rule);
  };

  it('are found by code, words and steps, by work type and by level', () => {
    expect(ids({})).toEqual(['V13', 'V14', 'V09']);
    expect(ids({ query: 'v13' })).toEqual(['V13']);
    expect(ids({ query: 'release' })).toEqual(['V13']);
    expect(ids({ type: 'incident' })).toEqual(['V14', 'V09']);
    expect(ids({ level: 'enforce' })).toEqual(['V13']);
    expect(ids({ level: 'always' })).toEqual(['V09']);
    expect(ids({ order: 'refused' })).toEqual(['V14', 'V13', 'V09']);
  });

  it('say where they stand in a few words, and wholly on asking', () => {
    expect(rows.map((row) => whereLines(row).map(({ text }) => text))).toEqual([
      ['Request for Change: Release'],
      ['all: Close'],
      ['3 work types: Confirm, Close'],
    ]);
    expect(rows.slice(2).flatMap(whereLines)[0]?.whole).toBe('Incident, Wish, Complaint: Confirm, Close');
  });
});

describe('the settings while they are edited', () => {
  it('are wrong in places, in words', () => {
    expect(usmSettings.parse(settings)).toEqual(settings);
    expect(wrongPlaces(settings).size).toBe(0);
    const [calendar] = settings.calendars;
    const bad = {
      ...settings,
      reopenDays: numberOf(''),
      waitingReasons: [' '],
      calendars: calendar
        ? [{ ...calendar, timeZone: 'Mars', week: [[{ from: '17:00', to: '08:00' }], [{ from: '8', to: '17:00' }], [], [], [], [], []] }]
        : [],
    };
    const wrong = wrongPlaces(bad);
    expect(Object.fromEntries(wrong)).toEqual({
      reopenDays: 'Give 0 to 60 days.',
      'waitingReasons.0': 'Give it 1 to 60 letters.',
      'calendars.0.timeZone': 'Use a name such as Europe/Amsterdam.',
      'calendars.0.week.0.0.to': 'It ends before it begins.',
      'calendars.0.week.1.0.from': 'Give a time from 00:00 to 24:00, such as 08:30.',
    });
    expect(wrongOf(wrong, 'closing').map(([path]) => path)).toEqual(['reopenDays']);
    expect(wrongOf(wrong, 'people')).toEqual([]);
  });

  it('are kept page by page: the other pages stay as they are', () => {
    const draft = { ...settings, reopenDays: 9, waitingReasons: ['Supplier'] };
    expect(isChanged(draft, settings, 'closing')).toBe(true);
    expect(isChanged(draft, settings, 'people')).toBe(false);
    const kept = withSection(settings, draft, 'closing');
    expect(kept.reopenDays).toBe(9);
    expect(kept.waitingReasons).toEqual(settings.waitingReasons);
  });

  it('give a new calendar an id that nobody has', () => {
    expect(newCalendar(settings.calendars).id).toBe('calendar-3');
    const two = [...settings.calendars, newCalendar(settings.calendars)];
    expect(new Set([...two, newCalendar(two)].map(({ id }) => id)).size).toBe(3);
    expect(usmSettings.safeParse({ ...settings, calendars: [newCalendar([])] }).success).toBe(true);
  });
});

describe('existing work', () => {
  it('moves only the types that become something', () => {
    expect(toMove('OPS', 'NSS', { '1': 'incident', '2': undefined })).toEqual({ from: 'OPS', to: 'NSS', types: { '1': 'incident' } });
  });

  it('tells statuses that become one together', () => {
    const status = (name: string, count: number, toName: string) => ({ name, count, to: 'registered' as const, toName });
    expect(
      statusLines({
        typeId: '1',
        typeName: 'Bug',
        to: 'incident',
        toName: 'Incident',
        count: 6,
        statuses: [status('To Do', 1, 'Registered'), status('Done', 3, 'Closed'), status('Backlog', 2, 'Registered')],
        examples: [],
      }),
    ).toEqual([
      { to: 'Registered', from: 'To Do, Backlog', count: 3 },
      { to: 'Closed', from: 'Done', count: 3 },
    ]);
  });
});

describe('words', () => {
  it('tell spans, and are found in any order', () => {
    expect(seconds(4_400)).toBe('4 s');
    expect(seconds(80_000)).toBe('1 min 20 s');
    expect(matches('release build', 'Who built', 'build and release')).toBe(true);
    expect(matches('release zzz', 'release')).toBe(false);
    expect(matches('', 'anything')).toBe(true);
  });
});
