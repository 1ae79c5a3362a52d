/** Line icons of 16 px in the colour of the text around them. They repeat what words say, so they are hidden from screen readers. */
const PATHS = {
  arrowRight: 'M2.5 8h11M9.5 4l4 4-4 4',
  check: 'M3 8.5l3.2 3.2L13 4.8',
  chevronDown: 'M4 6.5l4 4 4-4',
  chevronRight: 'M6.5 4l4 4-4 4',
  copy: 'M10.5 5.5v-3h-8v8h3M5.5 5.5h8v8h-8z',
  cross: 'M3.5 3.5l9 9M12.5 3.5l-9 9',
  plus: 'M8 3v10M3 8h10',
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
