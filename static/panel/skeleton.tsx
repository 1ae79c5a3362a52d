/** Bars with the lines of the content, after 0.3 s, so that an answer in time never flickers and a late one moves nothing. */
import { Hidden } from '../shared/hidden';
import styles from './skeleton.module.css';

const LINES: readonly { height: number; width: string }[] = [
  { height: 16, width: '62%' },
  { height: 46, width: '100%' },
  { height: 34, width: '100%' },
  { height: 16, width: '48%' },
  { height: 12, width: '70%' },
  { height: 44, width: '100%' },
  { height: 44, width: '92%' },
  { height: 30, width: '74%' },
  { height: 30, width: '66%' },
  { height: 120, width: '100%' },
];

export const Skeleton = () => (
  <div className={styles['skeleton']} aria-busy>
    <Hidden>Reading the process</Hidden>
    {LINES.map(({ height, width }, index) => (
      <span key={index} style={{ height, width }} />
    ))}
  </div>
);
