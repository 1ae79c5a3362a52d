/** What an app learns about where it shows: built here from the site's own data; of the browser's word only the place is taken, never the person. */
import { z } from 'zod';
import type { JiraSite } from '../../contract';
import { askJira, viewedIssue, type Extension, type ForgeForUi } from './site';

/** What the page says about the frame that asks. */
export const framePlaceSchema = z.object({
  issue: z.object({ key: z.string() }).optional(),
  dashboard: z.object({ id: z.string() }).optional(),
  gadget: z.object({ id: z.string() }).optional(),
  /** A gadget is looked at, or set up. */
  entryPoint: z.enum(['view', 'edit']).optional(),
  /** Full address of the page the frame is on. */
  location: z.string().optional(),
  /** What the opener of a modal dialog passed on; the app's own data. */
  modal: z.json().optional(),
});
export type FramePlace = z.infer<typeof framePlaceSchema>;

export const ISSUE_MODULES = ['jira:issuePanel', 'jira:issueContext', 'jira:issueGlance', 'jira:issueActivity', 'jira:issueAction'];

export const DASHBOARD_MODULES = ['jira:dashboardGadget', 'dashboards:widget'];

/** What the site names a module of the app by. */
export const moduleAri = ({ manifest, ids }: ForgeForUi, moduleKey: string): string =>
  `ari:cloud:ecosystem::extension/${manifest.appId}/${ids.environmentId}/static/${moduleKey}`;

/** Under this key a dashboard item keeps what its app's edit view submitted. */
export const GADGET_CONFIGURATION = 'config';

const gadgetsSchema = z.object({ gadgets: z.array(z.unknown()) });
const configurationSchema = z.object({ value: z.json() });

/** `extension` of a gadget; undefined when the person may not see its dashboard, or it is not there. */
async function gadgetExtension(jira: JiraSite, accountId: string | undefined, type: string, place: FramePlace): Promise<Extension | undefined> {
  const { dashboard, gadget } = place;
  if (!dashboard || !gadget) return undefined;
  const path = `/rest/api/3/dashboard/${encodeURIComponent(dashboard.id)}`;
  const id = encodeURIComponent(gadget.id);
  const found = await askJira(jira, accountId, `${path}/gadget?gadgetId=${id}`, gadgetsSchema);
  if (!found?.gadgets.length) return undefined;
  const kept = await askJira(jira, accountId, `${path}/items/${id}/properties/${GADGET_CONFIGURATION}`, configurationSchema);
  if (type === 'dashboards:widget') {
    return { type, ...(kept && { config: kept.value }), context: { dashboardId: dashboard.id, widgetId: gadget.id } };
  }
  const entryPoint = place.entryPoint ?? 'view';
  return { type, entryPoint, ...(kept && { gadgetConfiguration: kept.value }), dashboard: { id: dashboard.id }, gadget: { id: gadget.id } };
}

/** `extension` of a module at a place; undefined when the person may not see the issue or the dashboard. */
export async function extensionOf(jira: JiraSite, accountId: string | undefined, type: string, place: FramePlace): Promise<Extension | undefined> {
  const extension: Extension | undefined = DASHBOARD_MODULES.includes(type) ? await gadgetExtension(jira, accountId, type, place) : { type };
  if (!extension) return undefined;
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
    localId: moduleAri(forge, moduleKey),
    locale: (myself?.locale ?? 'en_US').replace('_', '-'),
    moduleKey,
    siteUrl,
    timezone: myself?.timeZone ?? 'UTC',
  };
}
