/** Words that drift speaks in: the method's own, with Jira's words for Jira's things. */
import {
  type Carrier,
  carriersOf,
  FIELD_KEYS,
  FIELDS,
  PROFILE_KEYS,
  PROFILES,
  type RuleId,
  RULES,
  type Transition,
  WORKFLOWS,
  workType,
  type WorkTypeKey,
} from '../../method';
import type { Ids } from '../site';
import type { Rule } from './workflow';

/** A, B and C. */
export const listed = (items: readonly string[]): string =>
  items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} and ${items.at(-1) ?? ''}`;

export const plural = (count: number, one: string, many = `${one}s`): string => `${String(count)} ${count === 1 ? one : many}`;

export const typeName = (type: WorkTypeKey): string => workType(type).name;

export const methodStep = (type: WorkTypeKey, key: string): Transition | undefined => WORKFLOWS[type].transitions.find((one) => one.key === key);

export const rulesOf = (step: Transition | undefined, carrier: Carrier): RuleId[] =>
  (step?.rules ?? []).filter((id) => carriersOf(id).includes(carrier)).sort();

/** "Rule V13 is", "Rules V09 and V11 are". */
export const rulesAre = (ids: readonly RuleId[]): string => (ids.length === 1 ? `Rule ${ids[0] ?? ''} is` : `Rules ${listed(ids)} are`);

/** What the rules ask, one fact each. */
export const factsOf = (ids: readonly RuleId[]): string => ids.map((id) => `${RULES[id].fact} (${id})`).join('; ');

const JIRA_WORDS: Record<string, string> = { 'allow-reporter': 'the reporter', 'allow-assignee': 'the assignee' };

/** Whom a condition lets through, by name. */
export function peopleOf({ parameters }: Rule, ids: Ids): string[] {
  const all = (name: string): string[] => (parameters?.[name] ?? '').split(',').flatMap((one) => one.trim() || []);
  const role = (id: string): string => {
    if (id === ids.roles['app']) return 'the app';
    const key = PROFILE_KEYS.find((one) => ids.roles[one] === id);
    return key ? PROFILES[key].name : `role ${id}`;
  };
  const person = (id: string): string => {
    const key = FIELD_KEYS.find((one) => ids.fields[one] === id);
    return key ? `whoever stands in ${FIELDS[key].name}` : `field ${id}`;
  };
  return [
    ...all('roleIds').map(role),
    ...all('accountIds').map((one) => JIRA_WORDS[one] ?? 'a person named one by one'),
    ...all('allowUserCustomFields').map(person),
    ...all('groupIds').map(() => 'a group'),
    ...all('permissionKeys').map((one) => `whoever may ${one}`),
    ...all('groupCustomFields').map((one) => `the group in ${one}`),
    ...all('denyUserCustomFields').map((one) => `not ${person(one)}`),
  ];
}
