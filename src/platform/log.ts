/** One structured line an event. Nothing personal beyond account ids, never what people wrote. */

type Detail = Record<string, string | number | boolean | null | undefined>;

const write = (level: 'info' | 'warn' | 'error', event: string, detail: Detail): void => {
  // eslint-disable-next-line no-console -- the platform collects standard output; this is the app's only writer
  console[level](JSON.stringify({ level, event, ...detail }));
};

/** Message and stack of a fault with its causes, for the log alone. */
function described(thrown: unknown): string {
  if (!(thrown instanceof Error)) return JSON.stringify(thrown);
  const cause = thrown.cause === undefined ? '' : ` <- ${described(thrown.cause)}`;
  return `${thrown.stack ?? thrown.message}${cause}`;
}

export const log = {
  info: (event: string, detail: Detail = {}) => write('info', event, detail),
  warn: (event: string, detail: Detail = {}) => write('warn', event, detail),
  error: (event: string, thrown: unknown, detail: Detail = {}) => write('error', event, { ...detail, error: described(thrown) }),
};
