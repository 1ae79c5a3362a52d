/** Windows of changes that lie over each other (V21). Pure. */
export interface Window {
  key: string;
  start: number;
  end: number;
}

export interface Overlap {
  keys: [string, string];
  from: number;
  until: number;
}

/** Each two windows of different work items that share a moment; what ends when the other begins shares none. By where they begin to overlap; so many of them. */
export function overlapsOf(windows: readonly Window[], most: number): { overlaps: Overlap[]; more: number } {
  const found = new Map<string, Overlap>();
  let going: Window[] = [];
  for (const window of [...windows].sort((a, b) => a.start - b.start || (a.key < b.key ? -1 : 1))) {
    going = going.filter(({ end }) => end > window.start);
    for (const other of going) {
      const until = Math.min(other.end, window.end);
      if (other.key === window.key || until <= window.start) continue;
      const keys: [string, string] = other.key < window.key ? [other.key, window.key] : [window.key, other.key];
      const name = keys.join(' ');
      if (!found.has(name)) found.set(name, { keys, from: window.start, until });
    }
    going.push(window);
  }
  const all = [...found.values()].sort((a, b) => a.from - b.from);
  return { overlaps: all.slice(0, most), more: Math.max(0, all.length - most) };
}
