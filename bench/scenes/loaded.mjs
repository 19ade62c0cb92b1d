import { steps } from '../steps/index.mjs';

/** A trace that is parsed, shown and used: one visit goes through all steps whose figures are wanted. */
export const loaded = {
  figures: steps.flatMap(({ name: step, traces, browsers, figures }) =>
    figures.map((figure) => ({ traces, browsers, ...figure, step, of: (results) => results[step] })),
  ),
  async visit(visit, { trace, rows, figures }) {
    const wanted = steps.filter(({ name }) => name === 'render' || figures.some(({ step }) => step === name));
    const results = {};
    await visit.fetchText(`${trace}.json`);
    results.parse = await visit.parse();
    const before = await visit.memory();
    for (const step of wanted) results[step.name] = await step.run(visit, { rows, before });
    // Whoever drew the first rows has the others too.
    await visit.evaluate((given) => globalThis.probe.checkEnds(given), rows);
    return results;
  },
};
