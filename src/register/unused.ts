/**
 * Items that nobody uses, suggested for removal: in the register for 12 months, and in that time no relation, no work item and no look. Candidates are
 * read in portions by their number and looked up in the two tables, since a database that joins all of them needs more memory than Forge SQL grants.
 */
import { z } from 'zod';
import type { ItemClass, UnusedItems } from '../contract';
import { LIFE_KEYS, LIFE_OVER } from '../method';
import { now } from '../platform/clock';
import { fromPlace, toPlace } from '../platform/place';
import { select, sqlNumber, toSql } from '../platform/sql';
import { freshnessOf, monthsBefore } from './freshness';
import { classesNow } from './kept';
import { pageItems } from './rows';
import { folded, marks } from './store';

const MONTHS = 12;
const PORTION = 500;
const PORTIONS = 8;
const SHOWN = 100;

const candidate = z.object({ id: sqlNumber, item_key: z.string() });
type Candidate = z.infer<typeof candidate>;

const candidatesAfter = (id: number, since: string): Promise<Candidate[]> =>
  select(
    candidate,
    `SELECT id, item_key FROM mi_item WHERE id > ? AND life NOT IN (${LIFE_OVER.map((life) => String(LIFE_KEYS.indexOf(life))).join(', ')})
       AND created_at < ? AND (verified_at IS NULL OR verified_at < ?) ORDER BY id LIMIT ${String(PORTION)}`,
    id,
    since,
    since,
  );

/** Those of them that something leads to, or that a work item names. */
async function used(all: readonly Candidate[], since: string): Promise<Set<number>> {
  const ids = all.map(({ id }) => id);
  const [related, tied] = await Promise.all([
    select(
      z.object({ id: sqlNumber }),
      `SELECT src AS id FROM mi_relation WHERE src IN (${marks(ids.length)}) UNION SELECT dst FROM mi_relation WHERE dst IN (${marks(ids.length)})`,
      ...ids,
      ...ids,
    ),
    select(
      z.object({ item_key: z.string() }),
      `SELECT DISTINCT item_key FROM mi_tie WHERE item_key IN (${marks(all.length)}) AND (is_open = 1 OR reported_at >= ?)`,
      ...all.map((one) => one.item_key),
      since,
    ),
  ]);
  const named = new Set(tied.map((one) => folded(one.item_key)));
  return new Set([...related.map(({ id }) => id), ...all.flatMap(({ id, item_key: key }) => (named.has(folded(key)) ? [id] : []))]);
}

const place = z.tuple([z.number().int()]);

export async function unused({ after }: { after?: string | undefined }): Promise<UnusedItems> {
  const at = now();
  const since = toSql(monthsBefore(at, MONTHS));
  const found: number[] = [];
  let last = after === undefined ? 0 : fromPlace(place, after)[0];
  let more = true;
  for (let portion = 0; more && portion < PORTIONS && found.length < SHOWN; portion += 1) {
    const some = await candidatesAfter(last, since);
    more = some.length === PORTION;
    last = some.at(-1)?.id ?? last;
    if (some.length === 0) continue;
    const busy = await used(some, since);
    const free = some.filter(({ id }) => !busy.has(id)).map(({ id }) => id);
    const room = SHOWN - found.length;
    found.push(...free.slice(0, room));
    if (free.length > room) {
      more = true;
      last = found.at(-1) ?? last;
    }
  }
  const [classes, items] = await Promise.all([classesNow(), pageItems(found, false)]);
  const byKey = new Map<string, ItemClass>(classes.map((one) => [one.key, one]));
  return {
    state: 'ok',
    rows: items.map(({ key, name, class: of, life, keeper, verified, createdAt }) => ({
      key,
      name,
      class: { id: of, name: byKey.get(of)?.name ?? of },
      life,
      ...(keeper && { keeper }),
      registeredAt: createdAt,
      verified: { state: freshnessOf(verified?.at, byKey.get(of), at), ...verified },
    })),
    ...(more && { after: toPlace([last]) }),
  };
}
