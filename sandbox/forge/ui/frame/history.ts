/** `view.createHistory()`: listening must answer its "stop" at once, which no call across windows can, so listeners are kept on this side. */

export interface HistoryLocation {
  pathname: string;
  search: string;
  hash: string;
  state?: unknown;
  key: string;
}

export type HistoryAction = 'POP' | 'PUSH' | 'REPLACE';
export type HistoryListener = (location: HistoryLocation, action: HistoryAction) => void;
export type To = string | { pathname?: string; search?: string; hash?: string; state?: unknown };

/** What the site answers to the command. */
export interface HostHistory {
  location: HistoryLocation;
  base: string;
  push(to: To, state?: unknown): unknown;
  replace(to: To, state?: unknown): unknown;
  go(delta: number): unknown;
  listen(listener: HistoryListener): unknown;
}

/** The history object an app's router works with. */
export function localHistory(host: HostHistory) {
  const listeners = new Set<HistoryListener>();
  const history = {
    action: 'POP' as HistoryAction,
    location: host.location,
    push: (to: To, state?: unknown): void => void host.push(to, state),
    replace: (to: To, state?: unknown): void => void host.replace(to, state),
    go: (delta: number): void => void host.go(delta),
    goBack: (): void => void host.go(-1),
    goForward: (): void => void host.go(1),
    createHref: (to: To): string => host.base + (typeof to === 'string' ? to : `${to.pathname ?? ''}${to.search ?? ''}${to.hash ?? ''}`),
    listen(listener: HistoryListener): () => void {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
  void host.listen((location, action) => {
    history.action = action;
    for (const listener of [...listeners]) listener(location, action);
  });
  return history;
}
