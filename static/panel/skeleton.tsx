/** The lines of the panel while it is read. */
import { Skeleton as Lines, type SkeletonLine } from '../shared/skeleton';

const LINES: readonly SkeletonLine[] = [
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

export const Skeleton = () => <Lines subject="the process" lines={LINES} />;
