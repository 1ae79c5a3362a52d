/** Of everything the chosen agreements, with all that they name: legs beneath them, parties and their wholes, services, their parts and blocks. Pure. */
import type { ImportPart } from '../../../../src/contract';
import type { Rows } from './file';

type Row = Record<string, unknown>;
const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value);
const idOf = (row: unknown): string => (isRow(row) && typeof row['id'] === 'string' ? row['id'] : '');

/** Every text that stands anywhere in it: an id that is named is one of them. */
function textsIn(value: unknown, found: Set<string>): void {
  if (typeof value === 'string') found.add(value);
  else if (Array.isArray(value)) for (const one of value as unknown[]) textsIn(one, found);
  else if (isRow(value)) for (const one of Object.values(value)) textsIn(one, found);
}

/** Columns of a row that name rows of other parts. */
const NAMING: Readonly<Record<ImportPart, (row: Row) => unknown>> = {
  parties: ({ parent }) => [parent],
  services: ({ parent, blocks }) => [parent, blocks],
  blocks: () => [],
  agreements: ({ provider, customer, versions }) => [
    provider,
    customer,
    Array.isArray(versions)
      ? (versions as unknown[]).map((version) =>
          isRow(version) && isRow(version['terms']) ? [version['terms']['services'], version['terms']['under']] : [],
        )
      : [],
  ],
};

export function withoutOthers(rows: Rows, chosen: ReadonlySet<string>): Rows {
  const named = new Set<string>();
  const taken = new Set<unknown>();
  const takeThose = (part: ImportPart, wanted: ReadonlySet<string>): boolean => {
    let more = false;
    for (const row of rows[part]) {
      if (taken.has(row) || !isRow(row) || !wanted.has(idOf(row))) continue;
      taken.add(row);
      textsIn(NAMING[part](row), named);
      more = true;
    }
    return more;
  };
  takeThose('agreements', chosen);
  // What is named names more: until nothing new is.
  const parts: readonly ImportPart[] = ['agreements', 'parties', 'services', 'blocks'];
  while (parts.map((part) => takeThose(part, named)).some(Boolean));
  const kept = (part: ImportPart): unknown[] => rows[part].filter((row) => taken.has(row));
  return { parties: kept('parties'), services: kept('services'), blocks: kept('blocks'), agreements: kept('agreements') };
}
