/** The hand-offs, read in parts. */
import { useCallback } from 'react';
import type { HandoffBoard } from '../../../src/contract';
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
  return { ...reading, readMore };
}
