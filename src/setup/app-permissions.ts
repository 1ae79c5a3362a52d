/** What the app itself has to be allowed in a space: it moves and makes work items on its own. */
import { getMyPermissions } from 'jira.js/cloud';
import { z } from 'zod';
import type { Clients } from './site';

/** Jira's keys. */
export const NEEDED_BY_APP = ['BROWSE_PROJECTS', 'CREATE_ISSUES', 'EDIT_ISSUES', 'TRANSITION_ISSUES', 'LINK_ISSUES', 'MODIFY_REPORTER'];

const permission = z.object({ havePermission: z.boolean() });

/** What the app lacks in a space. */
export async function missingForApp({ app }: Pick<Clients, 'app'>, projectKey: string): Promise<string[]> {
  const { permissions = {} } = await getMyPermissions(app, { projectKey, permissions: NEEDED_BY_APP.join(',') });
  return NEEDED_BY_APP.filter((key) => !permission.safeParse(permissions[key]).data?.havePermission);
}
