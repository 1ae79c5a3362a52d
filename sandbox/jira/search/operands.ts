/** The right side of a clause: which values it names, and whether they exist. */
import type { Operand } from '@atlaskit/jql-ast';
import { may } from '../issues/access';
import { badRequest, type RestError } from '../rest';
import { OPERATORS, type Asker, type JqlField, type Rank, type Term } from './field';
import { functionNamed, type Value } from './functions';
import { dayOf } from './moments';
import { shownOperand } from './syntax';

/** Whether an operand is a list: one in parentheses, or a function that gives many values. */
const isList = (operand: Operand): boolean =>
  operand.operandType === 'list' ||
  (operand.operandType === 'function' &&
    functionNamed(
      operand.function.value,
      operand.arguments.map((one) => one.value),
    ).list);

/** Lists go with `in`, single values with everything else. Throws 400. */
export function checkShape(field: string, operator: string, operand: Operand): void {
  const wantsList = operator.endsWith('in');
  if (wantsList === isList(operand)) return;
  const shown = shownOperand(operand);
  throw badRequest(
    wantsList
      ? `Operator '${operator}' does not support the non-list value '${shown}' for field '${field}'.`
      : `Operator '${operator}' does not support the list value '${shown}' for field '${field}'.`,
  );
}

/** The values of an operand as they are written or as functions give them. Throws 400. */
export function valuesOf(asker: Asker, field: JqlField, operand: Operand): Value[] {
  switch (operand.operandType) {
    case 'list':
      return operand.values.flatMap((one) => valuesOf(asker, field, one));
    case 'keyword':
      return [{ kind: 'empty' }];
    case 'value':
      if (field.emptyWord === operand.value.toLowerCase()) return [{ kind: 'empty' }];
      return [{ kind: 'text', text: operand.value, isNumber: /^-?\d+$/.test(operand.text) }];
    case 'function': {
      const args = operand.arguments.map((one) => one.value);
      const called = functionNamed(operand.function.value, args);
      if (!called.kinds.includes(field.kind) && field.operators !== OPERATORS.everything) {
        throw badRequest(`A value provided by the function '${called.name}' is invalid for the field '${field.name}'.`);
      }
      return [called.values(asker, args)];
    }
  }
}

function notThere(field: JqlField, text: string, isNumber: boolean): RestError {
  if (field.kind === 'issue' && !isNumber) return badRequest(`An issue with key '${text}' does not exist for field '${field.name}'.`);
  if (isNumber) return badRequest(`A value with ID '${text}' does not exist for the field '${field.name}'.`);
  return badRequest(`The value '${text}' does not exist for the field '${field.name}'.`);
}

/** What of the named work items the asker may see; for others they do not exist. */
const visible = ({ jira, person }: Asker, found: readonly Term[]): readonly Term[] =>
  found.filter((id) => {
    const issue = jira.store.issues.get(String(id));
    return issue !== undefined && may(jira, person, 'BROWSE_PROJECTS', issue);
  });

/** The terms of one value. Throws 400 where it names nothing; an anonymous search just finds nothing. */
export function termsOf(asker: Asker, field: JqlField, value: Value): readonly Term[] {
  if (value.kind === 'terms') return value.terms;
  if (value.kind !== 'text') return [];
  const named = field.named?.(value.text) ?? [];
  const found = field.kind === 'issue' ? visible(asker, named) : named;
  if (found.length === 0 && asker.person) throw notThere(field, value.text, value.isNumber);
  return found;
}

const FORMATS = "'yyyy/MM/dd HH:mm', 'yyyy-MM-dd HH:mm', 'yyyy/MM/dd', 'yyyy-MM-dd', or a period format e.g. '-5d', '4w 2d'";

/** One value as a rank of the field. Throws 400; undefined for values that nobody can have (an anonymous currentUser). */
export function rankOf(asker: Asker, field: JqlField, value: Value): Rank | undefined {
  if (value.kind === 'moment') return field.kind === 'day' ? dayOf(value.at, asker.calendar.zone) : value.at;
  if (value.kind !== 'text') return undefined;
  const rank = field.read?.(value.text);
  if (rank !== undefined) return rank;
  if (field.kind === 'moment' || field.kind === 'day') {
    throw badRequest(`Date value '${value.text}' for field '${field.name}' is invalid. Valid formats include: ${FORMATS}.`);
  }
  if (field.kind === 'number') throw badRequest(`The value '${value.text}' is not a valid number for the field '${field.name}'.`);
  throw notThere(field, value.text, value.isNumber);
}
