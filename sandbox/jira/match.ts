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

/** Values of a path's {parameters}, or undefined where the path does not fit the template. */
export function matchPath(template: string, path: string): Record<string, string> | undefined {
  const wanted = template.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, segment] of wanted.entries()) {
    const value = given[index] ?? '';
    const name = /^\{(.+)\}$/.exec(segment)?.[1];
    if (name === undefined ? segment !== value : value === '') return undefined;
    if (name === undefined) continue;
    try {
      params[name] = decodeURIComponent(value);
    } catch {
      return undefined;
    }
  }
  return params;
}

const fixedSegments = (path: string): string =>
  path
    .split('/')
    .map((segment) => (segment.startsWith('{') ? '1' : '0'))
    .join('');

/** The operation for a method and a path (without query); a fixed segment goes before a parameter. */
export function matchOperation<One extends Route>(operations: readonly One[], method: string, path: string): Match<One> | undefined {
  return operations
    .flatMap((operation) => {
      const params = operation.method === method ? matchPath(operation.path, path) : undefined;
      return params ? [{ operation, params }] : [];
    })
    .sort((a, b) => fixedSegments(a.operation.path).localeCompare(fixedSegments(b.operation.path)))[0];
}
