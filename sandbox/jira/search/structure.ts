/** The tree of a query as /jql/parse writes it. */
import type { Clause, Field, Operand, Query } from '@atlaskit/jql-ast';
import { encoded, encodedOperand } from './syntax';

function fieldBean({ value, text, properties }: Field) {
  const property = (properties ?? []).map(({ key, path }) => ({
    entity: value.replace(/\.property$/i, ''),
    key: key?.value ?? '',
    path: (path ?? []).map((one) => one.value.replace(/^\./, '')).join('.'),
  }));
  const name = property[0] ? `${value}[${property[0].key}].${property[0].path}` : value;
  return {
    name,
    encodedName: property[0] ? `${value}[${encoded(property[0].key)}].${property[0].path}` : /^cf\[\d+\]$/i.test(text) ? text : encoded(value),
    ...(property.length > 0 && { property }),
  };
}

function operandBean(operand: Operand): Record<string, unknown> {
  switch (operand.operandType) {
    case 'value':
      return { value: operand.value, encodedValue: encoded(operand.value) };
    case 'keyword':
      return { keyword: 'empty', encodedOperand: 'empty' };
    case 'list':
      return { values: operand.values.map(operandBean), encodedOperand: encodedOperand(operand) };
    case 'function':
      return {
        function: operand.function.value,
        arguments: operand.arguments.map((one) => one.value),
        encodedOperand: encodedOperand(operand),
      };
  }
}

function clauseBean(clause: Clause): Record<string, unknown> {
  switch (clause.clauseType) {
    case 'not':
      return { operator: 'not', clauses: [clauseBean(clause.clause)] };
    case 'compound':
      return { operator: clause.operator.value, clauses: clause.clauses.map(clauseBean) };
    case 'terminal': {
      const predicates = clause.predicates.flatMap(({ operator, operand }) =>
        operand ? { operator: operator.value, operand: operandBean(operand) } : [],
      );
      const operator = clause.operator?.value ?? '';
      return {
        field: fieldBean(clause.field),
        operator,
        ...(clause.operand && { operand: operandBean(clause.operand) }),
        ...(/^(was|changed)/.test(operator) && { predicates }),
      };
    }
  }
}

/** JqlQuery of the OpenAPI document. */
export const structureBean = ({ where, orderBy }: Query) => ({
  ...(where && { where: clauseBean(where) }),
  ...(orderBy && {
    orderBy: {
      fields: orderBy.fields.map(({ field, direction }) => ({
        field: fieldBean(field),
        ...(direction && { direction: direction.value.toLowerCase() }),
      })),
    },
  }),
});
