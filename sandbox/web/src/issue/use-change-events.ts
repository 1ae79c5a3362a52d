import { useEffect, useRef } from 'react';
import { appEvents } from '../../../forge/ui/host';
import type { Person } from '../schemas';
import type { ItemView } from './use-item';

interface Entry {
  id: string;
  author?: Person | null | undefined;
}

const EVENT = 'JIRA_ISSUE_CHANGED';

/** Tells the frames of apps what others changed on the open work item. What the person who looks did themselves is not told. */
export function useChangeEvents({ item, changes, comments }: ItemView, me: Person): void {
  const seen = useRef<{ of: string; ids: Set<string> }>();
  useEffect(() => {
    if (!item || !changes || !comments) return;
    const entries = [
      ...changes.map((entry: Entry) => ({ ...entry, changeType: 'updated' })),
      ...comments.map((entry: Entry) => ({ ...entry, changeType: 'commented' })),
    ].map(({ id, author, changeType }) => ({ mark: `${changeType} ${id}`, changeType, atlassianId: author?.accountId }));
    const before = seen.current?.of === item.id ? seen.current.ids : undefined;
    seen.current = { of: item.id, ids: new Set(entries.map(({ mark }) => mark)) };
    // What was there when the work item was opened is no news.
    if (!before) return;
    const news = entries.filter(({ mark, atlassianId }) => !before.has(mark) && atlassianId !== me.accountId);
    if (news.length === 0) return;
    appEvents.emit(EVENT, {
      issueId: item.id,
      projectId: item.fields.project.id,
      changes: news.map(({ changeType, atlassianId }) => ({ changeType, atlassianId })),
    });
  }, [item, changes, comments, me.accountId]);
}
