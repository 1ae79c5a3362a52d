/** JQL from values: names and words are quoted, ids are checked, so that nobody's words become a clause. */

const quoted = (words: string): string => `"${words.replace(/[\\"]/g, (sign) => `\\${sign}`)}"`;

export interface Clause {
  readonly jql: string;
}

const clause = (jql: string): Clause => ({ jql });
const id = (text: string): string => {
  if (!/^\d{1,18}$/.test(text)) throw new TypeError(`${text} is no id`);
  return text;
};

export const inSpaces = (ids: readonly string[]): Clause => clause(`project IN (${ids.map(id).join(', ')})`);
export const ofType = (typeId: string): Clause => clause(`issuetype = ${id(typeId)}`);
export const isOpen = clause('statusCategory != Done');
/** `fieldId` as Jira names a custom field: customfield_10020. */
export const fieldIs = (fieldId: string, words: string): Clause => clause(`cf[${id(fieldId.replace('customfield_', ''))}] = ${quoted(words)}`);
export const hasValue = (fieldId: string): Clause => clause(`cf[${id(fieldId.replace('customfield_', ''))}] IS NOT EMPTY`);
export const reportedBy = (accountId: string): Clause => clause(`reporter = ${quoted(accountId)}`);
export const anyOf = (clauses: readonly Clause[]): Clause => clause(`(${clauses.map((one) => one.jql).join(' OR ')})`);
export const isNot = (key: string): Clause => clause(`key != ${quoted(key)}`);

export const allOf = (clauses: readonly Clause[], order: 'created DESC' | 'created ASC'): string =>
  `${clauses.map((one) => one.jql).join(' AND ')} ORDER BY ${order}`;
