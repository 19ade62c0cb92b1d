// WebKit loses what a page writes to IndexedDB while it goes away. Leaves pages in the task in which their spans end, and
// reads what the next page finds.
import assert from 'node:assert/strict';
import { webkit } from '../browsers.mjs';
import { servePage } from '../served-page.mjs';
import { PROGRAM } from './recorder.mjs';

const LEAVE = `
const { searchParams } = new URL(location.href);
const post = (report) => fetch('/', { method: 'POST', body: JSON.stringify(report), keepalive: true });

await page.open();
if (searchParams.has('leave')) {
  // Some wait, some are being written.
  const ids = page.record(2, 20, 1000);
  setTimeout(() => {
    ids.push(...page.record(2, 20, 1000));
    void post({ left: ids });
    location.href = '/?look';
  }, 199);
} else {
  await page.store.list();
  const keys = Object.keys(localStorage).filter((key) => key.includes(':tail:'));
  await post({ found: await page.inventory(), status: page.status(), keys });
}
`;

export async function leaveInWebKit(rounds = 5) {
  const reports = [];
  let wake = () => {};
  const served = await servePage(PROGRAM + LEAVE, (report) => {
    reports.push(report);
    wake();
  });
  const browser = webkit();
  const left = [];
  let last;
  try {
    for (let round = 0; round < rounds; round++) {
      await browser.startSession('page', `${served.url}?leave=${round}`);
      while (!reports.some(({ found }) => found)) await new Promise((resolve) => (wake = resolve));
      for (const report of reports.splice(0)) {
        if (report.left) left.push(...report.left);
        else last = report;
      }
    }
  } finally {
    await browser.stop();
    await served.close();
  }
  assert.equal(last.status.mode, 'indexeddb');
  assert.deepEqual([...last.found.ids].sort(), left.sort());
  assert.equal(last.found.spanCount, left.length);
  assert.deepEqual(last.keys, []);
}
