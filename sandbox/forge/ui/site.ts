/** What the UI routes need of the rest of the site, and how they ask Jira. */
import { z } from 'zod';
import type { JiraSite } from '../../contract';
import type { Json } from '../../jira/store';

/** The part of the Forge runtime that shows and runs an app's UI; `Forge` of sandbox/forge fits. */
export interface ForgeForUi {
  readonly manifest: {
    readonly appId: string;
    readonly resources: readonly { key: string }[];
    modulesOf(type: string): { key: string }[];
    moduleByKey(key: string): { type: string; module: { key: string } } | undefined;
  };
  readonly ids: { readonly cloudId: string; readonly environmentId: string };
  /** Throws an error with `code` and `message` when the function gave no answer. */
  invoke(request: { moduleKey: string; functionKey: string; payload?: Json; accountId: string | undefined; extension: Extension }): Promise<unknown>;
}

export type Extension = { type: string; [key: string]: Json };

/** The keys of a UI module that the site reads; the rest of it is the app's business. */
export const uiModuleSchema = z.looseObject({
  key: z.string(),
  title: z.union([z.string(), z.object({ i18n: z.string() })]).optional(),
  label: z.union([z.string(), z.object({ i18n: z.string() })]).optional(),
  icon: z.string().optional(),
  status: z.json().optional(),
  resource: z.string(),
  viewportSize: z.string().optional(),
  /** A function is for gadgets of UI Kit. */
  edit: z.looseObject({ resource: z.string().optional() }).optional(),
  useAsConfig: z.boolean().optional(),
  useAsGetStarted: z.boolean().optional(),
  displayConditions: z.unknown().optional(),
});
export type UiModule = z.infer<typeof uiModuleSchema>;

/** Asks Jira as a person of the site; undefined when Jira refuses or has no such thing. */
export async function askJira<Schema extends z.ZodType>(
  jira: JiraSite,
  accountId: string | undefined,
  path: string,
  schema: Schema,
): Promise<z.infer<Schema> | undefined> {
  const response = await jira.request({ accountId, viaApp: false }, path, { method: 'GET', headers: { accept: 'application/json' } });
  return response.ok ? schema.parse(await response.json()) : undefined;
}

const issueSchema = z.object({
  id: z.string(),
  key: z.string(),
  fields: z.object({
    issuetype: z.object({ id: z.string(), name: z.string() }),
    project: z.object({ id: z.string(), key: z.string(), name: z.string(), projectTypeKey: z.string() }),
  }),
});
export type ViewedIssue = z.infer<typeof issueSchema>;

/** The issue as far as this person may see it. */
export function viewedIssue(jira: JiraSite, accountId: string | undefined, issueKey: string): Promise<ViewedIssue | undefined> {
  return askJira(jira, accountId, `/rest/api/3/issue/${encodeURIComponent(issueKey)}?fields=issuetype,project`, issueSchema);
}

const permissionsSchema = z.object({ permissions: z.record(z.string(), z.object({ havePermission: z.boolean() })) });

/** Whether this person holds a global permission, or a permission on the issue. */
export async function hasPermission(jira: JiraSite, accountId: string | undefined, permission: string, issueKey?: string): Promise<boolean> {
  const query = new URLSearchParams({ permissions: permission, ...(issueKey !== undefined && { issueKey }) });
  const answer = await askJira(jira, accountId, `/rest/api/3/mypermissions?${query}`, permissionsSchema);
  return answer?.permissions[permission]?.havePermission === true;
}
