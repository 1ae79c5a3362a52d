/** The three builds: the functions and the surfaces that ship, and the sandbox's own pages. `npm run build` makes what ships. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build as esbuild, type Plugin } from 'esbuild';
import { build as viteBuild } from 'vite';
import { FUNCTIONS_DIR, PAGES_DIR, ROOT, STATIC_DIR } from './paths';
import { buildIfStale, filesUnder, type Build } from './stamp';

/** zod brings its messages in fifty languages; one is used. */
const oneZodLocale: Plugin = {
  name: 'one-zod-locale',
  setup(build) {
    build.onLoad({ filter: /zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({ contents: `export { default as en } from './en.js';`, loader: 'js' }));
  },
};

/** Bundles src/index.ts into one CommonJS file, the form Forge loads; answers its size. */
export async function buildFunctions({ entry = join(ROOT, 'src', 'index.ts'), outDir = FUNCTIONS_DIR } = {}): Promise<string> {
  const outfile = join(outDir, 'index.cjs');
  await esbuild({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    // Packages offer CommonJS under "main"; only the module form can be tree-shaken (jira.js, zod).
    mainFields: ['module', 'main'],
    minify: true,
    keepNames: true,
    sourcemap: 'linked',
    legalComments: 'linked',
    logLevel: 'error',
    plugins: [oneZodLocale],
  });
  return size([outfile]);
}

const CALLED_WITH = process.env['NODE_ENV'];

/** As it ships, whoever builds it: a test runner says `test` in the environment, and React would bring its development build along. */
async function asShipped(configFile: string): Promise<void> {
  process.env['NODE_ENV'] = 'production';
  try {
    await viteBuild({ configFile, mode: 'production', logLevel: 'error' });
  } finally {
    if (CALLED_WITH === undefined) delete process.env['NODE_ENV'];
    else process.env['NODE_ENV'] = CALLED_WITH;
  }
}

/** Builds all surfaces of static/ in one go: shared code is loaded once by a person who sees several. */
export async function buildStatic(): Promise<string> {
  await asShipped(join(ROOT, 'static', 'vite.config.ts'));
  return size(scriptsAndStyles(STATIC_DIR));
}

/** Builds the pages of the sandbox. */
export async function buildSitePages(): Promise<string> {
  await asShipped(join(ROOT, 'sandbox', 'web', 'vite.config.ts'));
  return size(scriptsAndStyles(PAGES_DIR));
}

/** What decides over all builds: the versions of packages and the recipe itself. */
const COMMON_INPUTS = ['package-lock.json', 'scripts/build.ts', 'tsconfig.base.json'];

export const BUILDS = {
  functions: { name: 'functions', inputs: [...COMMON_INPUTS, 'src'], output: join(FUNCTIONS_DIR, 'index.cjs'), run: () => buildFunctions() },
  static: { name: 'static', inputs: [...COMMON_INPUTS, 'static', 'src/contract', 'src/method'], output: STATIC_DIR, run: buildStatic },
  pages: {
    name: 'pages',
    inputs: [...COMMON_INPUTS, 'sandbox/web', 'sandbox/forge/ui', 'sandbox/contract.ts'],
    output: join(PAGES_DIR, 'index.html'),
    run: buildSitePages,
  },
} satisfies Record<string, Build>;

const scriptsAndStyles = (folder: string): string[] => filesUnder(folder).filter((file) => /\.(js|css)$/.test(file));

function size(files: readonly string[]): string {
  const contents = files.map((file) => readFileSync(file));
  const kib = (bytes: number): string => (bytes / 1024).toFixed(0);
  const plain = contents.reduce((sum, content) => sum + content.length, 0);
  const zipped = contents.reduce((sum, content) => sum + gzipSync(content).length, 0);
  return `${kib(plain)} KiB (${kib(zipped)} KiB gzip) in ${files.length} file${files.length === 1 ? '' : 's'}`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  for (const part of [BUILDS.functions, BUILDS.static]) console.log(`${part.name}: ${await buildIfStale(part)}`);
}
