import type { ReactNode } from 'react';
import { match } from '../match';
import { EmptyState } from '../ui/empty-state';
import { AdminPage, Administration, AppPage, ProjectAppPage } from './apps';
import { Home } from './home';
import { ForYou, ProjectList } from './lists';
import { PeoplePage } from './people';
import { WorkItemPage } from './work-item';
import { BulkPage } from '../bulk/page';
import { DashboardList } from '../dashboards/list';
import { DashboardPage } from '../dashboards/page';
import { IssuesPage } from '../search/page';
import { queryOf } from '../search/query';
import { WorkflowList, WorkflowPage } from '../workflows/pages';

type Parts = Record<string, string>;
interface At {
  path: string;
  query: URLSearchParams;
  /** Account id of the person who looks. */
  me: string;
}

/** The key of a work item, or else of a space. */
const isItemKey = (key: string): boolean => /-\d+$/.test(key);

/** Address -> page, the first match wins. */
const ROUTES: [pattern: string, title: (parts: Parts) => string, page: (parts: Parts, at: At) => ReactNode][] = [
  ['/', () => 'Jira', () => <Home />],
  ['/jira', () => 'Jira', () => <Home />],
  ['/jira/for-you', () => 'For you', () => <ForYou />],
  ['/jira/search', () => 'Search', (_, { query }) => <IssuesPage jql={queryOf(query.get('text') ?? '')} />],
  ['/issues', () => 'Search', (_, { query }) => <IssuesPage jql={query.get('jql') ?? undefined} />],
  ['/issues/bulk', () => 'Bulk change', (_, { query }) => <BulkPage key={query.get('jql')} jql={query.get('jql') ?? ''} />],
  [
    '/jira/{type}/projects/{key}/apps/{rest*}',
    ({ key }) => `${key} apps`,
    ({ key }, { path }) => <ProjectAppPage key={key} projectKey={key ?? ''} path={path} />,
  ],
  ['/jira/projects/{key}', ({ key }) => `${key} work items`, ({ key }) => <ProjectList key={key} projectKey={key ?? ''} />],
  ['/jira/projects/{key}/list', ({ key }) => `${key} work items`, ({ key }) => <ProjectList key={key} projectKey={key ?? ''} />],
  [
    '/browse/{key}',
    ({ key }) => key ?? '',
    ({ key = '' }) => (isItemKey(key) ? <WorkItemPage itemKey={key} /> : <ProjectList key={key} projectKey={key} />),
  ],
  ['/jira/dashboards', () => 'Dashboards', () => <DashboardList />],
  ['/jira/dashboards/{id}', () => 'Dashboard', ({ id }, { query }) => <DashboardPage key={id} id={id ?? ''} arranging={query.has('edit')} />],
  ['/jira/apps/{rest*}', () => 'Apps', (_, { path }) => <AppPage path={path} />],
  ['/jira/settings', () => 'Administration', () => <Administration />],
  ['/jira/settings/workflows', () => 'Workflows', () => <WorkflowList />],
  ['/jira/settings/workflows/{id}', () => 'Workflow', ({ id }) => <WorkflowPage key={id} id={id ?? ''} />],
  ['/jira/settings/apps', () => 'Administration', () => <Administration />],
  ['/jira/settings/apps/{rest*}', () => 'Administration', (_, { path }) => <AdminPage path={path} />],
  ['/people', () => 'Switch person', (_, { me }) => <PeoplePage current={me} />],
];

/** The page of an address. */
export function routeOf(location: string, me: string): { title: string; page: ReactNode } {
  const [path = '/', query = ''] = location.split('?');
  for (const [pattern, title, page] of ROUTES) {
    const parts = match(pattern, path);
    if (parts) return { title: title(parts), page: page(parts, { path, query: new URLSearchParams(query), me }) };
  }
  return { title: 'Not found', page: <EmptyState title="There is no such page" text="The address may be mistyped." /> };
}
