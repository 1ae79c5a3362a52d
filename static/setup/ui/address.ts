/** Where the page is below the module's address, so that a reload and a link land on the same subpage. */
import { view } from '@forge/bridge';
import { createContext, useCallback, useContext, useEffect, useMemo, useState } from 'react';
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
  go: (path: string) => void;
  /** Another view of the same subpage, in place of the one before. */
  show: (search: string) => void;
}

const AddressContext = createContext<Address>({ path: undefined, search: '', hrefOf: (path) => path, go: () => undefined, show: () => undefined });
export const AddressProvider = AddressContext.Provider;
export const useAddress = (): Address => useContext(AddressContext);

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
        setPath(bare(location.pathname));
        setSearch(location.search ?? '');
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
      if (history) history.push(to);
      setPath(to);
      setSearch('');
    },
    [history],
  );
  const show = useCallback(
    (to: string): void => {
      if (history) history.replace(`${path ?? '/'}${to}`);
      setSearch(to);
    },
    [history, path],
  );
  return useMemo(() => ({ path, search, go, show, hrefOf: (to: string) => `${base}${to === '/' ? '' : to}` }), [path, search, go, show, base]);
}
