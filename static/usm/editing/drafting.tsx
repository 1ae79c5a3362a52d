/** What is being written, for the fields of an editor: each knows its place alone. */
import { createContext, useContext } from 'react';
import type { Json } from '../agreements/edit/merge';

export interface Drafting {
  form: Json;
  /** Place -> what is wrong there. */
  wrong: ReadonlyMap<string, string>;
  set: (path: string, value: Json) => void;
}

const DraftingContext = createContext<Drafting>({ form: null, wrong: new Map(), set: () => undefined });
export const DraftingProvider = DraftingContext.Provider;
export const useDrafting = (): Drafting => useContext(DraftingContext);
