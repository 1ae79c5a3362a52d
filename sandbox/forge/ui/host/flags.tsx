/** Flags that frames show on the page, newest on top, with the page's own list of them. */
import { useSyncExternalStore } from 'react';
import { createRoot } from 'react-dom/client';
import { z } from 'zod';
import { Icon } from './icons';
import { notify } from './notify';
import './host.css';

/** Atlassian's design system: how long a flag that dismisses itself stays. */
const AUTO_DISMISS_MS = 8_000;

const kind = z.enum(['info', 'success', 'warning', 'error']);
const flagSchema = z.object({
  id: z.union([z.string(), z.number()]).transform(String),
  title: z.string().optional(),
  description: z.string().optional(),
  type: kind.default('info'),
  appearance: kind.optional(),
  actions: z.array(z.object({ text: z.string(), onClick: z.custom<() => unknown>((value) => typeof value === 'function') })).default([]),
  isAutoDismiss: z.boolean().default(false),
});
type Flag = z.infer<typeof flagSchema>;

let flags: readonly Flag[] = [];
const watchers = new Set<() => void>();

function setFlags(next: readonly Flag[]): void {
  flags = next;
  for (const watcher of watchers) watcher();
}

/** Answers the command of the same name; a flag with the id of one that is shown takes its place. */
export function showFlag(data: unknown): void {
  const flag = flagSchema.parse(data);
  mountList();
  setFlags([flag, ...flags.filter((one) => one.id !== flag.id)]);
  if (flag.isAutoDismiss) setTimeout(() => setFlags(flags.filter((one) => one !== flag)), AUTO_DISMISS_MS);
}

/** Answers the command of the same name. */
export function closeFlag(data: unknown): boolean {
  const { id } = flagSchema.pick({ id: true }).parse(data);
  const found = flags.some((one) => one.id === id);
  setFlags(flags.filter((one) => one.id !== id));
  return found;
}

let list: HTMLElement | undefined;

/** The list hangs on the page itself, so it stays when the frame that showed a flag goes. */
function mountList(): void {
  if (list) return;
  list = document.createElement('div');
  document.body.append(list);
  createRoot(list).render(<FlagList />);
}

function FlagList() {
  const shown = useSyncExternalStore(subscribe, () => flags);
  return (
    <section className="forge-flags" aria-label="Notifications" aria-live="polite">
      {shown.map((flag) => (
        <FlagView key={flag.id} flag={flag} />
      ))}
    </section>
  );
}

function subscribe(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => void watchers.delete(watcher);
}

function FlagView({ flag }: { flag: Flag }) {
  const look = flag.appearance ?? flag.type;
  return (
    <div className="forge-flag" data-kind={look} data-bold={flag.appearance !== undefined} role={flag.type === 'error' ? 'alert' : 'status'}>
      <span className="forge-flag-icon">
        <Icon name={look} label={look} />
      </span>
      <div className="forge-flag-body">
        {flag.title && <strong>{flag.title}</strong>}
        {flag.description && <p>{flag.description}</p>}
        {flag.actions.map((action) => (
          <button key={action.text} type="button" className="forge-flag-action" onClick={() => notify(action.onClick)}>
            {action.text}
          </button>
        ))}
      </div>
      {/* The platform gives bold flags no close button; they close with their actions or by themselves. */}
      {flag.appearance === undefined && (
        <button type="button" className="forge-icon-button" onClick={() => closeFlag(flag)}>
          <Icon name="cross" label="Dismiss" />
        </button>
      )}
    </div>
  );
}
