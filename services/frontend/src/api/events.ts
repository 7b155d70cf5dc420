export interface ServerEvent {
  event: string;
  data: string;
  id: string;
}

/**
 * Reads server-sent events from a fetched body. The browser's EventSource cannot send the
 * Authorization header, which is why the stream is read here.
 */
export async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<ServerEvent> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let pending = '';
  let fields = emptyEvent();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      pending += decoder.decode(value, { stream: true });
      // A carriage return at the very end may be the first half of a line end.
      const lines = pending.split(/\r\n|\n|\r(?!$)/);
      pending = lines.pop() ?? '';
      for (const line of lines) {
        if (line !== '') {
          addLine(fields, line);
        } else {
          if (fields.data !== '') yield { ...fields, data: fields.data.slice(0, -1) };
          fields = { ...emptyEvent(), id: fields.id };
        }
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function emptyEvent(): ServerEvent {
  return { event: 'message', data: '', id: '' };
}

function addLine(fields: ServerEvent, line: string): void {
  const colon = line.indexOf(':');
  if (colon === 0) return;
  const name = colon < 0 ? line : line.slice(0, colon);
  const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
  if (name === 'data') fields.data += `${value}\n`;
  if (name === 'event') fields.event = value;
  if (name === 'id') fields.id = value;
}
