/** CSV as people and programs write it: any of four separators, quotes, line breaks in quotes; and without formulas, either way. Pure. */

export const SEPARATORS = [';', ',', '\t', '|'] as const;
export type Separator = (typeof SEPARATORS)[number];

export interface CsvRow {
  /** Where it begins in the file. */
  line: number;
  cells: string[];
  /** A quote that never ends. */
  open: boolean;
}

/** A cell longer than this is no cell: its line is refused, and no more of it is kept. */
const MOST_KEPT = 20_000;

interface Place {
  at: number;
  line: number;
}

/** What stands between quotes; a quote in it is written twice. Ends behind the last quote. */
function quoted(text: string, place: Place): { cell: string; open: boolean } {
  let cell = '';
  for (place.at += 1; ; place.at += 1) {
    const found = text.indexOf('"', place.at);
    const end = found < 0 ? text.length : found;
    const part = text.slice(place.at, end);
    for (let next = part.indexOf('\n'); next >= 0; next = part.indexOf('\n', next + 1)) place.line += 1;
    if (cell.length <= MOST_KEPT) cell += part;
    place.at = Math.min(text.length, end + 1);
    if (found < 0) return { cell, open: true };
    if (text[place.at] !== '"') return { cell, open: false };
    cell += '"';
  }
}

function cellAt(text: string, separator: string, place: Place): { cell: string; open: boolean } {
  const { cell, open } = text[place.at] === '"' ? quoted(text, place) : { cell: '', open: false };
  const from = place.at;
  while (place.at < text.length && text[place.at] !== separator && text[place.at] !== '\n' && text[place.at] !== '\r') place.at += 1;
  return { cell: (cell + text.slice(from, place.at)).slice(0, MOST_KEPT), open };
}

/** Row by row, so that whoever reads a long file may stop in between. */
export function* csvRows(text: string, separator: string): Generator<CsvRow, void> {
  const place: Place = { at: text.charCodeAt(0) === 0xfeff ? 1 : 0, line: 1 };
  while (place.at < text.length) {
    const row: CsvRow = { line: place.line, cells: [], open: false };
    for (let more = true; more; place.at += more ? 1 : 0) {
      const { cell, open } = cellAt(text, separator, place);
      row.cells.push(cell);
      row.open ||= open;
      more = place.at < text.length && text[place.at] === separator;
    }
    if (text[place.at] === '\r' && text[place.at + 1] === '\n') place.at += 1;
    place.at += 1;
    place.line += 1;
    if (row.cells.length > 1 || row.cells[0] !== '' || row.open) yield row;
  }
}

const ROWS_LOOKED_AT = 20;

/** The one that divides the first rows into most cells, and each into as many. A file may say it itself in its first line, as spreadsheets do: sep=; */
export function separatorOf(text: string): Separator {
  const said = /^\uFEFF?sep=(.)\r?\n/i.exec(text)?.[1];
  const known = SEPARATORS.find((one) => one === said);
  if (known) return known;
  const head = text.slice(0, 200_000);
  const scores = SEPARATORS.map((separator) => {
    const counts: number[] = [];
    for (const { cells } of csvRows(head, separator)) {
      counts.push(cells.length);
      if (counts.length === ROWS_LOOKED_AT) break;
    }
    const first = counts[0] ?? 1;
    const alike = counts.filter((count) => count === first).length / Math.max(1, counts.length);
    return { separator, score: first > 1 ? alike * 1_000 + first : 0 };
  });
  return scores.reduce((best, one) => (one.score > best.score ? one : best)).separator;
}

const FORMULA = /^'*[=+\-@\t\r]/;
/** What a spreadsheet would run is told to it as text. */
export const neutral = (text: string): string => (FORMULA.test(text) ? `'${text}` : text);
/** What was told so is taken back. */
export const plain = (text: string): string => (text.startsWith("'") && FORMULA.test(text) ? text.slice(1) : text);

export function csvLine(cells: readonly string[], separator: string): string {
  return cells
    .map(neutral)
    .map((cell) => (/["\n\r;,\t|]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell))
    .join(separator);
}
