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
  /** The licence as pages get it; undefined where the platform tells of none. */
  license?(): Json | undefined;
  /** Throws an error with `code` and `message` when the function gave no answer. */
  invoke(request: { moduleKey: string; functionKey: string; payload?: Json; accountId: string | undefined; extension: Extension }): Promise<unknown>;
  /** Calls a function that a module names outside of its resolver, with this one argument. Throws as `invoke` does. */
  call(request: { moduleKey: string; functionKey: string; argument: Json; accountId: string | undefined }): Promise<unknown>;
}

export type Extension = { type: string; [key: string]: Json };

/** A gadget's title may be a link. */
const textSchema = z.union([z.string(), z.object({ i18n: z.string() }), z.object({ text: z.string(), href: z.string() })]);

/** The keys of a UI module that the site reads; the rest of it is the app's business. */
export const uiModuleSchema = z.looseObject({
  key: z.string(),
  title: textSchema.optional(),
  label: textSchema.optional(),
  description: textSchema.optional(),
  icon: z.string().optional(),
  status: z.json().optional(),
  resource: z.string(),
  viewportSize: z.string().optional(),
  /** A function is for gadgets of UI Kit. */
  edit: z.looseObject({ resource: z.string().optional() }).optional(),
  thumbnail: z.string().optional(),
  refreshable: z.boolean().optional(),
  dynamicProperties: z.looseObject({ function: z.string() }).optional(),
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

const projectSchema = z.object({ id: z.string(), key: z.string(), name: z.string(), projectTypeKey: z.string() });
export type ViewedProject = z.infer<typeof projectSchema>;

const issueSchema = z.object({
  id: z.string(),
  key: z.string(),
  fields: z.object({ issuetype: z.object({ id: z.string(), name: z.string() }), project: projectSchema }),
});
export type ViewedIssue = z.infer<typeof issueSchema>;

/** The issue as far as this person may see it. */
export function viewedIssue(jira: JiraSite, accountId: string | undefined, issueKey: string): Promise<ViewedIssue | undefined> {
  return askJira(jira, accountId, `/rest/api/3/issue/${encodeURIComponent(issueKey)}?fields=issuetype,project`, issueSchema);
}

/** The project as far as this person may see it. */
export function viewedProject(jira: JiraSite, accountId: string | undefined, projectKey: string): Promise<ViewedProject | undefined> {
  return askJira(jira, accountId, `/rest/api/3/project/${encodeURIComponent(projectKey)}`, projectSchema);
}

const permissionsSchema = z.object({ permissions: z.record(z.string(), z.object({ havePermission: z.boolean() })) });

/** Whether this person holds a global permission, or a permission on an issue or in a project. */
export async function hasPermission(
  jira: JiraSite,
  accountId: string | undefined,
  permission: string,
  on: { issueKey?: string; projectKey?: string } = {},
): Promise<boolean> {
  const query = new URLSearchParams({ permissions: permission, ...on });
  const answer = await askJira(jira, accountId, `/rest/api/3/mypermissions?${query}`, permissionsSchema);
  return answer?.permissions[permission]?.havePermission === true;
}
