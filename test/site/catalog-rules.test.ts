/** Rules about what was agreed beforehand (V05, V08, V38, V47), refused and let through over REST; with the scenarios A1, A9 and A10 that rest on them. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ManualClock } from '../../sandbox/clock';
import { fillIn, idle } from '../../sandbox/demo/acts';
import { asking, CALL, operate, REASON } from '../scenarios/acts';
import { Play } from '../scenarios/play';
import { approved, ask, type Catalog, catalogSite, DESK, inForce, ok, PASSWORD, records, WORKPLACE } from './support/catalog-world';

const clock = new ManualClock(new Date('2026-11-20T10:15:00Z'));
let catalog: Catalog;
let play: Play;
beforeAll(async () => {
  catalog = await catalogSite(clock);
  play = new Play(catalog.world, () => undefined);
  await records(catalog);
  for (const item of [PASSWORD, DESK, WORKPLACE]) await approved(catalog, item);
});
afterAll(() => catalog.fresh.stop());

const people = () => catalog.world.people;
const ordered = async (id: string, answers: Record<string, string> = {}): Promise<string> => {
  const { key } = ok(await ask(people().sofia, 'catalog.request', { request: randomUUID(), id, answers }));
  await idle(catalog.world);
  return key;
};
const WHERE = { Where: 'Ward 3B' };
const RATED = { ...CALL, 'Items to add': ['DESK-9'] };

/** What the process panel says of a rule to a coordinator. */
async function verdict(key: string, rule: string): Promise<{ state: string; text: string } | undefined> {
  const panel = await people().amira.invoke<{ next: { rules: { rule: string; state: string; text: string }[] }[] }>(
    'usm-process',
    'work.process',
    {},
    key,
  );
  return panel.next.flatMap(({ rules }) => rules).find((one) => one.rule === rule);
}

describe('before anything is in force', () => {
  it('nothing of it is asked, and the panel says that it is not judged', async () => {
    const { key } = await play.create('sofia', 'Request for Change', 'A desk', RATED);
    expect((await verdict(key, 'V08'))?.state).toBe('notJudged');
    await play.move('amira', key, 'Accept');
    expect((await verdict(key, 'V47'))?.state).toBe('notJudged');
    await play.move('amira', key, 'Start standard change');
    await play.expectSequence(key, 'Reg Acc Pre');
  });
});

describe('once an agreement lists what may be asked for', () => {
  beforeAll(async () => {
    await inForce(catalog, [PASSWORD.id, DESK.id, WORKPLACE.id]);
  });

  it('V05 refuses a request that it does not list, and lets through the one it lists', async () => {
    const { key } = await play.create('sofia', 'Service Request', 'A faster chair', CALL);
    expect(await verdict(key, 'V05')).toMatchObject({
      state: 'unmet',
      text: expect.stringContaining('This request is not part of SA-001, Workplaces.') as string,
    });
    await play.refused('amira', key, 'Accept', 'V05', 'This request is not part of SA-001, Workplaces.');
    await play.fillIn('amira', key, { 'Catalog item': PASSWORD.title });
    expect((await verdict(key, 'V05'))?.state).toBe('met');
    await play.move('amira', key, 'Accept');
  });

  it('V38 refuses until somebody on the customer’s side has approved, also what somebody made in Jira', async () => {
    const { key } = await play.create('bram', 'Service Request', 'A workplace', { ...CALL, Customer: 'Ward 3B', 'Catalog item': WORKPLACE.title });
    await play.refused('amira', key, 'Accept', 'V38', 'A ward workplace needs approval from the ward manager.');
    const say = (verdict: 'approve' | 'notYet') => ask(people().sofia, 'catalog.approve', { item: WORKPLACE.id, verdict }, key);
    ok(await say('notYet'));
    await play.refused('amira', key, 'Accept', 'V38', 'needs approval');
    ok(await say('approve'));
    await play.move('amira', key, 'Accept');
    // Another item is another question.
    const other = await play.create('bram', 'Service Request', 'A workplace', { ...CALL, Customer: 'Ward 3B', 'Catalog item': WORKPLACE.title });
    await play.refused('amira', other.key, 'Accept', 'V38', 'needs approval');
  });

  it('what is to be accepted by itself waits where a rule refuses, and is refused to the app as to anybody', async () => {
    const { lotte } = people();
    const { rowVersion } = ok(await ask(lotte, 'catalog.get', { id: PASSWORD.id }));
    expect(rowVersion).toBeGreaterThan(0);
    const key = await ordered(WORKPLACE.id);
    await play.expectSequence(key, 'Reg');
    ok(await ask(people().sofia, 'catalog.approve', { item: WORKPLACE.id, verdict: 'approve' }, key));
    await idle(catalog.world);
    await play.expectSequence(key, 'Reg Acc');
  });

  it('V47 lets a change begin as a standard one only by an approved template that is not over', async () => {
    const begun = async (title?: string): Promise<string> => {
      const { key } = await play.create('sofia', 'Request for Change', 'A desk', { ...RATED, 'Catalog item': DESK.title });
      await play.move('amira', key, 'Accept');
      await fillIn(catalog.world, people().amira, key, { 'Catalog item': title ?? DESK.title });
      return key;
    };
    await play.refused('amira', await begun(PASSWORD.title), 'Start standard change', 'V47', 'New password is no standard change.');
    const key = await begun();
    await play.move('amira', key, 'Start standard change');
    // The plan of the template is there before the next step asks for it.
    const now = await play.look(key);
    for (const [name, text] of [
      ['Plan', 'Pull a cable'],
      ['Test plan', 'The label is right.'],
      ['Deployment plan', 'On the day that was chosen.'],
      ['Back-out', 'Take the cable out.'],
    ] as const)
      expect(JSON.stringify(play.field(now, name)), name).toContain(text);
    expect(play.field(now, 'Change category')).toMatchObject({ value: 'Standard' });

    const { lotte } = people();
    const open = await begun();
    const { item, rowVersion } = ok(await ask(lotte, 'catalog.get', { id: DESK.id }));
    const last = ok(await ask(lotte, 'catalog.save', { item: { ...item, validUntil: '2026-11-20' }, rowVersion }));
    // Written is not approved: what people see has no last day yet.
    expect((await verdict(open, 'V47'))?.state).toBe('met');
    const dated = ok(await ask(lotte, 'catalog.deed', { id: DESK.id, rowVersion: last.rowVersion, kind: 'approve' }));
    expect((await verdict(open, 'V47'))?.state).toBe('met');
    clock.advance(86_400_000);
    await play.refused('amira', open, 'Start standard change', 'V47', 'was a standard whose last day has passed');
    const { validUntil: _until, ...endless } = item;
    const again = ok(await ask(lotte, 'catalog.save', { item: endless, rowVersion: dated.rowVersion }));
    const yes = ok(await ask(lotte, 'catalog.deed', { id: DESK.id, rowVersion: again.rowVersion, kind: 'approve' }));
    ok(await ask(lotte, 'catalog.deed', { id: DESK.id, rowVersion: yes.rowVersion, kind: 'withdraw' }));
    await play.refused('amira', open, 'Start standard change', 'V47', 'was withdrawn as a standard');
    ok(await ask(lotte, 'catalog.deed', { id: DESK.id, rowVersion: yes.rowVersion + 1, kind: 'approve' }));
    await play.move('amira', open, 'Start standard change');
  });

  it('what somebody has written is not overwritten by the template', async () => {
    const { key } = await play.create('sofia', 'Request for Change', 'A desk', { ...RATED, 'Catalog item': DESK.title });
    await play.move('amira', key, 'Accept');
    await play.fillIn('amira', key, { Plan: 'Through the ceiling.' });
    await play.move('amira', key, 'Start standard change');
    const now = await play.look(key);
    expect(JSON.stringify(play.field(now, 'Plan'))).toContain('Through the ceiling.');
    expect(JSON.stringify(play.field(now, 'Plan'))).not.toContain('Pull a cable');
    expect(JSON.stringify(play.field(now, 'Back-out'))).toContain('Take the cable out.');
  });

  it('A1: a new password by the catalog; registered as an Incident first, it is the same request under its right name', async () => {
    const key = await ordered(PASSWORD.id, { 'For which system': 'Mail' });
    await play.expectSequence(key, 'Reg Acc');
    await play.takeOn('pieter', key);
    await play.move('pieter', key, 'Start now');
    await play.fillIn('pieter', key, { 'What was done': 'A new one, told by telephone.' });
    await play.move('pieter', key, 'Deliver');
    await play.move('sofia', key, 'Confirm');
    await play.close(key);
    await play.expectSequence(key, 'Reg Acc Rea Rev Ful Clo', 'Delivered');
    await play.expectPath(key, 'W5');
    expect(await play.linked(key, 'hands over to')).toEqual([]);

    const first = await play.create('sofia', 'Incident', 'I cannot log in', { ...CALL, 'Report time': new Date('2026-11-21T09:00:00Z') });
    await play.move('amira', first.key, 'Reclassify', { 'Reclassify as': 'Service Request', 'Reason in words': 'The password was forgotten.' });
    await play.expectSequence(first.key, 'Reg Can', 'Reclassified');
    const right = await play.theOne(first.key, 'was reclassified as');
    await play.refused('amira', right, 'Accept', 'V05', 'This request is not part of');
    await play.fillIn('amira', right, { 'Catalog item': PASSWORD.title });
    await play.move('amira', right, 'Accept');
    expect(Date.parse(String(play.field(await play.look(right), 'Report time')))).toBe(Date.parse('2026-11-21T09:00:00Z'));
  });

  it('A9: a desk with a network point, listed as a standard change', async () => {
    const key = await ordered(DESK.id, WHERE);
    await play.move('amira', key, 'Accept');
    await play.move('amira', key, 'Start standard change');
    await play.move('pieter', key, 'Offer for test');
    await play.fillIn('joris', key, {
      'Test result': 'All passed',
      'Window start': new Date('2026-11-30T12:00Z'),
      'Window end': new Date('2026-11-30T13:00Z'),
      ...asking('Service Request', 'Fit it on ward 3B.'),
    });
    await play.move('joris', key, 'Release');
    const deploy = await play.theOne(key, 'hands over to');
    // Part of what was asked for: it needs no item of its own.
    expect((await verdict(deploy, 'V05'))?.state).toBe('met');
    await operate(play, deploy, 'joris');
    await play.fillIn('pieter', key, { 'Register updated': 'Updated' });
    await play.move('sofia', key, 'Confirm');
    await play.close(key);
    await play.expectSequence(key, 'Reg Acc Pre Tes Rea Rev Ful Clo', 'Delivered');
    await play.expectPath(key, 'W2');
  });

  it('A10: longer hours are no change of ours: V08 refuses, and it goes on as a Wish', async () => {
    const { key } = await play.create('sofia', 'Request for Change', 'Support until 22:00', { ...CALL, 'Items to change': ['SA-001'] });
    await play.refused('amira', key, 'Accept', 'V08', 'This changes what was agreed in SA-001, Workplaces. Start with a Wish');
    await play.move('amira', key, 'Reclassify', { 'Reclassify as': 'Wish', 'Reason in words': 'It alters the agreement.' });
    await play.expectSequence(key, 'Reg Can', 'Reclassified');
    const wish = await play.theOne(key, 'was reclassified as');
    expect((await play.look(wish)).fields['issuetype']).toMatchObject({ name: 'Wish' });
    await play.move('amira', wish, 'Accept');
    await play.expectSequence(wish, 'Reg Acc');
  });

  it('a rule that only warns lets through, and that is counted', async () => {
    const { admin } = catalog.world;
    await admin.invoke('usm-setup', 'rules.setLevel', { rule: 'V08', level: 'warn' });
    const { key } = await play.create('sofia', 'Request for Change', 'Support until 23:00', { ...CALL, 'Items to change': ['SA-001'] });
    await play.move('amira', key, 'Accept');
    const { rules } = await admin.invoke<{ rules: { rule: string; letThrough: number }[] }>('usm-setup', 'rules.overview');
    expect(rules.find(({ rule }) => rule === 'V08')?.letThrough).toBe(1);
    await admin.invoke('usm-setup', 'rules.setLevel', { rule: 'V08', level: 'enforce' });
    const other = await play.create('sofia', 'Request for Change', 'Support until 24:00', { ...CALL, 'Items to change': ['SA-001'] });
    await play.refused('amira', other.key, 'Accept', 'V08', 'Start with a Wish');
    await play.move('sofia', other.key, 'Withdraw', REASON);
  });
});
