/** The hand-offs, read in parts. */
import { useCallback } from 'react';
import type { HandoffBoard, HandoffRow } from '../../../src/contract';
import { isTrouble } from '../../shared/call';
import { useReading } from '../../setup/ui/use-reading';
import { call } from '../call';
import { joined } from './list';

const first = () => call('board.handoffs', {});

async function more(before: HandoffBoard) {
  const next = await call('board.handoffs', { after: before.after });
  return isTrouble(next) ? next : joined(before, next);
}

export function useBoard() {
  const { ask, ...reading } = useReading<HandoffBoard>(first);
  const { answer } = reading;
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
  return { ...reading, readMore, renew };
}
