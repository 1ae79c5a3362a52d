/** /auditing/record */
import { administratorsOnly } from '../configure';
import { badRequest, jiraDate, ok, operation, type Operation } from '../rest';
import type { AuditRecord } from '../store';

/** OpenAPI: getAuditRecords, default limit. */
const LIMIT = 1000;

const recordBean = ({ id, authorId, created, category, summary, object, changes }: AuditRecord) => ({
  id: Number(id),
  summary,
  // Jira gives apps the address of their servers here; this site has one address.
  remoteAddress: '127.0.0.1',
  ...(authorId !== undefined && { authorKey: authorId, authorAccountId: authorId }),
  created: jiraDate(created),
  category,
  eventSource: '',
  objectItem: object,
  changedValues: changes.map(({ fieldName, from, to }) => ({ fieldName, changedFrom: from, changedTo: to })),
  associatedItems: [],
});

const textOf = ({ summary, category, object, changes }: AuditRecord): string =>
  [
    summary,
    category,
    object.name,
    object.typeName,
    ...(object.typeName === 'USER' ? [object.id] : []),
    ...changes.flatMap(({ from, to }) => [from, to]),
  ]
    .join('\n')
    .toLowerCase();

function momentOf(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  const moment = Date.parse(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  if (Number.isNaN(moment)) throw badRequest(`${name} is not a date and time.`);
  return moment;
}

const numberOf = (query: URLSearchParams, name: string, usual: number): number => {
  const value = Number(query.get(name) ?? usual);
  if (!Number.isInteger(value) || value < 0) throw badRequest(`${name} has to be a whole number.`);
  return value;
};

export const operations: Operation[] = administratorsOnly('Only Jira administrators can see the audit log.', [
  operation('getAuditRecords', 'GET', '/rest/api/3/auditing/record', ({ jira, query }) => {
    const [from, to] = [momentOf(query, 'from'), momentOf(query, 'to')];
    const words = (query.get('filter') ?? '').toLowerCase().split(/\s+/).filter(Boolean);
    const [offset, limit] = [numberOf(query, 'offset', 0), Math.min(LIMIT, numberOf(query, 'limit', LIMIT))];
    const rows = jira.store.auditRecords
      .filter((one) => (from === undefined || one.created >= from) && (to === undefined || one.created <= to))
      .filter((one) => words.every((word) => textOf(one).includes(word)))
      .reverse();
    return ok({ offset, limit, total: rows.length, records: rows.slice(offset, offset + limit).map(recordBean) });
  }),
]);
