// Runs named steps on a page, one after the other, and reports them.
import assert from 'node:assert/strict';
import { withPage } from './browser.js';

const patience = 30_000;

/** Errors that the page itself threw; refused requests may be part of the walk. */
function collectErrors(page) {
  const errors = [];
  page.on('pageerror', (error) => errors.push(error.message));
  return errors;
}

/** Runs `[name, act]` pairs; the exit code is 0 when each was seen on the page, else 1. */
export async function runSteps(steps, { screenshot, ownPage = true } = {}) {
  return await withPage(async (page) => {
    page.setDefaultTimeout(patience);
    const errors = ownPage ? collectErrors(page) : [];
    for (const [name, act] of steps) {
      const started = performance.now();
      try {
        await act(page);
        assert.deepEqual(errors, [], 'the page threw');
      } catch (error) {
        if (screenshot) await page.screenshot({ path: screenshot, fullPage: true });
        console.error(`not ok - ${name}\n${error.message}`);
        console.error(`--- the page shows ---\n${await page.locator('body').innerText()}`);
        return 1;
      }
      console.log(`ok - ${name} (${Math.round(performance.now() - started)} ms)`);
    }
    console.log(`${steps.length} passed`);
    return 0;
  });
}

/** The value of a variable that must be set; ends the program with 2 otherwise. */
export function required(variable, example) {
  const value = process.env[variable];
  if (value) return value;
  console.error(`${variable} is not set; for example: ${variable}=${example}`);
  process.exit(2);
}
