/** What kinds of records and their places are called. Pure. */
import { labelOf as draftLabel, wordsOf as draftWords } from '../agreements/edit/words';
import type { Json } from '../agreements/edit/merge';

export const plural = ({ many }: { many: string }): string => many.toLowerCase();

export function labelOf(path: readonly string[], labels: Readonly<Record<string, string>>, nameOf: (id: string) => string): string {
  const [first = '', ...rest] = path;
  const own = labels[first];
  if (own === undefined) return draftLabel(path, nameOf);
  return [own, ...(rest.length > 0 ? [draftLabel(rest, nameOf)] : [])].join(', ');
}

export const wordsOf = (value: Json | undefined, nameOf: (id: string) => string): string => draftWords(value, [], nameOf);
