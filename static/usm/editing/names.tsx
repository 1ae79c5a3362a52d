/** What the records that an editor names are called: known from the start, or learned when they are chosen. */
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import { namesOf } from '../../shared/people-names';
import { report } from '../../shared/report';

export interface Names {
  nameOf: (id: string) => string;
  learn: (id: string, name: string) => void;
}

const NamesContext = createContext<Names>({ nameOf: (id) => id, learn: () => undefined });
export const useNames = (): Names => useContext(NamesContext);

interface NamesProps {
  known: ReadonlyMap<string, string>;
  /** Account ids, whose names Jira tells. */
  people: readonly string[];
  children: ReactNode;
}

export function NamesProvider({ known, people, children }: NamesProps) {
  const [learned, setLearned] = useState<ReadonlyMap<string, string>>(new Map());
  const learn = useCallback((id: string, name: string) => setLearned((before) => new Map([...before, [id, name]])), []);
  const unknown = people.filter((id) => !known.has(id) && !learned.has(id)).join(' ');
  useEffect(() => {
    if (unknown === '') return;
    namesOf(unknown.split(' ')).then(
      (found) => setLearned((before) => new Map([...before, ...found.map(({ accountId, name }) => [accountId, name] as const)])),
      (error: unknown) => report('People could not be named', error),
    );
  }, [unknown]);
  const names = useMemo<Names>(() => ({ nameOf: (id) => learned.get(id) ?? known.get(id) ?? id, learn }), [known, learned, learn]);
  return <NamesContext.Provider value={names}>{children}</NamesContext.Provider>;
}
