/** Tells what went wrong where the page itself needs no word of it. */
export function report(what: string, error: unknown): void {
  // eslint-disable-next-line no-console -- a page has no other log; this is the only place that writes to it
  console.error(what, error);
}
