/** What an app learns about where it shows: built here from the site's own data; of the browser's word only the place is taken, never the person. */
import { z } from 'zod';
import type { JiraSite } from '../../contract';
import { DASHBOARD_MODULES, dashboardPlace, gadgetExtension } from './dashboard';
import { RULE_MODULES, ruleExtension, rulePlace } from './rules';
import { askJira, viewedIssue, viewedProject, type Extension, type ForgeForUi, type ViewedProject } from './site';

/** What the page says about the frame that asks. */
export const framePlaceSchema = z.object({
  issue: z.object({ key: z.string() }).optional(),
  /** Of a page; a work item's own is looked up. */
  project: z.object({ key: z.string() }).optional(),
  ...dashboardPlace,
  ...rulePlace,
  /** A gadget or a rule is looked at, or set up. */
  entryPoint: z.enum(['create', 'view', 'edit']).optional(),
  /** Full address of the page the frame is on. */
  location: z.string().optional(),
  /** What the opener of a modal dialog passed on; the app's own data. */
  modal: z.json().optional(),
});
export type FramePlace = z.infer<typeof framePlaceSchema>;

export const ISSUE_MODULES = ['jira:issuePanel', 'jira:issueContext', 'jira:issueGlance', 'jira:issueActivity', 'jira:issueAction'];

export const PROJECT_MODULES = ['jira:projectPage'];

const asContext = ({ id, key, projectTypeKey }: ViewedProject) => ({ id, key, type: projectTypeKey });

/** What the site names a module of the app by. */
export const moduleAri = ({ manifest, ids }: ForgeForUi, moduleKey: string): string =>
  `ari:cloud:ecosystem::extension/${manifest.appId}/${ids.environmentId}/static/${moduleKey}`;

/** `extension` of a module at a place; undefined when the person may not see the issue, the project, the dashboard or the workflow. */
export async function extensionOf(jira: JiraSite, accountId: string | undefined, type: string, place: FramePlace): Promise<Extension | undefined> {
  const extension: Extension | undefined = DASHBOARD_MODULES.includes(type)
    ? await gadgetExtension(jira, accountId, type, place)
    : RULE_MODULES.includes(type)
      ? await ruleExtension(jira, accountId, type, place)
      : { type };
  if (!extension) return undefined;
  if (ISSUE_MODULES.includes(type)) {
    const issue = place.issue && (await viewedIssue(jira, accountId, place.issue.key));
    if (!issue) return undefined;
    const { issuetype, project } = issue.fields;
    extension['issue'] = { id: issue.id, key: issue.key, type: issuetype.name, typeId: issuetype.id };
    extension['project'] = asContext(project);
    if (type === 'jira:issuePanel') extension['isNewToIssue'] = false;
  }
  if (PROJECT_MODULES.includes(type)) {
    const project = place.project && (await viewedProject(jira, accountId, place.project.key));
    if (!project) return undefined;
    extension['project'] = asContext(project);
  }
  if (place.location !== undefined) extension['location'] = place.location;
  if (place.modal !== undefined) extension['modal'] = place.modal;
  return extension;
}

const myselfSchema = z.object({ locale: z.string().optional(), timeZone: z.string().optional() });

/** The answer to getContext, without the theme: that is the browser's. */
export async function contextOf(
  { forge, jira, siteUrl }: { forge: ForgeForUi; jira: JiraSite; siteUrl: string },
  accountId: string | undefined,
  moduleKey: string,
  extension: Extension,
) {
  const { cloudId, environmentId } = forge.ids;
  const license = forge.license?.();
  const myself = accountId === undefined ? undefined : await askJira(jira, accountId, '/rest/api/3/myself', myselfSchema);
  return {
    accountId,
    cloudId,
    environmentId,
    environmentType: 'DEVELOPMENT',
    extension,
    ...(license !== undefined && { license }),
    localId: moduleAri(forge, moduleKey),
    locale: (myself?.locale ?? 'en_US').replace('_', '-'),
    moduleKey,
    siteUrl,
    timezone: myself?.timeZone ?? 'UTC',
  };
}
