/** From the text of a query to its tree, or to the 400 that tells what is wrong with it. The grammar is Atlassian's own parser. */
import { JastBuilder, type JQLParseError, JQLSyntaxError, type Operand, type Query, RESERVED_WORDS } from '@atlaskit/jql-ast';
import { badRequest, type RestError } from '../rest';

/** Trees by text: the same few queries come again and again. */
const trees = new Map<string, Query>();
const TREES_KEPT = 200;

/** The tree of a query. Throws 400. */
export function readTree(jql: string): Query {
  const known = trees.get(jql);
  if (known) return known;
  // A builder remembers the last text as read to its end: a second reading of the same text would find nothing.
  const { query, errors } = new JastBuilder().build(jql);
  const [error] = errors;
  if (error || !query) throw syntaxError(jql, error);
  if (trees.size >= TREES_KEPT) trees.clear();
  trees.set(jql, query);
  return query;
}

const OPERATORS = "The valid operators are '=', '!=', '<', '>', '<=', '>=', '~', '!~', 'IN', 'NOT IN', 'IS' and 'IS NOT'.";
const RESERVED = /^(and|or|not|empty|null|order|by|in|is|was|changed)$/i;

/** What Jira says for what its parser wanted to see. */
function expectation(message: string): { what: string; more: string } {
  const missing = /^missing (\S+) at/.exec(message)?.[1];
  const wanted = missing ?? message.slice(message.indexOf('expecting') + 'expecting '.length);
  if (wanted.includes("'<'")) return { what: 'operator', more: ` ${OPERATORS}` };
  if (wanted.includes('CUSTOMFIELD')) return { what: 'a field name', more: '' };
  if (wanted === 'EMPTY') return { what: "'EMPTY' or 'NULL'", more: '' };
  if (wanted.includes('EMPTY')) return { what: 'either a value, list or function', more: '' };
  if (wanted.includes('<EOF>') || wanted.includes('ORDER')) return { what: "either 'OR' or 'AND'", more: '' };
  return { what: `'${wanted.replace(/[{}']/g, '')}'`, more: '' };
}

/** `field in value`, right before the place where the parser missed its parenthesis. */
const IN_WITHOUT_LIST = /("[^"]*"|'[^']*'|\S+)\s+((?:was\s+)?(?:not\s+)?in)\s+("[^"]*"|'[^']*'|[^\s()]+)\s*$/i;

/** The grammar wants a list after `in`; Jira tells so in the words of its validation. */
function missingList(jql: string, { description, start }: JQLSyntaxError): RestError | undefined {
  const [, field = '', operator = '', value = ''] = (description.endsWith("expecting '('") && IN_WITHOUT_LIST.exec(jql.slice(0, start))) || [];
  const bare = (text: string): string => text.replace(/^["'](.*)["']$/, '$1');
  if (operator === '') return undefined;
  return badRequest(`Operator '${operator.toLowerCase()}' does not support the non-list value '${quote(bare(value))}' for field '${bare(field)}'.`);
}

function syntaxError(jql: string, error: JQLParseError | undefined): RestError {
  if (!(error instanceof JQLSyntaxError)) return badRequest(`Error in the JQL Query: ${error?.description ?? 'it cannot be read.'}`);
  const notAList = missingList(jql, error);
  if (notAList) return notAList;
  const got = jql.slice(error.start, error.stop);
  const place = `(line ${error.line}, character ${error.charPositionInLine + 1})`;
  if (/^["']/.test(got) && got.length < 2) {
    return badRequest(`Error in the JQL Query: The quoted string '${jql.slice(error.start + 1)}' has not been completed. ${place}`);
  }
  if (RESERVED.test(got)) {
    return badRequest(
      `Error in the JQL Query: '${got}' is a reserved JQL word. You must surround it in quotation marks to use it in a query. ${place}`,
    );
  }
  const { what, more } = expectation(error.description);
  if (got === '') return badRequest(`Error in the JQL Query: Expecting ${what} before the end of the query.${more}`);
  return badRequest(`Error in the JQL Query: Expecting ${what} but got '${got}'.${more} ${place}`);
}

const quote = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&')}"`;

/** An operand as messages show it. */
export function shownOperand(operand: Operand): string {
  if (operand.operandType === 'value') return quote(operand.value);
  if (operand.operandType === 'keyword') return 'EMPTY';
  if (operand.operandType === 'list') return `(${operand.values.map(shownOperand).join(', ')})`;
  return `${operand.function.value}(${operand.arguments.map((one) => one.value).join(', ')})`;
}

/** A text as it can stand in a query: quoted where it must be. */
export const encoded = (text: string): string => (/^[\p{L}\p{N}_.-]+$/u.test(text) && !RESERVED_WORDS.has(text.toLowerCase()) ? text : quote(text));

/** An operand as it can stand in a query. */
export function encodedOperand(operand: Operand): string {
  if (operand.operandType === 'value') return encoded(operand.value);
  if (operand.operandType === 'keyword') return 'empty';
  if (operand.operandType === 'list') return `(${operand.values.map(encodedOperand).join(', ')})`;
  return `${operand.function.value}(${operand.arguments.map((one) => encoded(one.value)).join(', ')})`;
}
