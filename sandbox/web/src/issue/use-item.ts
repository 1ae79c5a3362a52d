import { useCallback, useMemo } from 'react';
import { api } from '../api';
import type { PlacedModule } from '../../../contract';
import type { Change, Comment, FieldMeta, SiteField, Transition, WorkItem } from '../schemas';
import { useLive } from '../use-live';

/** How often an open work item looks whether something happened behind it. */
const LOOK_MS = 3000;

export interface ItemView {
  item: WorkItem | undefined;
  error: Error | undefined;
  editMeta: FieldMeta[];
  fields: SiteField[];
  transitions: Transition[];
  comments: Comment[] | undefined;
  changes: Change[] | undefined;
  modules: PlacedModule[];
  /** Asks the site for everything again, keeping what is shown. */
  refresh: () => void;
  refreshTransitions: () => void;
}

/** A work item and everything its view shows. The item itself is watched; the rest follows when the item has changed. */
export function useItem(key: string): ItemView {
  const item = useLive(`item:${key}`, () => api.item(key), { everyMs: LOOK_MS });
  const revision = item.data ? `${item.data.fields.updated} ${item.data.fields.status.name}` : '';
  const editMeta = useLive(`editmeta:${key}`, () => api.editMeta(key), { revision });
  const transitions = useLive(`transitions:${key}`, () => api.transitions(key), { revision });
  const comments = useLive(`comments:${key}`, () => api.comments(key), { revision });
  const changes = useLive(`changes:${key}`, () => api.changelog(key), { revision });
  const modules = useLive(`modules:${key}`, () => api.modules('issue', key), { everyMs: LOOK_MS, revision });
  const fields = useLive('fields', api.fields);

  const reloads = [item.reload, editMeta.reload, transitions.reload, comments.reload, changes.reload, modules.reload];
  // eslint-disable-next-line react-hooks/exhaustive-deps -- each reload changes with the key alone
  const refresh = useCallback(() => void Promise.all(reloads.map((reload) => reload())), [key]);
  const { reload: reloadTransitions } = transitions;
  const refreshTransitions = useCallback(() => void reloadTransitions(), [reloadTransitions]);

  return useMemo(
    () => ({
      item: item.data,
      error: item.error,
      editMeta: editMeta.data ?? [],
      fields: fields.data ?? [],
      transitions: transitions.data ?? [],
      comments: comments.data,
      changes: changes.data,
      modules: modules.data ?? [],
      refresh,
      refreshTransitions,
    }),
    [item.data, item.error, editMeta.data, fields.data, transitions.data, comments.data, changes.data, modules.data, refresh, refreshTransitions],
  );
}
