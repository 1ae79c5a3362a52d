import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type StatusCategory, STATUSES, WORK_TYPE_KEYS, WORKFLOWS } from '../../src/method';
import { batchesOf, groupsOf, hashOf, type Row, statusFor, suggested } from '../../src/setup/existing/map';

describe('suggesting a work type', () => {
  it.each([
    ['Bug', 'incident'],
    ['incident', 'incident'],
    ['[System] Incident', 'incident'],
    ['Task', 'serviceRequest'],
    ['Service Request', 'serviceRequest'],
    ['Support', 'serviceRequest'],
    ['Change', 'rfc'],
    ['RFC', 'rfc'],
    ['Problem', 'preventiveAction'],
    ['Improvement', 'improvement'],
    ['Story', 'improvement'],
    ['Complaint', 'complaint'],
    ['New Feature', 'wish'],
    ['Epic', undefined],
    ['Post-incident review', undefined],
  ])('%s becomes %s', (name, expected) => {
    expect(suggested(name)).toBe(expected);
  });
});

describe('placing a status', () => {
  const status = (name: string, category: StatusCategory) => ({ id: '1', name, category });

  it.each([
    ['To Do', 'TODO', 'incident', 'registered'],
    ['In Progress', 'IN_PROGRESS', 'incident', 'analysing'],
    ['In Progress', 'IN_PROGRESS', 'serviceRequest', 'realising'],
    ['In Progress', 'IN_PROGRESS', 'rfc', 'planning'],
    ['In Progress', 'IN_PROGRESS', 'wish', 'specifying'],
    ['In Review', 'IN_PROGRESS', 'incident', 'reviewing'],
    ['QA', 'IN_PROGRESS', 'rfc', 'testing'],
    ['QA', 'IN_PROGRESS', 'incident', 'analysing'],
    ['Waiting for customer', 'IN_PROGRESS', 'serviceRequest', 'waiting'],
    ['Blocked', 'TODO', 'serviceRequest', 'registered'],
    ['Done', 'DONE', 'incident', 'closed'],
    ['Resolved', 'DONE', 'incident', 'closed'],
    ["Won't do", 'DONE', 'incident', 'cancelled'],
    ['planning', 'IN_PROGRESS', 'serviceRequest', 'planning'],
  ] as const)('%s (%s) of what becomes %s is %s', (name, category, type, expected) => {
    expect(statusFor(type, status(name, category))).toBe(expected);
  });

  it('leaves a status where it is that USM shares', () => {
    expect(statusFor('rfc', status('Testing', 'IN_PROGRESS'), 'testing')).toBe('testing');
    expect(statusFor('incident', status('Testing', 'IN_PROGRESS'), 'testing')).toBe('analysing');
  });

  it('always answers a status of the workflow, in the same category', () => {
    const names = fc.oneof(
      fc.string(),
      fc.constantFrom(...Object.values(STATUSES).map((one) => one.name)),
      fc.constantFrom('On hold', 'QA', 'Approved', 'Rejected'),
    );
    fc.assert(
      fc.property(fc.constantFrom(...WORK_TYPE_KEYS), names, fc.constantFrom('TODO', 'IN_PROGRESS', 'DONE'), (type, name, category) => {
        const to = statusFor(type, status(name, category));
        expect(WORKFLOWS[type].statuses).toContain(to);
        expect(STATUSES[to].category).toBe(category);
      }),
    );
  });
});

const row = (typeId: string, to: Row['to'], statuses: Row['statuses']): Row => ({ typeId, typeName: typeId, to, toTypeId: `usm-${to}`, statuses });
const TODO = { id: '1', name: 'To Do', category: 'TODO', to: 'registered', toStatusId: '91' } as const;
const CLOSED = { id: '99', name: 'Closed', category: 'DONE', to: 'closed', toStatusId: '99' } as const;

describe('the mapping', () => {
  it('is one group a USM work type, and leaves out statuses that stay', () => {
    const groups = groupsOf([row('10', 'incident', [TODO, CLOSED]), row('11', 'incident', [TODO]), row('12', 'rfc', [CLOSED])]);
    expect(groups).toEqual([
      { to: 'incident', toTypeId: 'usm-incident', typeIds: ['10', '11'], statuses: { '91': ['1'] } },
      { to: 'rfc', toTypeId: 'usm-rfc', typeIds: ['12'], statuses: {} },
    ]);
  });

  it('has a hash that does not depend on order, and does on everything else', () => {
    const rows = [row('10', 'incident', [TODO, CLOSED]), row('12', 'rfc', [CLOSED])];
    const hash = hashOf('1', '2', rows, '');
    expect(hashOf('1', '2', [row('12', 'rfc', [CLOSED]), row('10', 'incident', [CLOSED, TODO])], '')).toBe(hash);
    const others = [
      hashOf('2', '1', rows, ''),
      hashOf('1', '2', rows, 'earlier'),
      hashOf('1', '2', [row('10', 'rfc', [TODO, CLOSED]), row('12', 'rfc', [CLOSED])], ''),
      hashOf('1', '2', [row('10', 'incident', [{ ...TODO, toStatusId: '92' }, CLOSED]), row('12', 'rfc', [CLOSED])], ''),
    ];
    expect(new Set([hash, ...others]).size).toBe(5);
  });
});

describe('batches', () => {
  it('hold everything once, in order, and never too much', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 10 })), (weights) => {
        const items = weights.map((weight, id) => ({ id, weight }));
        const batches = batchesOf(items, 10);
        expect(batches.flat()).toEqual(items);
        for (const batch of batches) expect(batch.reduce((sum, one) => sum + one.weight, 0)).toBeLessThanOrEqual(10);
      }),
    );
  });

  it('leave a family of its own that is larger than Jira takes', () => {
    expect(batchesOf([{ weight: 3 }, { weight: 12 }, { weight: 2 }], 10)).toHaveLength(3);
  });
});
