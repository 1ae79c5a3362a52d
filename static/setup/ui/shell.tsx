/** A page with subpages: the list of them at the side, each with an address of its own and loaded when it is opened. */
import { Suspense, type ComponentType } from 'react';
import { Icon, type IconName } from '../../shared/icons';
import { Skeleton } from '../../shared/skeleton';
import { AddressProvider, usePageAddress } from './address';
import { Boundary } from './boundary';
import { PageLink } from './page-link';
import styles from './shell.module.css';

export interface Subpage {
  path: string;
  name: string;
  icon: IconName;
  Page: ComponentType;
}

/** The first stands at the page's own address. */
export type Subpages = readonly [Subpage, ...Subpage[]];

const WAITING = [
  { height: 32, width: '40%' },
  { height: 240, width: '100%' },
];

/** The subpage of an address; an address that nobody knows is the first. */
const pageAt = (pages: Subpages, path: string): Subpage =>
  pages.find((one) => one.path !== '/' && (path === one.path || path.startsWith(`${one.path}/`))) ?? pages[0];

/** `label`: of the list, for screen readers. */
export function Shell({ label, pages }: { label: string; pages: Subpages }) {
  const address = usePageAddress();
  const here = address.path === undefined ? undefined : pageAt(pages, address.path);
  return (
    <AddressProvider value={address}>
      <div className={styles['shell']}>
        <nav aria-label={label} className={styles['nav']}>
          {pages.map(({ path, name, icon }) => (
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
