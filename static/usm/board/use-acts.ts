/** What this person may do with a hand-off, wherever on the page it stands, and which form is open for it. */
import { useState } from 'react';
import type { HandoffRow } from '../../../src/contract';
import type { AnswerKind } from '../../receipt/forms';
import { type Renewed, useReceiving } from '../../receipt/receiving';

export type Open = 'return' | 'answer' | AnswerKind | undefined;

/** `onRenewed`: the row is as the act left it. `onOvertaken`: all should be read again. */
export interface Acting {
  onRenewed: (id: string, renewed: Renewed) => void;
  onOvertaken: () => void;
}

export function useActs(row: HandoffRow, { onRenewed, onOvertaken }: Acting) {
  const [open, setOpen] = useState<Open>();
  const receiving = useReceiving(
    row,
    (renewed) => {
      setOpen(undefined);
      onRenewed(row.id, renewed);
    },
    onOvertaken,
  );
  return { open, setOpen, receiving };
}
export type Acts = ReturnType<typeof useActs>;
