/** What the pages read of the site's answers. Everything else an answer holds is left alone. */
import { z } from 'zod';

export const person = z.object({
  accountId: z.string(),
  displayName: z.string(),
  emailAddress: z.string().optional(),
  accountType: z.string().optional(),
  active: z.boolean().optional(),
});
export type Person = z.infer<typeof person>;

export const sitePerson = z.object({
  accountId: z.string(),
  displayName: z.string(),
  emailAddress: z.string().default(''),
  roles: z.array(z.string()).default([]),
});
export type SitePerson = z.infer<typeof sitePerson>;

export const session = z.object({ accountId: z.string() }).nullable();

export const project = z.object({ id: z.string(), key: z.string(), name: z.string() });
export type Project = z.infer<typeof project>;
export const projectPage = z.object({ values: z.array(project) });

export const workType = z.object({
  id: z.string(),
  name: z.string(),
  iconUrl: z.string().default(''),
  description: z.string().default(''),
  subtask: z.boolean().default(false),
});
export type WorkType = z.infer<typeof workType>;
export const projectTypes = project.extend({ issueTypes: z.array(workType).default([]) });
export const createMetaTypes = z.object({ issueTypes: z.array(workType) });

export const fieldSchema = z.object({
  type: z.string(),
  items: z.string().optional(),
  system: z.string().optional(),
  custom: z.string().optional(),
});
export type FieldSchema = z.infer<typeof fieldSchema>;

const option = z.object({
  id: z.string().optional(),
  value: z.string().optional(),
  name: z.string().optional(),
  iconUrl: z.string().optional(),
  disabled: z.boolean().optional(),
});
export const allowedValue = option.extend({ children: z.array(option).optional() });
export type AllowedValue = z.infer<typeof allowedValue>;

export const fieldMeta = z.object({
  fieldId: z.string().optional(),
  key: z.string().optional(),
  name: z.string(),
  required: z.boolean().default(false),
  schema: fieldSchema,
  operations: z.array(z.string()).default([]),
  hasDefaultValue: z.boolean().optional(),
  defaultValue: z.unknown().optional(),
  allowedValues: z.array(allowedValue).optional().catch(undefined),
});
export type FieldMeta = z.infer<typeof fieldMeta> & { id: string };

const fieldTable = z.record(z.string(), fieldMeta).transform((table) => Object.entries(table).map(([id, meta]): FieldMeta => ({ ...meta, id })));
export const createMetaFields = z
  .object({ fields: z.array(fieldMeta) })
  .transform(({ fields }) => fields.map((meta): FieldMeta => ({ ...meta, id: meta.fieldId ?? meta.key ?? meta.name })));
export const editMeta = z.object({ fields: fieldTable });

export const siteField = z.object({ id: z.string(), name: z.string(), schema: fieldSchema.optional() });
export type SiteField = z.infer<typeof siteField>;

export const status = z.object({ id: z.string().optional(), name: z.string(), statusCategory: z.object({ key: z.string() }) });
export type Status = z.infer<typeof status>;

const linkedFields = z.object({ summary: z.string(), status, issuetype: workType.optional() });
export const linkedItem = z.object({ id: z.string(), key: z.string(), fields: linkedFields });
export type LinkedItem = z.infer<typeof linkedItem>;
export const itemLink = z.object({
  id: z.string(),
  type: z.object({ name: z.string(), inward: z.string(), outward: z.string() }),
  inwardIssue: linkedItem.optional(),
  outwardIssue: linkedItem.optional(),
});
export type ItemLink = z.infer<typeof itemLink>;

export const workItem = z.object({
  id: z.string(),
  key: z.string(),
  fields: z.looseObject({
    summary: z.string(),
    status,
    issuetype: workType,
    project,
    created: z.string(),
    updated: z.string(),
    description: z.unknown().optional(),
    issuelinks: z.array(itemLink).nullish(),
  }),
});
export type WorkItem = z.infer<typeof workItem>;

export const foundItem = z.object({
  id: z.string(),
  key: z.string(),
  fields: z.object({
    summary: z.string(),
    status,
    issuetype: workType,
    assignee: person.nullish(),
    reporter: person.nullish(),
    updated: z.string(),
  }),
});
export type FoundItem = z.infer<typeof foundItem>;
export const searchPage = z.object({ issues: z.array(foundItem), nextPageToken: z.string().nullish(), isLast: z.boolean().optional() });
export type SearchPage = z.infer<typeof searchPage>;

export const transition = z.object({
  id: z.string(),
  name: z.string(),
  to: status,
  hasScreen: z.boolean().default(false),
  fields: fieldTable.optional(),
});
export type Transition = z.infer<typeof transition>;
export const transitions = z.object({ transitions: z.array(transition) });

export const comment = z.object({
  id: z.string(),
  author: person.optional(),
  body: z.unknown(),
  created: z.string(),
  updated: z.string().optional(),
});
export type Comment = z.infer<typeof comment>;
export const comments = z.object({ comments: z.array(comment) });

const changeItem = z
  .object({ field: z.string(), fromString: z.string().nullish(), toString: z.string().nullish() })
  .transform((item) => ({ field: item.field, from: item.fromString ?? '', to: item.toString ?? '' }));
export const change = z.object({ id: z.string(), author: person.optional(), created: z.string(), items: z.array(changeItem) });
export type Change = z.infer<typeof change>;
export const changelog = z.object({ values: z.array(change), isLast: z.boolean().optional(), total: z.number().optional() });

export const createdItem = z.object({ id: z.string(), key: z.string() });

export const groupPicker = z.object({ groups: z.array(z.object({ groupId: z.string(), name: z.string() })) });
/** Bulk operations say no with a list of messages, the rest of Jira by field. */
const bulkErrors = z.object({ errors: z.array(z.object({ message: z.string() })) });
const fieldErrors = z.object({
  errorMessages: z.array(z.string()).default([]),
  errors: z.record(z.string(), z.string()).default({}),
});
export const errorCollection = z.union([
  bulkErrors.transform(({ errors }): z.infer<typeof fieldErrors> => ({ errorMessages: errors.map(({ message }) => message), errors: {} })),
  fieldErrors,
]);
