// Launcher of WebKitGTK's MiniBrowser for the test runner, through WebDriver, under Xvfb where there is no display.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';

/** Keys that WebDriver has a code for. */
const KEYS = new Map(
  Object.entries({
    Backspace: '\uE003',
    Tab: '\uE004',
    Enter: '\uE007',
    Shift: '\uE008',
    Control: '\uE009',
    Alt: '\uE00A',
    Escape: '\uE00C',
    Space: ' ',
    PageUp: '\uE00E',
    PageDown: '\uE00F',
    End: '\uE010',
    Home: '\uE011',
    ArrowLeft: '\uE012',
    ArrowUp: '\uE013',
    ArrowRight: '\uE014',
    ArrowDown: '\uE015',
    Delete: '\uE017',
    F3: '\uE033',
  }),
);

const BUTTONS = ['left', 'middle', 'right'];

/** The window at the beginning of each file: its page is about as large as the launcher of the other browsers has it. */
const GEOMETRY = '800x638';

/** Started when it is first needed: the display, the driver, and a browser in it. */
class Driver {
  #port = Number(process.env.WEBKIT_DRIVER_PORT ?? 4567);
  #children = [];
  #session;
  #isResized = false;

  async send(method, path, body) {
    const response = await fetch(`http://127.0.0.1:${this.#port}${path}`, {
      method,
      signal: AbortSignal.timeout(60_000),
      ...(body && { body: JSON.stringify(body) }),
    });
    const { value } = await response.json();
    if (!response.ok) throw new Error(`WebKitWebDriver ${path}: ${value.message}`);
    return value;
  }

  /** Sends a command to the browser. */
  async ask(method, path, body) {
    this.#session ??= this.#start();
    return this.send(method, `${await this.#session}${path}`, body);
  }

  /** One after the other, from one device. */
  async act(source, actions) {
    await this.ask('POST', '/actions', { actions: [{ ...source, actions }] });
  }

  async #start() {
    let display = process.env.DISPLAY;
    if (!display) {
      // Xvfb picks a free display and writes its number to descriptor 3 when it is ready.
      const xvfb = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1600x1200x24'], {
        stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
      });
      this.#children.push(xvfb);
      const [number] = await once(xvfb.stdio[3], 'data');
      display = `:${String(number).trim()}`;
    }
    const env = { ...process.env, DISPLAY: display };
    this.#children.push(spawn('WebKitWebDriver', [`--port=${this.#port}`], { stdio: 'ignore', env }));
    for (let tries = 0; !(await this.send('GET', '/status').catch(() => false)); tries++) {
      if (tries === 100) throw new Error('WebKitWebDriver does not answer.');
      await delay(100);
    }
    return this.#open();
  }

  async #open() {
    const arch = process.arch === 'arm64' ? 'aarch64' : 'x86_64';
    const binary = process.env.MINIBROWSER_PATH ?? `/usr/lib/${arch}-linux-gnu/webkit2gtk-4.1/MiniBrowser`;
    const { sessionId } = await this.send('POST', '/session', {
      capabilities: {
        alwaysMatch: { 'webkitgtk:browserOptions': { binary, args: ['--automation', `--geometry=${GEOMETRY}`] } },
      },
    });
    return `/session/${sessionId}`;
  }

  /** Sizes the window. Without a window manager, nothing gives it back the focus that it loses by that. */
  async resize(rect) {
    this.#isResized = true;
    await this.ask('POST', '/window/rect', rect);
  }

  /** Another window, where the one before was resized. */
  async refresh() {
    if (!this.#isResized) return;
    this.#isResized = false;
    await this.ask('DELETE', '');
    this.#session = this.#open();
  }

  async stop() {
    await this.#session?.then((path) => this.send('DELETE', path)).catch(() => {});
    for (const child of this.#children.reverse()) {
      child.kill();
      await Promise.race([once(child, 'exit'), delay(2000)]);
    }
  }
}

/** What the runner's commands ask of a page of Playwright, by WebDriver. */
class Page {
  #driver;

  constructor(driver) {
    this.#driver = driver;
  }

  keyboard = {
    down: (key) => this.#key([{ type: 'keyDown', value: KEYS.get(key) ?? key }]),
    up: (key) => this.#key([{ type: 'keyUp', value: KEYS.get(key) ?? key }]),
    press: (key) => this.#strokes([KEYS.get(key) ?? key]),
    type: (text) => this.#strokes([...text]),
  };

  mouse = {
    move: (x, y) => this.#mouse([{ type: 'pointerMove', x, y }]),
    down: ({ button = 'left' } = {}) => this.#mouse([{ type: 'pointerDown', button: BUTTONS.indexOf(button) }]),
    up: ({ button = 'left' } = {}) => this.#mouse([{ type: 'pointerUp', button: BUTTONS.indexOf(button) }]),
    click: async (x, y, options) => {
      await this.mouse.move(x, y);
      await this.mouse.down(options);
      await this.mouse.up(options);
    },
  };

  #key(actions) {
    return this.#driver.act({ type: 'key', id: 'keyboard' }, actions);
  }

  #strokes(keys) {
    return this.#key(keys.flatMap((value) => ['keyDown', 'keyUp'].map((type) => ({ type, value }))));
  }

  #mouse(actions) {
    return this.#driver.act({ type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' } }, actions);
  }

  /** Until the page has this size: WebDriver sizes the window, which has a toolbar of its own. */
  async setViewportSize({ width, height }) {
    for (let tries = 0; tries < 50; tries++) {
      const script = 'return [innerWidth, innerHeight, outerWidth, outerHeight]';
      const [innerWidth, innerHeight, outerWidth, outerHeight] = await this.#driver.ask('POST', '/execute/sync', { script, args: [] }); // prettier-ignore
      if (innerWidth === width && innerHeight === height) return;
      const rect = { width: width + outerWidth - innerWidth, height: height + outerHeight - innerHeight };
      await this.#driver.resize(rect);
      await delay(20);
    }
    throw new Error(`WebKit's page is not of ${width} × ${height}.`);
  }

  emulateMedia() {
    throw new Error('WebKitGTK cannot be asked.');
  }
}

export function webkit() {
  const driver = new Driver();
  const page = new Page(driver);
  const urls = new Map();
  return {
    name: 'WebKit',
    // Of the browsers that the runner's commands know, the one whose page has methods for all of them.
    type: 'playwright',
    concurrency: 1,
    getPage: () => page,
    async startSession(id, url) {
      urls.set(id, url);
      await driver.refresh();
      await driver.ask('POST', '/url', { url });
    },
    async stopSession(id) {
      urls.delete(id);
      // Keys and buttons that are still held.
      await driver.ask('DELETE', '/actions');
      await driver.ask('POST', '/url', { url: 'about:blank' });
      return {};
    },
    isActive: (id) => urls.has(id),
    getBrowserUrl: (id) => urls.get(id),
    async startDebugSession() {
      throw new Error('WebKitGTK has no debugging here.');
    },
    stop: () => driver.stop(),
  };
}
