/** Where agreements stand below the page's own address. Pure. */
import { agreementId } from '../../../src/contract/agreements';

export const LIST = '/agreements';
export const IMPORT = `${LIST}/import`;
export const pathOf = (id: string): string => `${LIST}/${id}`;
export const chainPath = (id: string): string => `${LIST}/${id}/chain`;

/** With "?version=2" of the draft that is written. */
export const editPath = (id: string): string => `${LIST}/${id}/edit`;

export type Place = { page: 'list' | 'import' } | { page: 'agreement' | 'chain' | 'edit'; id: string };

/** An address that nobody knows is the list. */
export function placeOf(path: string | undefined): Place {
  const [, , id = '', page = ''] = (path ?? '').split('/');
  if (id === 'import') return { page: 'import' };
  if (!agreementId.safeParse(id).success) return { page: 'list' };
  return { page: page === 'chain' || page === 'edit' ? page : 'agreement', id };
}

/** "?version=2" of an agreement; undefined: the one that counts. */
export function versionOf(search: string): number | undefined {
  const version = Number(new URLSearchParams(search).get('version') ?? Number.NaN);
  return Number.isInteger(version) && version > 0 ? version : undefined;
}
