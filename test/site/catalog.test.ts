/** The catalog on the site: items are kept and approved, only what is agreed is shown, and a request makes the right work item, once, filled in. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ManualClock } from '../../sandbox/clock';
import {
  accountId,
  approved,
  ask,
  type Asked,
  type Catalog,
  catalogSite,
  DESK,
  inForce,
  look,
  ok,
  PASSWORD,
  records,
  WORKPLACE,
  wrong,
} from './support/catalog-world';

/** A Friday. */
const clock = new ManualClock(new Date('2026-11-20T10:15:00Z'));
let catalog: Catalog;
beforeAll(async () => {
  catalog = await catalogSite(clock);
  await records(catalog);
});
afterAll(() => catalog.fresh.stop());

const people = () => catalog.world.people;
const order = (more: Partial<Asked<'catalog.request'>> & { id: string }): Asked<'catalog.request'> => ({ request: randomUUID(), ...more });
const SYSTEM = { 'For which system': 'Mail' };

describe('whoever keeps the catalog', () => {
  it('writes an item once, and a second writer is told', async () => {
    const { lotte } = people();
    const saved = ok(await ask(lotte, 'catalog.save', { item: PASSWORD, rowVersion: 0 }));
    expect([saved.status, saved.rowVersion, saved.hinders, saved.history]).toEqual(['draft', 1, [], []]);
    const changed = ok(await ask(lotte, 'catalog.save', { item: { ...PASSWORD, forWhom: 'Everybody on a ward' }, rowVersion: 1 }));
    expect(changed.rowVersion).toBe(2);
    // The same once more is no other writer.
    expect(ok(await ask(lotte, 'catalog.save', { item: { ...PASSWORD, forWhom: 'Everybody on a ward' }, rowVersion: 1 })).rowVersion).toBe(2);
    expect(await ask(lotte, 'catalog.save', { item: { ...PASSWORD, forWhom: 'Nobody' }, rowVersion: 1 })).toMatchObject({
      state: 'stale',
      now: { rowVersion: 2, item: { forWhom: 'Everybody on a ward' } },
    });
  });

  it('is told what is wrong, where, and keeps nothing of it', async () => {
    const { lotte } = people();
    const save = async (more: object) =>
      wrong(await ask(lotte, 'catalog.save', { item: { ...PASSWORD, id: 'other', title: 'Other', ...more }, rowVersion: 0 }));
    expect(await save({ title: 'New password' })).toEqual(['sameTitle']);
    expect(await save({ type: 'rfc' })).toEqual(['automatic']);
    expect(await save({ fields: [{ label: 'Which', kind: 'choice', choices: ['One'] }] })).toEqual(['choices']);
    expect(
      await save({
        fields: [
          { label: 'Where', kind: 'text' },
          { label: 'where', kind: 'text' },
        ],
      }),
    ).toEqual(['twice']);
    expect(await ask(lotte, 'catalog.get', { id: 'other' })).toMatchObject({ state: 'error', code: 'person.notFound' });
  });

  it('approves with who and when; a standard change only with its whole template (V47)', async () => {
    const { lotte } = people();
    const lacking = ok(await ask(lotte, 'catalog.save', { item: { ...DESK, plan: '', backOut: '' }, rowVersion: 0 }));
    expect(lacking.hinders.map(({ rule, path }) => [rule, path])).toEqual([
      ['V47', 'plan'],
      ['V47', 'backOut'],
    ]);
    expect(wrong(await ask(lotte, 'catalog.deed', { id: DESK.id, rowVersion: 1, kind: 'approve' }))).toEqual(['V47', 'V47']);
    const whole = ok(await ask(lotte, 'catalog.save', { item: DESK, rowVersion: 1 }));
    const yes = ok(await ask(lotte, 'catalog.deed', { id: DESK.id, rowVersion: whole.rowVersion, kind: 'approve' }));
    expect([yes.status, yes.history.map(({ kind, by }) => [kind, by.name])]).toEqual(['approved', [['approve', 'Lotte Smit']]]);
    // The same deed once more, after an answer that was lost.
    expect(ok(await ask(lotte, 'catalog.deed', { id: DESK.id, rowVersion: whole.rowVersion, kind: 'approve' })).history).toHaveLength(1);
    ok(await ask(lotte, 'catalog.deed', { id: PASSWORD.id, rowVersion: 2, kind: 'approve' }));
    await approved(catalog, WORKPLACE);
  });

  it('keeps the title of what was approved, since work items name it', async () => {
    const { lotte } = people();
    const { rowVersion, item } = ok(await ask(lotte, 'catalog.get', { id: DESK.id }));
    expect(wrong(await ask(lotte, 'catalog.save', { item: { ...item, title: 'A desk' }, rowVersion }))).toEqual(['titleKept']);
  });

  it('whoever is no service manager keeps nothing', async () => {
    for (const who of [people().sofia, people().henk]) {
      expect(await ask(who, 'catalog.save', { item: { ...DESK, id: 'mine', title: 'Mine' }, rowVersion: 0 })).toMatchObject({ state: 'forbidden' });
      expect(await ask(who, 'catalog.deed', { id: DESK.id, rowVersion: 9, kind: 'withdraw' })).toMatchObject({ state: 'forbidden' });
      expect(await ask(who, 'catalog.items', {})).toMatchObject({ state: 'forbidden' });
    }
  });

  it('names of items, services and customers can be chosen in Jira', async () => {
    const { world } = catalog;
    const choices = async (name: string): Promise<string[]> => {
      const field = world.fields.get(name) ?? '';
      const { values } = await world.admin.ask<{ values: { id: string }[] }>('GET', `/rest/api/3/field/${field}/context`);
      const options = await world.admin.ask<{ values: { value: string }[] }>(
        'GET',
        `/rest/api/3/field/${field}/context/${values[0]?.id ?? ''}/option`,
      );
      return options.values.map(({ value }) => value);
    };
    expect(await choices('Catalog item')).toEqual(['A desk with a network point', 'New password', 'A ward workplace']);
    expect(await choices('Service')).toEqual(expect.arrayContaining(['Ward network', 'Internet on the wards']));
    // Once each, whatever was there before, and no team among them.
    expect((await choices('Customer')).filter((name) => ['Sint Lucas Ziekenhuis', 'Ward 3B', 'Service desk'].includes(name))).toEqual([
      'Sint Lucas Ziekenhuis',
      'Ward 3B',
    ]);
  });
});

describe('a file', () => {
  it('brings customers that can be chosen in Jira, as if they had been written', async () => {
    const { world } = catalog;
    const run = randomUUID();
    const bring = (asked: object) => people().lotte.invoke<{ state: string }>('usm', 'agreements.import', asked);
    const rows = [{ id: 'haven', name: 'Havencollege Zuid', kind: 'customer', inside: false, representatives: [], requesters: [] }];
    expect(await bring({ step: 'take', run, part: 'parties', from: 0, rows })).toMatchObject({ state: 'taken', wrong: [] });
    expect(await bring({ step: 'check', run })).toMatchObject({ state: 'checked', added: 1 });
    expect(await bring({ step: 'write', run })).toMatchObject({ state: 'done' });
    const field = world.fields.get('Customer') ?? '';
    const { values } = await world.admin.ask<{ values: { id: string }[] }>('GET', `/rest/api/3/field/${field}/context`);
    const options = await world.admin.ask<{ values: { value: string }[] }>('GET', `/rest/api/3/field/${field}/context/${values[0]?.id ?? ''}/option`);
    expect(options.values.map(({ value }) => value)).toContain('Havencollege Zuid');
  });
});

describe('whoever looks', () => {
  it('sees nothing before anything is agreed, and whom to ask', async () => {
    expect(ok(await ask(people().sofia, 'catalog.browse', {}))).toMatchObject({
      items: [],
      total: 0,
      nothing: expect.stringContaining('Nothing is agreed for') as string,
    });
    expect(await ask(people().sofia, 'catalog.item', { id: DESK.id })).toMatchObject({ state: 'forbidden' });
    expect(await ask(people().sofia, 'catalog.request', order({ id: DESK.id }))).toMatchObject({ state: 'forbidden' });
  });

  it('sees what an agreement in force lists for their customer, also from a unit of it, and nothing else', async () => {
    await inForce(catalog, [PASSWORD.id, DESK.id, WORKPLACE.id]);
    const titles = async (who: keyof Catalog['world']['people'], query = '') =>
      ok(await ask(people()[who], 'catalog.browse', { query })).items.map(({ title }) => title);
    expect(await titles('sofia')).toEqual(['A desk with a network point', 'A ward workplace', 'New password']);
    expect(await titles('bram')).toEqual(['A desk with a network point', 'A ward workplace', 'New password']);
    expect(await titles('amira')).toEqual([]);
    // By the title, what you get, and what people also call it; in whatever order of words.
    expect(await titles('sofia', 'desk ward')).toEqual(['A ward workplace']);
    expect(await titles('sofia', 'FORGOTTEN')).toEqual(['New password']);
    expect(await titles('sofia', '%')).toEqual([]);
    const whole = ok(await ask(people().sofia, 'catalog.browse', {}));
    expect(whole).toMatchObject({ total: 3, services: [{ id: 'workplace', name: 'Workplace', n: 3 }], staff: false, keeps: false });
    expect(whole.items[0]).toMatchObject({ ready: 'Within 5 working days', cost: 'EUR 84 a month for each desk' });
    // No work type is named to whoever asks.
    expect(JSON.stringify(whole)).not.toMatch(/Request for Change|Service Request|rfc|serviceRequest/);
  });

  it('only people who work here look as somebody else', async () => {
    const sofia = await accountId(people().sofia);
    expect(ok(await ask(people().amira, 'catalog.browse', { as: sofia }))).toMatchObject({ person: { name: 'Sofia Rossi' }, total: 3, staff: true });
    expect(await ask(people().bram, 'catalog.browse', { as: sofia })).toMatchObject({ state: 'forbidden' });
    expect(await ask(people().bram, 'catalog.request', order({ id: PASSWORD.id, as: sofia, answers: SYSTEM }))).toMatchObject({ state: 'forbidden' });
    const detail = ok(await ask(people().amira, 'catalog.item', { id: DESK.id, as: sofia }));
    expect(detail.staff).toMatchObject({ typeName: 'Request for Change, standard', process: 'Change, then Operate', team: 'Workplace' });
    expect(ok(await ask(people().sofia, 'catalog.item', { id: DESK.id })).staff).toBeUndefined();
  });

  it('reads the promise in plain words, and the first day that is promised', async () => {
    const detail = ok(await ask(people().sofia, 'catalog.item', { id: DESK.id }));
    expect(detail).toMatchObject({
      firstDay: '2026-11-27',
      customers: [{ id: 'lucas' }],
      card: { supportHow: { text: 'Day and night for wards.' } },
    });
  });
});

describe('whoever asks', () => {
  const made: string[] = [];

  it('gets a work item of the right type, made as themselves, filled in', async () => {
    const answer = ok(
      await ask(
        people().sofia,
        'catalog.request',
        order({ id: DESK.id, answers: { Where: 'Ward 3B', 'How many': 2 }, wanted: '2026-11-30', note: 'After 9.' }),
      ),
    );
    made.push(answer.key);
    const issue = await look(catalog, answer.key);
    expect([issue.fields.issuetype.name, issue.fields.summary, issue.fields.status.name, issue.fields.reporter.displayName]).toEqual([
      'Request for Change',
      DESK.title,
      'Registered',
      'Sofia Rossi',
    ]);
    const value = (name: string) => (issue.field(name) as { value?: string } | null)?.value;
    expect(['Service', 'Customer', 'Catalog item', 'Solution team', 'Change category', 'Impact'].map(value)).toEqual([
      'Workplace',
      'Sint Lucas Ziekenhuis',
      DESK.title,
      'Workplace',
      'Standard',
      'Medium',
    ]);
    expect(issue.field('Items to add')).toEqual(['DESK-NEW']);
    for (const [name, text] of [
      ['Plan', DESK.plan],
      ['Test plan', 'The label is right.'],
      ['Back-out', DESK.backOut],
      ['Deployment plan', DESK.deployment],
      ['description', 'How many: 2'],
      ['description', 'After 9.'],
    ] as const)
      expect(JSON.stringify(issue.field(name)), name).toContain(text);
    expect(Date.parse(String(issue.field('Deliver or restore by')))).toBe(Date.parse('2026-11-30T23:59:59.999Z'));
  });

  it('a day before the agreed term is refused in words, with the first possible day', async () => {
    const early = await ask(people().sofia, 'catalog.request', order({ id: DESK.id, answers: { Where: 'Ward 3B' }, wanted: '2026-11-26' }));
    expect(early).toMatchObject({
      state: 'refused',
      wrong: [{ kind: 'early', text: 'Agreed is within 5 working days: the first possible day is 27 November 2026.', path: 'wanted' }],
    });
    expect(wrong(await ask(people().sofia, 'catalog.request', order({ id: DESK.id, answers: {} })))).toEqual(['required']);
    expect(wrong(await ask(people().sofia, 'catalog.request', order({ id: DESK.id, answers: { Where: 'x', 'How many': 'two' } })))).toEqual([
      'answer',
    ]);
    expect(wrong(await ask(people().sofia, 'catalog.request', order({ id: PASSWORD.id, answers: { 'For which system': 'All' } })))).toEqual([
      'answer',
    ]);
    expect(wrong(await ask(people().sofia, 'catalog.request', order({ id: PASSWORD.id, answers: { ...SYSTEM, Priority: 'Highest' } })))).toEqual([
      'changed',
    ]);
  });

  it('however often and at once the same request arrives, one work item is made', async () => {
    const asked = order({ id: DESK.id, answers: { Where: 'Ward 4' } });
    const answers = await Promise.all([1, 2, 3].map(() => ask(people().sofia, 'catalog.request', asked)));
    const keys = answers.map((one) => ok(one).key);
    expect(new Set([...keys, ok(await ask(people().sofia, 'catalog.request', asked)).key]).size).toBe(1);
    // Another person's, or another thing, is not the same request.
    expect(await ask(people().bram, 'catalog.request', asked)).toMatchObject({ state: 'error', code: 'person.conflict' });
  });

  it('staff ask for somebody, who then is whoever asked', async () => {
    const bram = await accountId(people().bram);
    const { key } = ok(await ask(people().amira, 'catalog.request', order({ id: DESK.id, as: bram, answers: { Where: 'Ward 3B' } })));
    const issue = await look(catalog, key);
    const name = (field: string) => (issue.field(field) as { displayName?: string } | null)?.displayName;
    expect([issue.fields.reporter.displayName, name('Requester'), name('Asked by')]).toEqual(['Amira Haddad', 'Bram Jansen', 'Bram Jansen']);
    // For the unit that he belongs to, under the agreement with the whole.
    expect(issue.field('Customer')).toMatchObject({ value: 'Ward 3B' });
  });

  it('what is marked is accepted by itself', async () => {
    const answer = ok(await ask(people().sofia, 'catalog.request', order({ id: PASSWORD.id, answers: SYSTEM })));
    expect(answer.accepted).toBe(true);
    expect((await look(catalog, answer.key)).fields.status.name).toBe('Accepted');
  });

  it('whoever may not create in Jira has it made by the app, with themselves as whoever asked', async () => {
    const { admin } = catalog.world;
    interface Grant {
      id: number;
      permission: string;
      holder: { type: string };
    }
    const scheme = await admin.ask<{ id: number; permissions: Grant[] }>('GET', '/rest/api/3/project/NSS/permissionscheme?expand=permissions');
    const path = `/rest/api/3/permissionscheme/${String(scheme.id)}/permission`;
    // Apps have a role of their own.
    const grants = scheme.permissions.filter((one) => one.permission === 'CREATE_ISSUES' && one.holder.type !== 'projectRole');
    expect(grants.length).toBeGreaterThan(0);
    for (const { id } of grants) await admin.ask('DELETE', `${path}/${String(id)}`);
    try {
      expect((await people().sofia.send('POST', '/rest/api/3/issue', { fields: {} })).status).toBe(400);
      const { key } = ok(await ask(people().sofia, 'catalog.request', order({ id: DESK.id, answers: { Where: 'Ward 5' } })));
      const issue = await look(catalog, key);
      expect((issue.fields['creator'] as { displayName: string }).displayName).toBe('USM for Jira');
      expect([issue.fields.reporter.displayName, (issue.field('Asked by') as { displayName: string }).displayName]).toEqual([
        'Sofia Rossi',
        'Sofia Rossi',
      ]);
      // Beside a work item nobody makes what they could not make in Jira.
      expect(await ask(people().amira, 'catalog.start', { request: randomUUID(), id: PASSWORD.id }, key)).toMatchObject({ state: 'forbidden' });
    } finally {
      for (const { permission, holder: who } of grants) await admin.ask('POST', path, { permission, holder: who });
    }
  });

  it('is made once also when Jira’s answer was lost, and the page tries again', async () => {
    const { admin } = catalog.world;
    const asked = order({ id: DESK.id, answers: { Where: 'Ward 6' } });
    await admin.ask('POST', '/_sandbox/faults', {
      rules: [{ match: { method: 'POST', path: '^/rest/api/3/issue$' }, answer: { lostAfter: true }, times: 1 }],
    });
    expect(await ask(people().sofia, 'catalog.request', asked)).toMatchObject({ state: 'error', code: 'platform.unavailable' });
    // Whoever had the turn may still be at it.
    clock.advance(30_000);
    const { key } = ok(await ask(people().sofia, 'catalog.request', asked));
    clock.advance(5_000);
    const found = await admin.ask<{ issues: { key: string }[] }>('POST', '/rest/api/3/search/jql', {
      jql: 'project = NSS AND description ~ "Ward 6"',
      fields: ['summary'],
    });
    expect(found.issues.map((one) => one.key)).toEqual([key]);
  });

  it('is accepted by the next round where Jira did not answer the app', async () => {
    const { admin } = catalog.world;
    await admin.ask('POST', '/_sandbox/faults', {
      rules: [{ match: { method: 'POST', path: '/transitions$', app: 'USM for Jira' }, answer: { status: 503 }, times: 1 }],
    });
    const { key, accepted } = ok(await ask(people().sofia, 'catalog.request', order({ id: PASSWORD.id, answers: SYSTEM })));
    expect([accepted, (await look(catalog, key)).fields.status.name]).toEqual([false, 'Registered']);
    clock.advance(6 * 60_000);
    await admin.ask('POST', '/_sandbox/idle');
    expect((await look(catalog, key)).fields.status.name).toBe('Accepted');
  });

  it('writes whatever they like, and it stays text', async () => {
    const hostile = `<img src=x onerror="alert(1)"> '; DROP TABLE catalog_item; -- {{x}} \u0000 ${'😀'.repeat(40)}\n* [x|javascript:alert(1)]`;
    const { key } = ok(await ask(people().sofia, 'catalog.request', order({ id: DESK.id, answers: { Where: hostile }, note: hostile })));
    expect(JSON.stringify((await look(catalog, key)).field('description'))).toContain(JSON.stringify(hostile.split('\n')[0]).slice(1, -1));
    for (const query of [`%' OR 1=1 -- `, '\\', '_______', 'ward'.repeat(40), '"'])
      expect(ok(await ask(people().sofia, 'catalog.browse', { query })).items).toEqual([]);
    for (const payload of [
      { ...order({ id: DESK.id }), id: '../../x' },
      { ...order({ id: DESK.id }), request: 'again' },
      { ...order({ id: DESK.id }), wanted: '2026-13-45' },
      { ...order({ id: DESK.id }), answers: { Where: { $ne: 1 } } },
    ])
      expect(await people().sofia.invoke('usm', 'catalog.request', payload)).toMatchObject({ state: 'error', code: 'person.input' });
    expect(await ask(people().sofia, 'catalog.browse', { after: 'nonsense' })).toMatchObject({ state: 'error', code: 'person.input' });
  });

  it('in their own words it becomes what the door means, and nobody read a type', async () => {
    const request = randomUUID();
    const answer = ok(
      await ask(people().sofia, 'catalog.tell', {
        request,
        need: 'notWorking',
        summary: 'The screen is black',
        text: 'Since 9.',
        service: 'workplace',
      }),
    );
    expect(JSON.stringify(answer)).not.toMatch(/ncident/);
    const issue = await look(catalog, answer.key);
    expect([issue.fields.issuetype.name, issue.field('Customer'), JSON.stringify(issue.field('Observed'))]).toEqual([
      'Incident',
      expect.objectContaining({ value: 'Sint Lucas Ziekenhuis' }),
      expect.stringContaining('Since 9.'),
    ]);
  });

  it('finds their own open requests again, in words', async () => {
    clock.advance(5_000);
    const mine = ok(await ask(people().sofia, 'catalog.mine', {}));
    expect(mine.open.map(({ key }) => key)).toContain(made[0]);
    expect(mine.open.find(({ key }) => key === made[0])?.text).toBe('We have it. Nobody has taken it on yet.');
    expect(ok(await ask(people().karel, 'catalog.mine', {})).open).toEqual([]);
  });
});

describe('approval on the customer’s side', () => {
  it('is given by whoever represents the customer, and then the app accepts', async () => {
    const { key } = ok(await ask(people().bram, 'catalog.request', order({ id: WORKPLACE.id })));
    expect((await look(catalog, key)).fields.status.name).toBe('Registered');
    const waiting = ok(await ask(people().sofia, 'catalog.mine', {})).approve;
    expect(waiting.map(({ key: one, by }) => [one, by.name])).toEqual([[key, 'Bram Jansen']]);
    expect(ok(await ask(people().bram, 'catalog.mine', {})).approve).toEqual([]);
    const say = (who: keyof Catalog['world']['people'], verdict: 'approve' | 'notYet') =>
      ask(people()[who], 'catalog.approve', { key, item: WORKPLACE.id, verdict });
    expect(await say('bram', 'approve')).toMatchObject({ state: 'forbidden' });
    expect(await say('lotte', 'approve')).toMatchObject({ state: 'forbidden' });
    expect(ok(await say('sofia', 'notYet')).accepted).toBe(false);
    expect(ok(await ask(people().sofia, 'catalog.forWorkItem', {}, key)).approval).toMatchObject({
      role: 'ward manager',
      mine: true,
      given: { verdict: 'notYet' },
    });
    expect(ok(await say('sofia', 'approve')).accepted).toBe(true);
    expect((await look(catalog, key)).fields.status.name).toBe('Accepted');
    expect(await say('sofia', 'notYet')).toMatchObject({ state: 'error', code: 'person.conflict' });
    expect(ok(await ask(people().sofia, 'catalog.mine', {})).approve).toEqual([]);
  });
});

describe('beside a work item', () => {
  it('stands what was asked for, what is promised, and what can be started from there', async () => {
    const { key } = ok(await ask(people().sofia, 'catalog.request', order({ id: DESK.id, answers: { Where: 'Ward 3B' } })));
    const panel = ok(await ask(people().amira, 'catalog.forWorkItem', {}, key));
    expect(panel).toMatchObject({
      service: 'Workplace',
      ordered: { title: DESK.title },
      card: { facilityWhat: { text: 'Staff and visitors go online.' } },
    });
    // Most asked for first.
    expect(panel.standards.map(({ id }) => id)[0]).toBe(DESK.id);
    const started = ok(await ask(people().amira, 'catalog.start', { request: randomUUID(), id: PASSWORD.id }, key));
    const issue = await look(catalog, started.key);
    expect(issue.fields['issuelinks']).toMatchObject([{ type: { name: 'USM follow-up' }, inwardIssue: { key } }]);
    expect(issue.field('Requester')).toMatchObject({ displayName: 'Sofia Rossi' });
  });
});

describe('what is withdrawn or over', () => {
  it('is not shown, and cannot be asked for', async () => {
    const { lotte, sofia } = people();
    const { rowVersion } = ok(await ask(lotte, 'catalog.get', { id: PASSWORD.id }));
    ok(await ask(lotte, 'catalog.deed', { id: PASSWORD.id, rowVersion, kind: 'withdraw' }));
    expect(ok(await ask(sofia, 'catalog.browse', {})).items.map(({ id }) => id)).not.toContain(PASSWORD.id);
    expect(await ask(sofia, 'catalog.request', order({ id: PASSWORD.id, answers: SYSTEM }))).toMatchObject({
      state: 'error',
      code: 'person.notFound',
    });
  });
});
