/** The parts of `path` that match `pattern`, e.g. /browse/{key}; {rest*} takes everything that follows. */
export function match(pattern: string, path: string): Record<string, string> | undefined {
  const names: string[] = [];
  const source = pattern.replace(/\{(\w+)(\*?)\}/g, (_, name: string, star: string) => {
    names.push(name);
    return star ? '(.+?)' : '([^/]+)';
  });
  const found = new RegExp(`^${source}/?$`).exec(path.split('?')[0] ?? '');
  return found ? Object.fromEntries(names.map((name, index) => [name, decodeURIComponent(found[index + 1] ?? '')])) : undefined;
}
