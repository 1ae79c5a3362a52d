import type { PlacedModule } from '../../../contract';
import { ForgeFrame, type ForgeFrameProps } from '../../../forge/ui/host';
import { navigate } from '../router';
import { useSite } from '../shell/site';

interface Place {
  issueKey?: string;
  projectKey?: string;
  /** The app changed something the page shows. */
  onRefresh?: () => void;
}

/** What the pages offer to any frame of an app. */
export function useFrame({ issueKey, projectKey, onRefresh }: Place): Omit<ForgeFrameProps, 'module'> {
  const { me, openItem, openCreate } = useSite();
  return {
    extension: { ...(issueKey && { issue: { key: issueKey } }), ...(projectKey && { project: { key: projectKey } }) },
    session: { accountId: me.accountId },
    onRefreshIssue: () => onRefresh?.(),
    goTo: (path) => navigate(path),
    openIssue: openItem,
    createIssue: (preset, onClose) => openCreate({ preset, onClose: (created) => onClose({ payload: created.map(({ id }) => ({ issueId: id })) }) }),
  };
}

export function Frame({ module, ...place }: Place & { module: PlacedModule }) {
  return <ForgeFrame module={module} {...useFrame(place)} />;
}
