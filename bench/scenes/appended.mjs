/* global window */

const COMMON = { step: 'append', traces: ['live'], browsers: ['chromium'], cases: ['view'] };
const LOADED = 100_000;
const A_SECOND = 1000;

/** A trace of 100,000 spans that is open grows by a thousand spans a second. */
export const appended = {
  figures: [
    {
      name: 'longest task while 1,000 spans a second are appended to 100,000',
      ...COMMON,
      // What a person waits for: a task that waits for the processor is as long as one that works.
      unit: 'ms (0: none of 50)',
      value: ({ longest }) => longest,
      beside: {
        'work of the longest': ({ work }) => work,
        'dropped frames, %': ({ dropped }) => dropped,
        'p95 of frames, ms': ({ p95 }) => p95,
        'main thread, %': ({ busy }) => busy,
      },
      holds: () => ({ atMost: 50 }),
    },
    {
      name: 'growth while 1,000 spans a second are appended to 100,000',
      ...COMMON,
      unit: 'bytes a span beyond the data',
      value: ({ growth }) => growth,
      holds: () => ({ atMost: 160 }),
    },
  ],
  async visit(visit, { trace, rows, seconds }) {
    await visit.fetchText(`${trace}.json`);
    await visit.parse();
    await visit.evaluate(
      async (loaded, first) => {
        // In the order in which they begin: what is appended has its parents there.
        window.spans = window.trace.resourceSpans[0].scopeSpans[0].spans;
        window.spans.sort((one, other) => (one.spanId < other.spanId ? -1 : 1));
        window.trace = undefined;
        window.documentOf = (spans) => ({ resourceSpans: [{ scopeSpans: [{ spans }] }] });
        await window.probe.load(window.documentOf(window.spans.slice(0, loaded)), { first });
      },
      LOADED,
      rows.first,
    );
    await visit.rest();
    const before = { ...(await visit.memory()), ...(await visit.work()) };
    const count = seconds * A_SECOND;
    const longestTask = await visit.watchTasks();
    const frames = await visit.evaluate(
      async (loaded, added, aSecond) => {
        const begun = performance.now();
        await window.probe.watch(false);
        const appends = [];
        for (let done = 0; done < added;) {
          await new Promise((resolve) => setTimeout(resolve, 100));
          const due = Math.min(added, Math.floor(((performance.now() - begun) / 1000) * aSecond));
          if (due === done) continue;
          appends.push(window.bench.append(window.documentOf(window.spans.slice(loaded + done, loaded + due))));
          done = due;
        }
        await Promise.all(appends);
        const watched = await window.probe.stop();
        return { ...watched, longest: await window.probe.longestTask(begun), took: performance.now() - begun };
      },
      LOADED,
      count,
      A_SECOND,
    );
    const work = await longestTask();
    const after = { ...(await visit.work()), ...(await visit.memory()) };
    await visit.evaluate(
      async (first, end) => {
        const last = window.spans.slice(end - 20, end).map(({ name }) => name);
        await window.probe.checkEnds({ first, last });
      },
      rows.first,
      LOADED + count,
    );
    return {
      work,
      longest: frames.longest,
      p95: frames.p95,
      dropped: (frames.dropped / (frames.dropped + frames.frames)) * 100,
      busy: ((after.thread - before.thread) / frames.took) * 100,
      growth: (after.heap - before.heap) / count,
    };
  },
};
