/** When an item was looked at last: in time, due, never. */
import type { Freshness } from '../../../src/contract';
import type { MarkKind } from '../../shared/kinds';
import { Mark } from '../../shared/mark';
import { wholeMoment } from '../../shared/time';
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
}

export const Verified = ({ verified: { state, at }, now, before = '', after = '' }: VerifiedProps) => (
  <span className={styles['verified']} title={at === undefined ? undefined : wholeMoment(at)}>
    <Mark kind={FRESH[state].mark} />
    {at === undefined
      ? `${before === '' ? '' : `${before} `}never`
      : [before, ageWords(now - at), now - at < 86_400_000 ? '' : after].filter(Boolean).join(' ')}
  </span>
);
