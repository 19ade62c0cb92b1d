/* global window */

const atMost = new Map([
  ['100', 2],
  ['1k', 2],
  ['10k', 2],
  ['100k', 1.3],
  ['1m', 1.1],
]);

const WALL = { unit: 'ms', value: ({ wall }) => wall };

/** What the spans come to is worked out once their rows are painted. */
const BESIDE = { 'until at rest': ({ settled }) => settled, 'wall until painted': ({ wall }) => wall };

/** From the parsed object to painted rows. Every visit begins with it. */
export const render = {
  name: 'render',
  traces: ['100', '1k', '10k', '100k', '1m', 'wide', 'deep', 'huge'],
  run: (visit, { rows }) =>
    visit.spendUntilPainted(() => visit.evaluate((given) => window.probe.load(window.trace, given), rows)),
  figures: [
    {
      name: 'parsed JSON → rows painted, <llm-trace-view>',
      unit: 'ms of the main thread',
      cases: ['view', 'limit'],
      value: ({ painted }) => painted,
      withoutWork: WALL,
      beside: BESIDE,
      holds: (trace) => ({ ratioAtMost: atMost.get(trace) ?? 2 }),
    },
    {
      name: 'parsed JSON → sums and summary too, at rest, <llm-trace-view>',
      unit: 'ms of the main thread',
      cases: ['view', 'limit'],
      value: ({ settled }) => settled,
      withoutWork: WALL,
      holds: () => ({}),
    },
    {
      name: 'parsed JSON → rows painted, <llm-span-tree> alone',
      unit: 'ms of the main thread',
      cases: ['tree', 'limit'],
      value: ({ painted }) => painted,
      withoutWork: WALL,
      beside: BESIDE,
      holds: () => ({ ratioAtMost: 1.5 }),
    },
  ],
};
