/** Where records stand below the page's own address. Pure. */
export const RECORDS = '/records';
export const NEW = 'new';

export const listPath = (kind: string): string => `${RECORDS}/${kind}`;
export const recordPath = (kind: string, id: string): string => `${RECORDS}/${kind}/${id}`;
export const newPath = (kind: string): string => recordPath(kind, NEW);

/** /records/parties/lucas; an address that nobody knows is the first list. */
export function placeOf(path: string | undefined, kinds: readonly string[]): { kind: string; id?: string } {
  const [, , kind = '', id] = (path ?? '').split('/');
  const known = kinds.find((one) => one === kind) ?? kinds[0] ?? '';
  return { kind: known, ...(known === kind && id !== undefined && id !== '' && { id: decodeURIComponent(id) }) };
}
