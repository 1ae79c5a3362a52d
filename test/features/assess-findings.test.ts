import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FINDING_LEVELS, type PlanNode, type SetupProgress } from '../../src/contract';
import { BLUEPRINT } from '../../src/setup/blueprint';
import { findings, type SiteRead } from '../../src/setup/findings';

const NONE: SetupProgress = { state: 'ok', phase: 'none', step: 0, of: 0, done: [], left: [], reads: 0, writes: 0, made: 0, kept: [], busy: false };

const create = (kind: PlanNode['kind'], part: string, items: readonly { key: string; name: string }[]): PlanNode[] =>
  items.map(({ key, name }) => ({ id: `${part}.${key}`, kind, name, action: 'create' }));

const EMPTY: SiteRead = {
  administers: true,
  changesInBulk: true,
  nodes: [
    ...create('status', 'statuses', BLUEPRINT.statuses),
    ...create('workType', 'workTypes', BLUEPRINT.workTypes),
    ...create('field', 'fields', BLUEPRINT.fields),
  ],
  usedBy: {},
  unfit: [],
  fields: 12,
  rulesListed: true,
  blind: [],
  installed: undefined,
  progress: NONE,
  storeReady: true,
  longest: 420,
  waited: 0,
};

const changed = (id: string, change: Partial<PlanNode>): SiteRead => ({
  ...EMPTY,
  nodes: EMPTY.nodes.map((node) => (node.id === id ? { ...node, ...change } : node)),
});
const found = (read: SiteRead, id: string) => findings(read).find((one) => one.id === id);
const RENAME = { value: 'rename', text: 'Create ours as “USM …”' } as const;
const REUSE = { value: 'reuse', text: 'Use it' } as const;

describe('findings', () => {
  it('are all fine on a site that has nothing of ours', () => {
    expect(new Set(findings(EMPTY).map((one) => one.level))).toEqual(new Set(['fine']));
    expect(findings(EMPTY).map((one) => one.title)).toContain('No earlier installation, no half-done plan');
  });

  it('a status in another category is decided, and says who uses it', () => {
    const read = changed('statuses.negotiating', { action: 'conflict', detail: 'It is in the category To Do, not In Progress.', choices: [RENAME] });
    expect(found({ ...read, usedBy: { 'statuses.negotiating': ['Contract approval'] } }, 'statuses.negotiating')).toEqual({
      id: 'statuses.negotiating',
      level: 'decide',
      title: 'Status “Negotiating” exists and does not fit',
      text: 'It is in the category To Do, not In Progress. It is used by the workflow Contract approval, which is not ours to change.',
      node: 'statuses.negotiating',
    });
  });

  it('what nobody can decide blocks', () => {
    expect(found(changed('statuses.negotiating', { action: 'conflict', detail: 'No.' }), 'statuses.negotiating')?.level).toBe('blocks');
  });

  it('a work type of somebody else is decided, one of ours is not', () => {
    const used = { 'workTypes.incident': ['HELP', 'HR', 'IT'] };
    const theirs = { ...changed('workTypes.incident', { action: 'reuse', choices: [REUSE, RENAME] }), usedBy: used };
    expect(found(theirs, 'workTypes.incident')).toMatchObject({
      level: 'decide',
      title: 'Work type “Incident” exists and is used in 3 spaces',
      node: 'workTypes.incident',
    });
    expect(findings({ ...changed('workTypes.incident', { action: 'reuse' }), usedBy: used }).every((one) => one.level !== 'decide')).toBe(true);
  });

  it('counts what is used again, and names a few', () => {
    const exist = BLUEPRINT.statuses.slice(0, 7).map((one) => `statuses.${one.key}`);
    const read: SiteRead = { ...EMPTY, nodes: EMPTY.nodes.map((node) => (exist.includes(node.id) ? { ...node, action: 'reuse' as const } : node)) };
    expect(found(read, 'reuse.status')).toEqual({
      id: 'reuse.status',
      level: 'know',
      title: '7 of our 14 statuses exist with the right category',
      text: 'Registered, Accepted, Specifying, Analysing, Negotiating and 2 more are used as they are and stay untouched.',
    });
  });

  it('names the spaces that do not fit, by reason', () => {
    const read: SiteRead = {
      ...EMPTY,
      unfit: [
        { key: 'HELP', why: 'teamManaged' },
        { key: 'DESK', why: 'serviceSpace' },
        { key: 'HR', why: 'teamManaged' },
      ],
    };
    expect(findings(read).filter((one) => one.id.startsWith('spaces.'))).toMatchObject([
      { title: '2 spaces are team-managed: HELP and HR', level: 'know' },
      { title: '1 space is a service space: DESK', level: 'know' },
    ]);
  });

  it.each([
    ['no administrator', { administers: false }, 'administrator', 'blocks'],
    ['rules that are not listed', { rulesListed: false }, 'rules', 'blocks'],
    ['a store that does not answer', { storeReady: false }, 'store', 'blocks'],
    ['no bulk changes', { changesInBulk: false }, 'bulk', 'know'],
    ['waits', { waited: 2_500 }, 'speed', 'know'],
    ['slow answers', { longest: 9_000 }, 'speed', 'know'],
    ['more fields than a space takes', { fields: 699 }, 'limits.fields', 'know'],
    ['levels that hide work items', { blind: [{ name: 'Staff', spaces: ['HR'] }] }, 'security', 'know'],
    ['a half-done plan', { progress: { ...NONE, phase: 'failed' as const, step: 3, of: 40 } }, 'halfDone', 'know'],
  ] as const)('tell %s', (_name, change, id, level) => {
    expect(found({ ...EMPTY, ...change } as SiteRead, id)?.level).toBe(level);
    expect(found(EMPTY, id)?.level).not.toBe(level);
  });

  it('come most urgent first, whatever the order of what was read', () => {
    const read = [
      changed('statuses.negotiating', { action: 'conflict', choices: [RENAME] }),
      changed('workTypes.incident', { action: 'reuse', choices: [REUSE, RENAME] }),
    ].reduce((all, one) => ({ ...all, nodes: all.nodes.map((node, at) => (node.action === 'create' ? (one.nodes[at] ?? node) : node)) }));
    fc.assert(
      fc.property(fc.shuffledSubarray([...read.nodes], { minLength: read.nodes.length }), (nodes) => {
        const all = findings({ ...read, nodes, storeReady: false });
        expect(all.map((one) => one.id)).toEqual(findings({ ...read, storeReady: false }).map((one) => one.id));
        const ranks = all.map((one) => FINDING_LEVELS.indexOf(one.level));
        expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
      }),
    );
  });
});
