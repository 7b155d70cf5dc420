// Walks the reference platform's frontend as a user would, in a real browser, against the real platform.
//
//   FRONTEND_URL=http://localhost:3000 SCREENSHOT=/tmp/frontend.png node walk.js
//
// Ends with 0 when every step was seen on the page, with 1 and the failed step's name otherwise.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { required, runSteps } from './steps.js';

const frontend = required('FRONTEND_URL', 'http://localhost:3000');
const screenshot = process.env.SCREENSHOT;

// A new user each time, so that the walk can be repeated on the same platform.
const unique = `${Date.now().toString(36)}${process.pid}`;
const account = { name: 'Ada Lovelace', email: `ada-${unique}@example.com`, password: 'correct horse battery' };
const colleague = { name: 'Grace Hopper', email: `grace-${unique}@example.com` };

const steps = [
  ['the page opens and asks for a login', opens],
  ['a wrong password is refused, in words', refusesStrangers],
  ['registering logs in and shows the new user', registers],
  ['loading the users again answers from the cache', readsTheCache],
  ['a user who is added appears in the list', addsAUser],
  ['an export finishes without a reload', exports],
  ['the finished export is a CSV file with the users', downloads],
  ['a reload keeps the session', survivesAReload],
  ['logging out ends the session', logsOut],
];

async function opens(page) {
  await page.goto(frontend);
  await page.getByRole('heading', { name: 'Log in' }).waitFor();
}

async function refusesStrangers(page) {
  await page.getByLabel('Email').fill(account.email);
  await page.getByLabel('Password').fill('not the password');
  await page.getByRole('button', { name: 'Log in', exact: true }).click();
  const refusal = await page.getByRole('alert').textContent();
  assert.ok(refusal?.trim(), 'the refusal has no text');
}

async function registers(page) {
  await page.getByRole('button', { name: 'Create an account instead' }).click();
  await page.getByLabel('Name').fill(account.name);
  await page.getByLabel('Email').fill(account.email);
  await page.getByLabel('Password').fill(account.password);
  await page.getByRole('button', { name: 'Create an account', exact: true }).click();
  await page.getByRole('cell', { name: account.email }).waitFor();
}

async function readsTheCache(page) {
  await page.getByRole('button', { name: 'Load again' }).click();
  await page.getByText('From the cache').waitFor();
}

async function addsAUser(page) {
  const form = page.getByRole('form', { name: 'Add a user' });
  await form.getByLabel('Name').fill(colleague.name);
  await form.getByLabel('Email').fill(colleague.email);
  await form.getByRole('button', { name: 'Add user' }).click();
  await page.getByRole('cell', { name: colleague.email }).waitFor();
}

async function exports(page) {
  const loads = countLoads(page);
  await page.getByRole('button', { name: 'Export users' }).click();
  await page.getByRole('listitem').getByText('Completed').waitFor();
  assert.equal(loads(), 0, 'the page was loaded again');
  if (screenshot) await page.screenshot({ path: screenshot, fullPage: true });
}

async function downloads(page) {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download' }).click(),
  ]);
  assert.match(download.suggestedFilename(), /^users-.+\.csv$/);
  const csv = await readFile(await download.path(), 'utf8');
  for (const { email } of [account, colleague]) assert.ok(csv.includes(email), `${email} is not in:\n${csv}`);
}

async function survivesAReload(page) {
  await page.reload();
  await page.getByRole('cell', { name: account.email }).waitFor();
}

async function logsOut(page) {
  await page.getByRole('button', { name: 'Log out' }).click();
  await page.getByRole('heading', { name: 'Log in' }).waitFor();
  await page.reload();
  await page.getByRole('heading', { name: 'Log in' }).waitFor();
}

function countLoads(page) {
  let loads = 0;
  page.on('load', () => {
    loads += 1;
  });
  return () => loads;
}

process.exitCode = await runSteps(steps, { screenshot });
