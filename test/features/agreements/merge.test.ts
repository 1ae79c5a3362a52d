/** Two editors of one draft: what they changed is joined field by field, and nothing that was typed is lost. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differencesOf, equal, type Json, type KeyOf, keyOfPath, merged, type Side } from '../../../static/usm/agreements/edit/merge';

const SEED = Number(process.env['MERGE_SEED'] ?? Date.now() % 2_147_483_647);
const RUNS = 400;
console.log(`merge of drafts: seed ${String(SEED)}`);
const check = <T extends [unknown, ...unknown[]]>(property: fc.IPropertyWithHooks<T>): void => fc.assert(property, { seed: SEED, numRuns: RUNS });

/** Something like a draft: texts, parts, a list of rows told apart by their name, and a list of words. */
type Doc = { title: string; note: string; card: { text: string; lines: { label: string; value: string }[] }; duties: string[]; tree: Json };

const word = fc.constantFrom('', 'a', 'b', 'c', '4:00', '4:30');
const lines = fc.uniqueArray(fc.record({ label: fc.constantFrom('p', 'q', 'r', 's'), value: word }), {
  selector: ({ label }) => label,
  maxLength: 4,
});
const doc: fc.Arbitrary<Doc> = fc.record({
  title: word,
  note: word,
  card: fc.record({ text: word, lines }),
  duties: fc.uniqueArray(fc.constantFrom('x', 'y', 'z', 'w'), { maxLength: 4 }),
  tree: fc.constantFrom<Json>(null, { leg: 'OLA-1' }, { row: [{ leg: 'OLA-1' }, { leg: 'UC-2' }] }),
});
const keys: KeyOf = (path, row) => {
  const place = path.join('.');
  if (place === 'duties') return typeof row === 'string' ? row : undefined;
  return place === 'card.lines' && typeof row === 'object' && row !== null && !Array.isArray(row) ? String(row['label']) : undefined;
};
/** Each editor begins with the same, and changes some of it. */
const changedFrom = (base: Doc): fc.Arbitrary<Doc> =>
  fc
    .record({
      other: doc,
      take: fc.record({ title: fc.boolean(), note: fc.boolean(), card: fc.boolean(), duties: fc.boolean(), tree: fc.boolean() }),
    })
    .map(({ other, take }) => ({
      title: take.title ? other.title : base.title,
      note: take.note ? other.note : base.note,
      card: take.card ? other.card : base.card,
      duties: take.duties ? other.duties : base.duties,
      tree: take.tree ? other.tree : base.tree,
    }));
const two = doc.chain((base) => fc.tuple(fc.constant(base), changedFrom(base), changedFrom(base)));

/** The order of rows is nobody's words. */
const sorted = ({ card, duties, ...rest }: Doc): Doc => ({
  ...rest,
  card: { ...card, lines: [...card.lines].sort((a, b) => a.label.localeCompare(b.label)) },
  duties: [...duties].sort(),
});
const all = (base: Doc, mine: Doc, theirs: Doc, side: Side): Map<string, Side> =>
  new Map(differencesOf(base, mine, theirs, keys).map(({ path }) => [keyOfPath(path), side]));

/** Every field of a document, flat, written without the app's code. */
const fields = ({ title, note, card, duties, tree }: Doc): Map<string, string> =>
  new Map([
    ['title', title],
    ['note', note],
    ['text', card.text],
    ['tree', JSON.stringify(tree)],
    ...card.lines.map(({ label, value }) => [`line ${label}`, value] as const),
    ...duties.map((one) => [`duty ${one}`, one] as const),
  ]);

describe('two who changed the same draft', () => {
  it('nothing typed is lost: whoever keeps all of mine has exactly mine', () => {
    check(
      fc.property(two, ([base, mine, theirs]) => {
        expect(sorted(merged(base, mine, theirs, keys, all(base, mine, theirs, 'mine')))).toEqual(sorted(mine));
      }),
    );
  });

  it('nothing typed is lost: without a choice every field that I changed is as I typed it', () => {
    check(
      fc.property(two, ([base, mine, theirs]) => {
        const [was, my, now] = [fields(base), fields(mine), fields(merged(base, mine, theirs, keys))];
        for (const key of new Set([...was.keys(), ...my.keys()])) if (was.get(key) !== my.get(key)) expect(now.get(key)).toBe(my.get(key));
      }),
    );
  });

  it('nothing of the other is lost: every field that they changed alone is as they left it', () => {
    check(
      fc.property(two, ([base, mine, theirs]) => {
        const [was, my, their, now] = [fields(base), fields(mine), fields(theirs), fields(merged(base, mine, theirs, keys))];
        for (const key of new Set([...was.keys(), ...their.keys()]))
          if (was.get(key) === my.get(key) && was.get(key) !== their.get(key)) expect(now.get(key)).toBe(their.get(key));
      }),
    );
  });

  it('both agree: no question', () => {
    check(
      fc.property(two, ([base, mine]) => {
        expect(differencesOf(base, mine, mine, keys)).toEqual([]);
        expect(merged(base, mine, mine, keys)).toEqual(mine);
      }),
    );
  });

  it('whoever typed nothing gets theirs, and is asked nothing', () => {
    check(
      fc.property(two, ([base, , theirs]) => {
        expect(merged(base, base, theirs, keys)).toEqual(theirs);
        expect(differencesOf(base, base, theirs, keys).filter(({ both }) => both)).toEqual([]);
      }),
    );
  });

  it('the other changed nothing: it is mine, without a question', () => {
    check(
      fc.property(two, ([base, mine]) => {
        expect(merged(base, mine, base, keys)).toEqual(mine);
        expect(differencesOf(base, mine, base, keys)).toEqual([]);
      }),
    );
  });

  it('what only a person can answer is the same from either chair, and is what both changed to something else', () => {
    check(
      fc.property(two, ([base, mine, theirs]) => {
        const open = (one: Doc, other: Doc): string[] =>
          differencesOf(base, one, other, keys)
            .filter(({ both }) => both)
            .map(({ path }) => keyOfPath(path))
            .sort();
        expect(open(mine, theirs)).toEqual(open(theirs, mine));
      }),
    );
  });

  it('a choice for theirs takes theirs, whoever changed it', () => {
    check(
      fc.property(two, ([base, mine, theirs]) => {
        const now = merged(base, mine, theirs, keys, all(base, mine, theirs, 'theirs'));
        for (const { path, theirs: value } of differencesOf(base, mine, theirs, keys))
          if (path.length === 1) expect(now[path[0] as keyof Doc]).toEqual(value);
      }),
    );
  });

  it('what was joined is what was kept for the next who is slower', () => {
    check(
      fc.property(two, ([base, mine, theirs]) => {
        const once = merged(base, mine, theirs, keys);
        expect(equal(merged(theirs, once, theirs, keys), once)).toBe(true);
      }),
    );
  });
});

describe('rows of a list', () => {
  const list = (...rows: [string, string][]): Json => ({ card: { lines: rows.map(([label, value]) => ({ label, value })) } });

  it('are joined row by row: mine at P1 and theirs at P2 are no question', () => {
    const base = list(['p', '4:00'], ['q', '8:00']);
    const mine = list(['p', '3:00'], ['q', '8:00']);
    const theirs = list(['p', '4:00'], ['q', '6:00'], ['r', 'new']);
    expect(merged(base, mine, theirs, keys)).toEqual(list(['p', '3:00'], ['q', '6:00'], ['r', 'new']));
    expect(differencesOf(base, mine, theirs, keys).map(({ path, both }) => [path.join('.'), both])).toEqual([
      ['card.lines.q.value', false],
      ['card.lines.r', false],
    ]);
  });

  it('a row that I changed and they took out is a question, and stays until somebody answers', () => {
    const base = list(['p', '4:00']);
    const mine = list(['p', '3:00']);
    const theirs = list();
    expect(differencesOf(base, mine, theirs, keys)).toMatchObject([{ both: true, theirs: undefined }]);
    expect(merged(base, mine, theirs, keys)).toEqual(mine);
  });

  it('keep the order of whoever moved them', () => {
    const base = list(['p', '1'], ['q', '2'], ['r', '3']);
    const theirs = list(['r', '3'], ['p', '1'], ['q', '2'], ['s', '4']);
    expect(merged(base, list(['p', '1'], ['q', '2'], ['r', '9']), theirs, keys)).toEqual(list(['r', '9'], ['p', '1'], ['q', '2'], ['s', '4']));
  });

  it('that cannot be told apart are one field', () => {
    const base = list(['p', '1'], ['p', '2']);
    const mine = list(['p', '1'], ['p', '3']);
    const theirs = list(['p', '5'], ['p', '2']);
    expect(differencesOf(base, mine, theirs, keys).map(({ path, both }) => [path.join('.'), both])).toEqual([['card.lines', true]]);
    expect(merged(base, mine, theirs, keys)).toEqual(mine);
  });
});
