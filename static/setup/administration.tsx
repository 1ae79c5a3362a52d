/** The administration of USM: one page with subpages, each with an address of its own and loaded when it is opened. */
import { lazy, Suspense, type ComponentType } from 'react';
import { Icon, type IconName } from '../shared/icons';
import { Skeleton } from '../shared/skeleton';
import styles from './administration.module.css';
import { Setup } from './flow/setup';
import { AddressProvider, usePageAddress } from './ui/address';
import { Boundary } from './ui/boundary';
import { PageLink } from './ui/page-link';

interface Subpage {
  path: string;
  name: string;
  icon: IconName;
  Page: ComponentType;
}

const PAGES: readonly [Subpage, ...Subpage[]] = [
  { path: '/', name: 'Setup', icon: 'list', Page: Setup },
  { path: '/drift', name: 'Drift', icon: 'drift', Page: lazy(() => import('./drift/drift').then(({ Drift }) => ({ default: Drift }))) },
  { path: '/rules', name: 'Rules', icon: 'shield', Page: lazy(() => import('./rules/rules').then(({ Rules }) => ({ default: Rules }))) },
  {
    path: '/existing-work',
    name: 'Existing work',
    icon: 'transfer',
    Page: lazy(() => import('./existing/existing-work').then(({ ExistingWork }) => ({ default: ExistingWork }))),
  },
  {
    path: '/settings',
    name: 'Settings',
    icon: 'gear',
    Page: lazy(() => import('./settings/settings').then(({ Settings }) => ({ default: Settings }))),
  },
];

const WAITING = [
  { height: 32, width: '40%' },
  { height: 240, width: '100%' },
];

/** The subpage of an address; an address that nobody knows is Setup. */
const pageAt = (path: string): Subpage => PAGES.find((one) => one.path !== '/' && (path === one.path || path.startsWith(`${one.path}/`))) ?? PAGES[0];

export function Administration() {
  const address = usePageAddress();
  const here = address.path === undefined ? undefined : pageAt(address.path);
  return (
    <AddressProvider value={address}>
      <div className={styles['administration']}>
        <nav aria-label="USM for Jira" className={styles['nav']}>
          {PAGES.map(({ path, name, icon }) => (
            <PageLink key={path} to={path} here={here?.path === path}>
              <Icon name={icon} />
              {name}
            </PageLink>
          ))}
        </nav>
        <main>
          {here && (
            <Boundary key={here.path}>
              <Suspense fallback={<Skeleton subject="the page" lines={WAITING} />}>
                <here.Page />
              </Suspense>
            </Boundary>
          )}
        </main>
      </div>
    </AddressProvider>
  );
}
