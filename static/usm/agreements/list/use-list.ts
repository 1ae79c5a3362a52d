/** The agreements that a view asks for, part by part. An answer that comes after a newer question is dropped. */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { AgreementList, Trouble } from '../../../../src/contract';
import { isTrouble } from '../../../shared/call';
import { call } from '../call';
import { askedOf, toSearch, toView } from './view';

interface Listing {
  answer?: AgreementList;
  trouble?: Trouble;
  busy?: 'read' | 'more';
}

/** Whoever types asks once they pause. */
const PAUSE_MS = 250;

export function useList(search: string) {
  const [listing, setListing] = useState<Listing>({ busy: 'read' });
  const latest = useRef(0);
  const shown = useRef<string>();
  // Of the address only what is asked for: the same view asks once.
  const view = toSearch(toView(search));

  const ask = useCallback(
    async (before?: AgreementList): Promise<void> => {
      latest.current += 1;
      const own = latest.current;
      setListing(({ answer }) => ({ ...(answer && { answer }), busy: before ? 'more' : 'read' }));
      const found = await call('agreements.list', {
        ...askedOf(toView(view), Date.now()),
        ...(before?.after !== undefined && { after: before.after }),
      });
      if (own !== latest.current) return;
      setListing(({ answer }) =>
        isTrouble(found)
          ? { ...(answer && { answer }), trouble: found }
          : { answer: before ? { ...found, rows: [...before.rows, ...found.rows] } : found },
      );
    },
    [view],
  );

  useEffect(() => {
    const first = shown.current === undefined;
    shown.current = view;
    const timer = window.setTimeout(() => void ask(), first ? 0 : PAUSE_MS);
    return () => window.clearTimeout(timer);
  }, [ask, view]);

  const again = useCallback(() => void ask(), [ask]);
  const { answer } = listing;
  const more = useCallback(() => {
    if (answer?.after !== undefined) void ask(answer);
  }, [answer, ask]);
  return { ...listing, again, more };
}
