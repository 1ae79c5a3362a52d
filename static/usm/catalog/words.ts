/** Days and numbers as the catalog writes them. Pure. */
const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });

/** 27 Nov 2026 */
export const dayWords = (day: string): string => DAY.format(Date.parse(`${day}T00:00:00Z`)).replace('Sept', 'Sep');

export const momentDay = (at: number): string =>
  new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' }).format(at).replace('Sept', 'Sep');

export const countWords = (shown: number, total: number): string =>
  total === 0
    ? 'Nothing fits'
    : shown < total
      ? `${String(shown)} of ${total.toLocaleString('en-GB')}`
      : total === 1
        ? 'One thing'
        : `${total.toLocaleString('en-GB')} things`;

/** Sint Lucas Ziekenhuis and Ward 3B */
export const listWords = (names: readonly string[]): string =>
  names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names[names.length - 1] ?? ''}`;
