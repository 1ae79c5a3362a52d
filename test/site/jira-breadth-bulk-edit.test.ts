/** Bulk edits: as many single edits, each whole or not at all. */
import { getBulkOperationProgress, submitBulkEdit } from 'jira.js/cloud';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../sandbox/jira/store';
import { world, type World } from './jiraWorld';
import { settle } from './support/settle';

const idOf = (w: World, key: string): number => Number(w.store.issue(key)?.id);
const messages = async (response: Response): Promise<unknown> =>
  ((await response.json()) as { errors: { message: string }[] }).errors.map((one) => one.message);

describe('a bulk edit', () => {
  const edit = async (w: World, keys: string[], selectedActions: string[], editedFieldsInput: Record<string, Json>) => {
    const { taskId = '' } = await submitBulkEdit(w.client(w.ann), { selectedIssueIdsOrKeys: keys, selectedActions, editedFieldsInput });
    await settle(w.clock);
    return getBulkOperationProgress(w.client(w.ann), { taskId });
  };

  it('edits fields of many kinds as single edits do', async () => {
    const w = world();
    const size = w.field('Size', 'select', ['Big']);
    const option = w.store.fields.get(size)?.contexts[0]?.options[0]?.id ?? '';
    const key = await w.item({ labels: ['old'] });
    await edit(w, [key], ['labels', 'assignee', 'duedate', 'priority', size], {
      labelsFields: [{ fieldId: 'labels', bulkEditMultiSelectFieldOption: 'ADD', labels: [{ name: 'new' }] }],
      singleSelectClearableUserPickerFields: [{ fieldId: 'assignee', user: { accountId: w.bob } }],
      datePickerFields: [{ fieldId: 'duedate', date: { formattedDate: '24/Dec/26' } }],
      priority: { priorityId: '1' },
      singleSelectFields: [{ fieldId: size, option: { optionId: Number(option) } }],
    });
    expect(w.store.issue(key)?.fields).toMatchObject({
      labels: ['old', 'new'],
      assignee: w.bob,
      duedate: '2026-12-24',
      priority: '1',
      [size]: option,
    });
    expect(w.store.issue(key)?.changes).toHaveLength(1);
  });

  it('leaves a work item whole that refuses a part of it', async () => {
    const w = world();
    const key = await w.item();
    const before = w.stateOf(key);
    const progress = await edit(w, [key], ['labels', 'assignee'], {
      labelsFields: [{ fieldId: 'labels', bulkEditMultiSelectFieldOption: 'ADD', labels: [{ name: 'new' }] }],
      singleSelectClearableUserPickerFields: [{ fieldId: 'assignee', user: { accountId: 'nobody' } }],
    });
    expect(progress.failedAccessibleIssues).toEqual({ [idOf(w, key)]: [expect.stringContaining('assignee')] });
    expect(w.stateOf(key)).toBe(before);
  });

  it('wants exactly the fields of selectedActions', async () => {
    const w = world();
    const key = await w.item();
    const body = { selectedIssueIdsOrKeys: [key], selectedActions: ['labels'], editedFieldsInput: { issueType: { issueTypeId: w.typeId('Bug') } } };
    const response = await w.send(w.ann, 'POST', '/rest/api/3/bulk/issues/fields', body);
    expect([response.status, await messages(response)]).toEqual([
      400,
      ['The following editedFieldInput values are not listed as selectedActions : issuetype'],
    ]);
  });
});
