/** The SQL endpoints as @forge/sql calls them. */
import { z } from 'zod';
import type { Json } from '../../jira/store';
import { parseJson, serviceError, type ServiceAnswer } from '../service';
import type { SqlServer } from './server';
import { SqlError, type SqlKind } from './statement';

const KINDS: Record<string, SqlKind> = { '/api/v1/execute': 'dml', '/api/v1/execute/ddl': 'ddl' };
const bodySchema = z.object({ query: z.string(), params: z.array(z.unknown()).default([]), method: z.string().optional() });

/** Answers a request to Forge SQL. `enabled`: the manifest has an sql module. */
export async function answerSql(server: SqlServer, installation: string, enabled: boolean, path: string, text: string): Promise<ServiceAnswer> {
  const kind = KINDS[path];
  if (!kind) return serviceError(501, 'UNKNOWN_ERROR', `Forge SQL has no ${path} here.`);
  if (!enabled) return serviceError(403, 'APP_NOT_ENABLED', 'The manifest has no sql module.');
  const body = bodySchema.safeParse(parseJson(text));
  if (!body.success) return serviceError(400, 'INVALID_SQL_QUERY', 'The body is not {query, params}.');
  try {
    const { rows, metadata } = await server.execute(installation, body.data.query, body.data.params as Json[], kind);
    return { status: 200, body: metadata ? { rows, metadata } : { rows } };
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
    return serviceError(error.status, error.code, error.message, Object.keys(error.debug).length > 0 ? { debug: error.debug } : {});
  }
}
