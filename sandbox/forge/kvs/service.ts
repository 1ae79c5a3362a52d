/** The KVS endpoints as @forge/kvs calls them: keys and values, secrets, custom entities, batches, transactions. */
import { z } from 'zod';
import type { Json } from '../../jira/store';
import { KVS } from '../limits';
import { parseJson, serviceError, type ServiceAnswer } from '../service';
import { conditionsSchema, meets, refuseConditions, type Conditions } from './conditions';
import { misfit, type EntityDefinition } from './entities';
import { entityQuerySchema, pageLimit, queryEntities } from './query';
import type { KvsRates, Traffic } from './rates';
import { refuseKey, refuseTtl, refuseValue, SHELF, type Entry, type KvsStore, type Refusal, type Shelf } from './store';

export interface KvsParts {
  store: KvsStore;
  /** Of the manifest. */
  entities: readonly EntityDefinition[];
  /** Absent where rates are not limited. */
  rates: KvsRates | undefined;
}

const json = z.json() as z.ZodType<Json>;
const ttl = z.object({ value: z.number(), unit: z.enum(['SECONDS', 'MINUTES', 'HOURS', 'DAYS']) });
const metadata = z.array(z.enum(['CREATED_AT', 'UPDATED_AT', 'EXPIRE_TIME']));
const setOptions = z.object({
  ttl: ttl.optional(),
  keyPolicy: z.enum(['OVERRIDE', 'FAIL_IF_EXISTS']).optional(),
  returnValue: z.enum(['PREVIOUS', 'LATEST']).optional(),
  returnMetadataFields: metadata.optional(),
});
/** What a batch or a transaction takes of them. */
const ttlOption = z.strictObject({ ttl: ttl.optional() });
const keyed = z.object({ key: z.string(), entityName: z.string().optional() });
const setBody = keyed.extend({ value: json, options: setOptions.optional() });
const batchSetItem = keyed.extend({ value: json, options: ttlOption.optional() });
const queryBody = z.object({
  limit: z.number().optional(),
  after: z.string().optional(),
  where: z
    .array(z.object({ property: z.literal('key'), condition: z.literal('BEGINS_WITH'), values: z.tuple([z.string()]) }))
    .max(1)
    .optional(),
});
const conditions = conditionsSchema.optional();
const transactionBody = z.object({
  set: z.array(batchSetItem.extend({ conditions })).default([]),
  delete: z.array(keyed.extend({ conditions })).default([]),
  check: z.array(keyed.extend({ conditions: conditionsSchema })).default([]),
});

type Keyed = z.infer<typeof keyed>;
type Setting = z.infer<typeof setBody>;

/** Codes, statuses and words as a third party measured them on the platform (@forge/kvs 2.0.7, October 2026). */
const notFound = serviceError(404, 'KEY_NOT_FOUND', 'Provided key does not exist');
const conflict = serviceError(409, 'KEY_CONFLICT', 'Provided key already exists and cannot be overwritten');
const noSchema = serviceError(404, 'SCHEMA_NOT_FOUND', 'The schema provided does not exist');
const notMet = serviceError(400, 'CONDITIONAL_CHECK_FAILED', 'Request failed due to conditional check specified or optimistic locking');
const tooManyOperations = serviceError(422, 'UNPROCESSABLE_ENTITY', 'Request cannot be processed due to one or more semantic errors');
const duplicate = serviceError(400, 'KEY_DUPLICATION_ERROR', 'Duplicate key found in request');
const tooManyItems = (verb: string, count: number): ServiceAnswer =>
  serviceError(
    400,
    'TOO_MANY_BATCH_ENTITIES',
    `Number of entities to ${verb} was ${count}, but you can only ${verb} a maximum of ${KVS.batchItems} entities at a time.`,
  );

const refused = ({ code, message }: Refusal): ServiceAnswer => serviceError(400, code, message);
const invalid = (message: string): ServiceAnswer => serviceError(400, 'INVALID_REQUEST', message);
const entryJson = ({ key, value, createdAt, updatedAt, expireTime }: Entry): Json => ({
  key,
  value,
  createdAt,
  updatedAt,
  ...(expireTime !== undefined && { expireTime }),
});
const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));
const shelfOf = ({ entityName }: Keyed): Shelf => (entityName === undefined ? SHELF.plain : SHELF.entity(entityName));
const idOf = (one: Keyed): string => `${shelfOf(one)} ${one.key}`;

type Handler = (parts: KvsParts, body: Json) => ServiceAnswer;

/** A handler whose body is checked first. */
function endpoint<Schema extends z.ZodType>(schema: Schema, handle: (parts: KvsParts, body: z.infer<Schema>) => ServiceAnswer): Handler {
  return (parts, body) => {
    const parsed = schema.safeParse(body);
    if (parsed.success) return handle(parts, parsed.data);
    return invalid(parsed.error.issues.map((one) => `${one.path.join('.')}: ${one.message}`).join('; '));
  };
}

/** Takes the writes of a request out of the installation's rates. */
const written = ({ rates }: KvsParts, items: { name: string; bytes: number }[]): ServiceAnswer | undefined =>
  rates?.traffic({ kind: 'write', bytes: sum(items), parts: items });
const sum = (items: { bytes: number }[]): number => items.reduce((all, { bytes }) => all + bytes, 0);

/** An answer with entries in it, as far as the rates let so much out. */
function answered({ rates }: KvsParts, kind: Traffic['kind'], parts: Traffic['parts'], answer: ServiceAnswer): ServiceAnswer {
  return rates?.traffic({ kind, bytes: sum(parts), parts }) ?? answer;
}

const definitionOf = ({ entities }: KvsParts, name: string): EntityDefinition | undefined => entities.find((one) => one.name === name);

/** Why one item of any request is not taken, before its value is looked at. */
function refuseItem(parts: KvsParts, item: Keyed): ServiceAnswer | undefined {
  if (item.entityName !== undefined && !definitionOf(parts, item.entityName)) return noSchema;
  const refusal = refuseKey(item.key);
  return refusal && refused(refusal);
}

/** Why a value is not stored. */
function refuseSetting(parts: KvsParts, item: Setting): ServiceAnswer | undefined {
  const { entityName, value, options } = item;
  const refusal = refuseValue(value) ?? (options?.ttl && refuseTtl(options.ttl));
  if (refusal) return refused(refusal);
  if (options?.keyPolicy === 'FAIL_IF_EXISTS' && options.returnValue !== undefined)
    return refused({ code: 'INVALID_KEY_POLICY_RETURN_VALUE_COMBINATION', message: 'FAIL_IF_EXISTS returns no value.' });
  const definition = entityName === undefined ? undefined : definitionOf(parts, entityName);
  if (!definition) return undefined;
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    return refused({ code: 'INVALID_ENTITY_VALUE', message: 'Entity values must be objects.' });
  const wrong = misfit(definition, value);
  return wrong && refused({ code: 'INCORRECT_PROPERTY_TYPE', message: `Data type for property "${wrong.name}" is defined as "${wrong.type}"` });
}

function read(parts: KvsParts, shelf: Shelf, item: Keyed): ServiceAnswer {
  const refusal = refuseItem(parts, item);
  if (refusal) return refusal;
  const entry = parts.store.get(shelf, item.key);
  return entry ? { status: 200, body: entryJson(entry) } : notFound;
}

function put({ store }: KvsParts, shelf: Shelf, { key, value, options }: Setting): ServiceAnswer {
  const previous = store.get(shelf, key);
  if (previous && options?.keyPolicy === 'FAIL_IF_EXISTS') return conflict;
  const latest = store.set(shelf, key, value, options?.ttl);
  const wanted = options?.returnValue === 'PREVIOUS' ? previous : options?.returnValue === 'LATEST' ? latest : undefined;
  return wanted ? { status: 200, body: entryJson(wanted) } : { status: 204 };
}

const get = (shelf: (item: Keyed) => Shelf): Handler =>
  endpoint(keyed, (parts, item) => {
    const answer = read(parts, shelf(item), item);
    return answered(parts, 'read', [{ name: shelf(item) + item.key, bytes: bytesOf(answer.body) }], answer);
  });

const set = (shelf: (item: Keyed) => Shelf): Handler =>
  endpoint(
    setBody,
    (parts, item) =>
      refuseItem(parts, item) ??
      refuseSetting(parts, item) ??
      written(parts, [{ name: shelf(item) + item.key, bytes: bytesOf(item.value) }]) ??
      put(parts, shelf(item), item),
  );

const remove = (shelf: (item: Keyed) => Shelf): Handler =>
  endpoint(keyed, (parts, item) => {
    const refusal = refuseItem(parts, item) ?? written(parts, [{ name: shelf(item) + item.key, bytes: 0 }]);
    if (refusal) return refusal;
    return parts.store.delete(shelf(item), item.key) ? { status: 204 } : notFound;
  });

/** Entries of a query; the whole of them counts for its index value. */
const found = (parts: KvsParts, name: string, data: Entry[], cursor: string | undefined): ServiceAnswer => {
  const body = { data: data.map(entryJson), ...(cursor !== undefined && { cursor }) };
  return answered(parts, 'query', [{ name, bytes: bytesOf(body) }], { status: 200, body });
};

const query: Handler = endpoint(queryBody, (parts, { limit: asked, after, where }) => {
  const limit = pageLimit(asked);
  if (typeof limit !== 'number') return refused(limit);
  const prefix = where?.[0]?.values[0] ?? '';
  const from = after === undefined ? undefined : Buffer.from(after, 'base64url').toString();
  const all = parts.store.seen(SHELF.plain).filter(({ key }) => key.startsWith(prefix) && (from === undefined || key > from));
  const page = all.slice(0, limit);
  const last = page.at(-1);
  return found(parts, SHELF.plain, page, all.length > limit && last ? Buffer.from(last.key).toString('base64url') : undefined);
});

const entityQuery: Handler = endpoint(entityQuerySchema, (parts, asked) => {
  const definition = definitionOf(parts, asked.entityName);
  if (!definition) return noSchema;
  const page = queryEntities(definition, parts.store.seen(SHELF.entity(asked.entityName)), asked);
  if ('code' in page) return refused(page);
  return found(parts, `${asked.entityName} ${asked.indexName} ${JSON.stringify(asked.partition ?? [])}`, page.data, page.cursor);
});

const entity = (handler: Handler): Handler => endpoint(z.looseObject({ entityName: z.string() }), (parts, body) => handler(parts, json.parse(body)));

interface Batch<Item> {
  verb: string;
  one(parts: KvsParts, item: Item): ServiceAnswer;
  traffic: 'read' | 'write';
}

/** Every item for itself: what fails is named beside what succeeded. All together count as one request. */
function batch<Schema extends z.ZodType<Keyed>>(item: Schema, { verb, one, traffic }: Batch<z.infer<Schema>>): Handler {
  return endpoint(z.array(item), (parts, items) => {
    if (items.length === 0) return invalid('A batch has at least one key.');
    if (items.length > KVS.batchItems) return tooManyItems(verb, items.length);
    if (twice(items)) return duplicate;
    const sized = (bytes: (at: number) => unknown) => items.map((entry, at) => ({ name: idOf(entry), bytes: bytesOf(bytes(at) ?? null) }));
    const refusal =
      traffic === 'write'
        ? written(
            parts,
            sized((at) => items[at]),
          )
        : undefined;
    if (refusal) return refusal;
    const answers = items.map((entry) => ({ entry, answer: one(parts, entry) }));
    const named = ({ key, entityName }: Keyed) => ({ key, ...(entityName !== undefined && { entityName }) });
    const content = (body: Json | undefined) => (body !== null && typeof body === 'object' && !Array.isArray(body) ? body : {});
    const answer = {
      status: 200,
      body: {
        successfulKeys: answers.filter((each) => each.answer.status < 300).map((each) => ({ ...named(each.entry), ...content(each.answer.body) })),
        failedKeys: answers.filter((each) => each.answer.status >= 300).map((each) => ({ ...named(each.entry), error: each.answer.body ?? {} })),
      },
    };
    return traffic === 'read'
      ? answered(
          parts,
          'read',
          sized((at) => answers[at]?.answer.body),
          answer,
        )
      : answer;
  });
}

const twice = (items: Keyed[]): boolean => new Set(items.map(idOf)).size < items.length;

const transaction: Handler = endpoint(transactionBody, (parts, body) => {
  const { store } = parts;
  const operations: (Keyed & { conditions?: Conditions | undefined })[] = [...body.set, ...body.delete, ...body.check];
  if (operations.length === 0)
    return serviceError(400, 'INVALID_TRANSACTION_REQUEST', 'Transaction request must include one of set, check or delete.');
  if (operations.length > KVS.transactionOperations) return tooManyOperations;
  if (twice(operations)) return duplicate;
  for (const one of operations) {
    const refusal = refuseItem(parts, one);
    if (refusal) return refusal;
    if (one.conditions && one.entityName === undefined) return invalid('Only custom entities take conditions.');
    const condition = one.conditions && refuseConditions(one.conditions);
    if (condition) return refused(condition);
  }
  for (const one of body.set) {
    const refusal = refuseSetting(parts, one);
    if (refusal) return refusal;
  }
  const refusal = written(parts, [
    ...body.set.map((one) => ({ name: idOf(one), bytes: bytesOf(one.value) })),
    ...body.delete.map((one) => ({ name: idOf(one), bytes: 0 })),
  ]);
  if (refusal) return refusal;
  for (const one of operations) {
    if (!one.conditions) continue;
    const entry = store.get(shelfOf(one), one.key);
    if (!entry || !meets(entry.value, one.conditions)) return notMet;
  }
  for (const one of body.set) store.set(shelfOf(one), one.key, one.value, one.options?.ttl);
  for (const one of body.delete) store.delete(shelfOf(one), one.key);
  return { status: 204 };
});

const plain = (): Shelf => SHELF.plain;
const secret = (): Shelf => SHELF.secret;

const ENDPOINTS: Record<string, Handler> = {
  '/api/v1/get': get(plain),
  '/api/v1/set': set(plain),
  '/api/v1/delete': remove(plain),
  '/api/v1/query': query,
  '/api/v1/secret/get': get(secret),
  '/api/v1/secret/set': set(secret),
  '/api/v1/secret/delete': remove(secret),
  '/api/v1/entity/get': entity(get(shelfOf)),
  '/api/v1/entity/set': entity(set(shelfOf)),
  '/api/v1/entity/delete': entity(remove(shelfOf)),
  '/api/v1/entity/query': entityQuery,
  '/api/v1/batch/get': batch(keyed, { verb: 'get', traffic: 'read', one: (parts, item) => read(parts, shelfOf(item), item) }),
  '/api/v1/batch/set': batch(batchSetItem, {
    verb: 'set',
    traffic: 'write',
    one: (parts, item) => refuseItem(parts, item) ?? refuseSetting(parts, item) ?? put(parts, shelfOf(item), item),
  }),
  '/api/v1/batch/delete': batch(keyed, {
    verb: 'delete',
    traffic: 'write',
    one: (parts, item) => refuseItem(parts, item) ?? (parts.store.delete(shelfOf(item), item.key) ? { status: 204 } : notFound),
  }),
  '/api/v1/transaction': transaction,
};

/** Paths whose whole body has a limit of its own. */
const BODY_BYTES: Record<string, number> = {
  '/api/v1/transaction': KVS.transactionBytes,
  '/api/v1/batch/set': KVS.batchBytes,
};

/** Answers a request to the key-value store. */
export function answerKvs(parts: KvsParts, path: string, text: string): ServiceAnswer {
  const handler = ENDPOINTS[path];
  if (!handler) return serviceError(501, 'NOT_IMPLEMENTED', `The local site has no ${path}.`);
  const body = parseJson(text);
  if (body === undefined) return invalid('The body is not JSON.');
  if (Buffer.byteLength(text) > (BODY_BYTES[path] ?? Infinity)) return refused({ code: 'MAX_SIZE', message: 'The request is larger than 4 MiB.' });
  return parts.rates?.request() ?? handler(parts, body);
}
