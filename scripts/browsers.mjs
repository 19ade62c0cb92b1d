// Launchers of the three browsers for the test runner.
// Chromium: $CHROME_PATH, an installed Chrome, or the one that comes with @sparticuz/chromium (Linux x64).
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { chromeLauncher, puppeteerCore } from '@web/test-runner-chrome';

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
  return { browser: 'firefox', executablePath };
}

export function firefox() {
  // One page at a time: only the focused tab receives keys.
  return chromeLauncher({ puppeteer: puppeteerCore, concurrency: 1, launchOptions: firefoxOptions() });
}

const WEBDRIVER_KEYS = new Map(
  Object.entries({
    Tab: '\uE004',
    Enter: '\uE007',
    Escape: '\uE00C',
    Delete: '\uE017',
    Space: ' ',
    PageUp: '\uE00E',
    PageDown: '\uE00F',
    End: '\uE010',
    Home: '\uE011',
    ArrowLeft: '\uE012',
    ArrowUp: '\uE013',
    ArrowRight: '\uE014',
    ArrowDown: '\uE015',
  }),
);

/** WebKitGTK's MiniBrowser through WebDriver, under Xvfb where there is no display. */
export function webkit() {
  const arch = process.arch === 'arm64' ? 'aarch64' : 'x86_64';
  const binary = process.env.MINIBROWSER_PATH ?? `/usr/lib/${arch}-linux-gnu/webkit2gtk-4.1/MiniBrowser`;
  const port = Number(process.env.WEBKIT_DRIVER_PORT ?? 4567);
  const children = [];
  const pages = new Map();
  let session;

  async function send(method, path, body) {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      signal: AbortSignal.timeout(60_000),
      ...(body && { body: JSON.stringify(body) }),
    });
    const { value } = await response.json();
    if (!response.ok) throw new Error(`WebKitWebDriver ${path}: ${value.message}`);
    return value;
  }

  async function start() {
    let display = process.env.DISPLAY;
    if (!display) {
      // Xvfb picks a free display and writes its number to descriptor 3 when it is ready.
      const xvfb = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x800x24'], {
        stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
      });
      children.push(xvfb);
      const [number] = await once(xvfb.stdio[3], 'data');
      display = `:${String(number).trim()}`;
    }
    const env = { ...process.env, DISPLAY: display };
    children.push(spawn('WebKitWebDriver', [`--port=${port}`], { stdio: 'ignore', env }));
    for (let tries = 0; !(await send('GET', '/status').catch(() => false)); tries++) {
      if (tries === 100) throw new Error('WebKitWebDriver does not answer.');
      await delay(100);
    }
    const { sessionId } = await send('POST', '/session', {
      capabilities: { alwaysMatch: { 'webkitgtk:browserOptions': { binary, args: ['--automation'] } } },
    });
    return `/session/${sessionId}`;
  }

  return {
    name: 'WebKit',
    type: 'webdriver',
    concurrency: 1,
    async startSession(id, url) {
      session ??= start();
      pages.set(id, url);
      await send('POST', `${await session}/url`, { url });
    },
    async stopSession(id) {
      pages.delete(id);
      await send('POST', `${await session}/url`, { url: 'about:blank' });
      return {};
    },
    isActive: (id) => pages.has(id),
    getBrowserUrl: (id) => pages.get(id),
    async sendKeys(_id, keys) {
      const actions = keys
        .map((key) => WEBDRIVER_KEYS.get(key) ?? key)
        .flatMap((value) => [
          { type: 'keyDown', value },
          { type: 'keyUp', value },
        ]);
      await send('POST', `${await session}/actions`, { actions: [{ type: 'key', id: 'keyboard', actions }] });
    },
    async startDebugSession() {
      throw new Error('WebKitGTK has no debugging here.');
    },
    async stop() {
      await session?.then((path) => send('DELETE', path)).catch(() => {});
      for (const child of children.reverse()) {
        child.kill();
        await Promise.race([once(child, 'exit'), delay(2000)]);
      }
    },
  };
}
