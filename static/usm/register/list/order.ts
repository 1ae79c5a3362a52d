/** The order of columns, as a person moves them. Pure. */

/** One of them to the place of another; the rest keeps its order. */
export function moved(keys: readonly string[], key: string, to: number): string[] {
  const rest = keys.filter((one) => one !== key);
  if (rest.length === keys.length) return [...keys];
  const place = Math.min(Math.max(0, to), rest.length);
  return [...rest.slice(0, place), key, ...rest.slice(place)];
}

/** A step up or down. */
export const stepped = (keys: readonly string[], key: string, by: -1 | 1): string[] => moved(keys, key, Math.max(0, keys.indexOf(key) + by));

export const ticked = (keys: readonly string[], key: string): string[] => (keys.includes(key) ? keys.filter((one) => one !== key) : [...keys, key]);
