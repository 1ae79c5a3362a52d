/** `filter = "My open work"`: the query of a saved filter inside another one, read as the person who searches. */
import type { Operand, TerminalClause } from '@atlaskit/jql-ast';
import { maySee } from '../filters/visible';
import { badRequest } from '../rest';
import type { Filter } from '../store';
import type { Asker } from './field';
import { checkShape } from './operands';

const NAMES = new Set(['filter', 'savedfilter', 'searchrequest', 'request']);
const OPERATORS = ['=', '!=', 'in', 'not in'];

export const isFilterClause = (clause: TerminalClause): boolean => !clause.field.properties?.length && NAMES.has(clause.field.value.toLowerCase());

function filtersNamed(asker: Asker, field: string, operand: Operand): Filter[] {
  if (operand.operandType === 'list') return operand.values.flatMap((one) => filtersNamed(asker, field, one));
  if (operand.operandType !== 'value') throw badRequest(`The field '${field}' only takes names and ids of filters.`);
  const { jira, person } = asker;
  const { value } = operand;
  const seen = jira.store.filters.filter((one) => maySee(jira, person, one));
  const found = seen.filter((one) => one.name.toLowerCase() === value.toLowerCase());
  const rows = found.length > 0 ? found : seen.filter((one) => one.id === value);
  if (rows.length > 0) return rows;
  if (/^\d+$/.test(operand.text)) throw badRequest(`A value with ID '${value}' does not exist for the field '${field}'.`);
  throw badRequest(`The value '${value}' does not exist for the field '${field}'.`);
}

/** The filters of a clause, and whether it wants what they find or all else. Throws 400, also for a filter that leads back to itself. */
export function filterClause(asker: Asker, clause: TerminalClause, under: readonly Filter[]): { filters: Filter[]; positive: boolean } {
  const [field, operator] = [clause.field.value, clause.operator?.value ?? ''];
  if (!OPERATORS.includes(operator) || !clause.operand) throw badRequest(`The operator '${operator}' is not supported by the '${field}' field.`);
  checkShape(field, operator, clause.operand);
  const filters = filtersNamed(asker, field, clause.operand);
  const again = filters.find((one) => under.includes(one));
  if (again) {
    throw badRequest(
      `Field '${field}' with value '${again.name}' matches filter '${again.name}' and causes a cyclical reference, ` +
        'this query can not be executed and should be edited.',
    );
  }
  return { filters, positive: operator === '=' || operator === 'in' };
}
