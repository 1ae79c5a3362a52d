/** Entity properties of a work item: JSON that apps keep with it. Setting one is no change of the work item: no changelog, no event. */
import { RestError } from '../rest';
import type { Issue, Json } from '../store';

/** OpenAPI: setIssueProperty, maximum length of a value and of a key. */
const VALUE_LIMIT = 32_768;
const KEY_LIMIT = 255;

/** Refuses a property that Jira would not store. */
export function checkProperty(key: string, value: Json): void {
  if (key.length > KEY_LIMIT) throw new RestError(400, [`The property key cannot be longer than ${KEY_LIMIT} characters.`]);
  if (JSON.stringify(value).length > VALUE_LIMIT) throw new RestError(400, [`The property value cannot be longer than ${VALUE_LIMIT} characters.`]);
}

/** Stores a property. Answers whether it is new. */
export function setProperty(issue: Issue, key: string, value: Json): boolean {
  const isNew = !(key in issue.properties);
  issue.properties[key] = value;
  return isNew;
}

/** Refuses a request whose properties Jira would not store. */
export function checkProperties(properties: readonly { key: string; value: unknown }[] = []): void {
  for (const { key, value } of properties) checkProperty(key, value as Json);
}

/** Stores the properties of a request. */
export function setProperties(issue: Issue, properties: readonly { key: string; value: unknown }[] = []): void {
  for (const { key, value } of properties) setProperty(issue, key, value as Json);
}
