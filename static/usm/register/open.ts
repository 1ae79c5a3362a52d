/** Which pages of the register there are, for the links that lead to them. */
import { createContext, useContext } from 'react';
import type { ItemPageName, PageName } from './address';

export interface Open {
  page: (name: PageName) => boolean;
  ofItem: (name: ItemPageName) => boolean;
}

const OpenContext = createContext<Open>({ page: () => false, ofItem: () => false });
export const OpenProvider = OpenContext.Provider;
export const useOpen = (): Open => useContext(OpenContext);
