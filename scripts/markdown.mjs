// Shows Markdown that is made to be slow in `<llm-text-block>`, each family to its end, in Chromium: how much work it is for the
// page, and the longest that the page does not answer. Both are time of the processor, so that what else the machine does
// does not count.
//
// `npm run test:markdown [-- quotes fences]`: the families whose names hold one of the words.
/* global window -- of the page */
import { fileURLToPath } from 'node:url';
import { puppeteerCore } from '@web/test-runner-chrome';
import { chromiumOptions } from './browsers.mjs';
import { servePage } from './served-page.mjs';

/** Milliseconds that a family may take, and that the page may be held up at a time. */
const MOST = 1000;
const LONGEST = 100;
/** Tells which thread of the browser is the page's. */
const MARK = 'markdown shown';

const source = (file) => JSON.stringify(fileURLToPath(new URL(`../src/${file}`, import.meta.url)));
const PROGRAM = `
import ${source('define/llm-text-block.ts')};
import { ViewSettings } from ${source('internal/view-settings.ts')};
import { families, inParagraphs } from ${source('internal/markdown/test-families.ts')};

const cases = families.flatMap(([name, text]) => [[name, text], [name + ', in paragraphs', inParagraphs(text)]]);
const settings = new ViewSettings();
settings.change({ textForm: 'markdown' });
const drawn = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));

function show(value) {
  const block = document.createElement('llm-text-block');
  Object.assign(block, { settings, value: { value } });
  document.body.append(block);
  return block;
}

/** Until as much is read as was asked for; gives the button for more. */
async function whenRead(block) {
  const { shadowRoot } = block;
  do await drawn();
  while (shadowRoot.querySelector('[aria-busy="true"]'));
  return shadowRoot.querySelector('button.more');
}

window.markdown = {
  names: cases.map(([name]) => name),
  /** Loads what reads Markdown. */
  async prepare() {
    const block = show('*a*');
    await whenRead(block);
    block.remove();
    await drawn();
  },
  /** Shows a text to its end, and gives the number of its elements. */
  async show(at) {
    performance.mark('${MARK}');
    const block = show(cases[at][1]);
    for (let more; (more = await whenRead(block)); ) more.click();
    return block.shadowRoot.querySelectorAll('*').length;
  },
};
`;

/** What the page does while something goes on, in milliseconds: all work of its main thread, and its longest task. */
async function workDuring(page, action) {
  await page.tracing.start({ categories: ['toplevel', 'blink.user_timing'] });
  const result = await action();
  const { traceEvents } = JSON.parse(new TextDecoder().decode(await page.tracing.stop()));
  const { pid, tid } = traceEvents.find(({ name }) => name === MARK);
  const times = traceEvents
    .filter((event) => event.name === 'ThreadControllerImpl::RunTask' && event.pid === pid && event.tid === tid)
    // What began before has no time of its own.
    .map(({ tdur = 0 }) => tdur / 1000);
  return { all: times.reduce((sum, time) => sum + time, 0), longest: Math.max(...times), result };
}

const words = process.argv.slice(2);
const options = await chromiumOptions();
const browser = await puppeteerCore.launch({ ...options, headless: options.headless ?? true });
const served = await servePage(PROGRAM);
const failures = [];
try {
  console.log('   all  longest  elements');
  for (let at = 0, names = ['']; at < names.length; at++) {
    // Each in a page of its own: none pays for what another left behind.
    const page = await browser.newPage();
    await page.goto(served.url);
    await page.waitForFunction('window.markdown !== undefined');
    names = await page.evaluate(() => window.markdown.names);
    const name = names[at];
    if (words.length === 0 || words.some((word) => name.includes(word))) {
      await page.evaluate(() => window.markdown.prepare());
      const { all, longest, result } = await workDuring(page, () =>
        page.evaluate((of) => window.markdown.show(of), at),
      );
      const isSlow = all > MOST || longest > LONGEST;
      if (isSlow) failures.push(name);
      const figures = [all, longest, result].map((figure, place) => String(Math.round(figure)).padStart(place ? 8 : 6));
      console.log(`${figures.join(' ')}  ${name}${isSlow ? '  TOO SLOW' : ''}`);
    }
    await page.close();
  }
} finally {
  await browser.close();
  await served.close();
}
console.log(`at most ${MOST} ms in all, ${LONGEST} ms at a time: ${failures.length ? failures.join('; ') : 'holds'}`);
process.exitCode = failures.length ? 1 : 0;
