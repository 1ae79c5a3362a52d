/** Builds the second app into a folder of its own, as `forge deploy` would find it: manifest, functions, and each page of `ui/` with its script. */
import { cpSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

export const SECOND_APP = join(dirname(fileURLToPath(import.meta.url)), '..', 'fixtures', 'second-app');

/** Answers the file of the functions. */
export async function buildSecondApp(folder: string): Promise<string> {
  const functionsFile = join(folder, 'index.js');
  for (const part of ['manifest.yml', 'ui']) cpSync(join(SECOND_APP, part), join(folder, part), { recursive: true });
  const pages = readdirSync(join(SECOND_APP, 'ui'), { withFileTypes: true }).flatMap((one) => (one.isDirectory() ? [one.name] : []));
  const common = { bundle: true, logLevel: 'error' } as const;
  await Promise.all([
    build({
      ...common,
      entryPoints: [join(SECOND_APP, 'src', 'index.ts')],
      platform: 'node',
      format: 'cjs',
      target: 'node20',
      outfile: functionsFile,
    }),
    build({
      ...common,
      entryPoints: pages.map((page) => join(SECOND_APP, 'ui', page, 'app.ts')),
      outbase: join(SECOND_APP, 'ui'),
      outdir: join(folder, 'ui'),
      format: 'esm',
      target: 'es2022',
    }),
  ]);
  return functionsFile;
}
