import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { App } from './App';
import { events, inTurn, json, standIn } from './testing/api';

beforeEach(() => sessionStorage.clear());
afterEach(cleanup);

const ada = { id: 1, name: 'Ada', email: 'ada@example.com' };
const session = () => json({ access_token: 'access', refresh_token: 'refresh' });
const users = () => json([ada], { headers: { 'x-cache': 'miss' } });

function type(label: string, value: string, form: HTMLElement = document.body) {
  fireEvent.change(within(form).getByLabelText(label), { target: { value } });
}

async function signedIn(routes: Parameters<typeof standIn>[0] = {}) {
  sessionStorage.setItem('refresh_token', 'refresh');
  const requests = standIn({ 'POST /auth/refresh': session, 'GET /users': users, ...routes });
  render(<App />);
  await screen.findByRole('heading', { name: 'Users' });
  return requests;
}

test('registering makes the account, logs in and shows the users', async () => {
  const requests = standIn({
    'POST /auth/register': () => json(ada, { status: 201 }),
    'POST /auth/login': session,
    'GET /users': users,
  });
  render(<App />);
  fireEvent.click(await screen.findByRole('button', { name: 'Create an account instead' }));
  type('Name', 'Ada');
  type('Email', 'ada@example.com');
  type('Password', 'correct horse');
  fireEvent.click(screen.getByRole('button', { name: 'Create an account' }));
  expect(await screen.findByRole('cell', { name: 'ada@example.com' })).toBeTruthy();
  expect(requests[0]).toMatchObject({
    route: 'POST /auth/register',
    body: { name: 'Ada', email: 'ada@example.com', password: 'correct horse' },
  });
});

test('a refused login says why and stays', async () => {
  standIn({ 'POST /auth/login': () => json({ message: 'Wrong email or password' }, { status: 401 }) });
  render(<App />);
  await screen.findByRole('heading', { name: 'Log in' });
  type('Email', 'ada@example.com');
  type('Password', 'wrong');
  fireEvent.click(screen.getByRole('button', { name: 'Log in' }));
  expect((await screen.findByRole('alert')).textContent).toBe('Wrong email or password');
});

test('a reload keeps the session', async () => {
  await signedIn();
  expect(await screen.findByRole('cell', { name: 'Ada' })).toBeTruthy();
});

test('loading again shows that the list came from the cache', async () => {
  await signedIn({ 'GET /users': inTurn(users, () => json([ada], { headers: { 'x-cache': 'hit' } })) });
  expect(await screen.findByText('From the database')).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Load again' }));
  expect(await screen.findByText('From the cache')).toBeTruthy();
});

test('a user who was added is shown', async () => {
  const grace = { id: 2, name: 'Grace', email: 'grace@example.com' };
  await signedIn({
    'POST /users': () => json(grace, { status: 201 }),
    'GET /users': inTurn(users, () => json([ada, grace])),
  });
  const form = screen.getByRole('form', { name: 'Add a user' });
  type('Name', 'Grace', form);
  type('Email', 'grace@example.com', form);
  fireEvent.click(screen.getByRole('button', { name: 'Add user' }));
  expect(await screen.findByRole('cell', { name: 'Grace' })).toBeTruthy();
});

test('an export is shown to finish without anything else being done', async () => {
  await signedIn({
    'POST /export': () => json({ id: 'job-1', status: 'queued' }, { status: 202 }),
    'GET /jobs/job-1/events': () =>
      events({ id: 'job-1', status: 'running' }, { id: 'job-1', status: 'completed', row_count: 1 }),
  });
  fireEvent.click(screen.getByRole('button', { name: 'Export users' }));
  expect(await screen.findByText('Completed')).toBeTruthy();
  expect(screen.getByText(/1 user$/)).toBeTruthy();
});

test('a completed export can be downloaded with the access token', async () => {
  // jsdom has neither of them.
  const createObjectURL = vi.fn<(file: Blob) => string>(() => 'blob:saved');
  Object.assign(URL, { createObjectURL, revokeObjectURL: vi.fn() });
  const click = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockReturnValue();
  const requests = await signedIn({
    'POST /export': () => json({ id: 'job-1', status: 'queued' }, { status: 202 }),
    'GET /jobs/job-1/events': () => events({ id: 'job-1', status: 'completed', row_count: 1 }),
    'GET /exports/job-1': () => new Response('id,email\n1,ada@example.com\n'),
  });
  fireEvent.click(screen.getByRole('button', { name: 'Export users' }));
  fireEvent.click(await screen.findByRole('button', { name: 'Download' }));
  await vi.waitFor(() => expect(click).toHaveBeenCalledOnce());
  expect(await createObjectURL.mock.calls[0]?.[0].text()).toContain('ada@example.com');
  expect(requests.at(-1)).toMatchObject({ route: 'GET /exports/job-1', authorization: 'Bearer access' });
});

test('a failed export says why', async () => {
  await signedIn({
    'POST /export': () => json({ id: 'job-1', status: 'queued' }, { status: 202 }),
    'GET /jobs/job-1/events': () => events({ id: 'job-1', status: 'failed', error: 'disk full' }),
  });
  fireEvent.click(screen.getByRole('button', { name: 'Export users' }));
  expect(await screen.findByText('disk full')).toBeTruthy();
});

test('logging out leads back to the form', async () => {
  await signedIn({ 'POST /auth/logout': () => new Response(null, { status: 204 }) });
  fireEvent.click(screen.getByRole('button', { name: 'Log out' }));
  expect(await screen.findByRole('heading', { name: 'Log in' })).toBeTruthy();
  expect(sessionStorage.getItem('refresh_token')).toBeNull();
});
