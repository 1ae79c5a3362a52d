/** The history, read in parts. A line that is in two parts, because something happened between them, is shown once. */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Trouble, WorkHistory } from '../../src/contract';
import { historyCalls } from '../../src/contract/history';
import { caller, isTrouble } from '../shared/call';
import type { Filter } from './words';

const call = caller(historyCalls);

interface State {
  answer?: WorkHistory | undefined;
  trouble?: Trouble | undefined;
  busy: boolean;
}

const joined = (before: WorkHistory | undefined, next: WorkHistory): WorkHistory =>
  before ? { ...next, lines: [...before.lines, ...next.lines.filter((line) => !before.lines.some((one) => one.id === line.id))] } : next;

export function useHistory(filter: Filter) {
  const [state, setState] = useState<State>({ busy: true });
  const asked = useRef(0);

  const read = useCallback(
    async (before?: WorkHistory): Promise<void> => {
      const turn = (asked.current += 1);
      setState({ answer: before, busy: true });
      const answer = await call('work.history', { ...(filter !== 'all' && { kind: filter }), ...(before?.after && { after: before.after }) });
      // Another filter was chosen meanwhile.
      if (turn !== asked.current) return;
      setState(isTrouble(answer) ? { answer: before, trouble: answer, busy: false } : { answer: joined(before, answer), busy: false });
    },
    [filter],
  );
  useEffect(() => void read(), [read]);

  return { ...state, again: () => void read(), older: () => void read(state.answer) };
}
