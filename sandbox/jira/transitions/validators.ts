/** Jira's own validators: what must be true of the work item, with the edits of this request, before it moves. Each answers its refusal. */
import type { Json } from '../store';
import { COMPARATORS, day, list, order } from './compare';
import { hasBeenIn } from './conditions';
import type { Facts } from './facts';

type Parameters = Record<string, string>;
type Validator = (parameters: Parameters, facts: Facts) => string | undefined;

const DAY = 86_400_000;

const isEmpty = (value: Json): boolean => value === null || value === '' || (Array.isArray(value) && value.length === 0);

/** First of the fields that is empty though it must not be. */
function fieldRequired({ fieldsRequired, ignoreContext, errorMessage }: Parameters, facts: Facts): string | undefined {
  const missing = list(fieldsRequired).find((id) => isEmpty(facts.value(id)) && !(ignoreContext === 'true' && !facts.applies(id)));
  return missing && (errorMessage || `${facts.fieldName(missing)} is required.`);
}

function fieldChanged({ fieldKey = '', groupsExemptFromValidation, errorMessage }: Parameters, facts: Facts): string | undefined {
  if (list(groupsExemptFromValidation).some((id) => facts.inGroup(id))) return undefined;
  if (JSON.stringify(facts.value(fieldKey)) !== JSON.stringify(facts.before(fieldKey))) return undefined;
  return errorMessage || `${facts.fieldName(fieldKey)} must be modified during transition.`;
}

function fieldHasSingleValue({ fieldKey = '' }: Parameters, facts: Facts): string | undefined {
  const value = facts.value(fieldKey);
  return Array.isArray(value) && value.length > 1 ? `${facts.fieldName(fieldKey)} must have a single value.` : undefined;
}

function matchesExpression({ fieldKey = '', regexp = '' }: Parameters, facts: Facts): string | undefined {
  try {
    if (new RegExp(regexp).test(facts.text(fieldKey))) return undefined;
  } catch {
    return `The regular expression for ${facts.fieldName(fieldKey)} is not valid: ${regexp}`;
  }
  return `${facts.fieldName(fieldKey)} does not match the regular expression: ${regexp}`;
}

/** Both moments, or undefined where one of the fields is empty: then there is nothing to compare. */
function bothDates({ date1FieldKey = '', date2FieldKey = '' }: Parameters, facts: Facts): [number, number] | undefined {
  const [first, second] = [facts.rank(date1FieldKey), facts.rank(date2FieldKey)];
  return typeof first === 'number' && typeof second === 'number' ? [first, second] : undefined;
}

function dateComparison(parameters: Parameters, facts: Facts): string | undefined {
  const dates = bothDates(parameters, facts);
  const holds = COMPARATORS[parameters.conditionSelected ?? ''];
  if (!holds) return `The comparison '${parameters.conditionSelected ?? ''}' is not known.`;
  if (!dates) return undefined;
  const [first, second] = parameters.includeTime === 'true' ? dates : [day(dates[0]), day(dates[1])];
  if (holds(order(first, second))) return undefined;
  return `${facts.fieldName(parameters.date1FieldKey ?? '')} must be ${parameters.conditionSelected ?? ''} ${facts.fieldName(parameters.date2FieldKey ?? '')}.`;
}

function windowComparison(parameters: Parameters, facts: Facts): string | undefined {
  const dates = bothDates(parameters, facts);
  const days = Number(parameters.numberOfDays);
  if (!dates || day(dates[0]) <= day(dates[1]) + days * DAY) return undefined;
  const [first, second] = [parameters.date1FieldKey ?? '', parameters.date2FieldKey ?? ''];
  return `${facts.fieldName(first)} must be within ${days} days of ${facts.fieldName(second)}.`;
}

const FIELD_RULES: Record<string, Validator> = {
  fieldRequired,
  fieldChanged,
  fieldHasSingleValue,
  fieldMatchesRegularExpression: matchesExpression,
  dateFieldComparison: dateComparison,
  windowDateComparison: windowComparison,
};

export const VALIDATORS: Record<string, Validator> = {
  'system:check-permission-validator': ({ permissionKey = '' }, facts) =>
    facts.holds(permissionKey) ? undefined : `User '${facts.displayName}' doesn't have the '${permissionKey}' permission`,
  'system:previous-status-validator': (parameters, facts) =>
    hasBeenIn(parameters, facts) ? undefined : 'The work item has not been in the status that this transition asks for.',
  'system:parent-or-child-blocking-validator': ({ statusIds }, { parentStatusId }) =>
    parentStatusId === undefined || list(statusIds).includes(parentStatusId)
      ? undefined
      : 'The parent work item is not in a status that allows this transition.',
  'system:validate-field-value': (parameters, facts) => {
    const rule = FIELD_RULES[parameters.ruleType ?? ''];
    return rule ? rule(parameters, facts) : `The workflow rule system:validate-field-value/${parameters.ruleType ?? ''} is not supported here yet.`;
  },
};
