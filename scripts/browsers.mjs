// Launchers of the three browsers for the test runner.
// Chromium: $CHROME_PATH, an installed Chrome, or the one that comes with @sparticuz/chromium (Linux x64).
import { accessSync, constants } from 'node:fs';
import { chromeLauncher, puppeteerCore } from '@web/test-runner-chrome';

import { focusInFirefox } from './firefox-system.mjs';

export { webkit } from './webkit.mjs';

const isRoot = process.getuid?.() === 0;

function firstExecutable(paths) {
  return paths.filter(Boolean).find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** The Chromium from the npm package, with the shared libraries that a bare system lacks. */
async function packagedChromium() {
  const before = { ...process.env };
  // Makes the package unpack the libraries that it carries.
  process.env.AWS_LAMBDA_JS_RUNTIME ??= 'nodejs20.x';
  const { default: packaged } = await import('@sparticuz/chromium');
  const options = {
    executablePath: await packaged.executablePath(),
    headless: 'shell',
    env: { ...process.env },
  };
  // Other programs that are started from here must not load those libraries.
  for (const name of Object.keys(options.env)) {
    if (before[name] === undefined) delete process.env[name];
    else process.env[name] = before[name];
  }
  return options;
}

/** What puppeteer needs to start a Chromium here. */
export async function chromiumOptions() {
  const executablePath = firstExecutable([
    process.env.CHROME_PATH,
    '/usr/bin/chromium',
    '/usr/bin/google-chrome-stable',
    '/usr/bin/google-chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ]);
  const isPackaged = !executablePath && process.platform === 'linux' && process.arch === 'x64';
  return {
    // With neither, the launcher looks for an installed Chrome by itself.
    ...(isPackaged ? await packagedChromium() : executablePath && { executablePath }),
    args: [...(isRoot ? ['--no-sandbox'] : []), '--disable-dev-shm-usage', '--disable-background-networking'],
  };
}

export async function chromium() {
  return chromeLauncher({
    launchOptions: await chromiumOptions(),
    concurrency: 2,
    // A window and a profile of its own: a page in the background draws no frames, which tests of elements wait for, and
    // two pages must not find each other's database.
    createPage: async ({ browser }) => (await browser.createBrowserContext()).newPage(),
  });
}

/** What puppeteer needs to start a Firefox here. */
export function firefoxOptions() {
  const executablePath = firstExecutable([process.env.FIREFOX_PATH, '/usr/bin/firefox-esr', '/usr/bin/firefox']);
  // The runner may run code in the window of the browser: `firefox-system.mjs`.
  return { browser: 'firefox', executablePath, args: ['--remote-allow-system-access'] };
}

export function firefox() {
  return chromeLauncher({
    puppeteer: puppeteerCore,
    // One page at a time: only the focused tab receives keys.
    concurrency: 1,
    launchOptions: firefoxOptions(),
    createPage: async ({ browser }) => {
      const page = await browser.newPage();
      // A page that did not come in time on a busy machine would take all that come after it along.
      page.setDefaultNavigationTimeout(120_000);
      const { goto } = page;
      page.goto = async (...where) => {
        await focusInFirefox(page);
        return goto.apply(page, where);
      };
      return page;
    },
  });
}
