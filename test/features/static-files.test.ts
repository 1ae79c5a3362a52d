/** A file of agreements in the browser: read, told apart from what is none, divided into calls, and its rows found again by line. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IMPORT_BYTES, IMPORT_PARTS, IMPORT_PORTION } from '../../src/contract/agreements-calls';
import { withoutOthers } from '../../static/usm/agreements/files/choose';
import { fileOf, linesOf, noRows, placeOf, portionsOf, readFile, type Rows, Unreadable } from '../../static/usm/agreements/files/file';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const refusal = (text: string | Uint8Array): string => {
  try {
    readFile(typeof text === 'string' ? bytes(text) : text);
    return '';
  } catch (error) {
    if (error instanceof Unreadable) return error.message;
    throw error;
  }
};
const row = fc.record({
  id: fc.stringMatching(/^[a-z]{1,6}$/),
  name: fc.string({ maxLength: 12 }),
  more: fc.array(fc.record({ text: fc.string({ maxLength: 8 }) }), { maxLength: 2 }),
});
const some = (size: fc.ArrayConstraints): fc.Arbitrary<unknown[]> => fc.array(row, size);
const rows: fc.Arbitrary<Rows> = fc.record({
  parties: some({ maxLength: 4 }),
  services: some({ maxLength: 4 }),
  blocks: some({ maxLength: 2 }),
  agreements: some({ minLength: 1, maxLength: 5 }),
});

describe('a file', () => {
  it('that was exported is read as it was, each row in its line', () => {
    fc.assert(
      fc.property(rows, (all) => {
        const text = fileOf(all);
        const read = readFile(bytes(text));
        expect(read.rows).toEqual(all);
        const lines = text.split('\n');
        for (const part of IMPORT_PARTS) {
          expect(read.lines[part]).toHaveLength(all[part].length);
          read.lines[part].forEach((line, index) => expect(JSON.parse((lines[line - 1] ?? '').replace(/,$/, ''))).toEqual(all[part][index]));
        }
      }),
      { numRuns: 100 },
    );
  });

  it('written by somebody else, over many lines and with brackets in words, is found row by row', () => {
    const text =
      '{"usm": "agreements", "schema": 1,\n "parties": [\n  {"id": "a", "name": "] } \\" ["},\n\n  {\n   "id": "b", "of": ["x", {"y": 1}]\n  }\n ],\n "agreements": [{"id": "c"},\n {"id": "d"}]}';
    expect(linesOf(text)).toEqual({ parties: [3, 5], services: [], blocks: [], agreements: [9, 10] });
    expect(placeOf('parties.1.of', linesOf(text))).toEqual({ line: 5, row: 'parties 1', column: 'of' });
    expect(placeOf('agreements.9', linesOf(text))).toEqual({ row: 'agreements 9', column: '' });
  });

  it('that is none is told so, in words', () => {
    expect(refusal('name;kind\nLucas;customer')).toMatch(/^It is not written as JSON/);
    expect(refusal('[]')).toMatch(/^It is no file of agreements/);
    expect(refusal('{"usm":"agreements","schema":9,"parties":[{}]}')).toBe('It is written for schema 9; this app reads schema 1.');
    expect(refusal('{"usm":"agreements","schema":1,"people":[]}')).toMatch(/^“people” is no part/);
    expect(refusal('{"usm":"agreements","schema":1,"parties":{}}')).toBe('“parties” is no list of rows.');
    expect(refusal('{"usm":"agreements","schema":1,"parties":[]}')).toBe('It has no rows.');
    const many = Array.from({ length: 50_001 }, () => 0);
    expect(refusal(JSON.stringify({ usm: 'agreements', schema: 1, parties: many }))).toMatch(/^It has 50,001 rows/);
  });

  it('in another encoding keeps its rows, with letters that nobody can read, for the check to name', () => {
    const latin = new Uint8Array([...bytes('{"usm":"agreements","schema":1,"parties":[{"id":"a","name":"Caf'), 0xe9, ...bytes('"}]}')]);
    expect(readFile(latin).rows.parties).toEqual([{ id: 'a', name: 'Caf\uFFFD' }]);
  });
});

describe('portions', () => {
  it('hold every row once, in order, and fit into a call', () => {
    const long = { text: 'x'.repeat(40_000) };
    const all: Rows = {
      ...noRows(),
      parties: Array.from({ length: 1_200 }, (_, id) => ({ id })),
      agreements: Array.from({ length: 20 }, () => long),
    };
    const portions = portionsOf(all);
    for (const { rows: some } of portions) {
      expect(some.length).toBeLessThanOrEqual(IMPORT_PORTION);
      expect(JSON.stringify(some).length).toBeLessThanOrEqual(IMPORT_BYTES);
    }
    for (const part of IMPORT_PARTS) {
      const own = portions.filter((one) => one.part === part);
      expect(own.flatMap(({ rows: some }) => some)).toEqual(all[part]);
      own.forEach(({ from }, index) => expect(from).toBe(own.slice(0, index).reduce((sum, one) => sum + one.rows.length, 0)));
    }
    expect(portions.filter(({ part }) => part === 'agreements').length).toBeGreaterThan(1);
  });
});

describe('chosen agreements', () => {
  const version = (services: string[], under?: object) => [{ number: 1, terms: { services, ...(under && { under }) }, deeds: [] }];
  const all: Rows = {
    parties: [{ id: 'desk' }, { id: 'lucas' }, { id: 'wards', parent: 'lucas' }, { id: 'cable' }, { id: 'other' }],
    services: [{ id: 'it' }, { id: 'wifi', parent: 'it', blocks: ['line'] }, { id: 'phone' }],
    blocks: [{ id: 'line' }, { id: 'spare' }],
    agreements: [
      { id: 'SA-1', provider: 'desk', customer: 'wards', versions: version(['wifi'], { row: [{ leg: 'UC-1' }] }) },
      { id: 'SA-2', provider: 'desk', customer: 'other', versions: version(['phone']) },
      { id: 'UC-1', provider: 'cable', customer: 'desk', versions: version([]) },
    ],
  };
  const ids = (rows: readonly unknown[]): unknown[] => rows.map((one) => (one as { id: string }).id);

  it('take along all that they name, and nothing else, so that the file can be brought in again', () => {
    const some = withoutOthers(all, new Set(['SA-1']));
    expect(IMPORT_PARTS.map((part) => ids(some[part]))).toEqual([['desk', 'lucas', 'wards', 'cable'], ['it', 'wifi'], ['line'], ['SA-1', 'UC-1']]);
  });

  it('of nobody leave nothing', () => {
    expect(withoutOthers(all, new Set(['SA-9']))).toEqual(noRows());
  });
});
