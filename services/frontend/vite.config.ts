import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { jsonLogger, telemetry } from './dev/telemetry';
import manifest from './package.json' with { type: 'json' };

const port = Number(process.env.PORT ?? 3000);
const api = process.env.API_URL ?? 'http://127.0.0.1:8000';

export default defineConfig({
  plugins: [react(), telemetry({ service: manifest.name, peer: 'api' })],
  customLogger: process.env.PORT ? jsonLogger(manifest.name) : undefined,
  server: {
    host: process.env.HOST ?? '127.0.0.1',
    port,
    // A taken port is an error: whoever started this expects it on exactly this one.
    strictPort: true,
    // Other services of the platform reach it by its name.
    allowedHosts: [manifest.name],
    proxy: {
      '/api': {
        target: api,
        changeOrigin: true,
        configure: (proxy) => {
          proxy.on('error', (_error, _request, response) => {
            if (!('writeHead' in response) || response.headersSent) return;
            response.writeHead(502, { 'content-type': 'application/json' });
            response.end('{"message":"The API does not answer"}');
          });
        },
      },
    },
  },
  test: { environment: 'jsdom', restoreMocks: true, unstubGlobals: true },
});
