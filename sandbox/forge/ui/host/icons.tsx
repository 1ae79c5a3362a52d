/** The few icons of the frames' surroundings, drawn here: 16 by 16, in the colour of the text around them. */
const SHAPES = {
  info: 'M8 7v4.5M8 4.5v.5',
  success: 'M5 8.2l2.1 2.1L11 6.2',
  warning: 'M8 4.5v4M8 11v.5',
  error: 'M5.8 5.8l4.4 4.4M10.2 5.8l-4.4 4.4',
  cross: 'M4 4l8 8M12 4l-8 8',
};

/** `label` is what a screen reader says. */
export function Icon({ name, label }: { name: keyof typeof SHAPES; label: string }) {
  return (
    <svg
      width="16"
      height="16"
      viewBox="0 0 16 16"
      role="img"
      aria-label={label}
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
    >
      {name !== 'cross' && <circle cx="8" cy="8" r="6.25" />}
      <path d={SHAPES[name]} />
    </svg>
  );
}
