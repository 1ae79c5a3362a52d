/** A file on its way into the register, in the browser: read in portions, and divided into calls. Pure but for its pauses. */
import type { ImportLine, ImportMapping } from '../../../../src/contract';
import { BYTES_A_CALL, CELL_CHARS, MOST_COLUMNS, MOST_ROWS, ROWS_A_CALL } from '../../../../src/contract/register-import';
import { objectsIn } from './assets';
import { csvRows, plain, type Separator, separatorOf } from './csv';
import { type Encoding, encodingOf, textOf } from './encoding';

export interface FileRow {
  line: number;
  cells: string[];
  wrong?: string;
}
export interface ReadFile {
  kind: 'csv' | 'json' | 'assets';
  headers: string[];
  rows: FileRow[];
  encoding: Encoding;
  separator?: Separator;
}

/** What a file cannot be read for, as a sentence. */
export class Unreadable extends Error {}

const ROWS_AT_ONCE = 5_000;
const pause = (): Promise<void> => new Promise((done) => setTimeout(done, 0));

const raggedWords = (has: number, wanted: number): string => `The line has ${String(has)} columns, the file has ${String(wanted)}`;

function fits(headers: readonly string[], rows: number): void {
  if (rows === 0) throw new Unreadable('It has no rows below its first line.');
  if (rows > MOST_ROWS) throw new Unreadable(`It has more than ${MOST_ROWS.toLocaleString('en-GB')} rows. Divide it.`);
  if (headers.length > MOST_COLUMNS)
    throw new Unreadable(`It has ${String(headers.length)} columns; at most ${String(MOST_COLUMNS)} are read. Take some out.`);
}

async function readCsv(text: string, separator: Separator, encoding: Encoding, told: (rows: number) => void): Promise<ReadFile> {
  let headers: string[] | undefined;
  const rows: FileRow[] = [];
  for (const { line, cells, open } of csvRows(text, separator)) {
    if (!headers) {
      if (line === 1 && /^sep=.?$/i.test(cells[0] ?? '') && cells.every((cell, index) => index === 0 || cell === '')) continue;
      headers = cells.map((cell) => plain(cell.trim()).slice(0, 200));
      continue;
    }
    const ragged = cells.length !== headers.length && cells.slice(headers.length).some((cell) => cell.trim() !== '');
    const short = cells.length < headers.length;
    const wrong = open ? 'A quote that begins in this line never ends' : ragged || short ? raggedWords(cells.length, headers.length) : undefined;
    rows.push({ line, cells: headers.map((_header, index) => plain(cells[index] ?? '')), ...(wrong !== undefined && { wrong }) });
    if (rows.length > MOST_ROWS) break;
    if (rows.length % ROWS_AT_ONCE === 0) {
      told(rows.length);
      await pause();
    }
  }
  fits(headers ?? [], rows.length);
  return { kind: 'csv', headers: headers ?? [], rows, encoding, separator };
}

function readJson(text: string, encoding: Encoding): ReadFile {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (error) {
    throw new Unreadable(`It is not written as JSON: ${error instanceof Error ? error.message : 'it cannot be read'}.`);
  }
  const found = objectsIn(raw);
  if (!found) throw new Unreadable('There is no list of objects in it.');
  fits(found.headers, found.rows.length);
  // Objects have no lines of their own; each is told by its place, below a first line as a table has it.
  return { kind: found.kind, headers: found.headers, rows: found.rows.map((cells, index) => ({ line: index + 2, cells })), encoding };
}

const isJson = (text: string): boolean => /^\uFEFF?\s*[[{]/.test(text.slice(0, 200));

/** `as`: what the person says of it, where the file does not tell. */
export function readFile(
  bytes: Uint8Array,
  told: (rows: number) => void = () => undefined,
  as: { encoding?: Encoding; separator?: Separator } = {},
): Promise<ReadFile> {
  const encoding = as.encoding ?? encodingOf(bytes);
  const text = textOf(bytes, encoding);
  return isJson(text) ? Promise.resolve().then(() => readJson(text, encoding)) : readCsv(text, as.separator ?? separatorOf(text), encoding, told);
}

const encoder = new TextEncoder();
const sizeOf = (value: unknown): number => encoder.encode(JSON.stringify(value)).length + 1;
/** Room for what stands around the rows. */
const ENVELOPE = 5_000;
const SHORT = 60;

const cut = ({ line, cells, wrong }: FileRow, taken: readonly number[], most: number): ImportLine => ({
  line,
  cells: taken.map((column) => (cells[column] ?? '').slice(0, most)),
  ...(wrong !== undefined && { wrong }),
});

/** Only the columns that are taken, so that each portion fits into a call. A line that fits into none goes cut, and is refused. */
export function* portionsOf({ rows, headers }: Pick<ReadFile, 'rows' | 'headers'>, mapping: ImportMapping): Generator<ImportLine[], void> {
  const taken = headers.flatMap((_header, index) => (mapping.columns[index]?.to === 'leave' ? [] : [index]));
  let portion: ImportLine[] = [];
  let bytes = 0;
  for (const row of rows) {
    let line = cut(row, taken, CELL_CHARS + 1);
    let size = sizeOf(line);
    if (size > BYTES_A_CALL - ENVELOPE) {
      line = { ...cut(row, taken, SHORT), wrong: 'The line is too long to be read' };
      size = sizeOf(line);
    }
    if (portion.length === ROWS_A_CALL || bytes + size > BYTES_A_CALL - ENVELOPE) {
      yield portion;
      [portion, bytes] = [[], 0];
    }
    portion.push(line);
    bytes += size;
  }
  if (portion.length > 0) yield portion;
}

/** The same file has the same sign. */
export async function fingerprintOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  const hex = [...digest.subarray(0, 4)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 4)} ${hex.slice(4)}`;
}
