/** Where suppliers can work: the spaces of the site in which the app may create work, their work types, and our teams that may speak for a supplier. */
import { getContextsForField, getOptionsForContext, getProject, searchProjects } from 'jira.js/cloud';
import { z } from 'zod';
import type { SupplierOffer, UsmSettings } from '../../contract';
import { jira, JiraError } from '../../jira/client';
import { installedSite } from '../service';
import { everyPage } from '../site';
import type { Wrong } from './model';

const spaces = z.array(z.object({ id: z.string(), key: z.string(), name: z.string() }));
const space = z.object({ issueTypes: z.array(z.object({ id: z.string(), name: z.string(), subtask: z.boolean().default(false) })).default([]) });

/** Work types of a space; undefined where the app does not see it. */
async function workTypesOf(projectId: string): Promise<{ id: string; name: string }[] | undefined> {
  try {
    const { issueTypes } = space.parse(await getProject(jira('app'), { projectIdOrKey: projectId }));
    return issueTypes.filter((one) => !one.subtask).map(({ id, name }) => ({ id, name }));
  } catch (thrown) {
    if (thrown instanceof JiraError) return undefined;
    throw thrown;
  }
}

async function teams(): Promise<SupplierOffer['teams']> {
  const site = await installedSite();
  if (!site) return [];
  const [client, fieldId] = [jira('person'), site.fields.solutionTeam];
  const { values = [] } = await getContextsForField(client, { fieldId, isGlobalContext: true });
  const contextId = Number(values[0]?.id);
  if (Number.isNaN(contextId)) return [];
  const rows = await everyPage((startAt) => getOptionsForContext(client, { fieldId, contextId, startAt, maxResults: 100 }));
  return rows.flatMap(({ id, value, disabled }) => (id === undefined || disabled ? [] : [{ id, name: value }]));
}

/** `projectId`: the space whose work types are wanted. */
export async function offer(projectId: string | undefined): Promise<SupplierOffer> {
  if (projectId !== undefined) return { state: 'ok', spaces: [], teams: [], types: (await workTypesOf(projectId)) ?? [] };
  const found = await everyPage((startAt) => searchProjects(jira('app'), { startAt, maxResults: 50, action: 'create', orderBy: 'name' }));
  return { state: 'ok', spaces: spaces.parse(found).map(({ id, key, name }) => ({ id, key, name })), teams: await teams(), types: [] };
}

/** Suppliers that were changed or are new, and whose space or work type is not there. What stood there already is no reason to keep nothing. */
export async function wrongPlaces({ suppliers }: UsmSettings, before: UsmSettings): Promise<Wrong[]> {
  const wrong: Wrong[] = [];
  for (const [index, { name, space: place }] of suppliers.entries()) {
    if (before.suppliers.some((one) => one.space.projectId === place.projectId && one.space.typeId === place.typeId)) continue;
    const types = await workTypesOf(place.projectId);
    const path = `suppliers.${String(index)}.space`;
    if (!types) wrong.push({ path, text: `USM sees no space ${place.key} on this site. Choose the space of ${name} again.` });
    else if (!types.some((one) => one.id === place.typeId))
      wrong.push({ path, text: `${place.key} has no work type ${place.typeName}. Choose one of ${types.map((one) => one.name).join(', ')}.` });
  }
  return wrong;
}
