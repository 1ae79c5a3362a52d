/** What suppliers can be chosen from: spaces and teams at once, work types of a space once it is chosen. */
import { useEffect, useState } from 'react';
import type { SupplierOffer, Trouble } from '../../../src/contract';
import { supplierCalls } from '../../../src/contract/suppliers';
import { caller, isTrouble } from '../../shared/call';

const call = caller(supplierCalls);

type Types = SupplierOffer['types'];

interface State {
  offer?: SupplierOffer;
  trouble?: Trouble;
  /** By space. */
  types: Readonly<Record<string, Types>>;
}

export function useSupplierOffer(chosen: readonly string[]) {
  const [state, setState] = useState<State>({ types: {} });

  useEffect(() => {
    void call('settings.supplierOffer', {}).then((answer) =>
      setState((before) => (isTrouble(answer) ? { ...before, trouble: answer } : { ...before, offer: answer })),
    );
  }, []);

  const missing = chosen.find((id) => id !== '' && state.types[id] === undefined);
  useEffect(() => {
    if (missing === undefined) return;
    void call('settings.supplierOffer', { projectId: missing }).then((answer) =>
      setState((before) => ({
        ...before,
        types: { ...before.types, [missing]: isTrouble(answer) ? [] : answer.types },
        ...(isTrouble(answer) && { trouble: answer }),
      })),
    );
  }, [missing]);

  return state;
}
