/**
 * What a failure reaches, slowly and from the text alone (usm-method 1.4): a part takes the whole along, what is depended on and a place take whoever names
 * them; of the relations of one item with the same path, `need` have to hold. Sets of what has failed, every item looked at in every round.
 */
export interface Tie {
  src: number;
  dst: number;
  kind: string;
  path?: string | undefined;
  need?: number | undefined;
}

export interface Told {
  level: number;
  second: 'none' | 'half' | 'full';
}

const listed = (ties: readonly Tie[], end: 'src' | 'dst'): Map<number, Tie[]> => {
  const found = new Map<number, Tie[]>();
  for (const one of ties) found.set(one[end], [...(found.get(one[end]) ?? []), one]);
  return found;
};

export function reference(items: readonly number[], ties: readonly Tie[]): (begin: readonly number[], most: number) => Map<number, Told> {
  const honest = ties.filter(({ src, dst }) => src !== dst);
  const named = listed(
    honest.filter(({ kind }) => kind === 'dependsOn' || kind === 'locatedAt'),
    'src',
  );
  const parts = listed(
    honest.filter(({ kind }) => kind === 'partOf'),
    'dst',
  );
  return (begin, most) => {
    const told = new Map<number, Told>(begin.map((id) => [id, { level: 0, second: 'none' }]));
    let failed = new Set(begin);
    for (let round = 1; round <= most; round += 1) {
      const next = new Set(failed);
      for (const item of items) {
        if (failed.has(item)) continue;
        const needed = named.get(item) ?? [];
        const alone = [...(parts.get(item) ?? []).map(({ src }) => src), ...needed.filter(({ path }) => path === undefined).map(({ dst }) => dst)];
        const ways = [...new Set(needed.flatMap(({ path }) => path ?? []))].map((path) => needed.filter((one) => one.path === path));
        const short = ways.map((all) => {
          const holding = all.filter(({ dst }) => !failed.has(dst)).length;
          return { touched: holding < all.length, spare: holding - Math.max(...all.map(({ need = 1 }) => need)) };
        });
        const touched = short.filter((one) => one.touched);
        if (alone.some((id) => failed.has(id)) || touched.some(({ spare }) => spare < 0)) {
          next.add(item);
          told.set(item, { level: round, second: 'none' });
        } else if (touched.length > 0) {
          const second = touched.some(({ spare }) => spare === 0) ? 'half' : 'full';
          told.set(item, { level: told.get(item)?.level ?? round, second });
        }
      }
      failed = next;
    }
    return told;
  };
}
