/** A small label. Atlaskit's own brings a menu and icons along (20 KiB); this one has its looks. */
import type { ReactNode } from 'react';
import type { Tone } from './kinds';
import styles from './lozenge.module.css';

export const Lozenge = ({ tone = 'neutral', children }: { tone?: Tone; children: ReactNode }) => (
  <span className={`${styles['lozenge'] ?? ''} ${styles[tone] ?? ''}`}>{children}</span>
);
