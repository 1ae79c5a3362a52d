/** From what a person types to a query, and from a query to an address. */
import { jql, words } from '../jql';

const NEWEST_FIRST = 'created DESC';

/** What the search page shows before anything was asked. */
export const RECENT = 'created >= -30d ORDER BY created DESC';

const LOOKS_LIKE_JQL = /(^|\s)order\s+by\s|(!?[=~]|[<>]=?)|\s(not\s+)?in\s*\(|\sis\s+(not\s+)?(empty|null)\b|\s(was|changed)\b/i;

/** A query as it stands; other text becomes a search for its words. Undefined when nothing is left to search for. */
export function queryOf(text: string): string | undefined {
  if (LOOKS_LIKE_JQL.test(text)) return text.trim();
  const condition = words(text);
  return condition && jql([condition], NEWEST_FIRST);
}

export const searchAddress = (query: string): string => `/issues?${new URLSearchParams({ jql: query })}`;
export const bulkAddress = (query: string): string => `/issues/bulk?${new URLSearchParams({ jql: query })}`;
