import type { User } from '../store';

/** Jira finds people by the beginnings of the words of their name, and by their address. */
export function matches(user: User, text: string): boolean {
  const wanted = text.toLowerCase();
  const words = user.displayName.toLowerCase().split(/\s+/);
  return (
    user.displayName.toLowerCase().startsWith(wanted) ||
    words.some((one) => one.startsWith(wanted)) ||
    user.emailAddress.toLowerCase().startsWith(wanted)
  );
}
