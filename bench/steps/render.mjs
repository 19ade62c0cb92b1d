/* global window */

const atMost = new Map([
  ['100', 2],
  ['1k', 2],
  ['10k', 2],
  ['100k', 1.3],
  ['1m', 1.1],
]);

const WALL = { unit: 'ms', value: ({ wall }) => wall };

/** From the parsed object to painted rows. Every visit begins with it. */
export const render = {
  name: 'render',
  traces: ['100', '1k', '10k', '100k', '1m', 'wide', 'deep', 'huge'],
  run: (visit, { rows }) => visit.spend(() => visit.evaluate((given) => window.probe.load(window.trace, given), rows)),
  figures: [
    {
      name: 'parsed JSON → rows painted, <llm-trace-view>',
      unit: 'ms of the main thread',
      cases: ['view', 'limit'],
      value: ({ settled }) => settled,
      withoutWork: WALL,
      beside: { 'until painted': ({ thread }) => thread, wall: ({ wall }) => wall },
      holds: (trace) => ({ ratioAtMost: atMost.get(trace) ?? 2 }),
    },
    {
      name: 'parsed JSON → rows painted, <llm-span-tree> alone',
      unit: 'ms of the main thread',
      cases: ['tree', 'limit'],
      value: ({ settled }) => settled,
      withoutWork: WALL,
      beside: { 'until painted': ({ thread }) => thread, wall: ({ wall }) => wall },
      holds: () => ({ ratioAtMost: 1.5 }),
    },
  ],
};
