/** A workflow as Jira reads and writes it, and the small pure changes repair is made of. What we do not look at passes through untouched. */
import { z } from 'zod';
import type { RuleLevels } from '../../method';
import { AFTER_MODULE, asksBefore, GATE_MODULE, RULE_MODULES, type RuleModule, WHO_MODULE } from '../model';
import * as config from '../rule-config';
import type { WorkflowItem } from '../blueprint';
import { EDITABLE, type OnSite, type RuleAris, workflowsPayload } from '../payload';

export const rule = z.looseObject({ ruleKey: z.string(), parameters: z.record(z.string(), z.string()).nullish() });
export type Rule = z.infer<typeof rule>;

export interface Group {
  operation: 'ALL' | 'ANY';
  conditions: Rule[];
  conditionGroups: Group[];
}
const group: z.ZodType<Group> = z.lazy(() =>
  z.looseObject({
    operation: z.enum(['ALL', 'ANY']),
    conditions: z
      .array(rule)
      .nullish()
      .transform((all) => all ?? []),
    conditionGroups: z
      .array(group)
      .nullish()
      .transform((all) => all ?? []),
  }),
);

const listed = z
  .array(rule)
  .nullish()
  .transform((all) => all ?? []);

const link = z.looseObject({ fromStatusReference: z.string() });
const transition = z.looseObject({
  id: z.string(),
  name: z.string(),
  type: z.enum(['INITIAL', 'GLOBAL', 'DIRECTED']),
  toStatusReference: z.string().nullish(),
  links: z
    .array(link)
    .nullish()
    .transform((all) => all ?? []),
  conditions: group.nullish(),
  validators: listed,
  actions: listed,
  transitionScreen: rule.nullish(),
});
export type Transition = z.infer<typeof transition>;

const placedStatus = z.looseObject({
  statusReference: z.string(),
  properties: z
    .record(z.string(), z.unknown())
    .nullish()
    .transform((all) => all ?? {}),
});

/** The part that is compared. */
const flow = z.looseObject({ name: z.string(), statuses: z.array(placedStatus), transitions: z.array(transition) });
export type Flow = z.infer<typeof flow>;

export const workflow = flow.extend({ id: z.string(), version: z.object({ id: z.string(), versionNumber: z.number() }) });
export type Workflow = z.infer<typeof workflow>;

/** A status as the workflow requests list it. */
export const statusShape = z.looseObject({
  id: z.string(),
  name: z.string(),
  statusCategory: z.enum(['TODO', 'IN_PROGRESS', 'DONE']),
  description: z.string().nullish(),
});
export type StatusInFull = z.infer<typeof statusShape>;

/** One small change. Done twice it changes nothing the second time. */
export type Mend = <W extends Flow>(workflow: W) => W;

/** What the blueprint says, with the site's ids where a request would carry references. */
export function flowOf(item: WorkflowItem, site: OnSite, aris: RuleAris): Flow {
  const payload = workflowsPayload([item], site, aris);
  const idOf = new Map<string, string>(payload.statuses.map((one) => [one.statusReference, one.id]));
  const text = JSON.stringify(payload.workflows[0], (key, value: unknown) =>
    /^(toS|s|fromS)tatusReference$/.test(key) && typeof value === 'string' ? idOf.get(value) : value,
  );
  return flow.parse(JSON.parse(text));
}

/** Null where Jira's answer has it is nothing in a request. */
export const withoutNulls = <T>(value: T): T => JSON.parse(JSON.stringify(value, (_key, one: unknown) => one ?? undefined)) as T;

// --- rules ---

/** The module a rule of a Forge app stands for, without the app: environment and manifest key. */
const moduleOf = ({ ruleKey, parameters }: Rule): string | undefined =>
  ruleKey.startsWith('forge:') ? /\/([^/]+\/static\/[^/]+)$/.exec(parameters?.['key'] ?? '')?.[1] : undefined;

/** Which of our rules it is, if it is one. */
function ourModule(one: Rule): RuleModule | undefined {
  const module = moduleOf(one);
  return RULE_MODULES.find((key) => module?.endsWith(`/static/${key}`));
}

export const isGate = (one: Rule): boolean => ourModule(one) === GATE_MODULE;
export const isWho = (one: Rule): boolean => ourModule(one) === WHO_MODULE;
export const isAfter = (one: Rule): boolean => ourModule(one) === AFTER_MODULE;
/** Asks before a step, so that levels and a pause are for it. */
export const asksFirst = (one: Rule): boolean => asksBefore(ourModule(one) ?? '');
export const isOurs = (one: Rule): boolean => ourModule(one) !== undefined;

const sortedList = (value: string): string =>
  value
    .split(',')
    .map((one) => one.trim())
    .sort()
    .join(',');

/** Order in lists, empty parameters and Jira's own ids do not count: rule ids are new on every read. */
export function contentOf(one: Rule): string {
  const entries = Object.entries(one.parameters ?? {})
    .filter(([name, value]) => name !== 'id' && value !== '')
    .map(([name, value]) => [name, sortedList(value)] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([one.ruleKey, entries]);
}

/** Whether a rule does what it should. App rules: by configuration, whether or not they are switched off. */
export function sameRule(expected: Rule, actual: Rule): boolean {
  const module = ourModule(expected);
  if (module === undefined) return contentOf(expected) === contentOf(actual);
  const core = (one: Rule): string | undefined => config.coreOf(module, one.parameters?.['config']);
  return moduleOf(expected) === moduleOf(actual) && core(expected) === core(actual);
}

export const isOff = (one: Rule): boolean => one.parameters?.['disabled'] === 'true';

/** What a rule is about: two rules of the same subject on a transition are versions of one another. */
export function subjectOf(one: Rule): string {
  const { ruleKey, parameters } = one;
  const module = moduleOf(one);
  if (module !== undefined) return module;
  if (ruleKey === 'system:update-field') return `${ruleKey}:${parameters?.['field'] ?? ''}`;
  if (ruleKey === 'system:validate-field-value') return `${ruleKey}:${parameters?.['ruleType'] ?? ''}`;
  return ruleKey;
}

/** What asks before a step with these levels in its configuration, and no others. */
export function withLevels(one: Rule, levels: RuleLevels): Rule {
  const module = ourModule(one);
  const text = module && asksBefore(module) ? config.withLevels(module, one.parameters?.['config'], levels) : undefined;
  return text === undefined ? one : { ...one, parameters: { ...one.parameters, config: text } };
}

/** Conditions that all have to hold; groups of which one is enough are told apart. */
export function requiredOf(conditions: Group | null | undefined): { rules: Rule[]; choices: Group[] } {
  if (!conditions) return { rules: [], choices: [] };
  const { operation, conditions: rules, conditionGroups } = conditions;
  if (operation === 'ANY' && rules.length + conditionGroups.length > 1) return { rules: [], choices: [conditions] };
  const inner = conditionGroups.map(requiredOf);
  return { rules: [...rules, ...inner.flatMap((one) => one.rules)], choices: inner.flatMap((one) => one.choices) };
}

// --- changes ---

const sameContent = (a: Rule) => (b: Rule) => contentOf(a) === contentOf(b);

const inList = (rules: readonly Rule[], former: Rule | undefined, next: Rule): Rule[] => {
  const at = former ? rules.findIndex(sameContent(former)) : -1;
  if (at >= 0) return rules.map((one, index) => (index === at ? next : one));
  return rules.some(sameContent(next)) ? [...rules] : [...rules, next];
};

function inGroup(conditions: Group | null | undefined, former: Rule | undefined, next: Rule): Group {
  const base: Group = conditions ?? { operation: 'ALL', conditions: [], conditionGroups: [] };
  if (former && !base.conditions.some(sameContent(former)) && base.conditionGroups.length > 0) {
    const holds = (one: Group): boolean => one.conditions.some(sameContent(former)) || one.conditionGroups.some(holds);
    if (base.conditionGroups.some(holds))
      return { ...base, conditionGroups: base.conditionGroups.map((one) => (holds(one) ? inGroup(one, former, next) : one)) };
  }
  // One of several being enough is somebody's own choice; ours has to hold besides.
  if (!former && base.operation === 'ANY' && base.conditions.length + base.conditionGroups.length > 1)
    return { operation: 'ALL', conditions: [next], conditionGroups: [base] };
  return { ...base, operation: former ? base.operation : 'ALL', conditions: inList(base.conditions, former, next) };
}

export const changeTransition =
  (isIt: (one: Transition) => boolean, change: (one: Transition) => Transition): Mend =>
  (on) => ({ ...on, transitions: on.transitions.map((one) => (isIt(one) ? change(one) : one)) });

export type RulePlace = 'conditions' | 'validators' | 'actions';

/** Puts a rule where `former` stands, or beside the others. */
export const putRule =
  (place: RulePlace, former: Rule | undefined, next: Rule) =>
  (one: Transition): Transition =>
    place === 'conditions' ? { ...one, conditions: inGroup(one.conditions, former, next) } : { ...one, [place]: inList(one[place], former, next) };

const statusesOf = (on: Flow): Set<string> => new Set(on.statuses.map((one) => one.statusReference));

/** Adds the sources of a transition that are missing, where their statuses stand in the workflow. */
export function withSources(expected: Transition, present: ReadonlySet<string>) {
  return (one: Transition): Transition => {
    const had = new Set(one.links.map((row) => row.fromStatusReference));
    const missing = expected.links.filter((row) => present.has(row.fromStatusReference) && !had.has(row.fromStatusReference));
    return missing.length === 0 ? one : { ...one, links: [...one.links, ...missing] };
  };
}

/** Puts a transition back as far as the statuses it joins are there. */
export const putTransition =
  (expected: Transition): Mend =>
  (on) => {
    const present = statusesOf(on);
    if (!present.has(expected.toStatusReference ?? '')) return on;
    if (on.transitions.some((one) => one.id === expected.id))
      return changeTransition((one) => one.id === expected.id, withSources(expected, present))(on);
    const links = expected.links.filter((one) => present.has(one.fromStatusReference));
    if (expected.type === 'DIRECTED' && links.length === 0) return on;
    return { ...on, transitions: [...on.transitions, { ...expected, links }] };
  };

/** Puts a status back, with everything that leads to it and away from it. */
/** Whether people may edit work items in a status (payload.ts, EDITABLE). */
export const mayEdit = (on: Flow, statusId: string): boolean =>
  !on.statuses.some((one) => one.statusReference === statusId && String(one.properties[EDITABLE]) === 'false');

/** Locks or opens one status; its other properties stay. */
export const setLock =
  (statusId: string, locked: boolean): Mend =>
  (on) => ({
    ...on,
    statuses: on.statuses.map((one) => {
      if (one.statusReference !== statusId) return one;
      const { [EDITABLE]: _, ...others } = one.properties;
      return { ...one, properties: { ...others, ...(locked && { [EDITABLE]: 'false' }) } };
    }),
  });

export const putStatus =
  (statusId: string, expected: Flow): Mend =>
  (on) => {
    const placed = expected.statuses.find((one) => one.statusReference === statusId);
    if (!placed || statusesOf(on).has(statusId)) return on;
    const touching = expected.transitions.filter(
      (one) => one.toStatusReference === statusId || one.links.some((row) => row.fromStatusReference === statusId),
    );
    const withStatus = { ...on, statuses: [...on.statuses, placed] };
    return touching.reduce((mended, one) => {
      const led = changeTransition(
        (row) => row.id === one.id && one.toStatusReference === statusId,
        (row) => ({ ...row, toStatusReference: statusId }),
      )(mended);
      return putTransition(one)(led);
    }, withStatus);
  };
