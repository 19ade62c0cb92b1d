/* global window */

/** A text becomes traces, against `JSON.parse` of the same text. */
export const read = {
  figures: [
    {
      name: 'text → outline ready',
      step: 'read',
      traces: ['10k', '100k', '1m'],
      unit: 'ms',
      cases: ['reader', 'JSON.parse'],
      value: ({ wall }) => wall,
      beside: { 'main thread': ({ settled }) => settled, 'all threads': ({ process }) => process },
      holds: () => ({ ratioAtMost: 1.4 }),
    },
  ],
  async visit(visit, { trace, name, rows }) {
    await visit.fetchText(`${trace}.json`);
    await visit.memory();
    if (name === 'JSON.parse') return visit.parse();
    return visit.spend(() =>
      visit.evaluate(async (spans) => {
        const begun = performance.now();
        const count = await window.bench.read(window.text);
        const took = performance.now() - begun;
        if (count !== spans) throw new Error(`${count} spans were read of ${spans}`);
        return took;
      }, rows.spans),
    );
  },
};
