/** For whom the catalog is shown, while one stays in it: oneself, or somebody else where one works here. */
import { createContext, useContext } from 'react';
import type { Person } from '../../../src/contract';

export interface As {
  /** Undefined: oneself. */
  person: Person | undefined;
  choose: (person: Person | undefined) => void;
}

const AsContext = createContext<As>({ person: undefined, choose: () => undefined });
export const AsProvider = AsContext.Provider;
export const useAs = (): As => useContext(AsContext);
