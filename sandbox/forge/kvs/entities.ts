/** Custom entities as the manifest declares them (`app.storage.entities`): their attributes and their indexes. Pure. */
import { z } from 'zod';
import type { Json } from '../../jira/store';

const typeSchema = z.enum(['string', 'boolean', 'float', 'integer', 'any']);

const indexSchema = z.union([
  z.string(),
  z.object({ name: z.string(), range: z.array(z.string()).min(1), partition: z.array(z.string()).default([]) }),
]);

export const entitiesSchema = z.array(
  z.object({
    name: z.string(),
    attributes: z.record(z.string(), z.object({ type: typeSchema })),
    indexes: z.array(indexSchema).default([]),
  }),
);
export type EntityDefinition = z.infer<typeof entitiesSchema>[number];

/** What a query walks along. */
export interface EntityIndex {
  partition: string[];
  /** The attribute that sorts it and that `where` is about; undefined = the key. */
  range: string | undefined;
}

/** @forge/manifest 13.7.0: the one index name that no manifest may declare, since every entity has it. */
const BY_KEY = 'by-key';

export function indexOf({ indexes }: EntityDefinition, name: string): EntityIndex | undefined {
  if (name === BY_KEY) return { partition: [], range: undefined };
  const found = indexes.find((one) => (typeof one === 'string' ? one : one.name) === name);
  if (found === undefined) return undefined;
  return typeof found === 'string' ? { partition: [], range: found } : { partition: found.partition, range: found.range[0] };
}

type AttributeType = z.infer<typeof typeSchema>;

/** Forge docs: Custom Entity Store, type requirements. */
const INTEGER = { least: -(2 ** 31), most: 2 ** 31 - 1 };

const FITS: Record<AttributeType, (value: Json) => boolean> = {
  string: (value) => typeof value === 'string',
  boolean: (value) => typeof value === 'boolean',
  float: (value) => typeof value === 'number',
  integer: (value) => typeof value === 'number' && Number.isInteger(value) && value >= INTEGER.least && value <= INTEGER.most,
  any: () => true,
};

/** The first attribute whose value is not of its type; attributes that are missing or null are none. */
export function misfit({ attributes }: EntityDefinition, value: { [key: string]: Json }): { name: string; type: AttributeType } | undefined {
  for (const [name, { type }] of Object.entries(attributes)) {
    const found = value[name];
    if (found !== undefined && found !== null && !FITS[type](found)) return { name, type };
  }
  return undefined;
}
