/** Windows of work on what is reached that lie over each other, whichever of the items each is about (V21, looked at further). Pure. */
import { sharedWindow, type Window } from './freezes';

export interface Planned {
  key: string;
  window: Window;
}

export interface Overlap {
  keys: [string, string];
  from: number;
  until: number;
}

/** Each two work items once, by where they begin to overlap; so many of them. */
export function overlapsAmong(planned: readonly Planned[], most: number): { overlaps: Overlap[]; more: number } {
  const inOrder = [...planned].sort((a, b) => a.window.from - b.window.from || (a.key < b.key ? -1 : 1));
  const all = inOrder.flatMap((one, index) =>
    inOrder.slice(index + 1).flatMap((other): Overlap[] => {
      const shared = other.key === one.key ? undefined : sharedWindow(one.window, other.window);
      return shared ? [{ keys: [one.key, other.key], ...shared }] : [];
    }),
  );
  return { overlaps: all.sort((a, b) => a.from - b.from).slice(0, most), more: Math.max(0, all.length - most) };
}
