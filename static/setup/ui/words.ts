/** Counting in words, and finding by words. Pure. */

/** "1 object", "67 objects". */
export const counted = (count: number, one: string, many = `${one}s`): string => `${String(count)} ${count === 1 ? one : many}`;

/** "4 s", "1 min 20 s". */
export function seconds(ms: number): string {
  const all = Math.max(0, Math.round(ms / 1000));
  return all < 60 ? `${String(all)} s` : `${String(Math.floor(all / 60))} min ${String(all % 60)} s`;
}

/** Told every ten per cent, not at each step. */
export const toldProgress = (step: number, of: number): string => (of === 0 ? '' : `${String(Math.floor((step / of) * 10) * 10)} % done`);

/** Whether all the words stand somewhere in the texts. */
export function matches(query: string, ...texts: (string | undefined)[]): boolean {
  const text = texts.join(' ').toLowerCase();
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
