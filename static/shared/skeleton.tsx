/** Bars with the lines of the content, after 0.3 s, so that an answer in time never flickers and a late one moves nothing. */
import { Hidden } from './hidden';
import styles from './skeleton.module.css';

export interface SkeletonLine {
  height: number;
  width: string;
}

/** `subject`: what is being read, for screen readers. */
export const Skeleton = ({ subject, lines }: { subject: string; lines: readonly SkeletonLine[] }) => (
  <div className={styles['skeleton']} aria-busy>
    <Hidden>Reading {subject}</Hidden>
    {lines.map(({ height, width }, index) => (
      <span key={index} style={{ height, width }} />
    ))}
  </div>
);
