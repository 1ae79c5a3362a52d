/** Many work items through the same edit; each is edited as PUT /issue would. */
import { z } from 'zod';
import { editIssue } from '../issues/edit';
import type { IssueBody } from '../issues/input';
import { groupNamed } from '../lookups';
import { badRequest, RestError, type Answer, type Call, type Jira } from '../rest';
import type { Json } from '../store';
import { selected, submit } from './select';

/** OpenAPI: submitBulkEdit. */
const FIELD_LIMIT = 200;

const option = z.looseObject({ optionId: z.number().nullish() });
const group = z.looseObject({ groupName: z.string() });
const user = z.looseObject({ accountId: z.string() });
const many = <Shape extends z.ZodRawShape>(shape: Shape) => z.array(z.looseObject({ fieldId: z.string(), ...shape })).optional();

const editedFields = z.strictObject({
  cascadingSelectFields: many({ parentOptionValue: option, childOptionValue: option.nullish() }),
  clearableNumberFields: many({ value: z.number().nullish() }),
  datePickerFields: many({ date: z.looseObject({ formattedDate: z.string() }) }),
  dateTimePickerFields: many({ dateTime: z.looseObject({ formattedDateTime: z.string() }) }),
  issueType: z.looseObject({ issueTypeId: z.string() }).optional(),
  labelsFields: many({
    bulkEditMultiSelectFieldOption: z.enum(['ADD', 'REMOVE', 'REPLACE', 'REMOVE_ALL']),
    labels: z.array(z.looseObject({ name: z.string() })),
  }),
  multipleGroupPickerFields: many({ groups: z.array(group) }),
  multipleSelectClearableUserPickerFields: many({ users: z.array(user).nullish() }),
  multipleSelectFields: many({ options: z.array(option) }),
  priority: z.looseObject({ priorityId: z.string() }).optional(),
  richTextFields: many({ richText: z.looseObject({ adfValue: z.json().optional() }) }),
  singleGroupPickerFields: many({ group }),
  singleLineTextFields: many({ text: z.string() }),
  singleSelectClearableUserPickerFields: many({ user: user.nullish() }),
  singleSelectFields: many({ option }),
  urlFields: many({ url: z.string() }),
});
type EditedFields = z.infer<typeof editedFields>;

export const editInput = z.looseObject({
  editedFieldsInput: z.record(z.string(), z.json()),
  selectedActions: z.array(z.string()).min(1),
  selectedIssueIdsOrKeys: z.array(z.string()),
  sendBulkNotification: z.boolean().optional(),
});

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const two = (text: string): string => text.padStart(2, '0');

/** d/mmm/yy and dd-mm-yyyy, as the document has them, to the form that single edits take. */
function dateOf(text: string): string | null {
  if (text === '') return null;
  const [, day = '', month = '', year = ''] = /^(\d{1,2})\/([a-z]{3})\/(\d{2})$/i.exec(text) ?? [];
  if (MONTHS.includes(month.toLowerCase())) return `20${year}-${two(String(MONTHS.indexOf(month.toLowerCase()) + 1))}-${two(day)}`;
  const [, d, m, y] = /^(\d{2})-(\d{2})-(\d{4})$/.exec(text) ?? [];
  return d && m && y ? `${y}-${m}-${d}` : text;
}

const NOTHING = -1;
const optionOf = ({ optionId }: z.infer<typeof option>): Json =>
  optionId === null || optionId === undefined || optionId === NOTHING ? null : { id: String(optionId) };
const textOrNull = (text: string): Json => (text === '' ? null : text);

function groupOf({ store }: Jira, { groupName }: z.infer<typeof group>): Json {
  return groupName === '' ? null : { groupId: groupNamed(store, groupName)?.id ?? groupName };
}

function labelsOf(body: Required<Pick<IssueBody, 'fields' | 'update'>>, fields: NonNullable<EditedFields['labelsFields']>): void {
  for (const { fieldId, bulkEditMultiSelectFieldOption: how, labels } of fields) {
    const names = labels.map((one) => one.name);
    if (how === 'REPLACE') body.fields[fieldId] = names;
    else if (how === 'REMOVE_ALL') body.fields[fieldId] = [];
    else body.update[fieldId] = names.map((name) => ({ [how === 'ADD' ? 'add' : 'remove']: name }));
  }
}

/** The edit in the form of PUT /issue. */
function bodyOf(jira: Jira, input: EditedFields): Required<Pick<IssueBody, 'fields' | 'update'>> {
  const fields: Record<string, Json> = {};
  const put = <T extends { fieldId: string }>(list: T[] | undefined, value: (one: T) => Json): void => {
    for (const one of list ?? []) fields[one.fieldId] = value(one);
  };
  put(input.cascadingSelectFields, ({ parentOptionValue, childOptionValue }) => {
    const [parent, child] = [optionOf(parentOptionValue), childOptionValue ? optionOf(childOptionValue) : null];
    return parent === null ? null : { ...(parent as { id: string }), ...(child !== null && { child }) };
  });
  put(input.clearableNumberFields, ({ value }) => value ?? null);
  put(input.datePickerFields, ({ date }) => dateOf(date.formattedDate));
  put(input.dateTimePickerFields, ({ dateTime }) => textOrNull(dateTime.formattedDateTime));
  put(input.multipleGroupPickerFields, ({ groups }) => groups.map((one) => groupOf(jira, one)));
  put(input.multipleSelectClearableUserPickerFields, ({ users }) => users?.map(({ accountId }) => ({ accountId })) ?? null);
  put(input.multipleSelectFields, ({ options }) => options.map(optionOf));
  put(input.richTextFields, ({ richText }) => richText.adfValue ?? null);
  put(input.singleGroupPickerFields, (one) => groupOf(jira, one.group));
  put(input.singleLineTextFields, ({ text }) => textOrNull(text));
  put(input.singleSelectClearableUserPickerFields, (one) => (one.user ? { accountId: one.user.accountId } : null));
  put(input.singleSelectFields, (one) => optionOf(one.option));
  put(input.urlFields, ({ url }) => textOrNull(url));
  if (input.priority) fields.priority = { id: input.priority.priorityId };
  if (input.issueType) fields.issuetype = { id: input.issueType.issueTypeId };
  const body = { fields, update: {} };
  labelsOf(body, input.labelsFields ?? []);
  return body;
}

/** Submits an edit; a work item that refuses a part of it is left as it was. */
export function editMany(call: Call<z.infer<typeof editInput>>): Answer {
  const { jira, body } = call;
  const parsed = editedFields.safeParse(body.editedFieldsInput);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    if (issue?.code === 'unrecognized_keys') throw new RestError(501, [`Bulk edits of ${issue.keys.join(', ')} are not supported by this site yet.`]);
    throw badRequest(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`);
  }
  const edit = bodyOf(jira, parsed.data);
  const named = [...Object.keys(edit.fields), ...Object.keys(edit.update)];
  const unlisted = named.filter((one) => !body.selectedActions.includes(one));
  if (unlisted.length > 0) throw badRequest(`The following editedFieldInput values are not listed as selectedActions : ${unlisted.join(', ')}`);
  const missing = body.selectedActions.filter((one) => !named.includes(one));
  if (missing.length > 0) throw badRequest(`The following selectedActions have no editedFieldInput value : ${missing.join(', ')}`);
  if (named.length > FIELD_LIMIT) throw badRequest(`At most ${FIELD_LIMIT} fields can be edited at once.`);
  const one = { ...call, query: new URLSearchParams(), body: edit };
  return submit(
    call,
    'Bulk edit',
    selected(call, body.selectedIssueIdsOrKeys).map((issue) => ({
      issue,
      act: () => void editIssue({ ...one, params: { issueIdOrKey: issue.id } }),
    })),
  );
}
