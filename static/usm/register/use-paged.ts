/** Something read part by part. An answer that comes after a newer question is dropped. */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Trouble } from '../../../src/contract';
import { isTrouble } from '../../shared/call';

interface Part {
  state: 'ok';
  rows: readonly unknown[];
  after?: string | undefined;
}

interface Reading<Good> {
  answer?: Good;
  trouble?: Trouble;
  busy?: 'read' | 'more';
}

/** `ask`: a function that stays the same while the question does. `pause`: of whoever types, before a new question is asked. */
export function usePaged<Good extends Part>(ask: (after: string | undefined) => Promise<Good | Trouble>, pause = 0) {
  const [reading, setReading] = useState<Reading<Good>>({ busy: 'read' });
  const latest = useRef(0);
  const begun = useRef(false);

  const read = useCallback(
    async (before?: Good): Promise<void> => {
      latest.current += 1;
      const own = latest.current;
      setReading(({ answer }) => ({ ...(answer && { answer }), busy: before ? 'more' : 'read' }));
      const found = await ask(before?.after);
      if (own !== latest.current) return;
      setReading(({ answer }) =>
        isTrouble(found)
          ? { ...(answer && { answer }), trouble: found }
          : { answer: before ? { ...found, rows: [...before.rows, ...found.rows] } : found },
      );
    },
    [ask],
  );

  useEffect(() => {
    const timer = window.setTimeout(() => void read(), begun.current ? pause : 0);
    begun.current = true;
    return () => window.clearTimeout(timer);
  }, [read, pause]);

  const again = useCallback(() => void read(), [read]);
  const { answer } = reading;
  const more = useCallback(() => {
    if (answer?.after !== undefined) void read(answer);
  }, [answer, read]);
  return { ...reading, again, more };
}
