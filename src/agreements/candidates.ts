/** What could apply to a work item, in one statement: a gate has time for no more. */
import { z } from 'zod';
import { platformFault } from '../platform/errors';
import { type Question, select, sqlFlag, sqlNumber, type SqlValue } from '../platform/sql';
import { likeText } from './records';
import { fields, grouped, row, type Stored, TERMS_OF_WORK } from './store';

/** So many wholes of wholes are looked at. */
const DEEPEST = 20;

export interface Asked {
  /** As people name them. */
  service: string;
  customer: string;
  /** Account id of whoever asks; absent: nobody in particular. */
  asker?: string | undefined;
}

/** Read in the same statement for whoever asks. */
export interface Along {
  /** Values by the name of their column: each an expression of its own. */
  values: readonly { name: string; text: string; params: readonly SqlValue[] }[];
  /** A SELECT of the id of one more agreement, whatever service and customer say; or of nothing. */
  chosen: { text: string; params: readonly SqlValue[] };
  /** Rows of something else altogether. */
  more?: Question | undefined;
}

export const NOTHING_ALONG: Along = { values: [], chosen: { text: 'NULL', params: [] } };

export interface Candidates<T> {
  along: T;
  more: readonly unknown[];
  /** An SA has been put in force on this site, today or long ago. */
  begun: boolean;
  /** The service and the customer that have these names; the first of several. */
  service: string | undefined;
  customer: string | undefined;
  services: Map<string, { parent?: string }>;
  parties: Map<string, { parent?: string }>;
  /** Whoever asks is named by the customer or what that is a part of; by a party of the organisation itself. */
  asks: boolean;
  inside: boolean;
  /** Versions, without what nobody asks of a single work item. */
  kept: Stored[];
}

/** An SA has been put in force on this site, today or long ago. */
export const BEGUN = `SELECT 1 FROM agreement e JOIN agreement_version w ON w.agreement = e.id WHERE e.kind = 'SA' AND w.deeds LIKE '%"kind":"confirm"%'`;

/** As a record that was written as JSON holds an account id; nobody is in none. */
const named = (accountId: string | undefined): string => (accountId === undefined ? '' : likeText(JSON.stringify(accountId)));

const up = z
  .object({ part: z.literal('up'), up_kind: z.enum(['service', 'party']), up_id: z.string(), up_parent: z.string().nullable(), up_depth: sqlNumber })
  .and(z.object({ up_asks: sqlFlag }))
  .transform((one) => ({ part: one.part, kind: one.up_kind, id: one.up_id, parent: one.up_parent, depth: one.up_depth, asks: one.up_asks }));
type Up = z.infer<typeof up>;

const more = z
  .object({ part: z.literal('more'), more_body: z.string() })
  .transform((one) => ({ part: one.part, body: JSON.parse(one.more_body) as unknown }));

const UP_COLUMNS = ['up_kind', 'up_id', 'up_parent', 'up_depth', 'up_asks'];
const VERSION_COLUMNS = Object.keys(row.in.shape);
const FIELDS = fields(TERMS_OF_WORK);

const nothing = (columns: readonly unknown[]): string => columns.map(() => 'NULL').join(', ');
const empty = (columns: readonly string[]): string => columns.map((name) => `NULL AS ${name}`).join(', ');

/** An SA has been put in force on this site, today or long ago. */
export const hasBegun = async (): Promise<boolean> =>
  (await select(z.object({ begun: sqlFlag }), `SELECT EXISTS (${BEGUN}) AS begun`))[0]?.begun ?? false;

/**
 * Every promise to the customer, or to what it is a part of, that has ever been about the service or what that is a part of; with it who is a part of
 * whom, and whether whoever asks is named there. Rows of three kinds: tables made on the way would cost the database more than it grants a query.
 */
export async function candidates<T>({ service, customer, asker }: Asked, along: Along, alongRow: z.ZodType<T>): Promise<Candidates<T>> {
  const own = along.values;
  const before = nothing([...own, 'begun', 'inside']);
  const site = z.object({ part: z.literal('site'), begun: sqlFlag, inside: sqlFlag }).and(alongRow.transform((values) => ({ along: values })));
  const version = row.transform((one) => ({ part: 'version' as const, row: one }));
  const rows = await select(
    z.union([site, up, more, version]),
    `WITH RECURSIVE up AS (
       SELECT kind, id, parent, 0 AS depth FROM agreement_record WHERE kind = 'service' AND name = ?
       UNION ALL SELECT kind, id, parent, 0 AS depth FROM agreement_record WHERE kind = 'party' AND name = ?
       UNION ALL SELECT r.kind, r.id, r.parent, up.depth + 1 FROM agreement_record r JOIN up ON r.kind = up.kind AND r.id = up.parent
         WHERE up.depth < ${String(DEEPEST)}
     )
     SELECT 'site' AS part, ${own.map(({ name, text }) => `${text} AS ${name}, `).join('')}
       EXISTS (${BEGUN}) AS begun,
       EXISTS (SELECT 1 FROM agreement_record p WHERE p.kind = 'party' AND p.body LIKE '%"inside":true%' AND p.body LIKE ?) AS inside,
       ${empty([...UP_COLUMNS, 'more_body', ...VERSION_COLUMNS])}
     UNION ALL
     SELECT 'up', ${before}, up.kind, up.id, up.parent, up.depth,
       up.kind = 'party' AND (r.body LIKE ? OR r.body LIKE '%"anyone":true%'), NULL, ${nothing(VERSION_COLUMNS)}
     FROM up JOIN agreement_record r ON r.kind = up.kind AND r.id = up.id
     UNION ALL
     SELECT 'version', ${before}, ${nothing(UP_COLUMNS)}, NULL, ${FIELDS}
     FROM up c JOIN agreement a ON a.customer = c.id AND a.kind = 'SA' JOIN agreement_version v ON v.agreement = a.id
     WHERE c.kind = 'party' AND EXISTS (SELECT 1 FROM agreement_version w JOIN up s ON s.kind = 'service'
       AND w.services LIKE CONCAT('%,', s.id, ',%') WHERE w.agreement = a.id)
     UNION ALL
     SELECT 'version', ${before}, ${nothing(UP_COLUMNS)}, NULL, ${FIELDS}
     FROM agreement a JOIN agreement_version v ON v.agreement = a.id WHERE a.id = (${along.chosen.text})${
       along.more === undefined
         ? ''
         : `
     UNION ALL
     SELECT 'more', ${before}, ${nothing(UP_COLUMNS)}, q.body, ${nothing(VERSION_COLUMNS)} FROM (${along.more.text}) AS q`
     }`,
    service,
    customer,
    ...own.flatMap(({ params }) => params),
    named(asker),
    named(asker),
    ...along.chosen.params,
    ...(along.more?.params ?? []),
  );
  const found = rows.flatMap((one) => (one.part === 'site' ? [one] : []))[0];
  if (!found) throw platformFault('platform.answer');
  const ups = rows.flatMap((one) => (one.part === 'up' ? [one] : []));
  const partsOf = (kind: Up['kind']): Map<string, { parent?: string }> =>
    new Map(ups.flatMap((one) => (one.kind === kind ? [[one.id, one.parent === null ? {} : { parent: one.parent }]] : [])));
  const nearest = (kind: Up['kind']): string | undefined => ups.find((one) => one.kind === kind && one.depth === 0)?.id;
  const versions = new Map(rows.flatMap((one) => (one.part === 'version' ? [[`${one.row.id} ${String(one.row.version)}`, one.row] as const] : [])));
  return {
    along: found.along,
    more: rows.flatMap((one) => (one.part === 'more' ? [one.body] : [])),
    begun: found.begun,
    service: nearest('service'),
    customer: nearest('party'),
    services: partsOf('service'),
    parties: partsOf('party'),
    asks: ups.some(({ asks }) => asks),
    inside: found.inside,
    kept: grouped([...versions.values()]),
  };
}
