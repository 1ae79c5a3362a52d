import { useEffect } from 'react';
import { api } from './api';
import { PeoplePage } from './pages/people';
import { routeOf } from './pages/routes';
import { useLocation } from './router';
import { Shell } from './shell/shell';
import { TopBar } from './shell/top-bar';
import { EmptyState } from './ui/empty-state';
import { useLive } from './use-live';

const load = async () => ((await api.session()) ? { me: await api.myself() } : { me: undefined });

/** The site as one person sees it; without a person, the page to choose one. */
export function App() {
  const session = useLive('session', load);
  const location = useLocation();
  const me = session.data?.me;
  const route = me ? routeOf(location, me.accountId) : undefined;

  useEffect(() => {
    document.title = route && route.title !== 'Jira' ? `${route.title} - Jira` : 'Jira';
  }, [route]);

  if (session.error && !session.data) return <EmptyState title="The site does not answer" text={session.error.message} />;
  if (!session.data) return null;
  if (!me) {
    return (
      <>
        <TopBar me={undefined} navigationOpen={false} onToggleNavigation={() => undefined} onCreate={() => undefined} canCreate={false} />
        <main>
          <PeoplePage current={undefined} />
        </main>
      </>
    );
  }
  return <Shell me={me}>{route?.page}</Shell>;
}
