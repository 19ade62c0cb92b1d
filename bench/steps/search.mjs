/* global window */

/** Letter by letter: each leaves fewer names. */
const LETTERS = ['ret', 'retr', 'retri', 'retrie', 'retriev', 'retrieve'];

/** Shows the spans with a text in their names; ends when one of them can be seen. */
const search = (visit, text) =>
  visit.spend(() =>
    visit.evaluate(async (wanted) => {
      const begun = performance.now();
      await window.bench.search(wanted);
      const isShown = async () => {
        const inSight = await window.probe.rowsInSight();
        return inSight.some(({ row }) => row.textContent.includes(wanted));
      };
      await window.probe.until(isShown, wanted);
      await window.probe.frame();
      return performance.now() - begun;
    }, text),
  );

/** Somebody types into the search field what is in the names of spans. */
export const searched = {
  name: 'search',
  traces: ['10k', '100k', '1m'],
  async run(visit) {
    // The first one loads what a search needs.
    const first = await search(visit, 're');
    const taken = [];
    for (const text of LETTERS) taken.push(await search(visit, text));
    await visit.evaluate(() => window.bench.search(''));
    const middle = (of) => taken.map(of).sort((one, other) => one - other)[taken.length >> 1];
    return { settled: middle(({ settled }) => settled), wall: middle(({ wall }) => wall), first: first.settled };
  },
  figures: [
    {
      name: 'a letter more in the search → rows painted',
      unit: 'ms of the main thread',
      cases: ['view', 'limit'],
      value: ({ settled }) => settled,
      withoutWork: { unit: 'ms', value: ({ wall }) => wall },
      beside: { wall: ({ wall }) => wall, 'the first letter': ({ first }) => first },
      holds: () => ({ ratioAtMost: 1.5 }),
    },
  ],
};
