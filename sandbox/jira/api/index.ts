/** What Jira's REST API has, whether this site does it or not. */
import { OPERATIONS } from './operations';

export interface ApiOperation {
  /** operationId of Jira's OpenAPI document. */
  id: string;
  method: string;
  path: string;
  /** As the document groups them, e.g. "Issue links". */
  group: string;
}

function read(text: string): ApiOperation[] {
  let group = '';
  return text.split('\n').flatMap((line) => {
    if (line.startsWith('# ')) group = line.slice(2);
    const [, method, path, id] = /^([A-Z]+) (\S+) (\S+)$/.exec(line) ?? [];
    if (!method || !path || !id) return [];
    return [{ id, method, group, path: path.startsWith('/') ? path : `/rest/api/3/${path}` }];
  });
}

export const API: readonly ApiOperation[] = read(OPERATIONS);
