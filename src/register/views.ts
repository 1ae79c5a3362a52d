/** How each person looks at the list: saved views, and the columns chosen last. */
import { z } from 'zod';
import {
  DEFAULT_COLUMNS,
  type RegisterColumn,
  registerColumn,
  type RegisterFinding,
  registerView,
  type RegisterView,
  VIEWS_AT_MOST,
} from '../contract';
import { changeVersioned, versioned } from '../platform/kvs';

const schema = z.object({ views: z.array(registerView), columns: z.array(registerColumn) });
type Kept = z.infer<typeof schema>;
type Views = Kept & { state: 'ok' };

/** Keys of the store take letters, digits and - _ . : and so do account ids (Forge docs: key-value store). */
const of = (accountId: string) => versioned(`register.views.${accountId.replace(/[^A-Za-z0-9_.:-]/g, '_')}`, schema);
const FIRST: Kept = { views: [], columns: [...DEFAULT_COLUMNS] };

export const views = async (accountId: string): Promise<Views> => ({ state: 'ok', ...((await of(accountId).read())?.value ?? FIRST) });

const changed = async (accountId: string, change: (kept: Kept) => Kept): Promise<Views> => ({
  state: 'ok',
  ...(await changeVersioned(of(accountId), FIRST, change)).value,
});

/** One of the same id is replaced. */
export async function saveView(accountId: string, view: RegisterView): Promise<Views | { state: 'refused'; wrong: RegisterFinding[] }> {
  const { views: kept } = await views(accountId);
  const others = kept.filter(({ id }) => id !== view.id);
  const refuse = (kind: string, text: string) => ({ state: 'refused' as const, wrong: [{ kind, text, path: 'name' }] });
  if (others.length >= VIEWS_AT_MOST)
    return refuse('tooMany', `You have ${String(VIEWS_AT_MOST)} views, which is the most that are kept. Remove one first.`);
  if (others.some(({ name }) => name.toLowerCase() === view.name.toLowerCase())) {
    return refuse('twice', `You have a view "${view.name}" already. Give this one another name.`);
  }
  return changed(accountId, (now) => ({
    ...now,
    views: now.views.some(({ id }) => id === view.id) ? now.views.map((one) => (one.id === view.id ? view : one)) : [...now.views, view],
  }));
}

export const removeView = (accountId: string, { id }: { id: string }): Promise<Views> =>
  changed(accountId, (now) => (now.views.some((one) => one.id === id) ? { ...now, views: now.views.filter((one) => one.id !== id) } : now));

export const keepColumns = (accountId: string, { columns }: { columns: readonly RegisterColumn[] }): Promise<Views> =>
  changed(accountId, (now) => (JSON.stringify(now.columns) === JSON.stringify(columns) ? now : { ...now, columns: [...columns] }));
