/** Progress that a person can follow: one line a step, with its time. */
import { performance } from 'node:perf_hooks';

export const seconds = (from: number): string => `${((performance.now() - from) / 1000).toFixed(1)} s`;

/** Runs a step and prints one line when it is done; `work` answers what there is to tell. */
export async function step(title: string, work: () => Promise<string>): Promise<void> {
  const from = performance.now();
  const told = await work();
  console.log(`${title}: ${told}  ${seconds(from)}`);
}
