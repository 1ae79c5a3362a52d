/** How this site tells people, and what counts without their answer: from its settings. */
import type { Calendar } from '../contract';
import type { NoticeKind, ProcessKey } from '../method';
import type { Person } from './model';

export interface Manners {
  tells(kind: NoticeKind): boolean;
  /** A moment in the site's time zone. */
  inWords(at: number): string;
  /** undefined: silence never counts as a yes. */
  silentDays: number | undefined;
  silentFrom(delivered: number): number | undefined;
  reopenUntil(fulfilled: number): number | undefined;
  accountable(process: ProcessKey): Person | undefined;
  calendars: readonly Calendar[];
}
