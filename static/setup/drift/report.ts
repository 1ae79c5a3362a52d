/** Deviations as the page sorts and names them. Pure. */
import type { Drift, DriftReport } from '../../../src/contract';
import type { MarkKind, Tone } from '../../shared/kinds';

export const SEVERITIES: Record<Drift['severity'], { name: string; mark: MarkKind; tone: Tone }> = {
  broken: { name: 'The method is broken', mark: 'unmet', tone: 'danger' },
  missing: { name: 'A rule is missing', mark: 'later', tone: 'warning' },
  changed: { name: 'Something was changed', mark: 'information', tone: 'neutral' },
  added: { name: 'Something was added', mark: 'information', tone: 'neutral' },
};

const ORDER = Object.keys(SEVERITIES);

export interface Sorted {
  open: Drift[];
  accepted: Drift[];
  repaired: DriftReport['repaired'];
  /** Repair moves no work and takes away nothing that somebody added. */
  safe: Drift[];
}

export function sortReport({ items, repaired }: DriftReport): Sorted {
  const grave = [...items].sort((one, other) => ORDER.indexOf(one.severity) - ORDER.indexOf(other.severity));
  const open = grave.filter(({ accepted }) => accepted === undefined);
  return {
    open,
    accepted: grave.filter(({ accepted }) => accepted !== undefined),
    repaired,
    safe: open.filter(({ safe, repair }) => safe && repair.length > 0),
  };
}

/** The review date has come. */
export const isDue = ({ accepted }: Drift, today: string): boolean => accepted !== undefined && accepted.review <= today;

/** In so many days, as the value of a date input. */
export const dayAfter = (now: number, days: number): string => new Date(now + days * 86_400_000).toISOString().slice(0, 10);
