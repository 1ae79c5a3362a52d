import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { holdClock } from '../../src/platform/clock';
import { compare } from '../../src/setup/drift/compare';
import { type Deviation, type Kind, KINDS } from '../../src/setup/drift/model';
import { observe, partOf } from '../../src/setup/drift/observe';
import { driftSite, type DriftSite, look, mend, OTHER, rewindable, writesIn } from './support/drift';
import { EDITS } from './support/drift-edits';

let on: DriftSite;
let back: ReturnType<typeof rewindable>;
let letGo: () => void;

beforeAll(async () => {
  on = await driftSite();
  back = rewindable(on);
  letGo = holdClock(() => on.site.clock.now().getTime());
});
afterAll(() => letGo());
beforeEach(() => back.afresh());

it('finds nothing right after setup, in few requests', async () => {
  expect(await look(on)).toEqual([]);
  const { screens, fields } = await import('../../src/setup/blueprint').then(({ BLUEPRINT }) => BLUEPRINT);
  const withChoices = fields.filter((one) => one.options.length > 0).length;
  // Link types, roles, resolutions, statuses, work types, fields, what the app may do; workflows and the rules they may have; screens and their tabs;
  // the space, its three schemes, and what the four kinds of schemes say.
  const bulk = 7 + 2 + 2 + 8;
  // Jira has no bulk read for choices (two each) and for the fields of a tab.
  expect(on.requests).toHaveLength(bulk + withChoices * 2 + screens.length);
  expect(writesIn(on.requests)).toEqual([]);
});

const stands = (found: readonly Deviation[], kind: Kind, id: string): boolean => found.some((one) => one.kind === kind && one.id.startsWith(id));

describe.each(Object.entries(EDITS))('%s', (_name, edit) => {
  it(edit.mends ? 'is found, explained, repaired, and then gone' : 'is found, explained, and left alone', async () => {
    const usm = await on.usm();
    const id = edit.id(usm);
    const part = partOf(id);
    await edit.act(on, usm);

    const found = await look(on, [part]);
    expect(found.map((one) => `${one.kind} ${one.id}`)).toContainEqual(expect.stringContaining(`${edit.kind} ${id}`));
    for (const one of found) {
      expect(one.sentence).not.toMatch(/undefined|customfield|\d{5}|status \d/);
      expect(one.meaning.length).toBeGreaterThan(10);
      expect(one.repair.length > 0).toBe(one.fix !== undefined);
    }

    const fixable = found.filter((one) => one.fix).map((one) => one.id);
    expect(fixable.length > 0).toBe(edit.mends === true);
    if (fixable.length === 0) return;
    const { items } = await mend(on, fixable);
    expect(items.filter((one) => one.severity !== 'added')).toEqual([]);
    on.requests.length = 0;
    await mend(on, fixable);
    expect(writesIn(on.requests)).toEqual([]);
  });
});

describe('everything at once', () => {
  it('is found, by a comparer that ignores nothing; repaired; and what was added stays', async () => {
    const usm = await on.usm();
    for (const edit of Object.values(EDITS)) await edit.act(on, usm);
    const { expected, actual, deviations } = await observe(on.tools, usm, 'person');
    const missedBy = (found: readonly Deviation[]): string[] =>
      Object.entries(EDITS).flatMap(([name, edit]) => (stands(found, edit.kind, edit.id(usm)) ? [] : [name]));
    expect(missedBy(compare(expected, actual))).toEqual([]);
    for (const kind of new Set(Object.values(EDITS).map((one) => one.kind))) {
      expect(missedBy(compare(expected, actual).filter((one) => one.kind !== kind)), kind).not.toEqual([]);
    }
    expect(new Set(deviations.map((one) => one.id)).size).toBe(deviations.length);

    const added = deviations.filter((one) => one.severity === 'added').map((one) => one.id);
    await mend(
      on,
      deviations.filter((one) => one.fix).map((one) => one.id),
    );
    const left = await look(on);
    expect(left.filter((one) => one.severity !== 'added').map((one) => one.kind)).toEqual(['app.permission']);
    expect(left.map((one) => one.id)).toEqual(expect.arrayContaining(added));
  });

  it('knows every kind: those that are not edited here have tests of their own', () => {
    const elsewhere: Kind[] = ['workflow.gone', 'space.gone'];
    expect([...new Set([...Object.values(EDITS).map((one) => one.kind), ...elsewhere])].sort()).toEqual([...KINDS].sort());
  });
});

it('tells who changed it and when, and keeps that over readings', async () => {
  const usm = await on.usm();
  await observe(on.tools, usm, 'person');
  on.site.clock.advance(60_000);
  await EDITS['a gate is taken off']?.act(on, usm);
  const { reading } = await observe(on.tools, usm, 'person');
  expect(reading.items).toMatchObject([{ who: OTHER, when: expect.any(Number) as number }]);
  on.site.clock.advance(3_600_000);
  await on.other.editWorkflow(usm.workflows.rfc, (workflow) => ({ ...workflow, description: 'Ours now' }));
  const again = await observe(on.tools, usm, 'person');
  expect(again.reading.items[0]?.when).toBe(reading.items[0]?.when);
});
