/** Which operation a request is for. */

/** What a request is told by. */
interface Route {
  method: string;
  path: string;
}

export interface Match<One extends Route> {
  operation: One;
  params: Record<string, string>;
}

/** A template taken apart once: its segments, and the names of those that are parameters. */
interface Template {
  segments: readonly { text: string; name: string | undefined }[];
  /** Tells apart which template is the more fixed: 0 for a fixed segment, 1 for a parameter. */
  order: string;
}

const templates = new Map<string, Template>();

function templateOf(path: string): Template {
  const known = templates.get(path);
  if (known) return known;
  const segments = path.split('/').map((text) => ({ text, name: /^\{(.+)\}$/.exec(text)?.[1] }));
  const made = { segments, order: segments.map(({ text }) => (text.startsWith('{') ? '1' : '0')).join('') };
  templates.set(path, made);
  return made;
}

function fitted({ segments }: Template, given: readonly string[]): Record<string, string> | undefined {
  if (segments.length !== given.length) return undefined;
  // Most templates differ in a word: nothing is decoded for those.
  if (segments.some(({ text, name }, index) => (name === undefined ? text !== given[index] : given[index] === ''))) return undefined;
  const params: Record<string, string> = {};
  for (const [index, { name }] of segments.entries()) {
    if (name === undefined) continue;
    try {
      params[name] = decodeURIComponent(given[index] ?? '');
    } catch {
      return undefined;
    }
  }
  return params;
}

/** Values of a path's {parameters}, or undefined where the path does not fit the template. */
export const matchPath = (template: string, path: string): Record<string, string> | undefined => fitted(templateOf(template), path.split('/'));

/** The operation for a method and a path (without query); a fixed segment goes before a parameter. */
export function matchOperation<One extends Route>(operations: readonly One[], method: string, path: string): Match<One> | undefined {
  const given = path.split('/');
  return operations
    .flatMap((operation) => {
      const params = operation.method === method ? fitted(templateOf(operation.path), given) : undefined;
      return params ? [{ operation, params }] : [];
    })
    .sort((a, b) => templateOf(a.operation.path).order.localeCompare(templateOf(b.operation.path).order))[0];
}
