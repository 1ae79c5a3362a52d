/** Before tests that run the app: what they load is what the sources say. */
import { BUILDS } from '../scripts/build';
import { buildIfStale } from '../scripts/stamp';

export async function setup(): Promise<void> {
  await Promise.all([BUILDS.functions, BUILDS.static].map(buildIfStale));
}
