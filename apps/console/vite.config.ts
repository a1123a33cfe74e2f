import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// Builds the console as a folder of static files that the gateway serves; in development vite forwards /api to a running gateway.
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react()],
  resolve: {
    alias: Object.fromEntries(
      ['domain-kit', 'province'].map((lib) => [
        `@hengji/${lib}`,
        fileURLToPath(new URL(`../../libs/${lib}/src/index.ts`, import.meta.url)),
      ]),
    ),
  },
  build: {
    outDir: fileURLToPath(new URL('../../dist/apps/console', import.meta.url)),
    emptyOutDir: true,
    // Officers' old PCs run older Chromium kernels.
    target: 'chrome87',
    chunkSizeWarningLimit: 1500,
  },
  server: {
    proxy: {
      '/api': process.env['GATEWAY_URL'] ?? 'http://127.0.0.1:8080',
      '/oidc': process.env['GATEWAY_URL'] ?? 'http://127.0.0.1:8080',
    },
  },
});
