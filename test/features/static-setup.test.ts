import { describe, expect, it } from 'vitest';
import { planNode } from '../../src/contract';
import { groupPlan, hindrance, KIND_NAMES, proposedKey, targetProblems, toldProgress } from '../../static/setup/plan';
import { plan } from './fixtures/process-panel';

describe('the plan on the page', () => {
  it('shows every object once, whatever its kind', () => {
    const one = (kind: (typeof planNode.shape.kind.options)[number]) => ({ id: kind, kind, name: KIND_NAMES[kind], action: 'create' as const });
    const all = planNode.shape.kind.options.map(one);
    expect(
      groupPlan(all)
        .flatMap((group) => group.nodes.map((node) => node.kind))
        .sort(),
    ).toEqual([...planNode.shape.kind.options].sort());
  });

  it('keeps the counts of a group under a filter, and leaves out groups without a match', () => {
    const reused = groupPlan(plan.nodes, 'reuse');
    expect(reused.map((group) => group.title)).toEqual(['Work types']);
    expect(reused[0]).toMatchObject({ nodes: [{ name: 'Incident' }], counts: { create: 8, reuse: 1, conflict: 0 } });
  });

  it('is hindered by conflicts only', () => {
    expect(hindrance(plan)).toBeUndefined();
    expect(hindrance({ ...plan, counts: { ...plan.counts, conflict: 1 } })).toBe('1 conflict to solve first');
    expect(hindrance({ ...plan, counts: { ...plan.counts, conflict: 2 } })).toBe('2 conflicts to solve first');
  });
});

describe('the space', () => {
  it('is checked as the contract does, in words', () => {
    expect(targetProblems({ projectKey: 'NSS', projectName: 'Noordhaven Shared Services' })).toEqual({});
    expect(Object.keys(targetProblems({ projectKey: 'nss', projectName: ' ' })).sort()).toEqual(['projectKey', 'projectName']);
    expect(targetProblems({ projectKey: '1A', projectName: 'One' }).projectKey).toContain('beginning with a letter');
  });

  it('gets a key out of its name', () => {
    expect(proposedKey('Noordhaven Shared Services')).toBe('NSS');
    expect(proposedKey('Facilities')).toBe('FACI');
    expect(proposedKey('24 Hour Desk')).toBe('HD');
    expect(proposedKey('')).toBe('');
  });
});

describe('progress', () => {
  it('is told every ten per cent', () => {
    expect(toldProgress(0, 0)).toBe('');
    expect(toldProgress(1, 12)).toBe('0 % done');
    expect(toldProgress(7, 12)).toBe('50 % done');
    expect(toldProgress(12, 12)).toBe('100 % done');
  });
});
