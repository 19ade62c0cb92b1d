/* global window */

/** What is held beyond the parsed object, and how many nodes the page has. */
export const memory = {
  name: 'memory',
  traces: ['100', '1k', '10k', '100k', '1m', 'wide', 'deep'],
  browsers: ['chromium'],
  async run(visit, { rows, before }) {
    const { heap, nodes } = await visit.memory();
    const peak = (await visit.peakMemory()) / 1e6;
    const inPage = await visit.evaluate(() => window.probe.countNodes());
    return { bytes: (heap - before.heap) / rows.spans, nodes, peak, ...inPage };
  },
  figures: [
    {
      name: 'heap over the parsed JSON',
      unit: 'bytes a span',
      cases: ['view', 'limit'],
      value: ({ bytes }) => bytes,
      beside: { 'most memory of the page, MB': ({ peak }) => peak },
      holds: (trace) => (['100k', '1m'].includes(trace) ? { atMost: 160 } : {}),
    },
    {
      name: 'DOM nodes',
      unit: 'nodes',
      cases: ['view', 'limit'],
      value: ({ nodes }) => nodes,
      beside: { 'in the page': ({ inPage }) => inPage, elements: ({ elements }) => elements },
      holds: (trace) => ({ atMost: 1000, ...(trace === '1m' && { times: { trace: '1k', atMost: 1.05 } }) }),
    },
  ],
};
