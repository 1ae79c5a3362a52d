/** Skips a build whose inputs have not changed since it last succeeded. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { CACHE, ROOT } from './paths';

export interface Build {
  name: string;
  /** Files and folders, relative to the project, whose content decides. */
  inputs: readonly string[];
  /** A file that a finished build leaves behind. */
  output: string;
  run(): Promise<string>;
}

/** Builds when needed; answers what to tell: the build's own words, or that it is up to date. */
export async function buildIfStale({ name, inputs, output, run }: Build): Promise<string> {
  const stamp = join(CACHE, 'build', `${name}.stamp`);
  const hash = hashOf(inputs);
  if (existsSync(output) && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return 'up to date';
  rmSync(stamp, { force: true });
  const told = await run();
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, hash);
  return told;
}

/** One hash over the names and contents of all files under the inputs; an input that is missing counts as empty. */
export function hashOf(inputs: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of inputs.flatMap((input) => filesUnder(join(ROOT, input))).sort()) {
    hash.update(relative(ROOT, file)).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

/** All files under a folder, or the file itself. */
export function filesUnder(path: string): string[] {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) => {
    const at = join(path, entry.name);
    if (entry.isFile()) return [at];
    return entry.isDirectory() && entry.name !== 'node_modules' ? filesUnder(at) : [];
  });
}
