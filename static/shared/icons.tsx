/** Line icons of 16 px in the colour of the text around them. They repeat what words say, so they are hidden from screen readers. */
const PATHS = {
  agreement: 'M4 2.5h5.5L12 5v8.5H4zM6 7h4M6 9.5h4',
  arrowRight: 'M2.5 8h11M9.5 4l4 4-4 4',
  catalog: 'M4 2.5h8v11H4zM4 10.5h8M7 13.5l1-1 1 1',
  check: 'M3 8.5l3.2 3.2L13 4.8',
  chevronDown: 'M4 6.5l4 4 4-4',
  chevronUp: 'M4 9.5l4-4 4 4',
  chevronRight: 'M6.5 4l4 4-4 4',
  copy: 'M10.5 5.5v-3h-8v8h3M5.5 5.5h8v8h-8z',
  columns: 'M2.5 3.5h11v9h-11zM6.2 3.5v9M9.8 3.5v9',
  cross: 'M3.5 3.5l9 9M12.5 3.5l-9 9',
  plus: 'M8 3v10M3 8h10',
  download: 'M8 2.5v7.5M4.8 7.2L8 10.4l3.2-3.2M2.5 11v2.5h11V11',
  drift:
    'M4.5 5.5v5M4.5 5.5a1.6 1.6 0 1 0 0-3.2 1.6 1.6 0 0 0 0 3.2zM4.5 13.7a1.6 1.6 0 1 0 0-3.2 1.6 1.6 0 0 0 0 3.2zM11.5 13.7a1.6 1.6 0 1 0 0-3.2 1.6 1.6 0 0 0 0 3.2zM11.5 10.5V6a2 2 0 0 0-2-2H8',
  gear: 'M8 10.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4zM8 1.8v2M8 12.2v2M1.8 8h2M12.2 8h2M3.6 3.6L5 5M11 11l1.4 1.4M12.4 3.6L11 5M5 11l-1.4 1.4',
  grip: 'M6 4v.1M10 4v.1M6 8v.1M10 8v.1M6 12v.1M10 12v.1',
  fork: 'M4.5 8h3M7.5 8c2 0 1.5-3.5 4-3.5M7.5 8c2 0 1.5 3.5 4 3.5M3 9.5a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3zM13 6a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3zM13 13a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3z',
  link: 'M6.7 9.3a2.6 2.6 0 0 0 3.7 0l2.2-2.2a2.6 2.6 0 0 0-3.7-3.7l-.9.9M9.3 6.7a2.6 2.6 0 0 0-3.7 0L3.4 8.9a2.6 2.6 0 0 0 3.7 3.7l.9-.9',
  list: 'M2.5 4.2l1.1 1.1 1.9-2M8 4.5h5.5M2.5 11.2l1.1 1.1 1.9-2M8 11.5h5.5',
  lock: 'M4 7.5h8v6H4zM5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5',
  pause: 'M4.5 3v10h2V3zM9.5 3v10h2V3z',
  repeat: 'M3 8a5 5 0 1 0 1.6-3.7M3 2.5v2.8h2.8',
  register: 'M2.5 3h11v4h-11zM2.5 9h11v4h-11zM5 5v.1M5 11v.1M8 5h3M8 11h3',
  search: 'M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM10.3 10.3l3.2 3.2',
  shield: 'M8 2l4.8 1.7v3.6c0 3.1-2 5.4-4.8 6.7-2.8-1.3-4.8-3.6-4.8-6.7V3.7z',
  table: 'M2.5 3.5h11v9h-11zM2.5 6.5h11M6.5 6.5v6',
  transfer: 'M2.5 5.5h10M10 3l2.5 2.5L10 8M13.5 11h-10M6 8.5L3.5 11 6 13.5',
  team: 'M5.5 7.2a1.9 1.9 0 1 0 0-3.8 1.9 1.9 0 0 0 0 3.8zM2 12.6c0-2 1.5-3.2 3.5-3.2S9 10.6 9 12.6M10.2 3.6a1.9 1.9 0 0 1 0 3.5M11.2 9.6c1.7.2 2.8 1.3 2.8 3',
} as const;

export type IconName = keyof typeof PATHS;

export const Icon = ({ name }: { name: IconName }) => (
  <svg
    width="16"
    height="16"
    viewBox="0 0 16 16"
    fill="none"
    stroke="currentColor"
    strokeWidth="1.5"
    strokeLinecap="round"
    strokeLinejoin="round"
    aria-hidden
  >
    <path d={PATHS[name]} />
  </svg>
);
