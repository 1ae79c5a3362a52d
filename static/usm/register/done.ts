/** What came of an act on several items, in words. Pure. */
import type { BulkDone } from '../../../src/contract';
import { counted } from '../../setup/ui/words';

export interface Done {
  text: string;
  /** What was left alone, and why. */
  left: readonly string[];
}

export const doneWords = ({ done, left }: Pick<BulkDone, 'done' | 'left'>, what: string): Done => ({
  text: `${counted(done, 'item')} ${what}${left.length > 0 ? `, ${String(left.length)} left as they are` : ''}.`,
  left: left.map(({ text }) => text),
});
