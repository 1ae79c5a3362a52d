/** Text inside a JQL string. */
export const quoted = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&')}"`;

/** A word search as people type it: every word, the last one as a beginning. Characters that mean something to the search are left out. */
export function words(text: string): string | undefined {
  const clean = text
    .replace(/[+\-&|!(){}[\]^~*?\\:"/]/g, ' ')
    .trim()
    .replace(/\s+/g, ' ');
  return clean ? `summary ~ ${quoted(`${clean}*`)}` : undefined;
}

/** Conditions that all hold, then an order. */
export const jql = (conditions: (string | undefined)[], order: string): string =>
  `${conditions.filter(Boolean).join(' AND ')} ORDER BY ${order}`.trim();
