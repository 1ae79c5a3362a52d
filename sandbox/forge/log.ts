/** What the runtime and the app say, one entry per line. */
export interface LogEntry {
  at: string;
  level: 'debug' | 'info' | 'warn' | 'error';
  /** app = console output of a function; platform = the runtime's own remark about it. */
  source: 'app' | 'platform';
  message: string;
  invocationId?: string;
  functionKey?: string;
}

export type Log = (entry: LogEntry) => void;

/** One JSON object per line on standard error, as `forge logs` would carry it. */
export const logLines: Log = (entry) => void process.stderr.write(`${JSON.stringify(entry)}\n`);
