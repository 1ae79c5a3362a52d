/** What can be asked for, part by part. An answer that comes after a newer question is dropped. */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { CatalogBrowse, Trouble } from '../../../../src/contract';
import { isTrouble } from '../../../shared/call';
import { askedOf, toSearch, toView } from '../address';
import { call } from '../call';

interface Browsing {
  answer?: CatalogBrowse;
  trouble?: Trouble;
  busy?: 'read' | 'more';
}

/** Whoever types asks once they pause. */
const PAUSE_MS = 250;

export function useBrowse(search: string, as: string | undefined) {
  const [browsing, setBrowsing] = useState<Browsing>({ busy: 'read' });
  const latest = useRef(0);
  const first = useRef(true);
  const view = toSearch(toView(search));

  const ask = useCallback(
    async (before?: CatalogBrowse): Promise<void> => {
      latest.current += 1;
      const own = latest.current;
      setBrowsing(({ answer }) => ({ ...(answer && { answer }), busy: before ? 'more' : 'read' }));
      const found = await call('catalog.browse', {
        ...askedOf(toView(view)),
        ...(as !== undefined && { as }),
        ...(before?.after !== undefined && { after: before.after }),
      });
      if (own !== latest.current) return;
      setBrowsing(({ answer }) =>
        isTrouble(found)
          ? { ...(answer && { answer }), trouble: found }
          : { answer: before ? { ...found, items: [...before.items, ...found.items] } : found },
      );
    },
    [view, as],
  );

  useEffect(() => {
    const timer = window.setTimeout(() => void ask(), first.current ? 0 : PAUSE_MS);
    first.current = false;
    return () => window.clearTimeout(timer);
  }, [ask]);

  const { answer } = browsing;
  const again = useCallback(() => void ask(), [ask]);
  const more = useCallback(() => {
    if (answer?.after !== undefined) void ask(answer);
  }, [answer, ask]);
  return { ...browsing, again, more };
}
