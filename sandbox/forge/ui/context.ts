/** What an app learns about where it shows: built here from the site's own data; of the browser's word only the place is taken, never the person. */
import { z } from 'zod';
import type { JiraSite } from '../../contract';
import { askJira, viewedIssue, type Extension, type ForgeForUi } from './site';

/** What the page says about the frame that asks. */
export const framePlaceSchema = z.object({
  issue: z.object({ key: z.string() }).optional(),
  /** Full address of the page the frame is on. */
  location: z.string().optional(),
  /** What the opener of a modal dialog passed on; the app's own data. */
  modal: z.json().optional(),
});
export type FramePlace = z.infer<typeof framePlaceSchema>;

export const ISSUE_MODULES = ['jira:issuePanel', 'jira:issueContext', 'jira:issueGlance', 'jira:issueActivity', 'jira:issueAction'];

/** `extension` of a module at a place; undefined when the person may not see the issue. */
export async function extensionOf(jira: JiraSite, accountId: string | undefined, type: string, place: FramePlace): Promise<Extension | undefined> {
  const extension: Extension = { type };
  if (ISSUE_MODULES.includes(type)) {
    const issue = place.issue && (await viewedIssue(jira, accountId, place.issue.key));
    if (!issue) return undefined;
    const { issuetype, project } = issue.fields;
    extension['issue'] = { id: issue.id, key: issue.key, type: issuetype.name, typeId: issuetype.id };
    extension['project'] = { id: project.id, key: project.key, type: project.projectTypeKey };
    if (type === 'jira:issuePanel') extension['isNewToIssue'] = false;
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
  const myself = accountId === undefined ? undefined : await askJira(jira, accountId, '/rest/api/3/myself', myselfSchema);
  return {
    accountId,
    cloudId,
    environmentId,
    environmentType: 'DEVELOPMENT',
    extension,
    localId: `ari:cloud:ecosystem::extension/${forge.manifest.appId}/${environmentId}/static/${moduleKey}`,
    locale: (myself?.locale ?? 'en_US').replace('_', '-'),
    moduleKey,
    siteUrl,
    timezone: myself?.timeZone ?? 'UTC',
  };
}
