/** What of searching and of bulk changes is decided in the pages. */
import { describe, expect, it } from 'vitest';
import { byStatus, choicesOf, inputsOf, outcomeOf } from '../../sandbox/web/src/bulk/groups';
import { errorCollection } from '../../sandbox/web/src/schemas';
import type { BulkProgress, Row } from '../../sandbox/web/src/search/api';
import { bulkAddress, queryOf, searchAddress } from '../../sandbox/web/src/search/query';

const item = (number: number, status: string, type = 'Task'): Row => ({
  id: String(number),
  key: `A-${number}`,
  fields: {
    summary: `Item ${number}`,
    status: { id: status, name: status, statusCategory: { key: 'new' } },
    issuetype: { id: type, name: type, iconUrl: '', description: '', subtask: false },
    created: '',
    updated: '',
  },
});
const to = (transitionId: string, statusName: string) => ({ transitionId, transitionName: transitionId, to: { statusId: statusName, statusName } });

describe('what is typed', () => {
  it.each([
    'project = NSS',
    'status in (Open, Closed)',
    'resolution is EMPTY',
    'summary ~ "x"',
    'created >= -3d',
    'status was Open',
    'assignee not in (a)',
    'project != B order by key',
  ])('is a query: %s', (text) => expect(queryOf(text)).toBe(text));

  it('is words otherwise', () => {
    expect(queryOf('switch is broken')).toBe('summary ~ "switch is broken*" ORDER BY created DESC');
    expect(queryOf(' ** ')).toBeUndefined();
  });

  it('travels in an address whole', () => {
    const query = 'summary ~ "a&b+c" ORDER BY key';
    for (const address of [searchAddress(query), bulkAddress(query)]) expect(new URL(address, 'http://x').searchParams.get('jql')).toBe(query);
  });
});

describe('a bulk change', () => {
  const items = [item(1, 'Open'), item(2, 'Done'), item(3, 'Open', 'Bug'), item(4, 'Open')];
  const [open, done] = byStatus(items);

  it('asks for each status, and within it for each workflow', () => {
    expect(byStatus(items).map(({ status, items: here }) => [status.name, here.map(({ key }) => key)])).toEqual([
      ['Open', ['A-1', 'A-3', 'A-4']],
      ['Done', ['A-2']],
    ]);
    const offers = [
      { issues: ['A-1', 'A-4'], transitions: [to('11', 'Done')] },
      { issues: ['A-3'], transitions: [] },
    ];
    const choices = open ? choicesOf(open, offers) : [];
    expect(choices.map(({ types, items: here }) => [types, here.length])).toEqual([
      [['Task'], 2],
      [['Bug'], 1],
    ]);
    expect(new Set(choices.map(({ id }) => id)).size).toBe(2);
  });

  it('sends only what was chosen', () => {
    const choices = [
      ...(open ? choicesOf(open, [{ issues: ['A-1', 'A-4'], transitions: [to('11', 'Done')] }]) : []),
      ...(done ? choicesOf(done, [{ issues: ['A-2'], transitions: [to('21', 'Open')] }]) : []),
    ];
    expect(inputsOf(choices, { 'Open.0': '11', 'Done.0': '' })).toEqual([{ selectedIssueIdsOrKeys: ['A-1', 'A-4'], transitionId: '11' }]);
  });

  it('tells what moved and why the rest did not', () => {
    const progress: BulkProgress = {
      status: 'COMPLETE',
      progressPercent: 100,
      totalIssueCount: 4,
      processedAccessibleIssues: ['1', '2'],
      failedAccessibleIssues: { '3': ['No.', 'Never.'] },
      invalidOrInaccessibleIssueCount: 1,
    };
    expect(outcomeOf(items, ['Done'], progress)).toMatchObject({ title: '2 of 4 moved to Done, 2 not', unreachable: 1 });
    expect(outcomeOf(items, ['Done'], progress).refused.map(({ item: { key }, reasons }) => [key, reasons])).toEqual([['A-3', ['No.', 'Never.']]]);
    expect(outcomeOf(items, ['Done', 'Open'], progress).title).toBe('2 of 4 moved, 2 not');
    expect(outcomeOf(items, [], { ...progress, processedAccessibleIssues: ['1', '2', '3', '4'], failedAccessibleIssues: {} }).title).toBe(
      '4 of 4 moved',
    );
  });

  it('reads refusals in both of their forms', () => {
    expect(errorCollection.parse({ errors: [{ message: 'No.' }] })).toEqual({ errorMessages: ['No.'], errors: {} });
    expect(errorCollection.parse({ errorMessages: ['A'], errors: { summary: 'B' } })).toEqual({ errorMessages: ['A'], errors: { summary: 'B' } });
  });
});
