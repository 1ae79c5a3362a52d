import { describe, expect, it } from 'vitest';
import { handOverRequest, type HandOverForm } from '../../src/contract';
import {
  consequence,
  firstProblem,
  fit,
  isTyped,
  mayAddAnother,
  newDraft,
  problemsOf,
  routesLeft,
  toAsks,
  type Draft,
} from '../../static/handover/draft';
import { MINUTE } from '../../static/shared/time';
import { at, handOver as form } from './fixtures/process-panel';

const now = at('11:35');
const first = newDraft(form, []);
const complete: Draft = { ...first, what: 'Replace access switch SW-3B-02. ' };
const without = (...keys: ('readyBy' | 'defaultTeam')[]): HandOverForm => {
  const copy = { ...form };
  for (const key of keys) delete copy[key];
  return copy;
};

describe('a new hand-over', () => {
  it('begins with what the facts demand, the usual team and the moment proposed', () => {
    expect(first).toMatchObject({ type: 'rfc', team: '10021', what: '' });
    expect(toAsks([complete])[0]?.readyBy).toBe(form.readyBy);
  });

  it('chooses nothing where there is a choice', () => {
    const open = { ...without('readyBy', 'defaultTeam'), routes: form.routes.map((route) => ({ ...route, suggested: undefined })) };
    expect(newDraft(open, [])).toEqual({ id: 1, team: '', date: '', time: '', what: '' });
  });

  it('needs no choice where only one target is allowed', () => {
    const one = { ...form, routes: form.routes.filter((route) => route.type !== 'rfc') };
    expect(newDraft(one, []).type).toBe('serviceRequest');
  });
});

describe('what is missing', () => {
  it('is told by field, in the order of the page', () => {
    expect(Object.keys(problemsOf({ id: 1, team: '', date: '', time: '', what: '  ' }, now))).toEqual(['type', 'team', 'date', 'what']);
    expect(firstProblem([complete, { ...complete, id: 2, team: '' }], now)).toEqual({ id: 2, field: 'team' });
    expect(firstProblem([complete], now)).toBeUndefined();
  });

  it('includes a moment that has passed and a text Jira would not take', () => {
    expect(problemsOf(complete, at('12:15')).date).toContain('has passed');
    expect(problemsOf({ ...complete, what: 'x'.repeat(4001) }, now).what).toContain('at most 4000');
  });
});

describe('a second hand-over', () => {
  it('is offered once the first is complete', () => {
    expect(mayAddAnother(form, [first], now)).toBe(false);
    expect(mayAddAnother(form, [complete], now)).toBe(true);
  });

  it('goes to another type, and there is none after the last', () => {
    const second = newDraft(form, [complete]);
    expect(second).toMatchObject({ id: 2, type: 'serviceRequest' });
    expect(routesLeft(form, [complete, second], first.id).map((route) => route.type)).not.toContain('serviceRequest');
    expect(mayAddAnother(form, [complete, { ...second, what: 'Place the new switch.' }], now)).toBe(false);
  });
});

describe('closing', () => {
  it('asks only if something was typed', () => {
    expect(isTyped([first])).toBe(false);
    expect(isTyped([complete])).toBe(true);
  });
});

describe('what is sent', () => {
  it('is what the contract asks for, without blanks around the words', () => {
    const asks = toAsks([complete]);
    expect(handOverRequest.parse({ asks, version: form.version }).asks).toEqual([
      { type: 'rfc', team: '10021', what: 'Replace access switch SW-3B-02.', readyBy: at('12:15') },
    ]);
  });
});

describe('the moment asked for', () => {
  it('is set against the work item’s own', () => {
    expect(fit(at('12:15'), at('13:30'))).toEqual({ ok: true, text: '1 h 15 to spare' });
    expect(fit(at('13:30'), at('13:30'))).toEqual({ ok: true, text: 'Nothing to spare' });
    expect(fit(at('13:30') + 45 * MINUTE, at('13:30'))).toEqual({ ok: false, text: '45 min too late' });
  });
});

describe('the consequence', () => {
  it('names the step and the teams', () => {
    expect(consequence(form, [complete])).toMatch(/^NSS-142 moves to Realising .* If Network ends it without delivery/);
    const more = { ...form };
    delete more.transitionName;
    expect(consequence(more, [{ ...complete, team: '' }])).toMatch(/^NSS-142 stays in Realising .* If the team ends it without delivery/);
  });
});
