/** Tells a frame something without waiting; a frame that fails or is gone is noted in the console, and nobody else is the worse for it. */
export function notify(callback: ((...args: never[]) => unknown) | undefined, ...args: unknown[]): void {
  new Promise((resolve) => resolve((callback as ((...args: unknown[]) => unknown) | undefined)?.(...args))).catch((error: unknown) =>
    console.warn('A frame did not take a call.', error),
  );
}
