import { expect, oneEvent } from '@open-wc/testing';
import '../../define.js';
import { pageFaultsDuring } from '../../elements/test-support.js';
import { sharedText } from '../shared-files.js';
import { showAsMarkup } from './control.js';
import { BATCH, showHostile } from './show.js';
import { vectorsOf, type Vector } from './vectors.js';
import { strangeThings } from './watch.js';

/** At most so many of the texts, from all over them, and none that is very long: `npm run test:hostile` takes them all. */
const MOST = 30;
const LONGEST = 100_000;

const own = async (name: string): Promise<string> => (await fetch(`/test/corpora/${name}.json`)).text();

async function someVectors(): Promise<Vector[]> {
  const texts = vectorsOf({
    exfil: await own('exfil'),
    unicode: await own('unicode-ansi'),
    urls: await own('urls'),
    payloads: await sharedText('corpora/xss/payloads.json'),
    handlers: await sharedText('corpora/xss/event-handlers.json'),
    naughty: await sharedText('corpora/strings/blns.json'),
  });
  const all = texts.filter(({ text }) => text.length <= LONGEST);
  const share = Math.ceil(all.length / MOST);
  return all.filter((_, at) => at % share === 0);
}

/** Scripts that run while something is done, in this window and in its frames. */
async function scriptsDuring(action: () => Promise<unknown>): Promise<unknown[]> {
  const ran: unknown[] = [];
  const { alert } = window;
  window.alert = (message: unknown) => void ran.push(message);
  try {
    await action();
  } finally {
    window.alert = alert;
  }
  return ran;
}

/** Addresses that are asked for while something is done, but for the elements' own parts. */
async function requestsDuring(action: () => Promise<unknown>): Promise<string[]> {
  // The runner's own files, and those that the texts came from, whose entries may arrive late.
  const isOwn = (name: string): boolean => /^https?:\/\/localhost[^?]*\/(src|node_modules|__web|shared)/.test(name);
  const before = new Set(performance.getEntriesByType('resource'));
  await action();
  return performance
    .getEntriesByType('resource')
    .filter((entry) => !before.has(entry) && !isOwn(entry.name) && !/^(data|blob):/.test(entry.name))
    .map(({ name }) => name);
}

describe('hostile texts, in every place of every element', () => {
  it('run no script, ask for nothing, break nothing, and are all to be seen', async function () {
    this.timeout(240_000);
    performance.setResourceTimingBufferSize(10_000);
    const vectors = await someVectors();
    expect(vectors.length).to.be.above(8);
    const box = document.createElement('div');
    document.body.append(box);
    const strange: string[] = [];
    const unseen: string[] = [];
    let requests: string[] = [];
    let scripts: unknown[] = [];
    const faults = await pageFaultsDuring(async () => {
      scripts = await scriptsDuring(async () => {
        requests = await requestsDuring(async () => {
          for (let at = 0; at < vectors.length; at += BATCH) {
            const shown = await showHostile(vectors.slice(at, at + BATCH), box);
            strange.push(...shown.strange);
            unseen.push(...shown.unseen);
          }
        });
      });
    });
    box.remove();
    expect({ strange, unseen, requests, scripts, faults }).to.deep.equal({
      strange: [],
      unseen: [],
      requests: [],
      scripts: [],
      faults: [],
    });
  });

  it('run scripts and ask for pictures where a page trusts them: the check would see it', async () => {
    const markup = '<img src="x:x" onerror="top.alert(1)"><b onmouseover="top.alert(2)">b</b>';
    const scripts = await scriptsDuring(() =>
      showAsMarkup([{ id: 'control', text: markup, events: [] }], '/awkward/empty', 300),
    );
    expect(scripts.sort()).to.deep.equal([1, 2]);
    const box = document.createElement('div');
    const requests = await requestsDuring(async () => {
      box.innerHTML = '<img src="/awkward/empty?asked" alt="">';
      await oneEvent(box.firstElementChild!, 'error');
    });
    expect(requests.join()).to.include('asked');
    box.innerHTML = '<a href="javascript:alert(1)" onclick="0" style="background: url(x:x)">x</a><script></script>';
    expect(strangeThings(box)).to.have.length(2);
  });
});
