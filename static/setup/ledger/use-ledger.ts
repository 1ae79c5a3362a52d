/** How the ledger stands, and the rebuild, which lives on the server and is driven by the page. */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { LedgerStatus, Trouble } from '../../../src/contract';
import { ledgerCalls } from '../../../src/contract/ledger';
import { caller, isTrouble } from '../../shared/call';

const call = caller(ledgerCalls);

interface State {
  status?: LedgerStatus | undefined;
  trouble?: Trouble | undefined;
  driving: boolean;
}

export function useLedger() {
  const [state, setState] = useState<State>({ driving: false });
  const driving = useRef(false);

  const read = useCallback(async (): Promise<void> => {
    const answer = await call('ledger.status', {});
    setState(({ status }) => (isTrouble(answer) ? { status, trouble: answer, driving: false } : { status: answer, driving: false }));
  }, []);
  useEffect(() => {
    void read();
    return () => {
      driving.current = false;
    };
  }, [read]);

  const drive = async (begin: boolean): Promise<void> => {
    driving.current = true;
    setState(({ status }) => ({ status, driving: true }));
    for (let first = begin; driving.current; first = false) {
      const answer = await call('ledger.step', { begin: first });
      if (isTrouble(answer)) {
        driving.current = false;
        return setState(({ status }) => ({ status, trouble: answer, driving: false }));
      }
      setState(({ status }) => ({ status: status && { ...status, rebuild: answer.rebuild }, driving: true }));
      if (answer.rebuild.phase !== 'running') driving.current = false;
    }
    await read();
  };

  return {
    ...state,
    read: () => void read(),
    rebuild: () => void drive(true),
    goOn: () => void drive(false),
    stop: () => {
      driving.current = false;
    },
  };
}
