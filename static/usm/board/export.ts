/** The hand-offs as a file for a spreadsheet. Pure. */
import type { HandoffRow } from '../../../src/contract';
import { csvCell } from '../../setup/ui/csv';
import { consequence, lateness, mover, stateOf, wayOf } from './list';

const HEADS = [
  'Work item',
  'Summary',
  'What is asked',
  'From',
  'To',
  'Waits for',
  'Person',
  'Service',
  'Asked',
  'Ready by',
  'Late',
  'State',
  'Holds',
];

const moment = (at: number | undefined): string => (at === undefined ? '' : new Date(at).toISOString());

const cellsOf = (row: HandoffRow, now: number): string[] => [
  row.key ?? '',
  row.summary,
  row.what,
  wayOf(row).from ?? '',
  wayOf(row).to,
  mover(row).team ?? '',
  mover(row).person ?? '',
  row.service ?? '',
  moment(row.askedAt),
  moment(row.readyBy),
  lateness(row, now)?.text ?? '',
  stateOf(row).text,
  consequence(row, now),
];

export const toCsv = (rows: readonly HandoffRow[], now: number): string =>
  [HEADS, ...rows.map((row) => cellsOf(row, now))].map((cells) => cells.map(csvCell).join(',')).join('\r\n');
