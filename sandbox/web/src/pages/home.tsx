import { useEffect } from 'react';
import { LinkButton } from '@atlaskit/button/new';
import { api } from '../api';
import { navigate } from '../router';
import { useSite } from '../shell/site';
import { EmptyState } from '../ui/empty-state';
import { useLive } from '../use-live';
import { addressOf } from './app-address';

/** The site's front door: the first space, or what to do where there is none. */
export function Home() {
  const { projects } = useSite();
  const admin = useLive('admin-pages', () => api.modules('admin'));
  const first = projects[0]?.key;
  useEffect(() => {
    if (first) navigate(`/jira/projects/${first}/list`, { replace: true });
  }, [first]);
  if (first) return null;
  const page = admin.data?.[0];
  return (
    <EmptyState
      title="No spaces yet"
      text={page ? `Open ${page.title} in Administration to set one up.` : 'An administrator can set one up in Administration.'}
    >
      <LinkButton appearance="primary" href={page ? addressOf(page) : '/jira/settings'}>
        {page ? page.title : 'Administration'}
      </LinkButton>
    </EmptyState>
  );
}
