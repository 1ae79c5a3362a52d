/** When an item was looked at last: in time, due, never. */
import type { Freshness } from '../../../src/contract';
import type { MarkKind } from '../../shared/kinds';
import { Mark } from '../../shared/mark';
import { DAY, wholeMoment } from '../../shared/time';
import styles from './verified.module.css';
import { ageWords } from './words';

export const FRESH: Readonly<Record<Freshness, { name: string; mark: MarkKind }>> = {
  inTime: { name: 'In time', mark: 'met' },
  due: { name: 'Due', mark: 'later' },
  never: { name: 'Never', mark: 'unmet' },
};

interface VerifiedProps {
  verified: { state: Freshness; at?: number | undefined };
  now: number;
  /** Before and after the age: verified … ago. */
  before?: string;
  after?: string;
  /** Said behind it all. */
  how?: string;
}

const said = ({ at, now, before, after }: { at: number | undefined; now: number; before: string; after: string }): string => {
  const words = at === undefined ? ['never'] : [ageWords(now - at), now - at < DAY ? '' : after];
  return [before, ...words].filter((word) => word !== '').join(' ');
};

export const Verified = ({ verified: { state, at }, now, before = '', after = '', how = '' }: VerifiedProps) => (
  <span className={styles['verified']} title={at === undefined ? undefined : wholeMoment(at)}>
    <Mark kind={FRESH[state].mark} />
    {said({ at, now, before, after })}
    {how}
  </span>
);
