/** What a page of the list shows of its items, with the names of their parties; in the order of the ids. */
import { z } from 'zod';
import type { Criticality, NamedEnd, verifiedHow as how } from '../contract';
import { verifiedHow } from '../contract';
import type { LifeKey } from '../method';
import { select, sqlMoment, sqlNumber } from '../platform/sql';
import { criticalityColumn, lifeColumn, marks } from './store';

export interface PageItem {
  id: number;
  key: string;
  name: string;
  class: string;
  life: LifeKey;
  keeper: NamedEnd | undefined;
  location: string | undefined;
  criticality: Criticality | undefined;
  supplier: NamedEnd | undefined;
  uc: string | undefined;
  verified: { at: number; how: z.infer<typeof how> } | undefined;
  goneAt: number | undefined;
  createdAt: number;
  attributes: Readonly<Record<string, string>>;
}

const maybe = <T>(schema: z.ZodType<T>) => schema.nullish().transform((value) => value ?? undefined);

const row = z
  .object({
    id: sqlNumber,
    item_key: z.string(),
    name: z.string(),
    class: z.string(),
    life: lifeColumn,
    keeper: maybe(z.string()),
    keeper_name: maybe(z.string()),
    location: maybe(z.string()),
    criticality: maybe(criticalityColumn),
    supplier: maybe(z.string()),
    supplier_name: maybe(z.string()),
    uc: maybe(z.string()),
    verified_at: maybe(sqlMoment),
    verified_how: maybe(verifiedHow),
    gone_at: maybe(sqlMoment),
    created_at: sqlMoment,
    attributes: z.string(),
  })
  .transform((one): PageItem => {
    const named = (id: string | undefined, name: string | undefined): NamedEnd | undefined =>
      id === undefined ? undefined : { id, name: name ?? id };
    return {
      id: one.id,
      key: one.item_key,
      name: one.name,
      class: one.class,
      life: one.life,
      keeper: named(one.keeper, one.keeper_name),
      location: one.location,
      criticality: one.criticality,
      supplier: named(one.supplier, one.supplier_name),
      uc: one.uc,
      verified: one.verified_at !== undefined && one.verified_how !== undefined ? { at: one.verified_at, how: one.verified_how } : undefined,
      goneAt: one.gone_at,
      createdAt: one.created_at,
      attributes: z.record(z.string(), z.string()).parse(JSON.parse(one.attributes)),
    };
  });

/** `own`: with the attributes of their classes. */
export async function pageItems(ids: readonly number[], own: boolean): Promise<PageItem[]> {
  if (ids.length === 0) return [];
  const rows = await select(
    row,
    `SELECT i.id, i.item_key, i.name, i.class, i.life, i.keeper, k.name AS keeper_name, i.location, i.criticality, i.supplier, s.name AS supplier_name,
       i.uc, i.verified_at, i.verified_how, i.gone_at, i.created_at, ${own ? 'i.attributes' : `'{}' AS attributes`}
     FROM mi_item i LEFT JOIN agreement_record k ON k.kind = 'party' AND k.id = i.keeper LEFT JOIN agreement_record s ON s.kind = 'party' AND s.id = i.supplier
     WHERE i.id IN (${marks(ids.length)})`,
    ...ids,
  );
  const byId = new Map(rows.map((one) => [one.id, one]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}
