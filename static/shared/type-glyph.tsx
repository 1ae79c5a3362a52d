/** The square of a work type: colour and sign of its own, so that a chain is read at a glance. */
import type { WorkTypeKey } from './kinds';
import styles from './type-glyph.module.css';

const GLYPHS: Record<WorkTypeKey, { colour: string; sign: string }> = {
  wish: { colour: 'accent-purple-bolder', sign: 'M8 3.4l1.4 2.9 3.2.5-2.3 2.2.5 3.2L8 10.7l-2.8 1.5.5-3.2-2.3-2.2 3.2-.5z' },
  rfc: { colour: 'information-bold', sign: 'M3.5 6h8.6M9.8 3.7L12.1 6 9.8 8.3M12.5 10.4H3.9M6.2 8.1l-2.3 2.3 2.3 2.3' },
  incident: { colour: 'danger-bold', sign: 'M5 11.5V8.6a3 3 0 0 1 6 0v2.9M3.6 12h8.8M8 2.8v.9M3.6 4.3l.8.8M12.4 4.3l-.8.8M8 8.2v1.6' },
  serviceRequest: { colour: 'accent-teal-bolder', sign: 'M4 4h8v8H4zM6 8.1l1.5 1.5L10.2 6.7' },
  complaint: { colour: 'accent-orange-bolder', sign: 'M3.5 4h9v6.4H8.2L5.6 12.6v-2.2H3.5zM8 5.7v1.5M8 8.7v.1' },
  improvement: { colour: 'accent-green-bolder', sign: 'M8 12.5v-9M4.5 7L8 3.5 11.5 7' },
  preventiveAction: { colour: 'accent-yellow-bolder', sign: 'M8 3.2l4 1.4v3.2c0 2.4-1.6 4.1-4 5-2.4-.9-4-2.6-4-5V4.6z' },
  optimization: { colour: 'accent-magenta-bolder', sign: 'M3.4 10.8a4.7 4.7 0 1 1 9.2 0M8 10.4l2.2-3' },
};

/** `name` only where the words beside it do not say the work type. */
export const TypeGlyph = ({ type, name }: { type: WorkTypeKey; name?: string }) => (
  <svg width="16" height="16" viewBox="0 0 16 16" {...(name === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': name })}>
    {name !== undefined && <title>{name}</title>}
    <rect width="16" height="16" rx="3" style={{ fill: `var(--ds-background-${GLYPHS[type].colour})` }} />
    <path d={GLYPHS[type].sign} className={styles['sign']} strokeWidth="1.3" strokeLinecap="round" strokeLinejoin="round" />
  </svg>
);
