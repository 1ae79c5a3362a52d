/** A person as a coloured disc with initials, a team as a square. Always beside the name. */
import styles from './face.module.css';
import { Icon } from './icons';

const COLOURS = ['purple', 'teal', 'blue', 'orange', 'green', 'magenta'] as const;

const initials = (name: string): string => {
  const words = name.split(/\s+/).filter(Boolean);
  return `${words[0]?.charAt(0) ?? ''}${words.length > 1 ? (words[words.length - 1]?.charAt(0) ?? '') : ''}`.toUpperCase();
};

const colourOf = (id: string): string =>
  COLOURS[[...id].reduce((sum, letter) => (sum * 33 + letter.charCodeAt(0)) % 9973, 5) % COLOURS.length] ?? 'blue';

/** `small`: 14 px, for a second line. */
export const Face = ({ id, name, small = false }: { id: string; name: string; small?: boolean }) => (
  <span
    aria-hidden
    className={`${styles['face'] ?? ''} ${small ? (styles['small'] ?? '') : ''}`}
    style={{ background: `var(--ds-background-accent-${colourOf(id)}-bolder)` }}
  >
    {initials(name)}
  </span>
);

export const TeamFace = ({ small = false }: { small?: boolean }) => (
  <span aria-hidden className={`${styles['team'] ?? ''} ${small ? (styles['small'] ?? '') : ''}`}>
    <Icon name="team" />
  </span>
);
