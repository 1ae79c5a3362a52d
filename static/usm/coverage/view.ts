/** How the map is looked at; kept in the address, so that it can be sent. Pure. */
import type { Form } from '../agreements/chain/view';
import type { Look } from './model';

export interface View extends Look {
  /** Empty: as this person looked last. */
  as: Form | '';
}

export function toView(search: string): View {
  const asked = new URLSearchParams(search);
  const as = asked.get('as');
  return {
    by: asked.get('by') === 'customer' ? 'customer' : 'unit',
    show: asked.get('show') === 'gaps' ? 'gaps' : 'all',
    as: as === 'table' || as === 'picture' ? as : '',
  };
}

export function toSearch({ by, show, as }: View): string {
  const asked = new URLSearchParams();
  if (by !== 'unit') asked.set('by', by);
  if (show !== 'all') asked.set('show', show);
  if (as !== '') asked.set('as', as);
  const text = asked.toString();
  return text === '' ? '' : `?${text}`;
}
