/** A file of agreements in the browser: what it says, in which line each row stands, and the portions in which it is sent. Pure. */
import type { ImportPart } from '../../../../src/contract';
import { IMPORT_BYTES, IMPORT_PARTS, IMPORT_PORTION, IMPORT_SCHEMA, MOST_IMPORTED } from '../../../../src/contract/agreements-calls';

export type Rows = Record<ImportPart, unknown[]>;
export interface Read {
  rows: Rows;
  total: number;
  /** Line of the file in which a row begins, by part. */
  lines: Record<ImportPart, number[]>;
}
export interface Portion {
  part: ImportPart;
  from: number;
  rows: unknown[];
}

const byPart = <T>(of: (part: ImportPart) => T): Record<ImportPart, T> =>
  Object.fromEntries(IMPORT_PARTS.map((part) => [part, of(part)])) as Record<ImportPart, T>;

/** What a file cannot be read for, as a sentence. */
export class Unreadable extends Error {}

/** Where each row of each part begins: brackets and quotes alone are looked at, so that a file of many megabytes takes no time. */
export function linesOf(text: string): Record<ImportPart, number[]> {
  const found = byPart<number[]>(() => []);
  let [depth, line, part, key] = [0, 1, undefined as ImportPart | undefined, ''];
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (sign === '\n') line += 1;
    else if (sign === '"') {
      const from = at + 1;
      for (at += 1; at < text.length && text[at] !== '"'; at += 1) if (text[at] === '\\') at += 1;
      if (depth === 1) key = text.slice(from, at);
    } else if (sign === '{' || sign === '[') {
      if (depth === 1 && sign === '[') part = IMPORT_PARTS.find((one) => one === key);
      if (depth === 2 && part !== undefined) found[part].push(line);
      depth += 1;
    } else if (sign === '}' || sign === ']') {
      depth -= 1;
      if (depth === 1) part = undefined;
    }
  }
  return found;
}

const isPart = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** `bytes` of the file. Whatever is no file of agreements is told as such; a single row that is wrong is told later, in its line. */
export function readFile(bytes: Uint8Array): Read {
  const text = new TextDecoder('utf-8').decode(bytes);
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (error) {
    throw new Unreadable(
      `It is not written as JSON: ${error instanceof Error ? error.message : 'it cannot be read'}. Export a file here to see how it is written.`,
    );
  }
  if (!isPart(raw) || raw['usm'] !== 'agreements')
    throw new Unreadable('It is no file of agreements: it does not begin with “usm”: “agreements”. Export one here to see how it is written.');
  if (raw['schema'] !== IMPORT_SCHEMA)
    throw new Unreadable(`It is written for schema ${JSON.stringify(raw['schema'])}; this app reads schema ${String(IMPORT_SCHEMA)}.`);
  const other = Object.keys(raw).find((key) => !['usm', 'schema', ...IMPORT_PARTS].includes(key));
  if (other !== undefined) throw new Unreadable(`“${other}” is no part of such a file. Its parts are ${IMPORT_PARTS.join(', ')}.`);
  const whole = raw;
  const rows = byPart((part) => {
    const list = whole[part] ?? [];
    if (!Array.isArray(list)) throw new Unreadable(`“${part}” is no list of rows.`);
    return list as unknown[];
  });
  const total = IMPORT_PARTS.reduce((sum, part) => sum + rows[part].length, 0);
  if (total === 0) throw new Unreadable('It has no rows.');
  if (total > MOST_IMPORTED)
    throw new Unreadable(
      `It has ${total.toLocaleString('en-GB')} rows; at most ${MOST_IMPORTED.toLocaleString('en-GB')} are taken at once. Divide it.`,
    );
  return { rows, total, lines: linesOf(text) };
}

/** So that each fits into one call. A row that is larger than a call goes alone, and is refused there. */
export function portionsOf(rows: Rows): Portion[] {
  const portions: Portion[] = [];
  for (const part of IMPORT_PARTS) {
    let own: Portion | undefined;
    let bytes = 0;
    rows[part].forEach((row, index) => {
      const size = JSON.stringify(row).length + 1;
      if (!own || own.rows.length === IMPORT_PORTION || bytes + size > IMPORT_BYTES - 1_000) {
        own = { part, from: index, rows: [] };
        portions.push(own);
        bytes = 0;
      }
      own.rows.push(row);
      bytes += size;
    });
  }
  return portions;
}

/** agreements.12.versions.0 stands in line 241, and the rest tells the column. */
export function placeOf(path: string, lines: Read['lines']): { line?: number; row: string; column: string } {
  const [part = '', index = '', ...rest] = path.split('.');
  const known = IMPORT_PARTS.find((one) => one === part);
  const line = known && lines[known][Number(index)];
  return { ...(line !== undefined && { line }), row: `${part} ${index}`, column: rest.join('.') };
}

/** What there is, as a file that can be brought in again. */
export const fileOf = (rows: Rows): string => {
  const list = (part: ImportPart): string =>
    rows[part].length === 0 ? '[]' : `[\n${rows[part].map((row) => `    ${JSON.stringify(row)}`).join(',\n')}\n  ]`;
  return `{\n  "usm": "agreements",\n  "schema": ${String(IMPORT_SCHEMA)},\n${IMPORT_PARTS.map((part) => `  "${part}": ${list(part)}`).join(',\n')}\n}\n`;
};
export const noRows = (): Rows => byPart<unknown[]>(() => []);
