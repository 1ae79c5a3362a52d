import { useState, type ComponentType, type ReactNode } from 'react';
import AppsIcon from '@atlaskit/icon/core/apps';
import ChevronDownIcon from '@atlaskit/icon/core/chevron-down';
import ChevronRightIcon from '@atlaskit/icon/core/chevron-right';
import DashboardIcon from '@atlaskit/icon/core/dashboard';
import PersonAvatarIcon from '@atlaskit/icon/core/person-avatar';
import SettingsIcon from '@atlaskit/icon/core/settings';
import WorkItemsIcon from '@atlaskit/icon/core/work-items';
import type { NewCoreIconProps } from '@atlaskit/icon/types';
import type { PlacedModule } from '../../../contract';
import { api } from '../api';
import { Link, useLocation } from '../router';
import type { Project } from '../schemas';
import { addressOf } from '../pages/app-address';
import { ModuleIcon } from '../ui/module-icon';
import { useLive } from '../use-live';
import styles from './shell.module.css';

interface EntryProps {
  href: string;
  icon: ReactNode;
  children: string;
  level?: 0 | 1;
  /** Also the current page when the address only begins with `href`. */
  covers?: boolean;
}

function Entry({ href, icon, children, level = 0, covers = false }: EntryProps) {
  const path = useLocation().split('?')[0] ?? '';
  const current = path === href || (covers && path.startsWith(`${href}/`));
  return (
    <li>
      <Link href={href} className={styles['entry']} data-level={level} aria-current={current ? 'page' : undefined}>
        <span className={styles['entryIcon']}>{icon}</span>
        <span className={styles['entryText']}>{children}</span>
      </Link>
    </li>
  );
}

function Group({ label, icon: Icon, children }: { label: string; icon?: ComponentType<NewCoreIconProps>; children: ReactNode }) {
  const [open, setOpen] = useState(true);
  const Chevron = open ? ChevronDownIcon : ChevronRightIcon;
  return (
    <li>
      <button type="button" className={styles['entry']} aria-expanded={open} onClick={() => setOpen(!open)}>
        <span className={styles['entryIcon']}>{Icon ? <Icon label="" /> : <Chevron label="" size="small" />}</span>
        <span className={styles['entryText']}>{label}</span>
        {Icon && (
          <span className={styles['entryEnd']}>
            <Chevron label="" size="small" />
          </span>
        )}
      </button>
      {open && <ul className={styles['entries']}>{children}</ul>}
    </li>
  );
}

/** jira:projectPage: pages that apps add to a space. */
function AppPages({ projectKey }: { projectKey: string }) {
  const pages = useLive(`project-pages:${projectKey}`, () => api.modules('project', projectKey));
  return (pages.data ?? []).map((module) => (
    <Entry key={module.moduleKey} href={addressOf(module)} level={1} covers icon={<ModuleIcon icon={module.icon} />}>
      {module.title}
    </Entry>
  ));
}

/** The left navigation: own work, apps, spaces. */
export function SideNav({ projects, globalPages }: { projects: Project[]; globalPages: PlacedModule[] }) {
  return (
    <nav className={styles['sideNav']} aria-label="Sidebar">
      <ul className={styles['entries']}>
        <Entry href="/jira/for-you" icon={<PersonAvatarIcon label="" />}>
          For you
        </Entry>
        <Entry href="/jira/dashboards" icon={<DashboardIcon label="" />} covers>
          Dashboards
        </Entry>
        {globalPages.length > 0 && (
          <Group label="Apps" icon={AppsIcon}>
            {globalPages.map((module) => (
              <Entry key={module.moduleKey} href={addressOf(module)} level={1} covers icon={<ModuleIcon icon={module.icon} />}>
                {module.title}
              </Entry>
            ))}
          </Group>
        )}
      </ul>
      <h2 className={styles['navHeading']}>Spaces</h2>
      <ul className={styles['entries']}>
        {projects.map((project) => (
          <Group key={project.id} label={project.name}>
            <Entry href={`/jira/projects/${project.key}/list`} level={1} icon={<WorkItemsIcon label="" />}>
              Work items
            </Entry>
            <AppPages projectKey={project.key} />
          </Group>
        ))}
      </ul>
      {projects.length === 0 && <p className={styles['navEmpty']}>No spaces yet</p>}
      <ul className={styles['entries']} data-last>
        <Entry href="/jira/settings" icon={<SettingsIcon label="" />} covers>
          Administration
        </Entry>
      </ul>
    </nav>
  );
}
