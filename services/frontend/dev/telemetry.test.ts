// @vitest-environment node
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServer as createVite, type ViteDevServer } from 'vite';
import { afterEach, expect, test, vi } from 'vitest';
import { continueTrace, telemetry } from './telemetry';

let closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(closing.map((close) => close()));
  closing = [];
});

async function startApi(): Promise<{ url: string; seen: (name: string) => string | undefined }> {
  let headers: IncomingHttpHeaders = {};
  const api: Server = createServer((request, response) => {
    headers = request.headers;
    response.end('{}');
  });
  await new Promise<void>((ready) => api.listen(0, '127.0.0.1', ready));
  closing.push(() => new Promise((done) => api.close(done)));
  return { url: `http://127.0.0.1:${(api.address() as AddressInfo).port}`, seen: (name) => headers[name]?.toString() };
}

async function startFrontend(api: string): Promise<string> {
  const vite: ViteDevServer = await createVite({
    configFile: false,
    logLevel: 'silent',
    plugins: [telemetry({ service: 'web', peer: 'api' })],
    server: { host: '127.0.0.1', port: 0, ws: false, proxy: { '/api': api } },
  });
  await vite.listen();
  closing.push(() => vite.close());
  return `http://127.0.0.1:${(vite.httpServer?.address() as AddressInfo).port}`;
}

function captureLines(): { lines: () => Record<string, unknown>[] } {
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  return { lines: () => write.mock.calls.map(([text]) => JSON.parse(String(text))) };
}

test('a trace is continued with a span of its own', () => {
  const trace = continueTrace('00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01');
  expect(trace.traceId).toBe('0af7651916cd43dd8448eb211c80319c');
  expect(trace.parentId).toBe('b7ad6b7169203331');
  expect(trace.spanId).toMatch(/^[0-9a-f]{16}$/);
  expect(trace.spanId).not.toBe(trace.parentId);
});

test('a malformed trace is replaced by a new one', () => {
  const trace = continueTrace('00-zz-01');
  expect(trace.traceId).toMatch(/^[0-9a-f]{32}$/);
  expect(trace.parentId).toBeNull();
});

test('a request for the API is logged with the trace that the API receives', async () => {
  const api = await startApi();
  const frontend = await startFrontend(api.url);
  const captured = captureLines();
  await (await fetch(`${frontend}/api/v1/users?page=2`, { headers: { tracestate: 'vendor=1' } })).text();
  await vi.waitFor(() => expect(captured.lines()).toHaveLength(1));
  const [line] = captured.lines();
  expect(line).toMatchObject({ service: 'web', peer: 'api', operation: 'GET /api/v1/users', status: 200 });
  expect(api.seen('traceparent')).toBe(`00-${line?.trace_id}-${line?.span_id}-01`);
  expect(api.seen('tracestate')).toBe('devkit=web,vendor=1');
});

test('health is answered and not logged', async () => {
  const frontend = await startFrontend('http://127.0.0.1:9');
  const captured = captureLines();
  const response = await fetch(`${frontend}/healthz`);
  expect(response.status).toBe(200);
  expect(captured.lines()).toHaveLength(0);
});
