/** Tables of what is reached, and the same as a file. Pure. */
import type { ReachedItem, RegisterImpact } from '../../../../src/contract';
import { csvCell } from '../../../setup/ui/csv';
import { agreedWith, restoreWords, SECONDS } from './words';

export interface ReachedRow {
  class: string;
  place: string;
  count: number;
  failing: number;
  /** 1, 2 */
  steps: string;
  /** Where there is one alone. */
  item?: ReachedItem;
  items: ReachedItem[];
}

/** Items of a class in a place together; the most first. */
export function reachedRows({ items, classes }: Pick<RegisterImpact, 'items' | 'classes'>): ReachedRow[] {
  const names = new Map(classes.map(({ id, name }) => [id, name]));
  const groups = new Map<string, ReachedItem[]>();
  for (const one of items) {
    const key = JSON.stringify([one.class, one.place]);
    const there = groups.get(key);
    if (there) there.push(one);
    else groups.set(key, [one]);
  }
  return [...groups.values()]
    .map((all): ReachedRow => {
      const [first] = all;
      const only = all.length === 1 ? first : undefined;
      return {
        class: names.get(first?.class ?? '') ?? first?.class ?? '',
        place: first?.place ?? '',
        count: all.length,
        failing: all.filter(({ second }) => second === 'none').length,
        steps: [...new Set(all.map(({ level }) => level))].sort((a, b) => a - b).join(', '),
        ...(only && { item: only }),
        items: all,
      };
    })
    .sort((a, b) => b.count - a.count || a.class.localeCompare(b.class) || a.place.localeCompare(b.place));
}

const HEAD = ['What', 'Key', 'Name', 'Class', 'Place', 'Steps', 'Second path', 'P1', 'Customer'];

/** Items first, then services with their agreements. */
export function csvOf({ items, services, classes }: Pick<RegisterImpact, 'items' | 'services' | 'classes'>): string {
  const names = new Map(classes.map(({ id, name }) => [id, name]));
  const rows = [
    HEAD,
    ...items.map(({ key, name, class: of, place = '', level, second }) => [
      'Item',
      key,
      name,
      names.get(of) ?? of,
      place,
      String(level),
      second === undefined ? '' : SECONDS[second].name,
      '',
      '',
    ]),
    ...services.map((one) => [
      'Service',
      one.agreement?.id ?? '',
      one.service?.name ?? one.agreement?.name ?? '',
      '',
      '',
      '',
      SECONDS[one.second].name,
      one.agreement?.restore === undefined ? '' : restoreWords(one.agreement.restore),
      one.agreement?.customer.name ?? agreedWith(one),
    ]),
  ];
  return `${rows.map((row) => row.map(csvCell).join(',')).join('\r\n')}\r\n`;
}
