/** Queries of custom entities: one index, walked in its order from a cursor. Pure. */
import { z } from 'zod';
import type { Json } from '../../jira/store';
import { attribute, conditionsSchema, inRange, meets, rangeSchema, refuseConditions, refuseRange } from './conditions';
import { indexOf, type EntityDefinition } from './entities';
import { KVS } from '../limits';
import type { Entry, Refusal } from './store';

const json = z.json() as z.ZodType<Json>;
export const entityQuerySchema = z.object({
  entityName: z.string(),
  indexName: z.string(),
  partition: z.array(json).optional(),
  range: rangeSchema.optional(),
  filters: conditionsSchema.optional(),
  sort: z.enum(['ASC', 'DESC']).optional(),
  cursor: z.string().optional(),
  limit: z.number().optional(),
});
type EntityQuery = z.infer<typeof entityQuerySchema>;

/** What an index sorts by. */
const sortable = z.union([z.string(), z.number(), z.boolean()]);
const cursorSchema = z.tuple([sortable, z.string()]);
type Place = z.infer<typeof cursorSchema>;

const encode = (place: Place): string => Buffer.from(JSON.stringify(place)).toString('base64url');
function decode(cursor: string): Place | undefined {
  try {
    return cursorSchema.safeParse(JSON.parse(Buffer.from(cursor, 'base64url').toString())).data;
  } catch {
    return undefined;
  }
}

const order = (a: Place, b: Place): number => (a[0] === b[0] ? (a[1] < b[1] ? -1 : Number(a[1] > b[1])) : a[0] < b[0] ? -1 : 1);

/** How many a page may have, of this query or of one of the key-value store. */
export function pageLimit(asked: number | undefined): number | Refusal {
  if (asked === undefined) return KVS.queryDefault;
  return Number.isInteger(asked) && asked >= 1 && asked <= KVS.queryMost
    ? asked
    : { code: 'COMPLEX_QUERY_PAGE_LIMIT_NOT_IN_RANGE', message: `The page limit must be set between 1 and ${KVS.queryMost}.` };
}

/** The page that a query asks for. A value without one of the index's attributes is not in the index. */
export function queryEntities(definition: EntityDefinition, entries: Entry[], query: EntityQuery): { data: Entry[]; cursor?: string } | Refusal {
  const index = indexOf(definition, query.indexName);
  if (!index) return { code: 'INVALID_ENTITY_INDEX', message: `The entity ${definition.name} has no index ${query.indexName}.` };
  const { partition = [], range, filters, sort = 'ASC', cursor } = query;
  const limit = pageLimit(query.limit);
  if (typeof limit !== 'number') return limit;
  if (partition.length !== index.partition.length)
    return { code: 'INVALID_PARTITION', message: `The index ${query.indexName} needs ${index.partition.length} values for its partition.` };
  const refusal = (range && refuseRange(range)) ?? (filters && refuseConditions(filters));
  if (refusal) return refusal;
  const after = cursor === undefined ? undefined : decode(cursor);
  if (cursor !== undefined && !after) return { code: 'INVALID_CURSOR', message: 'The cursor is not one of this query.' };

  const turned = sort === 'DESC' ? -1 : 1;
  const walk = entries
    .flatMap((entry) => {
      const at = index.range === undefined ? entry.key : sortable.safeParse(attribute(entry.value, index.range)).data;
      const place: Place | undefined = at === undefined ? undefined : [at, entry.key];
      return place ? [{ entry, place }] : [];
    })
    .filter(({ entry }) => index.partition.every((name, i) => attribute(entry.value, name) === partition[i]))
    .filter(({ place }) => range === undefined || inRange(place[0], range))
    .sort((a, b) => turned * order(a.place, b.place))
    .filter(({ place }) => after === undefined || turned * order(place, after) > 0);
  const page = walk.slice(0, limit);
  const last = page.at(-1);
  // The page is cut before the filters are applied: it may be short, or empty, and still have a next one.
  const data = page.map(({ entry }) => entry).filter(({ value }) => filters === undefined || meets(value, filters));
  return walk.length > limit && last ? { data, cursor: encode(last.place) } : { data };
}
