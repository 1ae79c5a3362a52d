/** What there is, as the rows of a file that can be brought in again; in portions. */
import { z } from 'zod';
import type { ImportPart } from '../contract';
import { fromPlace, toPlace } from '../platform/place';
import { recordsAfter, type RecordKind } from './records';
import { storedAfter } from './store';

const PARTS: readonly (readonly [part: ImportPart, kind: RecordKind | undefined])[] = [
  ['parties', 'party'],
  ['services', 'service'],
  ['blocks', 'block'],
  ['agreements', undefined],
];
const A_PORTION = 50;
const place = z.tuple([z.number().int().min(0).max(3), z.string().max(40)]);

interface Portion {
  state: 'ok';
  part: ImportPart;
  rows: unknown[];
  after?: string;
}

/** By id; a part that is through leads to the next. */
export async function exported({ after }: { after?: string | undefined }): Promise<Portion> {
  const [index, id] = after === undefined ? [0, ''] : fromPlace(place, after);
  const [part, kind] = PARTS[index] ?? PARTS[0] ?? ['parties', 'party'];
  const rows = kind
    ? await recordsAfter(kind, id, A_PORTION)
    : (await storedAfter(id, A_PORTION)).map(({ agreement, versions }) => ({
        ...agreement,
        versions: versions.map(({ number, terms, deeds }) => ({ number, terms, deeds })),
      }));
  const last = rows.at(-1);
  const next = rows.length === A_PORTION && last ? [index, last.id] : index + 1 < PARTS.length ? [index + 1, ''] : undefined;
  return { state: 'ok', part, rows, ...(next && { after: toPlace(next) }) };
}
