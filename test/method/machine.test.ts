import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ACTORS,
  FIELDS,
  HANDOFFS,
  RULE_IDS,
  STATUS_KEYS,
  STATUSES,
  type StatusKey,
  type Transition,
  WORK_TYPE_KEYS,
  WORKFLOWS,
  type Workflow,
  workType,
} from '../../src/method';

const DONE = new Set<StatusKey>(['closed', 'cancelled']);

/** Statuses that can be reached from `start` by the workflow's transitions. */
function reachable(workflow: Pick<Workflow, 'transitions'>, start: StatusKey): Set<StatusKey> {
  const seen = new Set<StatusKey>([start]);
  for (const status of seen) for (const one of workflow.transitions) if (one.from.includes(status)) seen.add(one.to);
  return seen;
}

const deadEnds = (workflow: Pick<Workflow, 'statuses' | 'transitions'>): StatusKey[] =>
  workflow.statuses.filter((status) => !DONE.has(status) && ![...reachable(workflow, status)].some((end) => DONE.has(end)));

describe.each(WORK_TYPE_KEYS.map((type) => [WORKFLOWS[type].name, type] as const))('%s', (_name, type) => {
  const workflow = WORKFLOWS[type];

  it('reaches every one of its statuses from Registered', () => {
    expect([...reachable(workflow, 'registered')].sort()).toEqual([...workflow.statuses].sort());
  });

  it('has no dead end: every open status leads to Closed or Cancelled', () => {
    expect(deadEnds(workflow)).toEqual([]);
  });

  it('walks its main path by transitions of its own', () => {
    const { path } = workType(type);
    for (const [index, status] of path.slice(0, -1).entries()) {
      const on = workflow.transitions.filter((one) => one.from.includes(status) && one.to === path[index + 1]);
      expect(on, `${status} to ${String(path[index + 1])}`).not.toEqual([]);
    }
  });

  it('names each transition once per status, and numbers each once', () => {
    for (const status of workflow.statuses) {
      const names = workflow.transitions.filter((one) => one.from.includes(status)).map((one) => one.name);
      expect(new Set(names).size).toBe(names.length);
    }
    expect(new Set(workflow.transitions.map((one) => one.id)).size).toBe(workflow.transitions.length);
    expect(new Set(workflow.transitions.map((one) => one.key)).size).toBe(workflow.transitions.length);
  });

  it('uses only declared statuses, actors, rules and fields that it carries', () => {
    for (const one of workflow.transitions) {
      expect(
        [...one.from, one.to].every((status) => workflow.statuses.includes(status)),
        one.key,
      ).toBe(true);
      expect(one.who.every((who) => who in ACTORS)).toBe(true);
      expect(one.rules.every((rule) => RULE_IDS.includes(rule))).toBe(true);
      for (const key of one.screen ?? []) expect(FIELDS[key].on as readonly string[], `${one.key} asks ${key}`).toContain(type);
    }
  });

  it('lets the app do what only the app does, and sets a resolution on every way to Done', () => {
    for (const one of workflow.transitions.filter((step) => step.kind === 'auto')) expect(one.who).toContain('app');
    const toDone = workflow.transitions.filter((one) => STATUSES[one.to].category === 'DONE' && !one.from.includes('fulfilled'));
    expect(toDone.filter((one) => one.resolution === undefined || one.resolution === 'clear')).toEqual([]);
  });
});

describe('the method as a whole', () => {
  it('has fourteen statuses, five processes behind eight work types', () => {
    expect(STATUS_KEYS).toHaveLength(14);
    expect(WORK_TYPE_KEYS).toHaveLength(8);
  });

  it('uses every declared rule in at least one transition', () => {
    const used = new Set(WORK_TYPE_KEYS.flatMap((type) => WORKFLOWS[type].transitions.flatMap((one) => one.rules)));
    expect(RULE_IDS.filter((id) => !used.has(id))).toEqual([]);
  });

  it('hands over without cycles', () => {
    const next = (type: string): string[] => HANDOFFS.filter((one) => one.blocks && one.from === type).map((one) => one.to);
    const visit = (type: string, trail: string[]): void => {
      expect(trail, trail.join(' > ')).not.toContain(type);
      for (const one of next(type)) visit(one, [...trail, type]);
    };
    for (const type of WORK_TYPE_KEYS) visit(type, []);
  });

  it('forbids what 4.5 forbids', () => {
    const forbidden = [
      ['serviceRequest', 'rfc'],
      ['serviceRequest', 'wish'],
      ['rfc', 'wish'],
      ['rfc', 'incident'],
      ['incident', 'wish'],
      ['wish', 'serviceRequest'],
      ['wish', 'incident'],
    ];
    for (const [from, to] of forbidden) expect(HANDOFFS.some((one) => one.from === from && one.to === to)).toBe(false);
  });

  it('carries each hand-off by a transition that forks and asks V10', () => {
    for (const from of new Set(HANDOFFS.map((one) => one.from))) {
      const forks = WORKFLOWS[from].transitions.filter((one) => one.forks);
      expect(forks).toHaveLength(1);
      expect(forks[0]?.rules).toContain('V10');
    }
  });

  it('never closes early on a random walk: Closed is entered from Fulfilled only, Fulfilled from Reviewing or by accepting a risk', () => {
    fc.assert(
      fc.property(fc.constantFrom(...WORK_TYPE_KEYS), fc.array(fc.nat(), { maxLength: 40 }), (type, choices) => {
        let status: StatusKey = 'registered';
        for (const choice of choices) {
          const ways: Transition[] = WORKFLOWS[type].transitions.filter((one) => one.from.includes(status));
          const way = ways[choice % Math.max(1, ways.length)];
          if (!way) return;
          if (way.to === 'closed') expect(status).toBe('fulfilled');
          if (way.to === 'fulfilled' && way.key !== 'acceptRisk') expect(status).toBe('reviewing');
          status = way.to;
        }
      }),
    );
  });
});

describe('the checks themselves', () => {
  it('catch a dead end and an unreachable status in a broken twin', () => {
    const broken = { ...WORKFLOWS.incident, transitions: WORKFLOWS.incident.transitions.filter((one) => !one.from.includes('reviewing')) };
    expect(deadEnds(broken)).toContain('reviewing');
    expect(reachable(broken, 'registered').has('closed')).toBe(false);
  });
});
