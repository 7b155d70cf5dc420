import { expect, test, vi } from 'vitest';
import { events, inTurn, json, standIn } from '../testing/api';
import { ApiClient, type TokenStore } from './client';
import type { Job } from './types';

function memory(token: string | null = null): TokenStore {
  return { read: () => token, write: (next) => void (token = next) };
}

const tokens = (n: number) => json({ access_token: `access-${n}`, refresh_token: `refresh-${n}` });
const unauthorized = () => json({ message: 'expired' }, { status: 401 });

async function follow(client: ApiClient, signal = new AbortController().signal): Promise<Job[]> {
  const jobs: Job[] = [];
  for await (const job of client.followJob('7', signal)) jobs.push(job);
  return jobs;
}

test('requests after the login carry the access token', async () => {
  const requests = standIn({ 'POST /auth/login': () => tokens(1), 'GET /users': () => json([]) });
  const client = new ApiClient(memory(), vi.fn());
  await client.login('ada@example.com', 'secret');
  await client.users();
  expect(requests.at(-1)?.authorization).toBe('Bearer access-1');
});

test('the list says whether it came from the cache', async () => {
  standIn({ 'GET /users': () => json([], { headers: { 'x-cache': 'HIT' } }) });
  expect((await new ApiClient(memory(), vi.fn()).users()).cache).toBe('hit');
});

test('an expired access token is renewed once for all waiting requests', async () => {
  const requests = standIn({
    'POST /auth/refresh': () => tokens(2),
    'GET /users': ({ authorization }) => (authorization === 'Bearer access-2' ? json([]) : unauthorized()),
  });
  const store = memory('refresh-1');
  const client = new ApiClient(store, vi.fn());
  await Promise.all([client.users(), client.users()]);
  expect(requests.filter(({ route }) => route === 'POST /auth/refresh')).toHaveLength(1);
  expect(store.read()).toBe('refresh-2');
});

test('a refused renewal ends the session', async () => {
  standIn({ 'POST /auth/refresh': unauthorized, 'GET /users': unauthorized });
  const store = memory('old');
  const signedOut = vi.fn();
  await expect(new ApiClient(store, signedOut).users()).rejects.toThrow('session has ended');
  expect(signedOut).toHaveBeenCalledOnce();
  expect(store.read()).toBeNull();
});

test('a session is resumed from the refresh token', async () => {
  standIn({ 'POST /auth/refresh': () => tokens(3) });
  expect(await new ApiClient(memory('refresh-2'), vi.fn()).resume()).toBe(true);
  expect(await new ApiClient(memory(), vi.fn()).resume()).toBe(false);
});

test('logging out forgets the tokens even when the API is down', async () => {
  const store = memory('refresh-1');
  standIn({ 'POST /auth/logout': () => json({}, { status: 502 }) });
  await expect(new ApiClient(store, vi.fn()).logout()).rejects.toThrow();
  expect(store.read()).toBeNull();
});

test('a job is followed to its end', async () => {
  standIn({
    'GET /jobs/7/events': () => events({ id: '7', status: 'running' }, { id: '7', status: 'completed' }),
  });
  const jobs = await follow(new ApiClient(memory(), vi.fn()));
  expect(jobs.map(({ status }) => status)).toEqual(['running', 'completed']);
});

test('a job that finished while the connection was lost is noticed', async () => {
  standIn({
    'GET /jobs/7/events': () => events({ id: '7', status: 'running' }),
    'GET /jobs/7': () => json({ id: '7', status: 'failed', error: 'disk full' }),
  });
  const jobs = await follow(new ApiClient(memory(), vi.fn()));
  expect(jobs.at(-1)).toMatchObject({ status: 'failed', error: 'disk full' });
});

test('following goes on after the API was away', async () => {
  vi.useFakeTimers();
  standIn({
    'GET /jobs/7/events': inTurn(
      () => Promise.reject(new TypeError('failed to fetch')),
      () => json({}, { status: 502 }),
      () => events({ id: '7', status: 'completed' }),
    ),
  });
  const following = follow(new ApiClient(memory(), vi.fn()));
  await vi.runAllTimersAsync();
  expect(await following).toHaveLength(1);
  vi.useRealTimers();
});

test('what the API says is the message of the problem', async () => {
  standIn({ 'POST /auth/login': () => json({ message: 'Wrong email or password' }, { status: 401 }) });
  await expect(new ApiClient(memory(), vi.fn()).login('a', 'b')).rejects.toThrow('Wrong email or password');
});
