/** Where the register stands below the page's own address. Pure. */
import { itemKey } from '../../../src/contract/register';

export const REGISTER = '/register';
/** Pages of the register itself, by the word after its address. */
const PAGE_NAMES = ['new', 'classes', 'removal', 'import', 'calendar'] as const;
export type PageName = (typeof PAGE_NAMES)[number];
/** Pages of one item, by the word after its key. */
const ITEM_PAGE_NAMES = ['impact', 'explore'] as const;
export type ItemPageName = (typeof ITEM_PAGE_NAMES)[number];

export const pagePath = (name: PageName): string => `${REGISTER}/${name}`;

/** An item may be called as a page is: keys mean the same in capitals, names of pages do not. */
const spoken = (key: string): string => encodeURIComponent(PAGE_NAMES.some((name) => name === key) ? key.toUpperCase() : key);
export const itemPath = (key: string): string => `${REGISTER}/${spoken(key)}`;
export const itemPagePath = (key: string, name: ItemPageName): string => `${itemPath(key)}/${name}`;

export type Place =
  { at: 'list' } | { at: 'page'; name: PageName } | { at: 'item'; key: string } | { at: 'itemPage'; key: string; name: ItemPageName };

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** An address that nobody knows is the list. */
export function placeOf(path: string | undefined): Place {
  const [, , first = '', second = ''] = (path ?? '').split('/');
  const page = PAGE_NAMES.find((name) => name === first);
  if (page) return { at: 'page', name: page };
  const key = itemKey.safeParse(decoded(first)).data;
  if (key === undefined) return { at: 'list' };
  const name = ITEM_PAGE_NAMES.find((one) => one === second);
  return name ? { at: 'itemPage', key, name } : { at: 'item', key };
}
