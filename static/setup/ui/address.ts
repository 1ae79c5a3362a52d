/** Where the page is below the module's address, so that a reload and a link land on the same subpage. */
import { view } from '@forge/bridge';
import { createContext, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import { report } from '../../shared/report';

/** What is used of the history that the host hands out. */
interface PageHistory {
  location: { pathname: string };
  push(path: string): void;
  listen(listener: (location: { pathname: string }) => void): () => void;
}

export interface Address {
  /** "/rules"; undefined until the host has said where the page is. */
  path: string | undefined;
  /** Where links point to for whoever opens them in a new tab. */
  hrefOf: (path: string) => string;
  go: (path: string) => void;
}

const AddressContext = createContext<Address>({ path: undefined, hrefOf: (path) => path, go: () => undefined });
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
      stop = made.listen((location) => setPath(bare(location.pathname)));
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
    },
    [history],
  );
  return useMemo(() => ({ path, go, hrefOf: (to: string) => `${base}${to === '/' ? '' : to}` }), [path, go, base]);
}
