/** What an app asks Jira to index of the entity properties of work items. */
import { z } from 'zod';
import type { IndexedProperty } from './contract';

const moduleSchema = z.looseObject({
  propertyKey: z.string(),
  entityType: z.enum(['issue', 'user', 'project']).default('issue'),
  values: z.array(
    z.looseObject({ path: z.string(), type: z.enum(['number', 'string', 'text', 'user', 'date']), searchAlias: z.string().optional() }),
  ),
});

/** The modules `jira:entityProperty` of a manifest as searches need them. */
export const indexedProperties = (modules: readonly unknown[]): IndexedProperty[] =>
  modules
    .map((one) => moduleSchema.parse(one))
    .filter(({ entityType }) => entityType === 'issue')
    .flatMap(({ propertyKey, values }) =>
      values.map(({ path, type, searchAlias }) => ({ propertyKey, path, type, ...(searchAlias !== undefined && { alias: searchAlias }) })),
    );
