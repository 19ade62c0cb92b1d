import { expect } from '@open-wc/testing';
import * as fc from 'fast-check';
import { SourcePages } from '../elements/llm-trace-list/source-pages.js';
import { listedRow } from './listed-row.js';
import type { PageRequest, TracePage, TraceQuery, TraceSource } from './source.js';
import { newestFirst, TimePages } from './time-pages.js';

/** A backend that knows nothing of pages: it gives the newest traces of a time, as many as it is asked for. */
class WindowBackend implements TraceSource {
  readonly title = 'Window';
  readonly filters = new Set<never>();
  readonly #pages: TimePages;
  readonly #starts: readonly number[];

  constructor(starts: readonly number[], pageSize: number) {
    this.#starts = starts;
    this.#pages = new TimePages({ pageSize, lookback: Infinity }, 1);
  }

  list(query: TraceQuery, { cursor }: PageRequest = {}): Promise<TracePage> {
    const window = this.#pages.window(query, cursor)!;
    const found = this.#starts
      .map((start, at) => ({ start, id: String(at) }))
      .filter(({ start }) => start >= window.from && start <= window.to)
      .sort((one, other) => other.start - one.start)
      .slice(0, window.limit)
      .map(({ start, id }) => ({ trace: listedRow({ id, start }), latest: start }));
    return Promise.resolve({
      traces: newestFirst(found),
      ...this.#pages.next(window, found, found.length >= window.limit),
    });
  }

  trace(): Promise<undefined> {
    return Promise.resolve(undefined);
  }
}

/** A backend whose pages are what a test says: some hold what came before, some are empty, some fail when first asked for. */
class GivenPages implements TraceSource {
  readonly title = 'Given';
  readonly filters = new Set<never>();
  readonly #pages: readonly { ids: readonly number[]; fails: boolean }[];
  readonly #failed = new Set<number>();

  constructor(pages: readonly { ids: readonly number[]; fails: boolean }[]) {
    this.#pages = pages;
  }

  list(_query: TraceQuery, { cursor = '0' }: PageRequest = {}): Promise<TracePage> {
    const at = Number(cursor);
    const { ids, fails } = this.#pages[at] ?? { ids: [], fails: false };
    if (fails && !this.#failed.has(at)) {
      this.#failed.add(at);
      return Promise.reject(new Error('gone'));
    }
    return Promise.resolve({
      traces: ids.map((id) => listedRow({ id: String(id) })),
      cursor: at + 1 < this.#pages.length ? String(at + 1) : undefined,
    });
  }

  trace(): Promise<undefined> {
    return Promise.resolve(undefined);
  }
}

/** All pages, as a person would scroll through them and try again. */
async function allOf(source: TraceSource): Promise<string[]> {
  const pages = new SourcePages(() => {});
  await pages.begin(source, {});
  const shown: string[] = [];
  for (let asked = 0; asked < 1000 && (pages.hasMore || pages.error); asked++) {
    const ids = pages.traces.map(({ id }) => id);
    expect(ids.slice(0, shown.length)).to.deep.equal(shown);
    shown.splice(0, shown.length, ...ids);
    await (pages.hasMore || pages.isAnswered ? pages.more() : pages.beginAgain());
  }
  expect(pages.hasMore).to.be.false;
  return pages.traces.map(({ id }) => id);
}

describe('pages of a list', () => {
  it('gives every trace of a backend without pages once, the newest first', async () => {
    // Few moments, so that many traces begin in the same one.
    const starts = fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 80 });
    await fc.assert(
      fc.asyncProperty(starts, fc.integer({ min: 1, max: 9 }), async (all, size) => {
        const ids = await allOf(new WindowBackend(all, size));
        expect([...ids].sort()).to.deep.equal(Array.from(all.keys(), String).sort());
        const inOrder = ids.map((id) => all[Number(id)]!);
        expect(inOrder).to.deep.equal([...inOrder].sort((one, other) => other - one));
      }),
      { numRuns: 60 },
    );
  });

  it('shows nothing twice and loses nothing, whatever the pages hold', async () => {
    const page = fc.record({ ids: fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 8 }), fails: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(page, { minLength: 1, maxLength: 15 }), async (pages) => {
        const wanted = [...new Set(pages.flatMap(({ ids }) => ids.map(String)))];
        expect(await allOf(new GivenPages(pages))).to.deep.equal(wanted);
      }),
      { numRuns: 60 },
    );
  });

  it('ends where a backend gives the same page for ever', async () => {
    const pages = new SourcePages(() => {});
    const page = { traces: [listedRow({ id: 'a' })], cursor: 'same' };
    await pages.begin(
      { title: '', filters: new Set(), list: () => Promise.resolve(page), trace: () => Promise.reject(new Error()) },
      {},
    );
    for (let at = 0; at < 5; at++) await pages.moreInSight();
    expect(pages.traces).to.have.length(1);
    expect(pages.hasMore).to.be.false;
  });

  it('drops an answer that comes after another question', async () => {
    const answers: ((page: TracePage) => void)[] = [];
    const source: TraceSource = {
      title: '',
      filters: new Set(['name']),
      list: () => new Promise((resolve) => answers.push(resolve)),
      trace: () => Promise.resolve(undefined),
    };
    const pages = new SourcePages(() => {});
    const first = pages.begin(source, { name: 'first' });
    const second = pages.begin(source, { name: 'second' });
    answers[1]!({ traces: [listedRow({ id: 'second' })] });
    await second;
    answers[0]!({ traces: [listedRow({ id: 'first' })] });
    await first;
    expect(pages.traces.map(({ id }) => id)).to.deep.equal(['second']);
  });
});
