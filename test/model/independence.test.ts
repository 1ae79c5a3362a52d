/** A model that borrows from the app would repeat its mistakes. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from '../../scripts/paths';
import { JUDGED, RULES } from './rules';
import { statusesOf, TYPES, WORKFLOWS } from './tables';

const HERE = join(ROOT, 'test', 'model');

/** Whatever a file takes from elsewhere, however it is written. */
const taken = (source: string): string[] =>
  [...source.matchAll(/(?:\bfrom|\bimport|\brequire|\bimport\s*\()\s*\(?\s*['"]([^'"]+)['"]/g)].map(([, path = '']) => path);
const foreign = (source: string): string[] => taken(source).filter((path) => !/^\.\/[\w-]+$/.test(path));

const files = readdirSync(HERE).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));

it.each(files)('%s imports the model and nothing else', (name) => {
  expect(foreign(readFileSync(join(HERE, name), 'utf8'))).toEqual([]);
});

it('is found out when it does not', () => {
  expect(files.length).toBeGreaterThan(3);
  expect(foreign(`import { RULES } from '../../src/method';`)).toEqual(['../../src/method']);
  expect(foreign(`const rules = await import('../../src/method');`)).toEqual(['../../src/method']);
  expect(foreign(`export * from '../site/support';\nimport 'zod';`)).toEqual(['../site/support', 'zod']);
});

it.each(TYPES)('%s reaches every status, ends in none but two, and asks rules of the method only', (type) => {
  const ways = WORKFLOWS[type];
  const statuses = statusesOf(type);
  for (const { name, from, to, rules } of ways) {
    expect(
      [...from, to].filter((one) => !statuses.includes(one)),
      name,
    ).toEqual([]);
    expect(
      rules.filter((id) => !/^V(0[1-9]|[1-4]\d|5[0-4])$/.test(id) || id === 'V31'),
      name,
    ).toEqual([]);
  }
  const reached = new Set(['Registered']);
  for (let before = 0; before < reached.size;) {
    before = reached.size;
    for (const { from, to } of ways) if (from.some((one) => reached.has(one))) reached.add(to);
  }
  expect([...reached].sort()).toEqual([...statuses].sort());
  expect(statuses.filter((one) => !ways.some(({ from }) => from.includes(one)))).toEqual(['Closed', 'Cancelled']);
});

it('every judged rule is asked by some step', () => {
  const asked = new Set(TYPES.flatMap((type) => WORKFLOWS[type].flatMap(({ rules }) => rules)));
  expect(JUDGED.filter((id) => !asked.has(id))).toEqual([]);
  expect(Object.keys(RULES).filter((id) => !asked.has(id))).toEqual([]);
});
