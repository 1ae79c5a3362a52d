/** Something read beside the rest of a page: nothing waits for it. An answer that comes after a newer question is dropped. */
import { useCallback, useEffect, useState } from 'react';
import type { Trouble } from '../../../src/contract';
import { isTrouble } from '../../shared/call';

interface Read<Good> {
  answer?: Good;
  trouble?: Trouble;
}

/** `ask`: a function that stays the same while the question does; undefined: nothing is asked yet. What was answered before stays meanwhile. */
export function useRead<Good extends { state: string }>(
  ask: (() => Promise<Good | Trouble>) | undefined,
  pause = 0,
): Read<Good> & { again: () => void } {
  const [read, setRead] = useState<Read<Good>>({});
  const [times, setTimes] = useState(0);
  useEffect(() => {
    if (!ask) return undefined;
    let mine = true;
    const timer = window.setTimeout(
      () =>
        void ask().then((answer) => {
          if (mine) setRead((before) => (isTrouble(answer) ? { ...(before.answer && { answer: before.answer }), trouble: answer } : { answer }));
        }),
      pause,
    );
    return () => {
      mine = false;
      window.clearTimeout(timer);
    };
  }, [ask, pause, times]);
  const again = useCallback(() => setTimes((count) => count + 1), []);
  return { ...read, again };
}
