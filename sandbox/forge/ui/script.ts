/** Compiles the script that stands first in every page of an app. */
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const scripts = new Map<string, Promise<string>>();

/** The bridge script for frames that may only talk to `siteOrigin`; compiled once per process and origin. */
export function buildBridgeScript(siteOrigin: string): Promise<string> {
  const known = scripts.get(siteOrigin);
  if (known) return known;
  const script = compile(siteOrigin);
  scripts.set(siteOrigin, script);
  return script;
}

async function compile(siteOrigin: string): Promise<string> {
  const result = await build({
    entryPoints: [fileURLToPath(new URL('./frame/main.ts', import.meta.url))],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    define: { __SITE_ORIGIN__: JSON.stringify(siteOrigin) },
  });
  const file = result.outputFiles[0];
  if (!file) throw new Error('esbuild wrote no bridge script.');
  return file.text;
}
