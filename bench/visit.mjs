/* global window */
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { puppeteerCore } from '@web/test-runner-chrome';
import { chromiumOptions, firefoxOptions } from '../scripts/browsers.mjs';

const probe = readFileSync(new URL('probe.js', import.meta.url), 'utf8');
const LIMIT = 600_000;

/** The main thread is at rest when it has worked for less than this, in milliseconds, in each of so many looks. */
const REST = { work: 1.5, looks: 3, between: 100 };

/** Whole tasks. Those of `toplevel` leave out the promises that go on once a task is over: all that follows an `import()`, for one. */
const TASKS = 'disabled-by-default-devtools.timeline';

/** Starts a browser of its own. */
export async function launch(browserName) {
  const options = await (browserName === 'firefox' ? firefoxOptions() : chromiumOptions());
  return puppeteerCore.launch({
    ...options,
    headless: options.headless ?? true,
    protocolTimeout: LIMIT,
    defaultViewport: { width: 1440, height: 900 },
  });
}

/** One visit of a page with a browser of its own: what it does is measured from outside where that can be done. */
export class Visit {
  page;
  /** @type {import('puppeteer-core').CDPSession | undefined} absent in Firefox, which tells nothing of processor time */
  session;
  #browser;
  #faults = [];

  static async open(url, browserName) {
    const visit = new Visit();
    visit.#browser = await launch(browserName);
    visit.page = await visit.#browser.newPage();
    visit.page.on('pageerror', (error) => visit.#faults.push(error));
    visit.page.on('error', (error) => visit.#faults.push(error));
    visit.page.setDefaultTimeout(LIMIT);
    await visit.page.evaluateOnNewDocument(probe);
    if (browserName !== 'firefox') {
      visit.session = await visit.page.createCDPSession();
      await visit.session.send('Performance.enable');
      await visit.session.send('HeapProfiler.enable');
    }
    await visit.page.goto(url, { waitUntil: 'load' });
    await visit.page.waitForFunction('window.bench !== undefined', { timeout: 30_000 });
    return visit;
  }

  evaluate(action, ...given) {
    return this.page.evaluate(action, ...given);
  }

  /** @throws what the page threw */
  check() {
    if (this.#faults.length > 0) throw this.#faults[0];
  }

  close() {
    return this.#browser.close();
  }

  async #metric(name) {
    const { metrics } = await this.session.send('Performance.getMetrics');
    return metrics.find((metric) => metric.name === name).value;
  }

  /** Milliseconds of work so far: of the main thread, and of the page's process. */
  async work() {
    if (!this.session) return { thread: NaN, process: NaN };
    const { metrics } = await this.session.send('Performance.getMetrics');
    const of = (name) => metrics.find((metric) => metric.name === name).value * 1000;
    return { thread: of('ThreadTime'), process: of('ProcessTime') };
  }

  /** Milliseconds that scripts have run so far. */
  async scriptTime() {
    if (!this.session) return NaN;
    return (await this.#metric('ScriptDuration')) * 1000;
  }

  /**
   * What an action takes: `wall` until it ends, `thread` and `process` until then, and `settled`, the work of the main
   * thread until that has nothing more to do.
   */
  async spend(action) {
    await this.rest();
    const before = await this.work();
    const begun = performance.now();
    const result = await action();
    const wall = performance.now() - begun;
    const after = await this.work();
    const settled = await this.rest();
    return {
      result,
      wall: typeof result === 'number' ? result : wall,
      thread: after.thread - before.thread,
      process: after.process - before.process,
      settled: settled - before.thread,
    };
  }

  /**
   * As `spend`, with `painted`: the work of the main thread until the action has marked that it painted what was wanted. More may
   * be worked out at once then, which is in the other figures.
   */
  async spendUntilPainted(action) {
    if (!this.session) return { ...(await this.spend(action)), painted: NaN };
    await this.rest();
    await this.page.tracing.start({ categories: [TASKS, 'blink.user_timing'] });
    const spent = await this.spend(action);
    const { tasks, marks } = await this.#stopTracing();
    const painted = marks.findLast(({ name }) => name === 'painted').ts;
    const work = tasks.reduce((sum, { ts, dur, tdur = 0 }) => (ts + dur <= painted ? sum + tdur : sum), 0);
    return { ...spent, painted: work / 1000 };
  }

  async #stopTracing() {
    const { traceEvents } = JSON.parse(Buffer.from(await this.page.tracing.stop()).toString());
    const threads = traceEvents.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain');
    const isMain = ({ pid, tid }) => threads.some((thread) => thread.pid === pid && thread.tid === tid);
    return {
      tasks: traceEvents.filter((event) => event.name === 'RunTask' && isMain(event)),
      marks: traceEvents.filter((event) => event.cat.includes('blink.user_timing') && isMain(event)),
    };
  }

  /** Waits until the main thread rests. Gives the work that it had done by then. */
  async rest() {
    if (!this.session) {
      await delay(REST.between * REST.looks);
      return NaN;
    }
    let worked = (await this.work()).thread;
    let atRest = worked;
    for (let looks = 0; looks < REST.looks;) {
      await delay(REST.between);
      const { thread } = await this.work();
      looks = thread - worked < REST.work ? looks + 1 : 0;
      if (looks === 0) atRest = thread;
      worked = thread;
    }
    return atRest;
  }

  /**
   * Looks at the tasks of the main thread until the function that it gives is called, which gives the work of the longest:
   * where other programs want the processor too, a task lasts longer than it works.
   */
  async watchTasks() {
    if (!this.session) return async () => NaN;
    await this.page.tracing.start({ categories: [TASKS] });
    return async () => {
      const { tasks } = await this.#stopTracing();
      return tasks.reduce((most, { tdur = 0 }) => Math.max(most, tdur / 1000), 0);
    };
  }

  /** Collects garbage, where that can be asked for. Gives the bytes in use then, and the number of DOM nodes. */
  async memory() {
    if (!this.session) return { heap: NaN, nodes: NaN };
    for (let time = 0; time < 2; time++) {
      await this.session.send('HeapProfiler.collectGarbage');
      await delay(50);
    }
    // What typed arrays hold is not in the heap proper.
    const { usedSize, backingStorageSize } = await this.session.send('Runtime.getHeapUsage');
    return { heap: usedSize + backingStorageSize, nodes: await this.#metric('Nodes') };
  }

  /** The most that the page's process ever held, in bytes. Linux only. */
  async peakMemory() {
    const browserSession = await this.#browser.target().createCDPSession();
    const { processInfo } = await browserSession.send('SystemInfo.getProcessInfo');
    await browserSession.detach();
    const peaks = processInfo
      .filter(({ type }) => type === 'renderer')
      .map(({ id }) => {
        try {
          return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${id}/status`, 'utf8'))[1]) * 1024;
        } catch {
          return NaN;
        }
      });
    return Math.max(...peaks);
  }

  /** Takes the text of a trace into the page, as `window.text`. */
  async fetchText(name) {
    await this.evaluate(async (path) => {
      window.text = await (await fetch(path)).text();
    }, `/traces/${name}`);
  }

  /** Parses that text, as `window.trace`. Gives what it took. */
  parse() {
    return this.spend(() =>
      this.evaluate(() => {
        const begun = performance.now();
        window.trace = JSON.parse(window.text);
        const took = performance.now() - begun;
        window.text = undefined;
        return took;
      }),
    );
  }
}
