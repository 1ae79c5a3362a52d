/** Rules of a transition, told in words: what kind they are, what they ask, with names in the place of ids. */
import type { Capabilities, Conditions, Rule, WorkflowStep } from './schemas';

/** Names by id. */
type Names = ReadonlyMap<string, string>;
export interface Lexicon {
  capabilities: Capabilities;
  statuses: Names;
  fields: Names;
  roles: Names;
  screens: Names;
  resolutions: Names;
}
type Kind = 'statuses' | 'fields' | 'roles' | 'screens';

export interface RuleWords {
  name: string;
  description: string;
  /** An app brought it. */
  isApp: boolean;
  facts: [label: string, value: string][];
  /** What an app keeps with the rule. */
  configuration?: string;
}

/** Parameters that hold ids, and what they name. */
const REFERENCES: Record<string, Kind> = {
  roleIds: 'roles',
  statusIds: 'statuses',
  previousStatusIds: 'statuses',
  fromStatusId: 'statuses',
  toStatusId: 'statuses',
  fieldsRequired: 'fields',
  fieldId: 'fields',
  fieldKey: 'fields',
  date1FieldKey: 'fields',
  date2FieldKey: 'fields',
  sourceFieldKey: 'fields',
  targetFieldKey: 'fields',
  field: 'fields',
  allowUserCustomFields: 'fields',
  screenId: 'screens',
};

const LABELS: Record<string, string> = {
  roleIds: 'Roles',
  accountIds: 'People',
  allowUserCustomFields: 'People in fields',
  permissionKeys: 'Permissions',
  statusIds: 'Statuses',
  previousStatusIds: 'Status before',
  fieldsRequired: 'Fields',
  errorMessage: 'Says',
  ruleType: 'Checks',
  screenId: 'Screen',
};
const VALUES: Record<string, string> = { 'allow-reporter': 'the reporter', 'allow-assignee': 'the assignee', true: 'yes', false: 'no' };

/** fieldRequired -> Field required */
export function spelled(text: string): string {
  const words = text
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/[-_]/g, ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** JSON with indentation; other text as it is. */
export function formatted(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

function valueOf(key: string, value: string, { parameters }: Rule, lexicon: Lexicon): string {
  if (value === '') return 'nothing';
  if (key === 'value' && parameters['field'] === 'resolution') return lexicon.resolutions.get(value) ?? value;
  if (key === 'ruleType') return spelled(value);
  const kind = REFERENCES[key];
  if (!kind && key !== 'accountIds') return VALUES[value] ?? value;
  return value
    .split(',')
    .map((one) => (kind ? lexicon[kind].get(one) : VALUES[one]) ?? one)
    .join(', ');
}

export const ofApp = (rule: Rule): boolean => rule.ruleKey.startsWith('forge:') || rule.ruleKey.startsWith('connect:');

/** One rule in words. */
export function ruleWords(rule: Rule, lexicon: Lexicon): RuleWords {
  const { parameters } = rule;
  if (ofApp(rule)) {
    const known = lexicon.capabilities.forgeRules.find(({ id }) => id === parameters['key']);
    return {
      name: known?.name ?? parameters['key'] ?? rule.ruleKey,
      description: known?.description ?? 'The app of this rule is not installed.',
      isApp: true,
      facts: [],
      ...(parameters['config'] && { configuration: formatted(parameters['config']) }),
    };
  }
  const known = lexicon.capabilities.systemRules.find(({ ruleKey }) => ruleKey === rule.ruleKey);
  return {
    name: known?.name ?? spelled(rule.ruleKey.replace(/^system:/, '')),
    description: known?.description ?? '',
    isApp: false,
    facts: Object.entries(parameters).map(([key, value]) => [LABELS[key] ?? spelled(key), valueOf(key, value, rule, lexicon)]),
  };
}

export interface RuleSection {
  title: string;
  rules: Rule[];
}

/** A tree of conditions as sections, one for each group that has conditions of its own; `or`: an earlier one beside it would be enough. */
function conditionSections({ operation, conditions, conditionGroups }: Conditions, isInner = false, or = ''): RuleSection[] {
  const isAny = operation === 'ANY' && conditions.length + conditionGroups.length > 1;
  const title = isAny || isInner ? `Conditions (${or}${isAny ? 'any' : 'all'} of these)` : 'Conditions';
  const inner = conditionGroups.flatMap((one, index) => conditionSections(one, true, isAny && conditions.length + index > 0 ? 'or ' : ''));
  return [{ title, rules: conditions }, ...inner];
}

/** The rules of a transition in the order in which they are asked. */
export function sectionsOf({ conditions, transitionScreen, validators, actions, triggers }: WorkflowStep): RuleSection[] {
  const sections = [
    ...(conditions ? conditionSections(conditions) : []),
    { title: 'Screen', rules: transitionScreen ? [transitionScreen] : [] },
    { title: 'Validators', rules: validators },
    { title: 'Post functions', rules: actions },
    { title: 'Triggers', rules: triggers },
  ];
  return sections.filter(({ rules }) => rules.length > 0);
}

/** A transition's rules in a few words, e.g. for a line of a table. */
export const summaryOf = (step: WorkflowStep, lexicon: Lexicon): string[] =>
  sectionsOf(step).map(({ title, rules }) => `${title}: ${rules.map((one) => shortOf(one, lexicon)).join(', ')}`);

/** Rules of Jira that a few words say better than their name. */
const SHORT: Record<string, (value: (key: string) => string | undefined) => string | undefined> = {
  'system:transition-screen': (value) => value('screenId'),
  'system:restrict-issue-transition': (value) => {
    const who = ['roleIds', 'accountIds', 'groupIds', 'permissionKeys', 'allowUserCustomFields', 'groupCustomFields'].flatMap(
      (key) => value(key) ?? [],
    );
    return who.length > 0 ? `only ${who.join(', ')}` : undefined;
  },
  'system:update-field': (value) =>
    value('value') === undefined ? `empty ${value('field') ?? ''}` : `set ${value('field') ?? ''} to ${value('value') ?? ''}`,
  'system:validate-field-value': (value) => (value('fieldsRequired') === undefined ? undefined : `${value('fieldsRequired') ?? ''} required`),
};

function shortOf(rule: Rule, lexicon: Lexicon): string {
  const value = (key: string): string | undefined => {
    const given = rule.parameters[key];
    return given ? valueOf(key, given, rule, lexicon) : undefined;
  };
  return SHORT[rule.ruleKey]?.(value) ?? ruleWords(rule, lexicon).name;
}
