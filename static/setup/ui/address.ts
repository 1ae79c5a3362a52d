/** Where the page is below the module's address, so that a reload and a link land on the same subpage. */
import { view } from '@forge/bridge';
import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react';
import { report } from '../../shared/report';

/** What is used of the history that the host hands out. */
interface PageHistory {
  location: { pathname: string; search?: string };
  push(path: string): void;
  replace(path: string): void;
  listen(listener: (location: { pathname: string; search?: string }, action: string) => void): () => void;
}

export interface Address {
  /** "/rules"; undefined until the host has said where the page is. */
  path: string | undefined;
  /** "?team=10020", or nothing: what the subpage shows, so that a view can be sent. */
  search: string;
  /** Where links point to for whoever opens them in a new tab. */
  hrefOf: (path: string) => string;
  /** "/rules", also with what of it is shown: "/rules?words=late". */
  go: (path: string) => void;
  /** Another view of the same subpage, in place of the one before. */
  show: (search: string) => void;
  /** Asks before another page takes the place of this one; whoever is asked goes on by `leave`. Undefined: nobody is asked. */
  guard: (ask: Ask | undefined) => void;
}

type Ask = (leave: () => void) => void;

const nothing = (): undefined => undefined;
const AddressContext = createContext<Address>({ path: undefined, search: '', hrefOf: (path) => path, go: nothing, show: nothing, guard: nothing });
export const AddressProvider = AddressContext.Provider;
export const useAddress = (): Address => useContext(AddressContext);

/** While something is not saved: leaving the page asks first, in words of the page; leaving Jira asks in words of the browser. */
export function useLeaveGuard(unsaved: boolean): { asked: boolean; leave: () => void; stay: () => void } {
  const { guard } = useAddress();
  const [leave, setLeave] = useState<() => void>();
  useEffect(() => {
    if (!unsaved) return undefined;
    guard((go) => setLeave(() => go));
    const onUnload = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener('beforeunload', onUnload);
    return () => {
      guard(undefined);
      window.removeEventListener('beforeunload', onUnload);
    };
  }, [unsaved, guard]);
  return { asked: leave !== undefined, leave: leave ?? nothing, stay: () => setLeave(undefined) };
}

const bare = (path: string): string => `/${path.replace(/^\/+|\/+$/g, '')}`;

/** The module's own address: where the page stands, without what the page added itself. */
async function ownAddress(path: string): Promise<string> {
  const { extension } = await view.getContext();
  const here: unknown = extension['location'];
  if (typeof here !== 'string') return '';
  const { origin, pathname } = new URL(here);
  return `${origin}${path !== '/' && pathname.endsWith(path) ? pathname.slice(0, -path.length) : pathname}`.replace(/\/+$/, '');
}

/** A host without a history still shows every subpage; only the address then stays as it is. */
export function usePageAddress(): Address {
  const [path, setPath] = useState<string>();
  const [search, setSearch] = useState('');
  const [base, setBase] = useState('');
  const [history, setHistory] = useState<PageHistory>();
  const ask = useRef<Ask>();
  /** What is shown, for a listener that lives longer than one of them. */
  const shown = useRef('/');
  shown.current = `${path ?? '/'}${search}`;
  useEffect(() => {
    let stop: (() => void) | undefined;
    let gone = false;
    const begin = async (): Promise<void> => {
      const made: PageHistory = await view.createHistory();
      if (gone) return;
      const here = bare(made.location.pathname);
      setHistory(made);
      setPath(here);
      setSearch(made.location.search ?? '');
      stop = made.listen((location, action) => {
        // What was replaced is shown already; its echo comes late, when more may have been typed.
        if (action === 'REPLACE') return;
        const to = bare(location.pathname);
        const follow = (): void => {
          setPath(to);
          setSearch(location.search ?? '');
        };
        if (action !== 'POP' || !ask.current || to === bare(shown.current.split('?')[0] ?? '')) return follow();
        // The browser has gone back already: the page goes forth again, until somebody has answered.
        made.push(shown.current);
        ask.current(() => {
          ask.current = undefined;
          made.push(to);
          follow();
        });
      });
      setBase(await ownAddress(here));
    };
    begin().catch((error: unknown) => {
      report('No history', error);
      setPath((before) => before ?? '/');
    });
    return () => {
      gone = true;
      stop?.();
    };
  }, []);
  const go = useCallback(
    (to: string): void => {
      const leave = (): void => {
        ask.current = undefined;
        if (history) history.push(to);
        const [page = '/', query] = to.split('?');
        setPath(page);
        setSearch(query === undefined ? '' : `?${query}`);
      };
      if (ask.current) ask.current(leave);
      else leave();
    },
    [history],
  );
  const guard = useCallback((asked: Ask | undefined): void => {
    ask.current = asked;
  }, []);
  const show = useCallback(
    (to: string): void => {
      if (history) history.replace(`${path ?? '/'}${to}`);
      setSearch(to);
    },
    [history, path],
  );
  return useMemo(
    () => ({ path, search, go, show, guard, hrefOf: (to: string) => `${base}${to === '/' ? '' : to}` }),
    [path, search, go, show, guard, base],
  );
}
