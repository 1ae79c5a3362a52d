/** Doing something with a receipt, from the panel and from the board alike: one act at a time, and the same act again when it is tried again. */
import { useRef, useState } from 'react';
import type { HandoffRow, ProcessAnswer, ReceiptForm, Trouble } from '../../src/contract';
import { receivingCalls } from '../../src/contract/receiving';
import { caller, isTrouble } from '../shared/call';

export const call = caller(receivingCalls);

/** What a change needs to know of the receipt it is about. */
export interface Place {
  id: string;
  seen: number;
}

export interface Refusal {
  title: string;
  text: string;
  /** Somebody else was quicker: what is shown is no longer so. */
  overtaken: boolean;
}

export interface Renewed {
  told: string;
  panel?: ProcessAnswer | undefined;
  row?: HandoffRow | undefined;
}

type Change = 'work.accept' | 'work.return' | 'work.answer' | 'work.remind';

const refusalOf = (trouble: Trouble): Refusal => {
  if (trouble.state === 'error') return { title: 'Nothing was changed', text: trouble.text, overtaken: trouble.code === 'person.conflict' };
  if (trouble.state === 'forbidden') return { title: 'You may not do this', text: trouble.text, overtaken: false };
  return { title: 'Nothing was changed', text: 'This work item does not work with USM any more.', overtaken: false };
};

/** `onRenewed`: what the page shows now. `onOvertaken`: it should be read again. */
export function useReceiving(place: Place, onRenewed: (renewed: Renewed) => void, onOvertaken: () => void) {
  const [busy, setBusy] = useState<Change>();
  const [refusal, setRefusal] = useState<Refusal>();
  /** Kept while the same thing is tried again, so that what was done unheard is not done twice. */
  const last = useRef({ text: '', act: '' });

  async function send(name: Change, more: Record<string, unknown> = {}): Promise<boolean> {
    if (busy) return false;
    const text = JSON.stringify([name, place, more]);
    if (last.current.text !== text) last.current = { text, act: crypto.randomUUID() };
    setBusy(name);
    setRefusal(undefined);
    const answer = await call(name, { receipt: place.id, seen: place.seen, act: last.current.act, ...more });
    setBusy(undefined);
    if (answer.state === 'refused') setRefusal({ title: 'Not accepted yet', text: answer.text, overtaken: false });
    else if (isTrouble(answer)) {
      const refused = refusalOf(answer);
      setRefusal(refused);
      if (refused.overtaken) onOvertaken();
    } else {
      onRenewed(answer);
      return true;
    }
    return false;
  }

  return { busy, refusal, send };
}
export type Receiving = ReturnType<typeof useReceiving>;

export const readForm = async (receipt: string): Promise<ReceiptForm | Trouble> => call('work.receiptForm', { receipt });
