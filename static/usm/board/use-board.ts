/** The hand-offs, read in parts. */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { HandoffBoard, HandoffRow } from '../../../src/contract';
import { isTrouble } from '../../shared/call';
import { useReading } from '../../setup/ui/use-reading';
import { counted } from '../../setup/ui/words';
import { call } from '../call';
import { joined } from './list';

const first = () => call('board.handoffs', {});

async function more(before: HandoffBoard) {
  const next = await call('board.handoffs', { after: before.after });
  return isTrouble(next) ? next : joined(before, next);
}

/** What a later answer has that none before had, in words; nothing while there was none before. */
function useNews(answer: HandoffBoard | undefined): string {
  const known = useRef<Set<string>>();
  const [news, setNews] = useState('');
  useEffect(() => {
    if (!answer) return;
    const before = known.current;
    const fresh = answer.rows.filter(({ id }) => before?.has(id) === false);
    known.current = new Set([...(before ?? []), ...answer.rows.map(({ id }) => id)]);
    setNews(fresh.length === 0 ? '' : counted(fresh.length, 'new hand-off'));
  }, [answer]);
  return news;
}

export function useBoard() {
  const { ask, ...reading } = useReading<HandoffBoard>(first);
  const { answer } = reading;
  const news = useNews(answer);
  const readMore = useCallback(() => {
    if (answer) void ask(() => more(answer), 'more');
  }, [answer, ask]);
  /** A line as an act on it left it; none: nobody has to move any more. */
  const renew = useCallback(
    (id: string, row: HandoffRow | undefined) => {
      if (answer)
        void ask(() => Promise.resolve({ ...answer, rows: answer.rows.flatMap((one) => (one.id === id ? (row ? [row] : []) : [one])) }), 'renew');
    },
    [answer, ask],
  );
  return { ...reading, readMore, renew, news };
}
