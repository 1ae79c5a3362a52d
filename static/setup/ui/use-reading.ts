/** The answer a subpage shows. Actions answer with the renewed whole, so reading and acting are one thing. */
import { useCallback, useEffect, useState } from 'react';
import type { Trouble } from '../../../src/contract';
import { isTrouble } from '../../shared/call';

export interface Reading<Good> {
  /** The last good answer; stays on the page while something later fails. */
  answer?: Good;
  trouble?: Trouble;
  /** Of what is under way; undefined while nothing is. */
  busy?: string;
}

type Ask<Good> = () => Promise<Good | Trouble>;

/** `first` is asked when the page is shown: a function that stays the same. */
export function useReading<Good extends { state: string }>(first: Ask<Good>) {
  const [reading, setReading] = useState<Reading<Good>>({ busy: 'read' });

  /** Answers whether it went well. `name`: tells which of several actions is under way. */
  const ask = useCallback(async (question: Ask<Good>, name = 'read'): Promise<boolean> => {
    setReading(({ answer }) => ({ answer, busy: name }));
    const answer = await question();
    const failed = isTrouble(answer);
    setReading((before) => (failed ? { answer: before.answer, trouble: answer } : { answer }));
    return !failed;
  }, []);

  useEffect(() => void ask(first), [ask, first]);
  const again = useCallback(() => void ask(first), [ask, first]);
  return { ...reading, ask, again };
}
