import fc from 'fast-check';
import type { Client } from 'jira.js/core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { JiraError } from '../../src/jira/client';
import { holdClock } from '../../src/platform/clock';
import { BLUEPRINT } from '../../src/setup/blueprint';
import { hashOfBlueprint } from '../../src/setup/blueprint-hash';
import { observe } from '../../src/setup/drift/observe';
import { repair } from '../../src/setup/drift/repair';
import { dayOf, NO_DECISIONS, reportOf, withAcceptance, withoutAcceptance } from '../../src/setup/drift/state';
import { verification } from '../../src/setup/drift/verify';
import { isGate } from '../../src/setup/drift/workflow';
import { ruleConfig } from '../../src/setup/model';
import { driftSite, type DriftSite, look, mend, rewindable, writesIn } from './support/drift';
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

/** Of the site's own rows, not of what was read. */
const gates = <One extends { ruleKey: string; parameters: Record<string, string> }>(rules: readonly One[]): One[] =>
  rules.filter((one) => isGate({ ...one }));

const edit = async (name: keyof typeof EDITS): Promise<void> => {
  await EDITS[name]?.act(on, await on.usm());
};

describe('random edits', () => {
  it('are repaired together, and what is unrelated survives', async () => {
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(Object.keys(EDITS), { minLength: 1, maxLength: 12 }), async (names) => {
        await back.afresh();
        const usm = await on.usm();
        for (const name of names) {
          // One edit may have taken away what another one wants to change.
          await EDITS[name]?.act(on, usm).catch((thrown: unknown) => {
            if (!(thrown instanceof JiraError)) throw thrown;
          });
        }
        await on.other.editWorkflow(usm.workflows.incident, (workflow) => ({
          ...workflow,
          description: 'Our own words',
          statuses: workflow.statuses.map((one) => ({ ...one, properties: { ...(one['properties'] as object), colour: 'red' } })),
        }));
        const before = await look(on);
        await mend(
          on,
          before.filter((one) => one.fix).map((one) => one.id),
        );
        const after = await look(on);
        expect(after.filter((one) => one.fix)).toEqual([]);
        const added = before.filter((one) => one.severity === 'added').map((one) => one.id);
        expect(after.map((one) => one.id)).toEqual(expect.arrayContaining(added));
        const incident = on.site.store.workflows.get(usm.workflows.incident);
        expect(incident?.description).toBe('Our own words');
        const kept = incident?.statuses.filter((one) => one.properties['colour'] === 'red').length ?? 0;
        expect(kept).toBeGreaterThanOrEqual((incident?.statuses.length ?? 0) - 1);
      }),
      { numRuns: 6 },
    );
  });
});

/** A client before which something happens once. */
function before(inner: Client, url: string, act: () => Promise<void>): Client {
  let done = false;
  return {
    async sendRequest(options) {
      if (!done && options.url === url) {
        done = true;
        await act();
      }
      return inner.sendRequest(options);
    },
  };
}

describe('somebody else at the same time', () => {
  it('is not overwritten: the workflow is read anew', async () => {
    await edit('a gate is taken off');
    const usm = await on.usm();
    const person = before(on.tools.clients.person, '/rest/api/3/workflows/update', () => edit('a step begins to ask'));
    const [found] = await look(on);
    await repair({ ...on.tools, clients: { ...on.tools.clients, person } }, usm, [found?.id ?? ''], { name: 'Ada' });
    expect((await look(on)).map((one) => one.kind)).toEqual(['ask.added']);
  });

  it('who repairs the same does no harm', async () => {
    await edit('a field leaves a screen');
    await edit('a gate is taken off');
    const ids = (await look(on)).map((one) => one.id);
    await Promise.all([mend(on, ids), mend(on, ids)]);
    expect(await look(on)).toEqual([]);
  });

  it('a workflow that changes again and again is given up, and nothing is half written', async () => {
    await edit('a gate is taken off');
    const [found] = await look(on);
    const usm = await on.usm();
    const busy: Client = {
      sendRequest(options) {
        if (options.url === '/rest/api/3/workflows/update') return Promise.reject(new JiraError(409, ['Another change is going on.'], {}, 'POST'));
        return on.tools.clients.person.sendRequest(options);
      },
    };
    const failed = repair({ ...on.tools, clients: { ...on.tools.clients, person: busy } }, usm, [found?.id ?? ''], { name: 'Ada' });
    await expect(failed).rejects.toMatchObject({ code: 'person.refused', text: expect.stringContaining('busy') as string });
    expect(await look(on)).toHaveLength(1);
  });
});

describe('what is gone', () => {
  it('a field is made anew, and everything that names it follows', async () => {
    const usm = await on.usm();
    await on.other.send('DELETE', `field/${usm.fields.reasonText}`);
    const found = await look(on);
    expect(found.map((one) => one.id)).toContain('fields.reasonText.gone');
    expect(found.filter((one) => one.kind === 'screen.field')).toEqual([]);
    await mend(on, ['fields.reasonText.gone']);
    const after = await on.usm();
    expect(after.fields.reasonText).not.toBe(usm.fields.reasonText);
    expect(after.all.fields['reasonText']).toBe(after.fields.reasonText);
    expect(await look(on)).toEqual([]);
    const configs = on.site.store.workflows
      .all()
      .flatMap((one) => one.transitions)
      .flatMap((one) => gates(one.validators))
      .map((one) => ruleConfig.parse(JSON.parse(one.parameters?.['config'] ?? '')).fields.reasonText);
    expect(new Set(configs)).toEqual(new Set([after.fields.reasonText]));
  });

  it('a workflow is made anew, and its work type runs on it again', async () => {
    const usm = await on.usm();
    await edit('a work type runs on another workflow');
    await on.other.send('DELETE', `workflow/${usm.workflows.complaint}`);
    const found = await look(on);
    expect(found.map((one) => one.kind)).toEqual(['workflow.gone']);
    await mend(on, ['workflows.complaint.gone']);
    expect(await look(on)).toEqual([]);
    expect((await on.usm()).workflows.complaint).not.toBe(usm.workflows.complaint);
  });

  it('a space is told, and nobody but a person can bring it back', async () => {
    const usm = await on.usm();
    await on.other.send('DELETE', `project/${usm.projects[0]?.id ?? ''}`);
    const found = await look(on);
    expect(found.map((one) => one.kind)).toEqual(['space.gone']);
    await expect(mend(on, [found[0]?.id ?? ''])).rejects.toMatchObject({
      code: 'person.refused',
      text: expect.stringContaining('is gone') as string,
    });
  });
});

describe('rules', () => {
  /** As the rules page does it, by another way than rewriting workflows. */
  const switchGatesOff = (): void => {
    const rules = on.site.store.workflows
      .all()
      .flatMap((row) => row.transitions)
      .flatMap((row) => row.validators);
    for (const one of gates(rules)) Object.assign(one.parameters, { disabled: 'true' });
  };

  it('switched off by a pause are no drift; without a pause they are, one line for each workflow or step', async () => {
    switchGatesOff();
    on.rules.state = { levels: {}, paused: { reason: 'Move', by: 'Ada', at: 1, until: 2 } };
    expect(await look(on)).toEqual([]);
    on.rules.state = { levels: {} };
    expect(new Set((await look(on)).map((one) => one.kind))).toEqual(new Set(['rule.off']));
  });

  it('come back with the levels administrators have set, and switched off during a pause', async () => {
    const usm = await on.usm();
    await on.other.editWorkflow(usm.workflows.rfc, (workflow) => ({
      ...workflow,
      transitions: workflow.transitions.map((one) => (one.name === 'Agree plan' ? { ...one, validators: [] } : one)),
    }));
    on.rules.state = { levels: { V21: 'warn' }, paused: { reason: 'Move', by: 'Ada', at: 1, until: 2 } };
    await mend(on, ['workflows.rfc.agreePlan.gate']);
    const step = on.site.store.workflows.get(usm.workflows.rfc)?.transitions.find((one) => one.name === 'Agree plan');
    const [put] = gates(step?.validators ?? []);
    expect(put?.parameters['disabled']).toBe('true');
    expect(ruleConfig.parse(JSON.parse(put?.parameters['config'] ?? '')).levels).toEqual({ V21: 'warn' });
    expect(on.rules.putIn).toEqual(['Ada Administrator']);
  });

  it('all taken off a workflow are one deviation, and come back in one request', async () => {
    const usm = await on.usm();
    await on.other.editWorkflow(usm.workflows.incident, (workflow) => ({
      ...workflow,
      transitions: workflow.transitions.map((one) => ({
        ...one,
        validators: one.validators.filter((row) => !row.ruleKey.startsWith('forge:')),
        actions: one.actions.filter((row) => !row.ruleKey.startsWith('forge:')),
      })),
    }));
    const found = await look(on, ['workflows']);
    expect(found.map((one) => one.sentence)).toEqual(['All USM rules are gone from Incident']);
    on.requests.length = 0;
    await mend(on, ['workflows.incident.rules.gone']);
    expect(writesIn(on.requests).map((one) => one.url)).toEqual(['/rest/api/3/workflows/update']);
    expect(await look(on)).toEqual([]);
  });
});

describe('the daily reading, as the app', () => {
  it('sees the same', async () => {
    await edit('a gate is taken off');
    const { reading } = await observe(on.tools, await on.usm(), 'app');
    expect(reading.items.map((one) => one.id)).toEqual(['workflows.rfc.offerForTest.gate']);
    expect(reading.unread).toBeUndefined();
  });

  it('says what it may not see, and keeps what was read before', async () => {
    await edit('a field leaves a screen');
    const usm = await on.usm();
    await look(on);
    await edit('a gate is taken off');
    const app: Client = {
      sendRequest(options) {
        if (options.url.startsWith('/rest/api/3/screens')) return Promise.reject(new JiraError(403, ['No.'], {}, 'GET'));
        return on.tools.clients.app.sendRequest(options);
      },
    };
    const { reading } = await observe({ ...on.tools, clients: { ...on.tools.clients, app } }, usm, 'app');
    expect(reading.unread).toContain('screens');
    expect(reading.items.map((one) => one.id).sort()).toEqual(['screens.create.wish.fields', 'workflows.rfc.offerForTest.gate']);
  });
});

describe('what is accepted', () => {
  const DAY = 86_400_000;
  const at = Date.parse('2026-11-24T09:00:00Z');
  const by = { accountId: 'ada', name: 'Ada' };
  const item = { id: 'a', severity: 'missing' as const, sentence: 'A', meaning: 'A', says: [], has: [], repair: [], requests: 2, safe: true };
  const accepted = withAcceptance(NO_DECISIONS, 'a', { reason: 'Ours', review: dayOf(at + 7 * DAY), by, at });
  const shown = (state: typeof NO_DECISIONS, later: number) =>
    reportOf({ asOf: at, items: [item] }, state, false, at + later).items[0]?.accepted?.reason;

  it('is shown as accepted until its review date has passed', () => {
    expect(shown(accepted, 0)).toBe('Ours');
    expect(shown(accepted, 7 * DAY)).toBe('Ours');
    expect(shown(accepted, 8 * DAY)).toBeUndefined();
  });

  it('can be taken back', () => {
    expect(shown(withoutAcceptance(accepted, 'a'), 0)).toBeUndefined();
  });
});

describe('a newer blueprint', () => {
  it('is told by its hash, in whatever order its keys are written', () => {
    expect(hashOfBlueprint({ a: [1, { b: 2, c: 3 }], d: 4 })).toBe(hashOfBlueprint({ d: 4, a: [1, { c: 3, b: 2 }] }));
    expect(hashOfBlueprint({ a: [1, 2] })).not.toBe(hashOfBlueprint({ a: [2, 1] }));
    expect(hashOfBlueprint(BLUEPRINT)).toBe(on.installed.blueprint);
    expect(hashOfBlueprint({ ...BLUEPRINT, roles: [] })).not.toBe(on.installed.blueprint);
    expect(reportOf(undefined, NO_DECISIONS, true, 0)).toEqual({ state: 'ok', items: [], repaired: [], upgrade: true });
  });
});

describe('verify', () => {
  it('counts what was read back, and names what comes next', async () => {
    const usm = await on.usm();
    const { checks, drifts, next, proof } = await verification(on.tools, usm, { accountable: 0 });
    expect(drifts).toBe(0);
    const found = Object.fromEntries(checks.map((one) => [one.id, `${one.is}: ${one.found}`]));
    expect(found).toMatchObject({
      statuses: 'ok: 14 of 14',
      workTypes: 'ok: 8 of 8',
      workflows: 'ok: 8 of 8',
      access: 'ok: 1 of 1 space',
      people: 'look: 0 of 8',
      drift: 'ok: none',
    });
    expect(found['rules']).toMatch(/^ok: (\d+) of \1$/);
    expect(next.map((one) => one.done)).toEqual([false, false]);
    expect(proof?.hash).toBe(usm.applied.hash);
  });

  it('counts what is wrong', async () => {
    await edit('a status is of another category');
    await edit('a transition is removed');
    await edit('a gate is taken off');
    await edit('a gate is switched off');
    const usm = await on.usm();
    await on.other.send('POST', `project/${usm.projects[0]?.id ?? ''}/role/${usm.roles.operator}`, { user: ['henk'] });
    const { checks, drifts } = await verification(on.tools, usm, { accountable: 5 });
    expect(drifts).toBe(4);
    const found = Object.fromEntries(checks.map((one) => [one.id, one]));
    expect(found['statuses']).toMatchObject({ found: '13 of 14', is: 'wrong' });
    expect(found['workflows']).toMatchObject({ found: '7 of 8', is: 'wrong' });
    const [, has = 0, of = 0] = /(\d+) of (\d+)/.exec(found['rules']?.found ?? '') ?? [];
    expect(Number(of) - Number(has)).toBe(2);
    expect(found['people']).toMatchObject({ found: '1 of 8', is: 'look' });
  });
});
