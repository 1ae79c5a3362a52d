/** Pages that belong to apps, and the administration page that lists them. */
import { useEffect } from 'react';
import type { PlacedModule } from '../../../contract';
import { api } from '../api';
import { Link, navigate } from '../router';
import { useSite } from '../shell/site';
import { EmptyState } from '../ui/empty-state';
import { Frame } from '../ui/frame';
import { ModuleIcon } from '../ui/module-icon';
import { useLive } from '../use-live';
import { addressOf, moduleAt } from './app-address';
import styles from './pages.module.css';

interface OwnPageProps {
  modules: PlacedModule[];
  path: string;
  missing: string;
  projectKey?: string;
}

function OwnPage({ modules, path, missing, projectKey }: OwnPageProps) {
  const module = moduleAt(modules, path);
  const address = module && addressOf(module);
  // The app's own paths stand below this address, so it has to be the one in the address bar.
  const elsewhere = address !== undefined && !path.startsWith(address);
  useEffect(() => {
    if (elsewhere) navigate(address, { replace: true });
  }, [elsewhere, address]);
  if (!module) return <EmptyState title="No such app page" text={missing} />;
  if (elsewhere) return null;
  return (
    <div className={styles['app']}>
      <Frame key={module.moduleKey} module={module} {...(projectKey !== undefined && { projectKey })} />
    </div>
  );
}

/** jira:globalPage */
export function AppPage({ path }: { path: string }) {
  const { globalPages } = useSite();
  return <OwnPage modules={globalPages} path={path} missing="The app that owns this page is not installed, or this person may not see it." />;
}

/** jira:projectPage */
export function ProjectAppPage({ projectKey, path }: { projectKey: string; path: string }) {
  const pages = useLive(`project-pages:${projectKey}`, () => api.modules('project', projectKey));
  if (!pages.data && !pages.error) return null;
  return (
    <OwnPage
      modules={pages.data ?? []}
      path={path}
      projectKey={projectKey}
      missing="The app that owns this page is not installed, or this person may not see it or its space."
    />
  );
}

const useAdminPages = () => useLive('admin-pages', () => api.modules('admin'));

/** jira:adminPage */
export function AdminPage({ path }: { path: string }) {
  const pages = useAdminPages();
  if (!pages.data && !pages.error) return null;
  return (
    <OwnPage modules={pages.data ?? []} path={path} missing="The app that owns this page is not installed, or this person is no administrator." />
  );
}

export function Administration() {
  const pages = useAdminPages();
  if (!pages.data && !pages.error) return null;
  const found = pages.data ?? [];
  return (
    <div className={styles['page']}>
      <h1 className={styles['title']}>Administration</h1>
      <h2 className={styles['subtitle']}>Work items</h2>
      <ul className={styles['cards']}>
        <li>
          <Link href="/jira/settings/workflows" className={styles['card']}>
            Workflows
          </Link>
        </li>
      </ul>
      <h2 className={styles['subtitle']}>Apps</h2>
      {pages.error && <p>{pages.error.message}</p>}
      {!pages.error && found.length === 0 && (
        <p className={styles['quiet']}>No app of this site has an administration page that this person may open.</p>
      )}
      <ul className={styles['cards']}>
        {found.map((module) => (
          <li key={module.moduleKey}>
            <Link href={addressOf(module)} className={styles['card']}>
              <ModuleIcon icon={module.icon} />
              {module.title}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
