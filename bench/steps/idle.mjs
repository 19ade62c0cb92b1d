/* global window */
import { setTimeout as delay } from 'node:timers/promises';

/** Nothing happens, and nobody does anything. */
export const idle = {
  name: 'idle',
  traces: ['1k', '100k', '1m'],
  async run(visit) {
    await visit.rest();
    const before = await visit.evaluate(() => window.probe.callbacks);
    await delay(2000);
    return { callbacks: (await visit.evaluate(() => window.probe.callbacks)) - before };
  },
  figures: [
    {
      name: 'two seconds without an event',
      unit: 'timers and frames',
      cases: ['view', 'tree'],
      value: ({ callbacks }) => callbacks,
      holds: () => ({ atMost: 0 }),
    },
  ],
};
