// Looks at the development tools as a user would: pgAdmin must show the platform's database, and
// Redis Commander its cache, without a password of theirs being typed in.
//
//   PGADMIN_URL=http://localhost:5050 PGADMIN_EMAIL=… PGADMIN_PASSWORD=… PLATFORM=devkit \
//   REDIS_COMMANDER_URL=http://localhost:8081 SCREENSHOT=/tmp/tools.png node tools.js
import { required, runSteps } from './steps.js';

const pgadmin = required('PGADMIN_URL', 'http://localhost:5050');
const email = required('PGADMIN_EMAIL', 'admin@example.com');
const password = required('PGADMIN_PASSWORD', '…');
const platform = required('PLATFORM', 'devkit');
const commander = required('REDIS_COMMANDER_URL', 'http://localhost:8081');
const screenshot = process.env.SCREENSHOT;

const steps = [
  ['pgAdmin takes the login of config/.env', logsIn],
  ['pgAdmin connects to the platform\'s database without asking', showsTheDatabase],
  ['Redis Commander is connected to the platform\'s cache', showsTheCache],
];

async function logsIn(page) {
  await page.goto(`${pgadmin}/login`);
  await page.fill('input[name=email]', email);
  await page.fill('input[name=password]', password);
  await page.getByRole('button', { name: 'Login' }).click();
  await page.waitForURL('**/browser/**');
}

async function showsTheDatabase(page) {
  // A double click on what is open already would close it, and the key that opens it does not.
  await opens(page, 'Servers', platform);
  // The dashboard appears only when the connection stands; a password would be asked for in a dialog.
  const connected = page.getByText('Server sessions');
  await until(connected, () => page.getByText(platform, { exact: true }).first().dblclick());
  await opens(page, platform, 'Databases');
  if (screenshot) await page.screenshot({ path: screenshot });
}

// Opens an entry of pgAdmin's tree.
async function opens(page, entry, child) {
  await until(page.getByText(child, { exact: true }).first(), async () => {
    await page.getByText(entry, { exact: true }).first().click();
    await page.keyboard.press('ArrowRight');
  });
}

// Acts until something is there. The tree draws itself anew while it loads, and a click or a key
// that comes in between is lost, so it is given again.
async function until(appears, act) {
  for (let left = 6; ; left -= 1) {
    await act();
    try {
      await appears.waitFor({ timeout: 10_000 });
      return;
    } catch (error) {
      if (left === 0) throw error;
    }
  }
}

async function showsTheCache(page) {
  await page.goto(commander);
  // Its information is shown only when the cache has accepted the password.
  await page.locator('.jstree-anchor', { hasText: 'redis:6379' }).first().click();
  await page.getByText('Redis version').first().waitFor();
}

process.exitCode = await runSteps(steps, { screenshot, ownPage: false });
