import { expect, test } from 'vitest';
import { readEvents, type ServerEvent } from './events';

async function read(...chunks: string[]): Promise<ServerEvent[]> {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(new TextEncoder().encode(chunk));
      controller.close();
    },
  });
  const events: ServerEvent[] = [];
  for await (const event of readEvents(body)) events.push(event);
  return events;
}

test('an event may arrive in pieces', async () => {
  const events = await read('event: jo', 'b\nda', 'ta: {"a":', '1}\n', '\n');
  expect(events).toEqual([{ event: 'job', data: '{"a":1}', id: '' }]);
});

test('several lines of data are one text', async () => {
  expect((await read('data: one\ndata: two\n\n'))[0]?.data).toBe('one\ntwo');
});

test('comments that keep the connection open are no events', async () => {
  expect(await read(': ping\n\n', 'data: x\n\n')).toHaveLength(1);
});

test('every kind of line end is understood, split between chunks too', async () => {
  const events = await read('data: a\r', '\n\r\n', 'data: b\r\n\r\n');
  expect(events.map(({ data }) => data)).toEqual(['a', 'b']);
});

test('an event without its closing line is not delivered', async () => {
  expect(await read('data: whole\n\n', 'data: half\n')).toHaveLength(1);
});
