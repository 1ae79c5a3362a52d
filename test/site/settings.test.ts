/** The settings on a site: kept by whoever was first, refused in words, carried in a file, and what they change for work items. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../../sandbox/clock';
import { create, fillIn, idle, type Item, move } from '../../sandbox/demo/acts';
import { makeWorld, type World } from '../../sandbox/demo/world';
import { settingsCalls, type SettingsView, type UsmSettings } from '../../src/contract';
import { type FreshSite, freshSite } from '../scenarios/site';

let fresh: FreshSite;
let world: World;
const clock = new ManualClock(new Date());
/** Functions that run already notice a change after a minute; their clock goes on while the site's stands. */
const NOTICED = 120_000;
let asked: { method: string; path: string }[] = [];

beforeAll(async () => {
  fresh = await freshSite({
    clock,
    intercept: (request, next) => {
      asked.push(request);
      return next();
    },
  });
  world = await makeWorld(fresh.site.url, fresh.site.administrator.email);
});
afterAll(() => fresh.stop());
beforeEach(() => {
  asked = [];
});

const invoke = (name: keyof typeof settingsCalls, payload: unknown = {}): Promise<unknown> => world.admin.invoke('usm-setup', name, payload);
const write = async (settings: unknown, version: number) =>
  settingsCalls['settings.write'].answer.parse(await invoke('settings.write', { settings, version }));
async function read(): Promise<SettingsView> {
  const answer = settingsCalls['settings.read'].answer.parse(await invoke('settings.read'));
  if (answer.state !== 'ok') throw new Error(JSON.stringify(answer));
  return answer;
}
async function written(settings: UsmSettings, version: number): Promise<SettingsView> {
  const answer = await write(settings, version);
  if (answer.state !== 'ok') throw new Error(JSON.stringify(answer));
  return answer;
}

describe('reading and writing', () => {
  it('shows the defaults with the priorities of the site', async () => {
    const view = await read();
    expect(view).toMatchObject({ version: 0, settings: { reopenDays: 5 } });
    expect(view.changed).toBeUndefined();
    expect(view.sitePriorities.map((one) => one.name)).toEqual(['Highest', 'High', 'Medium', 'Low', 'Lowest']);
    expect(Object.values(view.settings.priorities)).toEqual(view.sitePriorities.map((one) => one.id));
  });

  it('keeps a change with who made it, and refuses to write over somebody else', async () => {
    const { settings, version } = await read();
    const first = await written({ ...settings, reopenDays: 7 }, version);
    expect(first).toMatchObject({ version: version + 1, settings: { reopenDays: 7 }, changed: { by: 'Site administrator' } });
    const late = await write({ ...settings, reopenDays: 9 }, version);
    expect(late).toMatchObject({ state: 'stale', now: { version: version + 1, settings: { reopenDays: 7 } } });
    expect(await read()).toEqual(first);
  });

  it('of many at once exactly one is first, again and again', async () => {
    for (let round = 0; round < 3; round += 1) {
      const { settings, version } = await read();
      const answers = await Promise.all([10, 20, 30, 40].map((reopenDays) => write({ ...settings, reopenDays: reopenDays + round }, version)));
      const kept = answers.filter((one) => one.state === 'ok');
      expect(kept).toHaveLength(1);
      expect(answers.filter((one) => one.state === 'stale')).toHaveLength(3);
      expect(await read()).toEqual(kept[0]);
    }
  });

  it('refuses what is wrong, with every path, and keeps nothing of it', async () => {
    const before = await read();
    const answer = await write({ ...before.settings, reopenDays: 99, priorities: { 1: '4711' }, colour: 'red' }, before.version);
    expect(answer).toMatchObject({ state: 'refused', wrong: [{ path: 'reopenDays' }] });
    const names = await write({ ...before.settings, priorities: { 1: '4711' }, colour: 'red' }, before.version);
    expect(names).toMatchObject({ state: 'refused', wrong: [{ path: 'colour' }, { path: 'priorities.1' }] });
    expect(await read()).toEqual(before);
  });

  it('a function that is killed while it writes leaves the old settings or the new ones', { timeout: 300_000 }, async () => {
    for (let request = 1, died = true; died; request += 1) {
      const { settings, version } = await read();
      const reopenDays = (settings.reopenDays + 1) % 60;
      fresh.site.faults.set({ functions: [{ match: { function: 'resolver' }, killAfterRequests: request, performed: request % 2 === 0 }] });
      died = await write({ ...settings, reopenDays }, version).then(
        () => false,
        () => true,
      );
      fresh.site.faults.set({});
      const after = await read();
      expect([settings.reopenDays, reopenDays]).toContain(after.settings.reopenDays);
      expect(after.version).toBe(after.settings.reopenDays === reopenDays ? version + 1 : version);
      // And the next one can write.
      await written(after.settings, after.version);
    }
  });

  it('is for Jira administrators', async () => {
    expect(await world.people.amira.invoke('usm-setup', 'settings.read')).toMatchObject({ state: 'forbidden' });
  });
});

describe('as a file', () => {
  const exported = async () => settingsCalls['settings.export'].answer.parse(await invoke('settings.export')) as { name: string; text: string };
  const imported = async (text: string, version: number) =>
    settingsCalls['settings.import'].answer.parse(await invoke('settings.import', { text, version }));

  it('comes back as it went', async () => {
    const { settings, version } = await read();
    const { name, text } = await exported();
    expect(name).toMatch(/^usm-settings-\d{4}-\d{2}-\d{2}\.json$/);
    const changed = await written({ ...settings, trend: { incidents: 9, days: 90 } }, version);
    expect(await imported(text, changed.version)).toMatchObject({ state: 'ok', version: changed.version + 1, settings });
    expect((await exported()).text).toBe(text);
  });

  it('is refused wholly when a part is wrong, when it is no JSON, and when somebody was faster', async () => {
    const before = await read();
    const { text } = await exported();
    expect(await imported('{', before.version)).toMatchObject({ state: 'refused', wrong: [{ path: '' }] });
    const broken = JSON.stringify({ ...(JSON.parse(text) as object), schema: 99 });
    expect(await imported(broken, before.version)).toMatchObject({ state: 'refused', wrong: [{ path: 'schema' }] });
    expect(await imported(text, before.version - 1)).toMatchObject({ state: 'stale' });
    expect(await read()).toEqual(before);
  });
});

describe('what they change', () => {
  const FAILURE = {
    Customer: 'Sint Lucas Ziekenhuis',
    Service: 'Ward network',
    Category: ['Network', 'no connection'],
    Impact: 'High',
    Urgency: 'High',
    Observed: 'Nothing connects.',
    Agreed: 'Every bed has a connection.',
  };
  const priorityOf = async ({ key }: Item): Promise<string> =>
    (await world.people.karel.ask<{ fields: { priority: { name: string } } }>('GET', `/rest/api/3/issue/${key}?fields=priority`)).fields.priority
      .name;
  async function accepted(given: Record<string, unknown> = {}): Promise<Item> {
    const item = await create(world, world.people.sofia, 'Incident', 'No network', { ...FAILURE, ...given });
    await move(world, world.people.amira, item.key, 'Accept');
    await idle(world);
    return item;
  }

  it('the priority follows the table and the mapping, on Accept and when the rating changes', async () => {
    clock.advance(NOTICED);
    const item = await accepted();
    expect(await priorityOf(item)).toBe('Highest');
    const { settings, version, sitePriorities } = await read();
    const idOf = (name: string): string => sitePriorities.find((one) => one.name === name)?.id ?? '';
    const calls = { ...settings.priority.calls, High: { High: 2, Medium: 2, Low: 3 }, Nil: { High: 4, Medium: 5, Low: 5 } };
    await written(
      { ...settings, priority: { ...settings.priority, calls }, priorities: { ...settings.priorities, 2: idOf('Low'), 4: idOf('Highest') } },
      version,
    );
    clock.advance(NOTICED);
    expect(await priorityOf(await accepted())).toBe('Low');
    await fillIn(world, world.people.amira, item.key, { Impact: 'Nil' });
    await idle(world);
    expect(await priorityOf(item)).toBe('Highest');
  });

  it('the panel names who answers for the process', async () => {
    const item = await accepted();
    const { settings, version } = await read();
    await written({ ...settings, accountable: { recover: { accountId: 'a-henk', name: 'Henk de Wit' } } }, version);
    clock.advance(NOTICED);
    expect(await world.people.amira.invoke('usm-process', 'work.process', {}, item.key)).toMatchObject({
      accountable: { person: { name: 'Henk de Wit' } },
    });
  });

  it('a gate reads none of it: with the mapping kept, a step costs Jira no question about priorities', async () => {
    clock.advance(NOTICED);
    asked = [];
    await accepted();
    expect(asked.filter((one) => one.path.includes('/priority'))).toEqual([]);
  });

  it('lists that people choose from follow: new choices come, those taken out are switched off and come back', async () => {
    const field = world.fields.get('Waiting for') ?? '';
    const { values } = await world.admin.ask<{ values: { id: string }[] }>('GET', `/rest/api/3/field/${field}/context`);
    const choices = async () =>
      (
        await world.admin.ask<{ values: { value: string; disabled: boolean }[] }>(
          'GET',
          `/rest/api/3/field/${field}/context/${values[0]?.id ?? ''}/option?maxResults=100`,
        )
      ).values
        .filter((one) => !one.disabled)
        .map((one) => one.value);
    const before = await choices();
    const first = await read();
    expect(before).toEqual(first.settings.waitingReasons);
    const wanted = [...before.slice(1), 'The weather'];
    const second = await written({ ...first.settings, waitingReasons: wanted }, first.version);
    expect(await choices()).toEqual(wanted);
    asked = [];
    const third = await written({ ...second.settings, waitingReasons: before }, second.version);
    expect((await choices()).toSorted()).toEqual(before.toSorted());
    expect(asked.filter((one) => one.method === 'POST' && one.path.includes(field))).toEqual([]);
    asked = [];
    await written(third.settings, third.version);
    expect(asked.filter((one) => one.method !== 'GET')).toEqual([]);
  });

  it('the file carries the levels of the rules, and an import sets them', async () => {
    const levelOf = async (rule: string) =>
      (await world.admin.invoke<{ rules: { rule: string; level: string }[] }>('usm-setup', 'rules.overview')).rules.find((one) => one.rule === rule)
        ?.level;
    const { text } = (await invoke('settings.export')) as { text: string };
    const file = JSON.parse(text) as { levels: Record<string, string> };
    expect(Object.keys(file.levels)).toEqual(['V05', 'V06', 'V08', 'V13', 'V14', 'V18', 'V21', 'V36', 'V42', 'V48']);
    expect(await levelOf('V06')).toBe('enforce');
    const { version } = await read();
    const imported = { ...file, levels: { ...file.levels, V06: 'warn' } };
    expect(await invoke('settings.import', { text: JSON.stringify(imported), version })).toMatchObject({ state: 'ok' });
    expect(await levelOf('V06')).toBe('warn');
    const refused = await invoke('settings.import', { text: JSON.stringify({ ...file, levels: { V09: 'off' } }), version: version + 1 });
    expect(refused).toMatchObject({ state: 'refused', wrong: [{ path: 'levels.V09' }] });
    expect(await levelOf('V09')).toBe('enforce');
  });
});
