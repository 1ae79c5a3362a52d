/** Jira's own conditions: who may see and take a transition. */
import type { GroupOperator } from '../expressions/rules';
import type { ConditionGroup, RuleConfiguration } from '../store';
import { COMPARATORS, day, list, order } from './compare';
import type { Facts } from './facts';

/** How the question came: reading the transitions for a screen, or a call that performs one. */
export type Channel = 'screen' | 'api';

type Parameters = Record<string, string>;
type Condition = (parameters: Parameters, facts: Facts, channel: Channel) => boolean;

/** The account ids in a field of persons. */
const personsIn = (facts: Facts, fieldId: string): string[] => {
  const value = facts.value(fieldId);
  return (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string');
};

function isPerson(facts: Facts, fieldId: string): boolean {
  return facts.accountId !== undefined && personsIn(facts, fieldId).includes(facts.accountId);
}

/** Whether any list lets the person through. Being in a denied field is final; with denied fields alone, everybody else passes. */
function restrictTransition(parameters: Parameters, facts: Facts): boolean {
  const denied = list(parameters.denyUserCustomFields);
  if (denied.some((id) => isPerson(facts, id))) return false;
  const checks: boolean[] = [
    ...list(parameters.accountIds).map((id) => {
      if (id === 'allow-assignee') return isPerson(facts, 'assignee');
      if (id === 'allow-reporter') return isPerson(facts, 'reporter');
      return id === facts.accountId;
    }),
    ...list(parameters.roleIds).map((id) => facts.roleIds.has(id)),
    ...list(parameters.groupIds).map((id) => facts.inGroup(id)),
    ...list(parameters.permissionKeys).map((key) => facts.holds(key)),
    ...list(parameters.groupCustomFields).map((fieldId) => personsIn(facts, fieldId).some((groupId) => facts.inGroup(groupId))),
    ...list(parameters.allowUserCustomFields).map((fieldId) => isPerson(facts, fieldId)),
  ];
  return checks.length === 0 ? denied.length > 0 : checks.includes(true);
}

/** Whether the work item has been in one of the statuses. A transition that stays where it is leaves no trace in the changelog, so it never counts. */
export function hasBeenIn(parameters: Parameters, facts: Facts): boolean {
  const wanted = list(parameters.previousStatusIds);
  const past = facts.moves.map((move) => move.from);
  const considered = parameters.mostRecentStatusOnly === 'true' ? past.slice(-1) : past;
  if (parameters.includeCurrentStatus === 'true') considered.push(facts.statusId);
  return considered.some((id) => wanted.includes(id));
}

function parseValues(text: string | undefined): string[] {
  try {
    const values: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(values) ? values.map(String) : [String(values)];
  } catch {
    return [text ?? '']; // not a JSON list: Jira's examples show a list, a bare text is taken as the one value
  }
}

function checkFieldValue(parameters: Parameters, facts: Facts): boolean {
  const { fieldId = '', comparator = '=', comparisonType = 'STRING' } = parameters;
  const holds = COMPARATORS[comparator];
  if (!holds) return false;
  const values = parseValues(parameters.fieldValue);
  const orders = values.map((value) => orderAgainst(value, fieldId, comparisonType, facts));
  // "differs" must hold against every value, any other comparison against one of them
  return comparator === '!=' ? orders.every(holds) : orders.some((one) => !Number.isNaN(one) && holds(one));
}

/** How the field stands to a value; NaN where they cannot be compared. */
function orderAgainst(value: string, fieldId: string, comparisonType: string, facts: Facts): number {
  if (comparisonType === 'OPTIONID') return facts.words(fieldId).includes(value) ? 0 : NaN;
  if (comparisonType === 'STRING') {
    return facts.words(fieldId).includes(value) ? 0 : order(facts.text(fieldId), value);
  }
  const mine = facts.rank(fieldId);
  if (typeof mine !== 'number') return NaN;
  if (comparisonType === 'NUMBER') return order(mine, Number(value));
  const theirs = Date.parse(value);
  if (Number.isNaN(theirs)) return NaN;
  return comparisonType === 'DATE_WITHOUT_TIME' ? order(day(mine), day(theirs)) : order(mine, theirs);
}

export const CONDITIONS: Record<string, Condition> = {
  'system:restrict-issue-transition': restrictTransition,
  'system:previous-status-condition': (parameters, facts) => hasBeenIn(parameters, facts) !== (parameters.not === 'true'),
  'system:parent-or-child-blocking-condition': ({ statusIds }, facts) => facts.subtaskStatusIds.every((id) => list(statusIds).includes(id)),
  'system:separation-of-duties': ({ fromStatusId, toStatusId }, { moves, accountId }) =>
    !moves.some((move) => move.authorId === accountId && move.from === fromStatusId && move.to === toStatusId),
  'system:restrict-from-all-users': ({ restrictMode }, _, channel) => restrictMode === 'users' && channel === 'api',
  'system:check-field-value': checkFieldValue,
};

/** A verdict; `unsupported` names the rules that this site cannot judge and therefore counts as failed. */
export interface ConditionVerdict {
  passes: boolean;
  unsupported: string[];
}

const isOff = (rule: RuleConfiguration): boolean => rule.parameters.disabled === 'true';

/** Judges a condition of an app. */
export type AppCondition = (rule: RuleConfiguration, groupOperator: GroupOperator) => boolean;

const FORGE_CONDITION = 'forge:expression-condition';

const operatorOf = ({ operation, conditions, conditionGroups }: ConditionGroup): GroupOperator =>
  conditions.length + conditionGroups.length < 2 ? null : operation === 'ALL' ? 'AND' : 'OR';

function judgeRule(rule: RuleConfiguration, facts: Facts, channel: Channel): ConditionVerdict {
  const condition = CONDITIONS[rule.ruleKey];
  if (!condition) return { passes: false, unsupported: [rule.ruleKey] };
  return { passes: condition(rule.parameters, facts, channel), unsupported: [] };
}

/** Judges a tree of conditions; an empty group passes. */
export function judgeConditions(
  group: ConditionGroup | undefined,
  facts: Facts,
  channel: Channel,
  app: AppCondition = () => false,
): ConditionVerdict {
  if (!group) return { passes: true, unsupported: [] };
  const verdicts = [
    ...group.conditions
      .filter((rule) => !isOff(rule))
      .map((rule) =>
        rule.ruleKey === FORGE_CONDITION ? { passes: app(rule, operatorOf(group)), unsupported: [] } : judgeRule(rule, facts, channel),
      ),
    ...group.conditionGroups.map((inner) => judgeConditions(inner, facts, channel, app)),
  ];
  const passes = verdicts.length === 0 || (group.operation === 'ALL' ? verdicts.every((one) => one.passes) : verdicts.some((one) => one.passes));
  return { passes, unsupported: passes ? [] : verdicts.flatMap((one) => one.unsupported) };
}
