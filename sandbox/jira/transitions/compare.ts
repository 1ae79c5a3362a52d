/** The comparisons that rules about values share. */

export const COMPARATORS: Record<string, (order: number) => boolean> = {
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
  '=': (order) => order === 0,
  '<=': (order) => order <= 0,
  '<': (order) => order < 0,
  '!=': (order) => order !== 0,
};

/** -1, 0 or 1. */
export const order = <T extends number | string>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0);

/** Start of the UTC day of a moment. */
export const day = (moment: number): number => Math.floor(moment / 86_400_000) * 86_400_000;

/** A comma list of a rule's parameters. */
export const list = (value: string | undefined): string[] => (value ?? '').split(',').flatMap((one) => one.trim() || []);
