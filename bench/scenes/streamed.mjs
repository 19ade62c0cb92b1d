/* global window */

const COMMON = { step: 'stream', traces: ['100k', '1m'], cases: ['view'] };

/** A file of JSON Lines comes in and is shown meanwhile. */
export const streamed = {
  lines: true,
  figures: [
    {
      name: 'first rows of a streamed JSONL',
      ...COMMON,
      unit: '% of the file read',
      value: ({ share }) => share,
      beside: { 'ms until then': ({ firstRows }) => firstRows, 'ms in all': ({ wall }) => wall },
      holds: (trace) => (trace === '1m' ? { atMost: 5 } : {}),
    },
    {
      name: 'longest task while a JSONL loads',
      ...COMMON,
      browsers: ['chromium'],
      // What a person waits for: a task that waits for the processor is as long as one that works.
      unit: 'ms (0: none of 50)',
      value: ({ longest }) => longest,
      beside: { 'work of the longest': ({ work }) => work, 'work of all': ({ thread }) => thread },
      holds: () => ({ atMost: 50 }),
    },
    {
      name: 'most memory of the page while a JSONL loads',
      ...COMMON,
      browsers: ['chromium'],
      unit: 'MB',
      value: ({ peak }) => peak,
      holds: (trace) => (trace === '1m' ? { atMost: 2000 } : {}),
    },
  ],
  async visit(visit, { trace, rows }) {
    let streamed;
    const longestTask = await visit.watchTasks();
    const { wall, thread } = await visit.spend(async () => {
      streamed = await visit.evaluate(
        (path, given) => window.probe.stream(path, given),
        `/traces/${trace}.jsonl`,
        rows,
      );
      return streamed.wall;
    });
    const work = await longestTask();
    await visit.evaluate((given) => window.probe.checkEnds(given), rows);
    return { ...streamed, wall, thread, work, ...(visit.session && { peak: (await visit.peakMemory()) / 1e6 }) };
  },
};
