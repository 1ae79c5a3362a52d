/** What the register says of the items that one work item names, as the rules ask it. Pure but for the classes, which are kept beside. */
import type { ItemClass } from '../contract';
import { type FrozenTime, LIFE_OVER, type NamedItem, type RegisterFact, type TrendRule } from '../method';
import { readFreezes } from './calendar';
import { type Freezable, freezesTouching } from './freezes';
import { classesNow } from './kept';
import type { Known } from './ties';

export const DAY_MS = 86_400_000;
/** Since when failures are counted, at this moment. */
export const trendSince = (now: number, { days }: TrendRule): number => now - days * DAY_MS;

export const isTrend = (times: number, { incidents }: TrendRule): boolean => times >= incidents;

const same = (a: string, b: string): boolean => a.toUpperCase() === b.toUpperCase();

interface Sources {
  known: Known;
  /** As Jira's fields name them. */
  names: readonly string[];
  classes: readonly ItemClass[];
  trend: TrendRule;
  /** Of the calendar, where a rule asks it. */
  freezes?: readonly FrozenTime[];
}

/** undefined: the register holds nothing yet, so Jira's fields are judged by themselves (docs/decisions/0020). */
export function factOf({ known, names, classes, trend, freezes = [] }: Sources): RegisterFact | undefined {
  if (!known.begun) return undefined;
  const managed = (key: string): boolean => (classes.find((one) => one.key === key)?.managed.length ?? 1) > 0;
  const one = (name: string): NamedItem => {
    const item = known.items.find(({ key }) => same(key, name));
    const ties = known.own.filter(({ key, role }) => role !== 'concerned' && same(key, name));
    const outcome = ties.find((tie) => tie.outcome !== undefined)?.outcome;
    return {
      name,
      known: item !== undefined,
      over: item !== undefined && LIFE_OVER.includes(item.life),
      managed: item === undefined || managed(item.class),
      planned: ties.some(({ plan }) => plan !== undefined),
      ...(outcome !== undefined && { outcome }),
    };
  };
  return {
    items: new Map(names.map((name) => [name, one(name)])),
    others: known.others.map(({ workKey, item, start, end }) => ({ key: workKey, item, start, end })),
    freezes,
    trend,
    failures: known.failures.flatMap(({ key, times }) => (isTrend(times, trend) ? [{ item: key, times }] : [])),
  };
}

interface Window {
  start: number | undefined;
  end: number | undefined;
}

/** Freezes that a change in this window would break; read only where a rule asks it. */
async function frozen(known: Known, names: readonly string[], { start, end }: Window): Promise<FrozenTime[]> {
  if (start === undefined || end === undefined || start >= end) return [];
  const items = names.map((name): Freezable => {
    const item = known.items.find(({ key }) => same(key, name));
    return { key: name, class: item?.class, keeper: item?.keeper, location: item?.location };
  });
  return freezesTouching(await readFreezes(), items, { from: start, until: end }).map(({ freeze, items: touched }) => ({
    name: freeze.name,
    items: touched,
  }));
}

/** `changing`: of the names, those that are to change in a window, where a rule asks about it. */
export async function factFrom(
  known: Known,
  names: readonly string[],
  trend: TrendRule,
  changing?: { names: readonly string[]; window: Window },
): Promise<RegisterFact | undefined> {
  if (!known.begun) return undefined;
  const [classes, freezes] = await Promise.all([classesNow(), changing ? frozen(known, changing.names, changing.window) : []]);
  return factOf({ known, names, classes, trend, freezes });
}
