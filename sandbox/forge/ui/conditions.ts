/** `displayConditions` of a module: whether it shows at a place. They hide, they do not protect. */
import { z } from 'zod';
import type { JiraSite } from '../../contract';
import { askJira, hasPermission, type ViewedIssue, type ViewedProject } from './site';

/** Where a module would show. */
export interface Place {
  jira: JiraSite;
  accountId: string | undefined;
  issue?: ViewedIssue;
  /** That of the issue, or of the page. */
  project?: ViewedProject;
}

/** undefined = a condition the site does not know; it neither shows nor hides. */
type Verdict = boolean | undefined;
type Check = (expected: unknown, place: Place) => Verdict | Promise<Verdict>;

const operands = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);
const oneOf = (expected: unknown, actual: string | undefined): boolean => actual !== undefined && operands(expected).map(String).includes(actual);

const CHECKS: Record<string, Check> = {
  isLoggedIn: (expected, { accountId }) => (accountId !== undefined) === expected,
  isAdmin: administers,
  canAdministerJira: administers,
  hasGlobalPermission: (expected, { jira, accountId }) => hasPermission(jira, accountId, String(expected)),
  hasIssuePermission: (expected, { jira, accountId, issue }) =>
    issue !== undefined && hasPermission(jira, accountId, String(expected), { issueKey: issue.key }),
  hasProjectPermission: (expected, { jira, accountId, project }) =>
    project !== undefined && hasPermission(jira, accountId, String(expected), { projectKey: project.key }),
  jiraExpression: expressionHolds,
  issueKey: (expected, { issue }) => oneOf(expected, issue?.key),
  issueId: (expected, { issue }) => oneOf(expected, issue?.id),
  issueType: (expected, { issue }) => oneOf(expected, issue?.fields.issuetype.name),
  projectKey: (expected, { project }) => oneOf(expected, project?.key),
  projectId: (expected, { project }) => oneOf(expected, project?.id),
  projectName: (expected, { project }) => oneOf(expected, project?.name),
  projectType: (expected, { project }) => oneOf(expected, project?.projectTypeKey),
  entityPropertyExists: (expected, place) => property(expected, place, (found) => found !== undefined),
  entityPropertyEqualTo: (expected, place) => property(expected, place, (found, wanted) => !Array.isArray(found) && asText(found) === wanted[0]),
  entityPropertyContainsAny: (expected, place) => property(expected, place, (found, wanted) => wanted.some((one) => texts(found).includes(one))),
  entityPropertyContainsAll: (expected, place) => property(expected, place, (found, wanted) => wanted.every((one) => texts(found).includes(one))),
};

/** Whether the conditions hold; a condition the site does not know is left out and named to `unknown`. */
export async function displays(conditions: unknown, place: Place, unknown: (condition: string) => void): Promise<boolean> {
  return conditions === undefined || (await all(conditions, place, unknown)) !== false;
}

async function all(conditions: unknown, place: Place, unknown: (condition: string) => void): Promise<Verdict> {
  const verdicts = (await verdictsOf(conditions, place, unknown)).filter((one) => one !== undefined);
  return verdicts.length === 0 ? undefined : verdicts.every(Boolean);
}

/** One verdict per condition on this level; a list holds several levels side by side. */
async function verdictsOf(conditions: unknown, place: Place, unknown: (condition: string) => void): Promise<Verdict[]> {
  if (Array.isArray(conditions)) return Promise.all(conditions.map((one) => all(one, place, unknown)));
  return Promise.all(
    Object.entries(z.record(z.string(), z.unknown()).parse(conditions)).map(([name, expected]) => judge(name, expected, place, unknown)),
  );
}

async function judge(name: string, expected: unknown, place: Place, unknown: (condition: string) => void): Promise<Verdict> {
  if (name === 'and') return all(expected, place, unknown);
  if (name === 'or' || name === 'not') {
    const verdicts = (await verdictsOf(expected, place, unknown)).filter((one) => one !== undefined);
    if (verdicts.length === 0) return undefined;
    return name === 'or' ? verdicts.some(Boolean) : !verdicts.some(Boolean);
  }
  const check = CHECKS[name];
  if (!check) unknown(name);
  return check?.(expected, place);
}

async function administers(expected: unknown, { jira, accountId }: Place): Promise<boolean> {
  return (await hasPermission(jira, accountId, 'ADMINISTER')) === expected;
}

const evaluatedSchema = z.object({ value: z.unknown() });

/** An expression that fails, or answers anything but true, hides the module. */
async function expressionHolds(expression: unknown, { jira, accountId, issue, project }: Place): Promise<Verdict> {
  const context = { ...(issue && { issue: { key: issue.key } }), ...(project && { project: { key: project.key } }) };
  const body = JSON.stringify({ expression, context });
  const answer = await jira.request({ accountId, viaApp: false }, '/rest/api/3/expression/evaluate', { method: 'POST', body });
  return answer.ok && evaluatedSchema.parse(await answer.json()).value === true;
}

const propertyConditionSchema = z.object({
  entity: z.string(),
  propertyKey: z.string(),
  objectName: z.string().optional(),
  value: z.union([z.string(), z.array(z.string()), z.boolean(), z.number()]).optional(),
});
const propertySchema = z.object({ value: z.unknown().optional() });

async function property(expected: unknown, place: Place, holds: (found: unknown, wanted: string[]) => boolean): Promise<Verdict> {
  const { entity, propertyKey, objectName, value } = propertyConditionSchema.parse(expected);
  if (entity === 'app' || entity === 'user') return undefined;
  const path = entityPath(entity, place);
  if (path === undefined) return false;
  const stored = await askJira(place.jira, place.accountId, path + encodeURIComponent(propertyKey), propertySchema);
  const found = (objectName?.split('.') ?? []).reduce<unknown>((inner, key) => member(inner, key), stored?.value);
  return found !== undefined && holds(found, operands(value).map(String));
}

function entityPath(entity: string, { issue, project }: Place): string | undefined {
  if (entity === 'issue') return issue && `/rest/api/3/issue/${issue.key}/properties/`;
  if (entity === 'issueType') return issue && `/rest/api/3/issuetype/${issue.fields.issuetype.id}/properties/`;
  return entity === 'project' ? project && `/rest/api/3/project/${project.key}/properties/` : undefined;
}

const member = (value: unknown, key: string): unknown =>
  value instanceof Object ? Object.entries(value).find(([name]) => name === key)?.[1] : undefined;
const asText = (value: unknown): string => (typeof value === 'object' ? JSON.stringify(value) : String(value));
const texts = (value: unknown): string[] => operands(value).map(asText);
