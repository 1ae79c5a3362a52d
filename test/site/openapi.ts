/** Checks requests and answers against Jira's OpenAPI document where a copy of it lies beside the project; without one it says so and checks nothing. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';

type Node = { [key: string]: unknown };

const PLACES = ['../../../shared/data/jira-platform-v3.json', '../../.cache/jira-platform-v3.json'];
const place = PLACES.map((one) => fileURLToPath(new URL(one, import.meta.url))).find((one) => existsSync(one));
if (!place) console.warn("Jira's OpenAPI document is not here: requests and answers are not checked against it.");
/** Whether there is a document to check against. */
export const hasDocument = place !== undefined;
/** The text of the document; undefined without one. */
export const documentText = (): string | undefined => (place === undefined ? undefined : readFileSync(place, 'utf8'));
const document =
  place === undefined ? undefined : (JSON.parse(readFileSync(place, 'utf8')) as { paths: Record<string, Node>; components: { schemas: Node } });

const ajv = new Ajv({ strict: false, allErrors: true, verbose: true });
formats(ajv);
const compiled = new Map<string, ValidateFunction | undefined>();

/** The schemas of the document under two names: what a request may hold is meant strictly, what an answer holds is not. */
const [REQUESTS, ANSWERS] = ['requests', 'answers'];

/** Words that only describe; a property may bear the same name, so they go only outside `properties`. */
const DESCRIPTIVE = new Set(['example', 'xml', 'discriminator', 'default']);

function plain(node: unknown, inProperties = false, strict = false): unknown {
  if (Array.isArray(node)) return node.map((one) => plain(one, false, strict));
  if (typeof node !== 'object' || node === null) return node;
  // Jira itself answers more keys than the document knows; and a clause of a query may, by the document, have none at all.
  const closes = (key: string, value: unknown): boolean => !strict && key === 'additionalProperties' && value === false;
  const entries = Object.entries(node).filter(([key, value]) => inProperties || !(DESCRIPTIVE.has(key) || closes(key, value)));
  return Object.fromEntries(
    entries.map(([key, value]) => [
      key,
      key === '$ref' && !inProperties && typeof value === 'string'
        ? value.replace('#/components/schemas/', `${strict ? REQUESTS : ANSWERS}#/$defs/`)
        : plain(value, key === 'properties', strict),
    ]),
  );
}

if (document) ajv.addSchema({ $id: ANSWERS, $defs: plain(document.components.schemas, true) });

// Jira's JsonNode is any JSON, which its schema does not say.
if (document) ajv.addSchema({ $id: REQUESTS, $defs: { ...(plain(document.components.schemas, true, true) as Node), JsonNode: {} } });

function operationOf(method: string, path: string): { template: string; operation: Node } | undefined {
  const segments = path.split('?')[0]?.split('/') ?? [];
  const fits = (template: string): boolean => {
    const wanted = template.split('/');
    return wanted.length === segments.length && wanted.every((part, index) => part.startsWith('{') || part === segments[index]);
  };
  const template = Object.keys(document?.paths ?? {})
    .filter(fits)
    .sort((a, b) => a.split('{').length - b.split('{').length)[0];
  const operation = template === undefined ? undefined : (document?.paths[template]?.[method.toLowerCase()] as Node | undefined);
  return template !== undefined && operation ? { template, operation } : undefined;
}

function validatorOf(method: string, path: string, status: number): ValidateFunction | undefined {
  const found = operationOf(method, path);
  if (!found) return undefined;
  const key = `${method} ${found.template} ${status}`;
  if (!compiled.has(key)) {
    const responses = found.operation.responses as Record<string, { content?: Record<string, { schema?: unknown }> }>;
    const schema = responses[String(status)]?.content?.['application/json']?.schema;
    compiled.set(key, schema ? ajv.compile(plain(schema) as Node) : undefined);
  }
  return compiled.get(key);
}

/**
 * Jira itself answers more keys than the document knows, null where it says string, numbers for the moments of bulk changelogs and bulk progress,
 * and row and column where the schema of a gadget's position has sentences for names (the last two as in the document's own examples).
 */
const isKnownDifference = ({ keyword, data, instancePath }: ErrorObject): boolean =>
  keyword === 'additionalProperties' ||
  data === null ||
  /\/changeHistories\/\d+\/created$|^\/(created|started|updated)$/.test(instancePath) ||
  (keyword === 'required' && /\/position$/.test(instancePath));

/** Throws when an answer breaks the document: an undocumented status of a known operation, or a body that does not fit. */
export async function checkAnswer(method: string, path: string, response: Response): Promise<void> {
  if (!document || response.status === 501) return;
  const found = operationOf(method, path);
  if (!found) return;
  if (!(String(response.status) in (found.operation.responses as object))) {
    throw new Error(`${method} ${found.template} answered ${response.status}, which the OpenAPI document does not know: ${await response.text()}`);
  }
  const validate = validatorOf(method, path, response.status);
  if (!response.headers.get('content-type')?.includes('json')) return;
  const text = await response.text();
  if (!validate || !text || validate(JSON.parse(text))) return;
  const faults = (validate.errors ?? []).filter((one) => !isKnownDifference(one));
  if (faults.length > 0) {
    throw new Error(`${method} ${found.template} ${response.status}: ${faults.map((one) => `${one.instancePath} ${one.message ?? ''}`).join('; ')}`);
  }
}

interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  schema: { type?: string; items?: { type?: string } };
}

/** Texts of the query as the values that they stand for. */
function valueOf({ type, items }: Parameter['schema'], texts: string[]): unknown {
  const [text = ''] = texts;
  if (type === 'array') return texts.map((one) => valueOf(items ?? {}, [one]));
  if (type === 'integer' || type === 'number') return text === '' ? text : Number(text);
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}

/** Some schemas ask for a property under a name that they do not have. */
const asksForUnknown = ({ keyword, params, parentSchema }: ErrorObject): boolean => {
  const { properties } = (parentSchema ?? {}) as { properties?: Node };
  return keyword === 'required' && properties !== undefined && !((params as { missingProperty: string }).missingProperty in properties);
};

function faultsOf(key: string, schema: unknown, value: unknown): string[] {
  if (!compiled.has(key)) compiled.set(key, ajv.compile(plain(schema, false, true) as Node));
  const validate = compiled.get(key);
  if (!validate || validate(value)) return [];
  return (validate.errors ?? []).filter((one) => one.data !== null && !asksForUnknown(one)).map((one) => `${one.instancePath} ${one.message ?? ''}`);
}

/** Throws when a request breaks the document: a parameter that the operation does not have, lacks, or that is of another kind, or a body that does not fit. */
export function checkRequest(method: string, path: string, body: string | undefined): void {
  const found = operationOf(method, path);
  if (!found) return;
  const { template, operation } = found;
  const parameters = ((operation.parameters ?? []) as Parameter[]).filter((one) => one.in === 'query');
  const query = new URL(path, 'http://site.test').searchParams;
  const faults = [...new Set(query.keys())].flatMap((name) => {
    const known = parameters.find((one) => one.name === name);
    if (!known) return [`the parameter ${name} is unknown`];
    return faultsOf(`${method} ${template} ?${name}`, known.schema, valueOf(known.schema, query.getAll(name)));
  });
  for (const { name, required } of parameters) if (required && !query.has(name)) faults.push(`the parameter ${name} is missing`);
  const wanted = operation.requestBody as { required?: boolean; content?: Record<string, { schema?: unknown }> } | undefined;
  const schema = wanted?.content?.['application/json']?.schema;
  if (body && schema) faults.push(...faultsOf(`${method} ${template} body`, schema, JSON.parse(body)));
  if (!body && schema && wanted?.required) faults.push('the body is missing');
  if (faults.length > 0) throw new Error(`Request ${method} ${template}: ${faults.join('; ')}`);
}
