/** Where the catalog stands below the page's own address, and what of it is shown. Pure. */
import { catalogItemId } from '../../../src/contract/catalog';
import { READY_WITHIN, type ReadyWithin } from '../../../src/contract/catalog-calls';

export const BROWSE = '/catalog';
export const KEEP = '/catalog/items';
export const NEW = '/catalog/new';
export const itemPath = (id: string): string => `${BROWSE}/item/${id}`;
export const editPath = (id: string): string => `${BROWSE}/edit/${id}`;

export type Place = { page: 'browse' | 'keep' | 'new' } | { page: 'item' | 'edit'; id: string };

/** An address that nobody knows is the catalog. */
export function placeOf(path: string | undefined): Place {
  const [, , page = '', id = ''] = (path ?? '').split('/');
  if (page === 'items') return { page: 'keep' };
  if (page === 'new') return { page: 'new' };
  if ((page === 'item' || page === 'edit') && catalogItemId.safeParse(id).success) return { page, id };
  return { page: 'browse' };
}

/** Empty: all. */
export interface View {
  words: string;
  service: string;
  ready: ReadyWithin | '';
  cost: 'included' | 'charged' | '';
}

export const EVERYTHING: View = { words: '', service: '', ready: '', cost: '' };

export function toView(search: string): View {
  const asked = new URLSearchParams(search);
  const ready = asked.get('ready');
  const cost = asked.get('cost');
  return {
    words: (asked.get('words') ?? '').slice(0, 200),
    service: (asked.get('service') ?? '').slice(0, 40),
    ready: READY_WITHIN.find((one) => one === ready) ?? '',
    cost: cost === 'included' || cost === 'charged' ? cost : '',
  };
}

export function toSearch(view: View): string {
  const given = new URLSearchParams(Object.entries(view).filter(([, value]) => value !== ''));
  return given.size === 0 ? '' : `?${given.toString()}`;
}

export const narrows = (view: View): boolean => toSearch(view) !== '';

/** What is asked of the catalog for a view. */
export const askedOf = ({ words, service, ready, cost }: View) => ({
  query: words.trim(),
  ...(service !== '' && { service }),
  ...(ready !== '' && { ready }),
  ...(cost !== '' && { charged: cost === 'charged' }),
});
