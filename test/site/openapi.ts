/** Checks answers against Jira's OpenAPI document where a copy of it lies beside the project; without one it says so and checks nothing. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';

type Node = { [key: string]: unknown };

const PLACES = ['../../../shared/data/jira-platform-v3.json', '../../.cache/jira-platform-v3.json'];
const place = PLACES.map((one) => fileURLToPath(new URL(one, import.meta.url))).find((one) => existsSync(one));
if (!place) console.warn("Jira's OpenAPI document is not here: answers are not checked against it.");
const document =
  place === undefined ? undefined : (JSON.parse(readFileSync(place, 'utf8')) as { paths: Record<string, Node>; components: { schemas: Node } });

const ajv = new Ajv({ strict: false, allErrors: true, verbose: true });
formats(ajv);
const compiled = new Map<string, ValidateFunction | undefined>();

/** Words that only describe; a property may bear the same name, so they go only outside `properties`. */
const DESCRIPTIVE = new Set(['example', 'xml', 'discriminator', 'default']);

function plain(node: unknown, inProperties = false): unknown {
  if (Array.isArray(node)) return node.map((one) => plain(one));
  if (typeof node !== 'object' || node === null) return node;
  // Jira itself answers more keys than the document knows; and a clause of a query may, by the document, have none at all.
  const closes = (key: string, value: unknown): boolean => key === 'additionalProperties' && value === false;
  const entries = Object.entries(node).filter(([key, value]) => inProperties || !(DESCRIPTIVE.has(key) || closes(key, value)));
  return Object.fromEntries(
    entries.map(([key, value]) => [
      key,
      key === '$ref' && !inProperties && typeof value === 'string'
        ? value.replace('#/components/schemas/', '#/$defs/')
        : plain(value, key === 'properties'),
    ]),
  );
}

const definitions = document && (plain(document.components.schemas, true) as Node);

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
    compiled.set(key, schema ? ajv.compile({ ...(plain(schema) as Node), $defs: definitions }) : undefined);
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
  const text = await response.text();
  if (!validate || !text || validate(JSON.parse(text))) return;
  const faults = (validate.errors ?? []).filter((one) => !isKnownDifference(one));
  if (faults.length > 0) {
    throw new Error(`${method} ${found.template} ${response.status}: ${faults.map((one) => `${one.instancePath} ${one.message ?? ''}`).join('; ')}`);
  }
}
