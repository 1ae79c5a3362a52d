/** What a file may name: classes, parties, services and agreements as they are now. */
import * as agreements from '../agreements/service';
import type { Looking } from './import-compare';
import type { Ends } from './import-look';
import { classesNow } from './kept';

const idsOf = async (kind: 'service' | 'party'): Promise<ReadonlySet<string>> => new Set((await agreements.namesOfKind(kind)).keys());

export async function lookingNow(): Promise<Looking> {
  const [classes, parties] = await Promise.all([classesNow(), agreements.namesOfKind('party')]);
  const known = new Map([...parties].map(([id, { name }]) => [name.toLowerCase(), id]));
  for (const id of parties.keys()) known.set(id.toLowerCase(), id);
  return { classes, parties: known };
}

export const endsNow = async (): Promise<Ends> => {
  const [parties, services, under] = await Promise.all([idsOf('party'), idsOf('service'), agreements.idsOfAgreements()]);
  return { parties, services, agreements: under };
};
