/** Work that is running on items, as far as Jira shows it to whoever asks; of the rest only how much there is. */
import type { OpenWork, RegisterImpact } from '../contract';
import type { Seeing } from './calendar';
import { overlapsAmong } from './overlaps';
import { openWorkOn, type WorkTie } from './reach';

/** So many work items are looked at; the rest counts as not seen. */
const MOST_WORK = 300;
const KEYS_TOLD = 5;
const OVERLAPS_TOLD = 20;

export type Running = Pick<RegisterImpact, 'workItems' | 'unseen' | 'overlaps' | 'overlapsMore'>;

/** `keys`: of items, nearest first. What has a window comes first, by when it begins. */
export async function runningOn(keys: readonly string[], seeing: Seeing): Promise<Running> {
  const byWork = new Map<string, WorkTie[]>();
  for (const tie of await openWorkOn(keys)) byWork.set(tie.id, [...(byWork.get(tie.id) ?? []), tie]);
  const all = [...byWork.keys()];
  const seen = await seeing(all.slice(0, MOST_WORK));
  const shown = [...byWork].flatMap(([id, ties]): OpenWork[] => {
    const item = seen.get(id);
    if (!item) return [];
    const window = ties.find(({ start, end }) => start !== undefined && end !== undefined);
    return [
      {
        key: item.key,
        summary: item.summary,
        items: [...new Set(ties.map((tie) => tie.item))].slice(0, KEYS_TOLD),
        ...(window?.start !== undefined && { start: window.start }),
        ...(window?.end !== undefined && { end: window.end }),
      },
    ];
  });
  const { overlaps, more } = overlapsAmong(
    shown.flatMap(({ key, start, end }) => (start === undefined || end === undefined ? [] : [{ key, window: { from: start, until: end } }])),
    OVERLAPS_TOLD,
  );
  return {
    workItems: shown.sort((a, b) => (a.start ?? Infinity) - (b.start ?? Infinity) || (a.key < b.key ? -1 : 1)),
    unseen: all.length - shown.length,
    overlaps,
    overlapsMore: more,
  };
}
