/** What parties, services, agreements and items are called, found by words or by id; asked once. */
import { useEffect, useState } from 'react';
import type { ChoiceKind } from '../../../src/contract';
import { isTrouble } from '../../shared/call';
import { report } from '../../shared/report';
import { call } from './call';

export interface Choice {
  id: string;
  name: string;
  hint?: string | undefined;
}

const known = new Map<string, string>();
const placeOf = (kind: ChoiceKind, id: string): string => `${kind} ${id}`;

/** For boxes that find as one types; throws what went wrong, as they expect. */
export const finderOf =
  (kind: ChoiceKind) =>
  async (text: string): Promise<readonly Choice[]> => {
    const found = await call('register.choices', { kind, text });
    if (isTrouble(found)) throw new Error(JSON.stringify(found));
    for (const { id, name } of found.choices) known.set(placeOf(kind, id), name);
    return found.choices;
  };

/** The name of an id, once it is known; until then, and where nobody knows it, the id. Empty: nothing is asked. */
export function useNameOf(kind: ChoiceKind, id: string): string {
  const [, setLearned] = useState(0);
  const name = known.get(placeOf(kind, id));
  useEffect(() => {
    if (id === '' || name !== undefined) return;
    finderOf(kind)(id).then(
      () => setLearned((count) => count + 1),
      (error: unknown) => report(`${id} could not be named`, error),
    );
  }, [kind, id, name]);
  return name ?? id;
}
