/** A work item's key or name as a real link. A plain click opens it in place, in Jira's own dialog. */
import { NavigationTarget, router } from '@forge/bridge';
import { ViewIssueModal } from '@forge/jira-bridge';
import type { MouseEvent, ReactNode } from 'react';
import { report } from './report';
import { useSite } from './site';

interface WorkItemLinkProps {
  itemKey: string;
  children: ReactNode;
  className?: string | undefined;
  title?: string;
}

/** In place where the page can (work item views), else by going there. */
const openInPlace = (issueKey: string): Promise<void> =>
  new ViewIssueModal({ context: { issueKey } }).open().catch(() => router.navigate({ target: NavigationTarget.Issue, issueKey }));

/** As a plain click on its key. */
export const openWorkItem = (itemKey: string): void => void openInPlace(itemKey).catch((error: unknown) => report(`${itemKey} did not open`, error));

export function WorkItemLink({ itemKey, children, className, title }: WorkItemLinkProps) {
  const site = useSite();
  const onClick = (event: MouseEvent): void => {
    event.preventDefault();
    const newTab = event.ctrlKey || event.metaKey || event.shiftKey;
    const opened = newTab ? router.open({ target: NavigationTarget.Issue, issueKey: itemKey }) : openInPlace(itemKey);
    opened.catch((error: unknown) => report(`${itemKey} did not open`, error));
  };
  return (
    <a href={`${site}/browse/${itemKey}`} target="_blank" rel="noreferrer" className={className} title={title} onClick={onClick}>
      {children}
    </a>
  );
}
