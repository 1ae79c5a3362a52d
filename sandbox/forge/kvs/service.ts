/** The KVS endpoints as @forge/kvs calls them. Entities are not here yet and say so. */
import { z } from 'zod';
import type { Json } from '../../jira/store';
import { KVS } from '../limits';
import { parseJson, serviceError, type ServiceAnswer } from '../service';
import { conditionsSchema, meets } from './conditions';
import { refuseKey, refuseValue, type Entry, type KvsStore, type Refusal, type Shelf } from './store';

const json = z.json() as z.ZodType<Json>;
const ttl = z.object({ value: z.number().positive(), unit: z.enum(['SECONDS', 'MINUTES', 'HOURS', 'DAYS']) });
const metadata = z.array(z.enum(['CREATED_AT', 'UPDATED_AT', 'EXPIRE_TIME']));
const setOptions = z.object({
  ttl: ttl.optional(),
  keyPolicy: z.enum(['OVERRIDE', 'FAIL_IF_EXISTS']).optional(),
  returnValue: z.enum(['PREVIOUS', 'LATEST']).optional(),
  returnMetadataFields: metadata.optional(),
});
const keyed = z.object({ key: z.string() });
const setBody = keyed.extend({ value: json, options: setOptions.optional() });
const queryBody = z.object({
  limit: z.number().int().optional(),
  after: z.string().optional(),
  where: z.array(z.object({ property: z.literal('key'), condition: z.literal('BEGINS_WITH'), values: z.tuple([z.string()]) })).optional(),
  options: z.unknown().optional(),
});
const conditions = conditionsSchema.optional();
const transactionBody = z.object({
  set: z.array(keyed.extend({ value: json, options: setOptions.optional(), conditions })).default([]),
  delete: z.array(keyed.extend({ conditions })).default([]),
  check: z.array(keyed.extend({ conditions: conditionsSchema })).default([]),
});

const notFound = serviceError(404, 'KEY_NOT_FOUND', 'There is no value under this key.');
/** Measured on the platform by a third party: HTTP 409, KEY_CONFLICT. */
const conflict = serviceError(409, 'KEY_CONFLICT', 'There is a value under this key already.');
const refused = ({ code, message }: Refusal): ServiceAnswer => serviceError(400, code, message);
const entryJson = (entry: Entry): Json => ({ ...entry });

type Handler = (store: KvsStore, body: Json) => ServiceAnswer;

/** A handler whose body is checked first, and its key with it. */
function endpoint<Schema extends z.ZodType>(schema: Schema, handle: (store: KvsStore, body: z.infer<Schema>) => ServiceAnswer): Handler {
  return (store, body) => {
    const parsed = schema.safeParse(body);
    if (!parsed.success)
      return serviceError(400, 'INVALID_REQUEST', parsed.error.issues.map((one) => `${one.path.join('.')}: ${one.message}`).join('; '));
    return handle(store, parsed.data);
  };
}

const get = (shelf: Shelf): Handler =>
  endpoint(keyed, (store, { key }) => {
    const refusal = refuseKey(key);
    if (refusal) return refused(refusal);
    const entry = store.get(shelf, key);
    return entry ? { status: 200, body: entryJson(entry) } : notFound;
  });

const set = (shelf: Shelf): Handler => endpoint(setBody, (store, body) => put(store, shelf, body));

function put(store: KvsStore, shelf: Shelf, { key, value, options }: z.infer<typeof setBody>): ServiceAnswer {
  const refusal = refuseKey(key) ?? refuseValue(value);
  if (refusal) return refused(refusal);
  const previous = store.get(shelf, key);
  if (previous && options?.keyPolicy === 'FAIL_IF_EXISTS') return conflict;
  const latest = store.set(shelf, key, value, options?.ttl);
  const wanted = options?.returnValue === 'PREVIOUS' ? previous : options?.returnValue === 'LATEST' ? latest : undefined;
  return wanted ? { status: 200, body: entryJson(wanted) } : { status: 204 };
}

const remove = (shelf: Shelf): Handler =>
  endpoint(keyed, (store, { key }) => {
    const refusal = refuseKey(key);
    if (refusal) return refused(refusal);
    return store.delete(shelf, key) ? { status: 204 } : notFound;
  });

const query: Handler = endpoint(queryBody, (store, { limit = KVS.queryDefault, after, where }) => {
  if (limit < 1 || limit > KVS.queryMost) return serviceError(400, 'QUERY_LIMIT_NOT_IN_RANGE', `The limit is not between 1 and ${KVS.queryMost}.`);
  const { data, cursor } = store.query(
    where?.[0]?.values[0] ?? '',
    after === undefined ? undefined : Buffer.from(after, 'base64url').toString(),
    limit,
  );
  return { status: 200, body: { data: data.map(entryJson), ...(cursor ? { cursor } : {}) } };
});

/** Every item for itself: what fails is named beside what succeeded. */
function batch<Schema extends z.ZodType<{ key: string }>>(item: Schema, one: (store: KvsStore, item: z.infer<Schema>) => ServiceAnswer): Handler {
  return endpoint(z.array(item), (store, items) => {
    if (items.length > KVS.batchItems) return serviceError(400, 'TOO_MANY_ITEMS', `More than ${KVS.batchItems} items.`);
    const answers = items.map((entry) => ({ key: entry.key, answer: one(store, entry) }));
    return {
      status: 200,
      body: {
        successfulKeys: answers.filter(({ answer }) => answer.status < 300).map(({ key, answer }) => answer.body ?? { key }),
        failedKeys: answers.filter(({ answer }) => answer.status >= 300).map(({ key, answer }) => ({ key, error: answer.body ?? {} })),
      },
    };
  });
}

const transaction: Handler = endpoint(transactionBody, (store, body) => {
  const operations = [...body.set, ...body.delete, ...body.check];
  if (operations.length > KVS.transactionOperations)
    return serviceError(400, 'TOO_MANY_OPERATIONS', `More than ${KVS.transactionOperations} operations.`);
  if (new Set(operations.map(({ key }) => key)).size < operations.length) return serviceError(400, 'DUPLICATE_KEY', 'A key may occur only once.');
  for (const { key } of operations) {
    const refusal = refuseKey(key);
    if (refusal) return refused(refusal);
  }
  for (const { value } of body.set) {
    const refusal = refuseValue(value);
    if (refusal) return refused(refusal);
  }
  for (const one of operations) {
    if (one.conditions && !meets(store.get('plain', one.key)?.value, one.conditions))
      return serviceError(409, 'CONDITION_NOT_MET', `A condition on ${one.key} is not met.`);
  }
  for (const one of body.set) if (one.options?.keyPolicy === 'FAIL_IF_EXISTS' && store.get('plain', one.key)) return conflict;
  for (const one of body.set) store.set('plain', one.key, one.value, one.options?.ttl);
  for (const one of body.delete) store.delete('plain', one.key);
  return { status: 204 };
});

const ENDPOINTS: Record<string, Handler> = {
  '/api/v1/get': get('plain'),
  '/api/v1/set': set('plain'),
  '/api/v1/delete': remove('plain'),
  '/api/v1/query': query,
  '/api/v1/secret/get': get('secret'),
  '/api/v1/secret/set': set('secret'),
  '/api/v1/secret/delete': remove('secret'),
  '/api/v1/batch/get': batch(keyed, (store, { key }) => get('plain')(store, { key })),
  '/api/v1/batch/set': batch(setBody, (store, item) => put(store, 'plain', item)),
  '/api/v1/batch/delete': batch(keyed, (store, { key }) => remove('plain')(store, { key })),
  '/api/v1/transaction': transaction,
};

/** Answers a request to the key-value store. */
export function answerKvs(store: KvsStore, path: string, text: string): ServiceAnswer {
  const handler = ENDPOINTS[path];
  const body = parseJson(text);
  if (!handler || namesEntity(body)) return serviceError(501, 'NOT_IMPLEMENTED', `The local site has no ${path} for entities.`);
  if (body === undefined) return serviceError(400, 'INVALID_REQUEST', 'The body is not JSON.');
  if (path === '/api/v1/transaction' && text.length > KVS.transactionBytes)
    return serviceError(400, 'MAX_SIZE', 'The transaction is larger than 4 MiB.');
  return handler(store, body);
}

/** Whether an operation of the body, at its top level or one list down, is on a custom entity. */
function namesEntity(body: Json | undefined): boolean {
  if (body === null || typeof body !== 'object') return false;
  if (!Array.isArray(body) && 'entityName' in body) return true;
  const lists = Array.isArray(body) ? [body] : [body['set'], body['delete'], body['check']].filter(Array.isArray);
  return lists.some((list) => list.some((one) => one !== null && typeof one === 'object' && 'entityName' in one));
}
