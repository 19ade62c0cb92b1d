/* global window */
import { markOf } from '../agent-run.mjs';

/** A span is chosen, and its question can be read. */
export const select = {
  name: 'select',
  traces: ['1k', '10k'],
  async run(visit, { rows }) {
    const calls = rows.first.slice(0, 20).flatMap((name, row) => (name.startsWith('chat ') ? [row] : []));
    const taken = [];
    for (const row of calls) {
      const mark = markOf(row + 1);
      const { result, ...work } = await visit.spend(() =>
        visit.evaluate((at, text) => window.probe.select(at, text), row, mark),
      );
      taken.push({ ...work, ...result });
    }
    // The first one loads what details need.
    const later = taken.slice(1);
    const middle = (of) => later.map(of).sort((one, other) => one - other)[later.length >> 1];
    return {
      frames: middle(({ frames }) => frames),
      settled: middle(({ settled }) => settled),
      first: taken[0].frames,
    };
  },
  figures: [
    {
      name: 'select → detail painted',
      unit: 'frames',
      cases: ['view', 'limit'],
      value: ({ frames }) => frames,
      beside: { 'the first time': ({ first }) => first, 'main thread, ms': ({ settled }) => settled },
      holds: () => ({ moreAtMost: 2 }),
    },
  ],
};
