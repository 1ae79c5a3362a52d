/** From card to card by arrows: up and down in a column, left and right to the next column that has cards. Pure. */

/** A card by where it stands: the oldest stand in two columns. */
export interface Spot {
  column: number;
  index: number;
}

/** `counts`: cards in each column. Undefined: there is nowhere to go, or the key is none of these. */
export function walk(counts: readonly number[], { column, index }: Spot, key: string): Spot | undefined {
  const last = (counts[column] ?? 0) - 1;
  const within = (to: number): Spot | undefined => (to >= 0 && to <= last && to !== index ? { column, index: to } : undefined);
  const beside = (step: 1 | -1): Spot | undefined => {
    for (let to = column + step; to >= 0 && to < counts.length; to += step) {
      const count = counts[to] ?? 0;
      if (count > 0) return { column: to, index: Math.min(index, count - 1) };
    }
    return undefined;
  };
  switch (key) {
    case 'ArrowUp':
      return within(index - 1);
    case 'ArrowDown':
      return within(index + 1);
    case 'ArrowLeft':
      return beside(-1);
    case 'ArrowRight':
      return beside(1);
    case 'Home':
      return within(0);
    case 'End':
      return within(last);
    default:
      return undefined;
  }
}

/** The card that takes the place of one that is gone: the one there now, else the last of its column, else the first of any. */
export function nearest(counts: readonly number[], { column, index }: Spot): Spot | undefined {
  const count = counts[column] ?? 0;
  if (count > 0) return { column, index: Math.min(index, count - 1) };
  const other = counts.findIndex((one) => one > 0);
  return other === -1 ? undefined : { column: other, index: 0 };
}
