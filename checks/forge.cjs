/**
 * Forge's own tools, run without a login and without a network: `node checks/forge.cjs manifest|lint|bundle [app folder]`.
 * They look at the app of this project, or at the one in the folder given. `manifest` and `bundle` want the app built.
 * CommonJS, because the bundler refuses to run under a main program of the other kind.
 */
const { resolve } = require('node:path');

const CHECKS = {
  manifest: async () => (await import('./manifest.mjs')).checkManifest(),
  lint: async () => (await import('./lint.mjs')).checkLint(),
  bundle: async () => (await import('./bundle.mjs')).checkBundle(),
};

async function main([name, folder]) {
  const check = CHECKS[name];
  if (!check) return [`Usage: node checks/forge.cjs ${Object.keys(CHECKS).join('|')} [app folder]`];
  // The tools take the manifest and all paths in it from the current folder.
  process.chdir(folder ? resolve(folder) : resolve(__dirname, '..'));
  return check();
}

main(process.argv.slice(2)).then((faults) => {
  for (const fault of faults) console.error(fault);
  process.exitCode = faults.length > 0 ? 1 : 0;
});
