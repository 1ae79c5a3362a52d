/** `view.createHistory()` for a module with a page of its own: the app's paths stand below the page's address in the browser's address bar. */
import type { HistoryAction, HistoryListener, HistoryLocation, HostHistory, To } from '../frame/history';
import { notify } from './notify';

const STATE_KEY = 'forge';

/** The history of one frame; `dispose` when the frame goes. */
export class PageHistory {
  private readonly listeners = new Set<HistoryListener>();
  private readonly onPop = (): void => this.announce('POP');

  /** `base` is the path of the module's page. */
  constructor(readonly base: string) {
    window.addEventListener('popstate', this.onPop);
  }

  private get location(): HistoryLocation {
    const { pathname, search, hash } = window.location;
    const state = ownState();
    return { pathname: pathname.slice(this.base.length) || '/', search, hash, state: state?.state, key: state?.key ?? 'default' };
  }

  /** What travels to the frame. */
  handle(): HostHistory {
    return {
      base: this.base,
      location: this.location,
      push: (to, state) => this.change('PUSH', to, state),
      replace: (to, state) => this.change('REPLACE', to, state),
      go: (delta) => window.history.go(delta),
      listen: (listener) => void this.listeners.add(listener),
    };
  }

  dispose(): void {
    window.removeEventListener('popstate', this.onPop);
    this.listeners.clear();
  }

  private change(action: 'PUSH' | 'REPLACE', to: To, state: unknown): void {
    const address = resolveTo(this.base, this.location.pathname, to);
    const entry = { [STATE_KEY]: { state: typeof to === 'string' ? state : to.state, key: crypto.randomUUID().slice(0, 8) } };
    if (action === 'PUSH') window.history.pushState(entry, '', address);
    else window.history.replaceState(entry, '', address);
    this.announce(action);
  }

  private announce(action: HistoryAction): void {
    const { pathname } = window.location;
    if (pathname !== this.base && !pathname.startsWith(`${this.base}/`)) return; // The person left the module's page.
    for (const listener of [...this.listeners]) notify(listener, this.location, action);
  }
}

/** The address of a path of the app; it can never leave the base. */
export function resolveTo(base: string, current: string, to: To): string {
  const parts = typeof to === 'string' ? to : `${to.pathname ?? current}${to.search ?? ''}${to.hash ?? ''}`;
  // Resolved against a made-up root first, so that dots cannot climb above the base.
  const { pathname, search, hash } = new URL(parts.replace(/^\/+/, '/'), `http://app${current}`);
  return `${base}${pathname === '/' ? '' : pathname}${search}${hash}`;
}

function ownState(): { state?: unknown; key?: string } | undefined {
  const entry: unknown = window.history.state;
  return entry instanceof Object && STATE_KEY in entry ? (entry[STATE_KEY] as { state?: unknown; key?: string }) : undefined;
}
