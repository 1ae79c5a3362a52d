import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Every html file beside this one is a surface: panel.html loads ./panel/main.tsx, and the manifest names it as an entry of the resource. */
const surfaces = readdirSync(here('.')).filter((file) => file.endsWith('.html'));

export default defineConfig({
  root: here('.'),
  // The platform serves the pages from a path that is not known before.
  base: './',
  plugins: [react()],
  resolve: {
    alias: [{ find: /^@atlaskit\/feature-gate-js-client(\/.*)?$/, replacement: here('shared/feature-gate-stub.ts') }],
    // Atlaskit's modern build is smaller than the one under "module".
    mainFields: ['module:es2019', 'browser', 'module', 'jsnext:main', 'jsnext'],
  },
  worker: { format: 'es' },
  build: {
    outDir: here('../dist/static'),
    emptyOutDir: true,
    target: 'es2022',
    // The polyfill is an inline script, which the platform's content security policy refuses.
    modulePreload: { polyfill: false },
    // Only a page's own styles and scripts may come as files; data: addresses are allowed for pictures alone.
    assetsInlineLimit: 0,
    rollupOptions: {
      input: surfaces.map((file) => here(file)),
      // The contract and the method are declarations: what a page does not name of them is left out of it.
      treeshake: { moduleSideEffects: (id) => !/[\\/]src[\\/](contract|method)[\\/]/.test(id) },
    },
  },
});
