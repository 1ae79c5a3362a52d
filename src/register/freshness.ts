/** How long ago an item was looked at, as its class wants it. Pure. */
import { FRESHNESS, type Freshness, type ItemClass } from '../contract';
import type { SqlValue } from '../platform/sql';
import { toSql } from '../platform/sql';

/** The same day and hour so many months earlier; a day that such a month lacks is its last. */
export function monthsBefore(at: number, months: number): number {
  const from = new Date(at);
  const day = from.getUTCDate();
  from.setUTCDate(1);
  from.setUTCMonth(from.getUTCMonth() - months);
  from.setUTCDate(Math.min(day, new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + 1, 0)).getUTCDate()));
  return from.getTime();
}

const USUAL_MONTHS = 12;
const monthsOf = (of: ItemClass | undefined): number => of?.verifyMonths ?? USUAL_MONTHS;

export function freshnessOf(verifiedAt: number | undefined, of: ItemClass | undefined, at: number): Freshness {
  if (verifiedAt === undefined) return 'never';
  return verifiedAt >= monthsBefore(at, monthsOf(of)) ? 'inTime' : 'due';
}

export const freshnessAt = (place: number): Freshness => FRESHNESS[place] ?? 'never';

/** The same as a column of the table `i`: the place in FRESHNESS. */
export function freshnessColumn(classes: readonly ItemClass[], at: number): { sql: string; params: SqlValue[] } {
  const since = (months: number): string => toSql(monthsBefore(at, months));
  const others = classes.filter((one) => monthsOf(one) !== USUAL_MONTHS);
  const from = others.length === 0 ? '?' : `CASE i.class ${others.map(() => 'WHEN ? THEN ?').join(' ')} ELSE ? END`;
  return {
    sql: `CASE WHEN i.verified_at IS NULL THEN ${String(FRESHNESS.indexOf('never'))} WHEN i.verified_at >= ${from} THEN ${String(FRESHNESS.indexOf('inTime'))} ELSE ${String(FRESHNESS.indexOf('due'))} END`,
    params: [...others.flatMap((one) => [one.key, since(monthsOf(one))]), since(USUAL_MONTHS)],
  };
}
