/** What Forge SQL takes and what it does not, judged from the text of a statement. */
export type SqlKind = 'dml' | 'ddl';
export type Verb = 'select' | 'dml' | 'ddl';

/** Codes of @forge/sql 4.0.8 `errorCodes`, and those of the platform's limits. */
export const SQL_ERROR_CODES = [
  'SQL_EXECUTION_ERROR',
  'INVALID_SQL_QUERY',
  'QUERY_TIMED_OUT',
  'APP_NOT_ENABLED',
  'RATE_LIMIT_EXCEEDED',
  'UNKNOWN_ERROR',
] as const;
export type SqlErrorCode = (typeof SQL_ERROR_CODES)[number];

/** A refusal or a failure, in the shape the endpoint answers. */
export class SqlError extends Error {
  override readonly name = 'SqlError';

  constructor(
    readonly code: SqlErrorCode,
    message: string,
    readonly status = 400,
    readonly debug: Record<string, string | number> = {},
  ) {
    super(message);
  }
}

const refuse = (message: string): SqlError => new SqlError('INVALID_SQL_QUERY', message);

const DML_VERBS: Record<string, Verb> = { SELECT: 'select', WITH: 'select', INSERT: 'dml', UPDATE: 'dml', DELETE: 'dml' };
const DDL_VERBS: Record<string, Verb> = {
  CREATE: 'ddl',
  ALTER: 'ddl',
  DROP: 'ddl',
  TRUNCATE: 'ddl',
  RENAME: 'ddl',
  SELECT: 'select',
  SHOW: 'select',
  DESC: 'select',
  DESCRIBE: 'select',
  EXPLAIN: 'select',
};

/** TiDB has none of these (TiDB docs: MySQL compatibility), or the platform forbids them (Forge docs: SQL limits); MariaDB would take them. */
const REFUSED: [pattern: RegExp, message: string][] = [
  [/\bFOREIGN\s+KEY\b|\bREFERENCES\b/, 'Foreign keys are not supported.'],
  [/\bRETURNING\b/, 'RETURNING is not supported.'],
  [/\bSEQUENCE\b|\bNEXTVAL\b|\bNEXT\s+VALUE\s+FOR\b|\bSEQ_\d+_TO_\d+/, 'Sequences are not supported.'],
  [/\bINTO\s+(OUTFILE|DUMPFILE)\b|\bLOAD_FILE\b/, 'Files are not available.'],
];
const DDL_OBJECT =
  /^(CREATE|ALTER|DROP|TRUNCATE|RENAME)\s+((OR\s+REPLACE|TEMPORARY|UNIQUE|FULLTEXT|SPATIAL)\s+)*(TABLE|TABLES|INDEX|VIEW)\b|^TRUNCATE\s/;

/** The statement without comments and without what stands in quotes, in capitals: enough to look for keywords. */
function skeleton(query: string): string {
  return query
    .replace(/'(?:[^'\\]|\\.|'')*'|"(?:[^"\\]|\\.|"")*"|`(?:[^`]|``)*`|\/\*(?!M?!)[\s\S]*?\*\/|--[ \t][^\n]*|#[^\n]*/g, ' _ ')
    .replace(/^[\s_]+(?=\w)/, '')
    .trim()
    .toUpperCase();
}

/** Which kind of statement this is; throws SqlError where the endpoint would not take it. */
export function judgeStatement(query: string, kind: SqlKind): Verb {
  const text = skeleton(query);
  if (/\/\*M?!/.test(text)) throw refuse('Version comments are not supported.');
  if (/;\s*[^\s;_]/.test(text)) throw refuse('Only one statement per request is allowed.');
  const verb = (kind === 'ddl' ? DDL_VERBS : DML_VERBS)[/^\(*\s*([A-Z]+)/.exec(text)?.[1] ?? ''];
  if (!verb) throw refuse(kind === 'ddl' ? 'Not a DDL statement.' : 'Only SELECT, INSERT, UPDATE and DELETE are allowed here.');
  if (verb === 'ddl' && !DDL_OBJECT.test(text)) throw refuse('Only tables, indexes and views can be defined.');
  const refused = REFUSED.find(([pattern]) => pattern.test(text));
  if (refused) throw refuse(refused[1]);
  return verb;
}

/** A recursive query, which ends early with a mere warning in MariaDB. */
export const isRecursive = (query: string): boolean => /\bWITH\s+RECURSIVE\b/.test(skeleton(query));

/** A statement that adds a table. */
export const definesTable = (query: string): boolean => /^CREATE\s+(OR\s+REPLACE\s+)?TABLE\b/.test(skeleton(query));
