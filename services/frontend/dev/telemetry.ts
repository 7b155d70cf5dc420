// What nginx does in production, for the development server: one JSON line a request that goes on
// to another service, with a W3C trace that the other service continues; and /healthz.
import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { stripVTControlCharacters } from 'node:util';
import { createLogger, type Logger, type Plugin } from 'vite';

const traceparent = /^00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}$/;

export interface Trace {
  traceId: string;
  spanId: string;
  parentId: string | null;
}

/** Continues the trace of a `traceparent` header, or begins a new one. */
export function continueTrace(header: string | undefined): Trace {
  const [, traceId, parentId] = traceparent.exec(header ?? '') ?? [];
  return {
    traceId: traceId ?? randomBytes(16).toString('hex'),
    spanId: randomBytes(8).toString('hex'),
    parentId: parentId ?? null,
  };
}

function write(level: string, service: string, message: string, fields: object = {}): void {
  const line = { timestamp: new Date().toISOString(), level, service, message, ...fields };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

function levelOf(status: number): string {
  if (status >= 500) return 'ERROR';
  return status >= 400 ? 'WARN' : 'INFO';
}

function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

/** Logs and traces the requests under `/api`, and answers `/healthz`. */
export function telemetry({ service, peer }: { service: string; peer: string }): Plugin {
  return {
    name: 'platform-telemetry',
    configureServer(server) {
      server.middlewares.use('/healthz', (_request, response) => {
        response.setHeader('content-type', 'text/plain');
        response.end('ok\n');
      });
      server.middlewares.use('/api', (request, response, next) => {
        const trace = continueTrace(header(request, 'traceparent'));
        request.headers.traceparent = `00-${trace.traceId}-${trace.spanId}-01`;
        // Names the caller for the other service's log lines; what others say there is kept.
        const others = header(request, 'tracestate');
        request.headers.tracestate = `devkit=${service}${others ? `,${others}` : ''}`;
        const started = performance.now();
        const path = (request.originalUrl ?? '').split('?')[0] ?? '';
        response.on('close', () => {
          write(levelOf(response.statusCode), service, 'request passed on', {
            trace_id: trace.traceId,
            span_id: trace.spanId,
            parent_id: trace.parentId,
            peer,
            operation: `${request.method ?? 'GET'} ${path}`,
            status: response.statusCode,
            duration_ms: Math.round(performance.now() - started),
          });
        });
        next();
      });
    },
  };
}

/** Vite's own messages as JSON lines, like those of every other service. */
export function jsonLogger(service: string): Logger {
  const logger = createLogger();
  const line = (level: string) => (message: string) => {
    const text = stripVTControlCharacters(message).trim();
    if (text) write(level, service, text);
  };
  return {
    ...logger,
    info: line('INFO'),
    warn: line('WARN'),
    warnOnce: line('WARN'),
    error: line('ERROR'),
    clearScreen: () => undefined,
  };
}
