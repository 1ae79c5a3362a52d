import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Builds the site's pages. Started by `npx vite build --config sandbox/web/vite.config.ts`. */
export default defineConfig({
  root: here('.'),
  base: '/',
  plugins: [react()],
  resolve: {
    // Atlaskit asks Atlassian's feature service for flags; there is none here, and the client is a quarter of the bundle.
    alias: [{ find: /^@atlaskit\/feature-gate-js-client(\/.*)?$/, replacement: here('./src/feature-gate-stub.ts') }],
    mainFields: ['module:es2019', 'browser', 'module', 'main'],
    dedupe: ['react', 'react-dom'],
  },
  // Atlaskit's icons are CommonJS with an `__esModule` default; importers in a "type": "module" package would get the whole module instead.
  legacy: { inconsistentCjsInterop: true },
  define: { 'process.env.NODE_ENV': '"production"', 'process.env': '{}' },
  build: {
    outDir: here('../../.cache/build/site-web'),
    emptyOutDir: true,
    target: 'es2022',
    reportCompressedSize: false,
    chunkSizeWarningLimit: 2000,
  },
});
