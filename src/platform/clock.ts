/** The app's only source of time, so that a test can hold it. */
let read = (): number => Date.now();

/** ms since the epoch */
export const now = (): number => read();

export function holdClock(at: () => number): () => void {
  const former = read;
  read = at;
  return () => {
    read = former;
  };
}
