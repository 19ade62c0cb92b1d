/* global window */

const figure = (name, what) => ({
  name,
  unit: 'ms of the main thread',
  cases: ['view', 'limit'],
  value: (result) => result[what].settled,
  withoutWork: { unit: 'ms', value: (result) => result[what].wall },
  beside: { wall: (result) => result[what].wall },
  holds: () => ({ ratioAtMost: 1.5 }),
});

/** All spans are closed, then all opened. */
export const fold = {
  name: 'fold',
  traces: ['100k', '1m'],
  async run(visit, { rows }) {
    const closed = await visit.spend(() =>
      visit.evaluate(async (root) => {
        const begun = performance.now();
        await window.bench.collapseAll();
        const isOne = async () => {
          const inSight = await window.probe.rowsInSight();
          return inSight.length === 1 && inSight[0].row.textContent.includes(root);
        };
        await window.probe.until(isOne, 'one row');
        await window.probe.frame();
        return performance.now() - begun;
      }, rows.first[0]),
    );
    const opened = await visit.spend(() =>
      visit.evaluate(async (names) => {
        const begun = performance.now();
        await window.bench.expandAll();
        await window.probe.until(() => window.probe.areInSight(names, 'first'), 'all rows');
        await window.probe.frame();
        return performance.now() - begun;
      }, rows.first),
    );
    return { closed, opened };
  },
  figures: [figure('collapse all', 'closed'), figure('expand all', 'opened')],
};
