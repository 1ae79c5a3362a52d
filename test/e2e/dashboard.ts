/** A dashboard as a team has one: Jira's own gadgets beside those of apps. For browser tests and for pictures. */
import type { Visitor } from '../../sandbox/demo/client';
import type { Json } from '../../sandbox/jira/store';

export interface TeamGadget {
  /** One of Jira's own, or the ARI of an app's module. */
  moduleKey: string;
  title: string;
  column: number;
  configuration?: { [key: string]: Json };
}

export const ownGadget = (name: 'assigned-to-me' | 'filter-results' | 'pie-chart'): string => `com.atlassian.jira.gadgets:${name}-dashboard-item`;

interface TeamDashboard {
  name: string;
  description?: string;
  layout?: 'A' | 'AA' | 'AB' | 'BA' | 'AAA';
  /** In the order in which they stand in their columns. */
  gadgets: TeamGadget[];
}

/** Makes it, for everybody who is logged in; answers its address on the site. */
export async function makeDashboard(owner: Visitor, { name, description = '', layout = 'AA', gadgets }: TeamDashboard): Promise<string> {
  const sharePermissions = [{ type: 'authenticated' }];
  const { id } = await owner.ask<{ id: string }>('POST', '/rest/api/3/dashboard', { name, description, sharePermissions, editPermissions: [] });
  await owner.ask('PUT', `/rest/dashboards/1.0/${id}/layout`, { layout });
  const rows = new Map<number, number>();
  for (const { moduleKey, title, column, configuration } of gadgets) {
    const row = rows.get(column) ?? 0;
    rows.set(column, row + 1);
    const gadget = await owner.ask<{ id: number }>('POST', `/rest/api/3/dashboard/${id}/gadget`, { moduleKey, title, position: { row, column } });
    if (configuration) await owner.ask('PUT', `/rest/api/3/dashboard/${id}/items/${String(gadget.id)}/properties/config`, configuration);
  }
  return `/jira/dashboards/${id}`;
}

/** Gadgets of Jira about a space: what is mine, what a filter finds, how the statuses are shared. Makes the filter. */
export async function ownGadgets(owner: Visitor, project: { id: string; key: string }): Promise<TeamGadget[]> {
  const filter = {
    name: `Open in ${project.key}`,
    jql: `project = ${project.key} AND statusCategory != Done ORDER BY created DESC`,
    favourite: true,
  };
  const { id } = await owner.ask<{ id: string }>('POST', '/rest/api/3/filter', filter);
  return [
    { moduleKey: ownGadget('filter-results'), title: 'Open work', column: 0, configuration: { filterId: id, num: '8' } },
    {
      moduleKey: ownGadget('pie-chart'),
      title: 'By status',
      column: 1,
      configuration: { projectOrFilterId: `project-${project.id}`, statType: 'statuses' },
    },
    { moduleKey: ownGadget('assigned-to-me'), title: 'Assigned to Me', column: 1 },
  ];
}
