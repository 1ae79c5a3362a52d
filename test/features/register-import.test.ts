/** Files for the register without a site: letters, cells and columns as they are found in the world, what both sides changed, and a file that goes out and in. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ImportMapping } from '../../src/contract';
import { type Around, converted, dayOf, endCell, endsIn } from '../../src/register/import-convert';
import { type Here, outcomeOf, reconciled } from '../../src/register/import-reconcile';
import { DEFAULT_CLASSES } from '../../src/register/classes';
import { objectsIn } from '../../static/usm/register/import/assets';
import { csvLine, csvRows, neutral, plain, separatorOf, SEPARATORS } from '../../static/usm/register/import/csv';
import { encodingOf, textOf } from '../../static/usm/register/import/encoding';
import { portionsOf, readFile, Unreadable } from '../../static/usm/register/import/file';
import { byName, datesOf, guessed } from '../../static/usm/register/import/guess';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const cell = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.string({ unit: fc.constantFrom('"', ';', ',', '\n', '\r\n', '\t', '=', '+', '-', '@', "'", 'a', 'é') }),
);

describe('cells', () => {
  it('go out and come in as they were, with any separator, quotes and line breaks, and no formula on the way', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 }),
        fc.constantFrom(...SEPARATORS),
        (rows, separator) => {
          const text = rows.map((row) => csvLine(row, separator)).join('\r\n');
          expect([...csvRows(text, separator)].map(({ cells }) => cells.map(plain))).toEqual(rows);
        },
      ),
    );
    fc.assert(
      fc.property(cell, (text) => {
        expect(neutral(text)).not.toMatch(/^[=+\-@\t\r]/);
        expect(plain(neutral(text))).toBe(text);
      }),
    );
  });

  it('are told by their line, also below a cell of many lines', () => {
    expect([...csvRows('a;b\n"x\ny";1\r\nz;2\n\nq;"open', ';')].map(({ line, cells, open }) => [line, cells[0], open])).toEqual([
      [1, 'a', false],
      [2, 'x\ny', false],
      [4, 'z', false],
      [6, 'q', true],
    ]);
    expect(separatorOf('tag,descr\n1,"a;b;c"\n2,d')).toBe(',');
    expect(separatorOf('sep=|\ntag|a,b,c')).toBe('|');
  });
});

describe('letters', () => {
  it('are read in the encoding they were saved in', () => {
    const words = 'Sébastien';
    const wide = new Uint8Array([...words].flatMap((sign) => [sign.charCodeAt(0) & 255, sign.charCodeAt(0) >> 8]));
    for (const [file, encoding] of [
      [bytes(words), 'UTF-8'],
      [Uint8Array.from([...words].map((sign) => sign.charCodeAt(0))), 'Windows-1252'],
      [wide, 'UTF-16LE'],
    ] as const) {
      expect(encodingOf(file)).toBe(encoding);
      expect(textOf(file, encoding)).toBe(words);
    }
  });
});

describe('a file', () => {
  it('whose lines are ragged is read; those lines are told', async () => {
    const file = await readFile(bytes('tag;name\nA;one\nB;two;three\nC\nD;four;'));
    expect(file.rows.map(({ line, wrong }) => [line, wrong])).toEqual([
      [2, undefined],
      [3, 'The line has 3 columns, the file has 2'],
      [4, 'The line has 1 columns, the file has 2'],
      [5, undefined],
    ]);
    await expect(readFile(bytes('tag;name'))).rejects.toThrow(Unreadable);
    await expect(readFile(bytes('{"a": '))).rejects.toThrow('It is not written as JSON');
  });

  it('goes in portions that fit into a call, whatever its cells hold', async () => {
    const file = await readFile(
      bytes(`tag;name\n${Array.from({ length: 3_000 }, (_, index) => `A${String(index)};${'€'.repeat(index % 7 === 0 ? 2_500 : 5)}`).join('\n')}`),
    );
    const mapping = { columns: [{ to: 'key' }, { to: 'name' }] } as ImportMapping;
    const portions = [...portionsOf(file, mapping)];
    expect(portions.flat().map(({ line }) => line)).toEqual(file.rows.map(({ line }) => line));
    for (const portion of portions) expect(bytes(JSON.stringify(portion)).length).toBeLessThan(450_000);
  });

  it('of Jira Assets is a table: names from the object or from the list of attributes, references by label and by key', () => {
    const value = (text: string) => ({ value: text, displayValue: text, searchValue: text, referencedType: false });
    const reference = {
      referencedObject: { id: '87', label: 'Sydney', objectKey: 'ITSM-87', objectType: { id: '2', name: 'City' } },
      displayValue: 'Sydney',
    };
    const found = objectsIn({
      values: [
        {
          id: '88',
          label: 'SYD-1',
          objectKey: 'ITSM-88',
          objectType: { id: '23', name: 'Office' },
          attributes: [
            { id: '1', objectTypeAttributeId: '134', objectAttributeValues: [value('ITSM-88')] },
            { id: '2', objectTypeAttributeId: '135', objectAttributeValues: [reference, reference] },
            { id: '3', objectTypeAttribute: { name: 'Status' }, objectAttributeValues: [{ status: { id: '1', name: 'Running' } }] },
          ],
        },
      ],
      objectTypeAttributes: [
        { id: '134', name: 'Key' },
        { id: '135', name: 'City' },
      ],
    });
    expect(found).toEqual({
      kind: 'assets',
      headers: ['Key', 'Label', 'Object type', 'City', 'City (key)', 'Status'],
      rows: [['ITSM-88', 'SYD-1', 'Office', 'Sydney; Sydney', 'ITSM-87; ITSM-87', 'Running']],
    });
  });

  it('has its columns matched by name, by what an earlier file was told, and dates by how they are written', () => {
    expect(
      ['asset_tag', 'descr', 'cat', 'stat', 'serial', 'Depends on', 'owner_mail', 'Object type'].map((header) => byName(header, DEFAULT_CLASSES)),
    ).toEqual(['key', 'name', 'class', 'life', 'own.serialNumber', 'rel.dependsOn', undefined, 'class']);
    expect([datesOf(['18-09-2026', '03-11-2026']), datesOf(['2026-11-20']), datesOf(['11/20/2026']), datesOf(['01-02-2026'])]).toEqual([
      'dmy',
      'ymd',
      'mdy',
      undefined,
    ]);
    const earlier = { columns: [{ header: 'loc', to: 'leave', values: {}, dates: 'ymd' }] } as unknown as ImportMapping;
    expect(guessed({ headers: ['loc', 'tag', 'Key'], rows: [] }, DEFAULT_CLASSES, [earlier]).map(({ to, why }) => [to, why])).toEqual([
      ['leave', 'earlier'],
      ['key', 'name'],
      [undefined, 'none'],
    ]);
  });
});

describe('words of a file', () => {
  const around: Around = { classes: DEFAULT_CLASSES, parties: new Map([['network team', 'net']]) };
  const mapping = {
    columns: [
      { header: 'k', to: 'key', values: {}, dates: 'ymd' },
      { header: 'c', to: 'class', values: { NW: 'network' }, dates: 'ymd' },
      { header: 's', to: 'life', values: { A: 'inUse' }, dates: 'ymd' },
      { header: 'd', to: 'keeper', values: {}, dates: 'ymd' },
      { header: 'v', to: 'verified', values: {}, dates: 'dmy' },
    ],
    life: 'inUse',
    recognise: 'key',
    right: 'ask',
  } as unknown as ImportMapping;

  it('mean what they were matched with, or what they say; anything else is refused in words', () => {
    expect(converted(['NET-1', 'NW', 'A', 'Network team', '18-09-2026'], mapping, around)).toEqual({
      item: { key: 'NET-1', class: 'network', says: { life: 'inUse', keeper: 'net' }, verified: Date.UTC(2026, 8, 18), relations: [] },
      wrong: [],
    });
    expect(converted(['NET-1', 'NWX', '', '', ''], mapping, around).wrong[0]?.why).toBe('Class “NWX” is not known');
    expect(converted(['NET-1', '', 'S', '', '31-02-2026'], mapping, around).wrong.map(({ why }) => why)).toEqual([
      '“S” is no part of a life cycle',
      'v: “31-02-2026” is no day',
    ]);
    expect([dayOf('2026-02-29', 'ymd'), dayOf('29.02.2028', 'dmy')]).toEqual([undefined, '2028-02-29']);
  });

  it('for relations come back as they were said, with the ways that stand in for each other', () => {
    const end = fc.record({
      to: fc.stringMatching(/^[A-Z]{2}-[0-9]{1,3}$/),
      group: fc.option(fc.stringMatching(/^[a-z]{1,6}[,; ]?[a-z]$/), { nil: undefined }),
      need: fc.option(fc.integer({ min: 1, max: 99 }), { nil: undefined }),
    });
    fc.assert(
      fc.property(fc.uniqueArray(end, { maxLength: 4, selector: ({ to }) => to }), (ends) => {
        const said = ends.map(({ to, group, need }) => ({
          kind: 'dependsOn' as const,
          to,
          ...(group !== undefined && { group, ...(need !== undefined && { need }) }),
        }));
        expect(endsIn('dependsOn', said.map(endCell).join('; '))).toEqual(said);
      }),
    );
  });
});

describe('what both sides changed', () => {
  const value = fc.option(fc.constantFrom('a', 'b', 'c'), { nil: undefined });
  const item = (serial: string | undefined) => ({
    key: 'NET-1',
    class: 'network',
    name: 'Switch',
    life: 'inUse' as const,
    attributes: (serial === undefined ? {} : { serialNumber: serial }) as Record<string, string>,
  });
  const here = (now: string | undefined, said: string | undefined): Here => ({
    item: item(now),
    said: said === undefined ? {} : { serialNumber: said },
    others: false,
    verified: undefined,
    gone: false,
    relations: new Set(),
    locked: false,
  });
  const of = DEFAULT_CLASSES.find(({ key }) => key === 'network');
  const file = (serial: string | undefined) => ({
    key: 'NET-1',
    class: 'network',
    says: serial === undefined ? ({} as Record<string, string>) : { serialNumber: serial },
    verified: undefined,
    relations: [],
  });

  it('is asked only where both did; once written nothing more is to be done', () => {
    fc.assert(
      fc.property(value, value, value, fc.constantFrom('ask', 'file', 'register'), (now, said, next, right) => {
        const difference = reconciled(file(next), here(now, said), of, { right, one: {} });
        const both = next !== undefined && now !== undefined && next !== now && next !== said && now !== said;
        expect(difference.conflicts.length > 0).toBe(both && right === 'ask');
        const taken = next !== undefined && next !== now && next !== said && (now === undefined || now === said || right === 'file');
        expect(difference.changes.length > 0).toBe(taken);
        const then = here(taken ? next : now, difference.said['serialNumber']);
        const again = outcomeOf(reconciled(file(next), then, of, { right, one: {} }), false);
        expect(again).toBe(both && right === 'ask' ? 'decide' : 'same');
      }),
    );
  });

  it('waits for a change that is running, where it is managed', () => {
    const difference = reconciled(file('b'), here('a', 'a'), of, { right: 'ask', one: {} });
    expect(outcomeOf(difference, true)).toBe('waits');
    expect(outcomeOf(difference, false)).toBe('managed');
  });
});
