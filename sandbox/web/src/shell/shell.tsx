import { useMemo, useState, type ReactNode } from 'react';
import { ModalTransition } from '@atlaskit/modal-dialog';
import { api } from '../api';
import { CreateDialog } from '../create/create-dialog';
import { ItemDialog } from '../issue/item-dialog';
import type { Person } from '../schemas';
import { useLive } from '../use-live';
import { flag } from './flag';
import { SideNav } from './side-nav';
import { SiteContext, type CreateRequest, type Site } from './site';
import { TopBar } from './top-bar';
import styles from './shell.module.css';

const CATALOGUE_MS = 15_000;
const NAVIGATION = 'site.navigation';
const FROM_SCRATCH: CreateRequest = { preset: {}, onClose: () => undefined };

/** The frame around every page of a person who is signed in. */
export function Shell({ me, children }: { me: Person; children: ReactNode }) {
  const projects = useLive('projects', api.projects, { everyMs: CATALOGUE_MS });
  const globalPages = useLive('global-pages', () => api.modules('global'), { everyMs: CATALOGUE_MS });
  const [creating, setCreating] = useState<CreateRequest>();
  const [shown, setShown] = useState<{ key: string; onClose?: () => void }>();
  const [navigationOpen, setNavigationOpen] = useState(localStorage.getItem(NAVIGATION) !== 'closed');

  const site = useMemo<Site>(
    () => ({
      me,
      projects: projects.data ?? [],
      globalPages: globalPages.data ?? [],
      flag,
      openCreate: (request = FROM_SCRATCH) => setCreating(request),
      openItem: (key, onClose) => setShown(onClose ? { key, onClose } : { key }),
    }),
    [me, projects.data, globalPages.data],
  );
  const closeItem = (): void => {
    setShown(undefined);
    shown?.onClose?.();
  };
  const toggleNavigation = (): void => {
    localStorage.setItem(NAVIGATION, navigationOpen ? 'closed' : 'open');
    setNavigationOpen(!navigationOpen);
  };

  return (
    <SiteContext.Provider value={site}>
      <a className={styles['skip']} href="#page">
        Skip to content
      </a>
      <TopBar
        me={me}
        navigationOpen={navigationOpen}
        onToggleNavigation={toggleNavigation}
        onCreate={() => site.openCreate()}
        canCreate={site.projects.length > 0}
      />
      <div className={styles['body']}>
        {navigationOpen && <SideNav projects={site.projects} globalPages={site.globalPages} />}
        <main id="page" className={styles['page']} tabIndex={0}>
          {(projects.data || projects.error) && (globalPages.data || globalPages.error) ? children : null}
        </main>
      </div>
      <ModalTransition>{creating && <CreateDialog request={creating} onClose={() => setCreating(undefined)} />}</ModalTransition>
      <ModalTransition>{shown && <ItemDialog itemKey={shown.key} onClose={closeItem} />}</ModalTransition>
    </SiteContext.Provider>
  );
}
