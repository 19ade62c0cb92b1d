import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { readTraces } from '../formats/index.js';
import type { Span, Trace } from '../model/index.js';
import { otlp, traceOf, type SpanSketch } from '../elements/test-support.js';
import { arrangedTree, FEWEST_ALIKE } from './arranged-tree.js';
import { GROUP, MISSING, SPAN, type ArrangedTree } from './arrangement.js';
import { hiddenSpans } from './span-noise.js';

/** Spans of few names, so that neighbours are alike, some of them below parents that are not there. */
const anySpans = fc
  .array(
    fc.record({ name: fc.constantFrom('a', 'a', 'a', 'b'), parent: fc.integer({ min: -1, max: 20 }), lost: fc.nat(9) }),
    { minLength: 1, maxLength: 20 },
  )
  .map((spans) =>
    spans.map(({ name, parent, lost }, at): SpanSketch => {
      const sketch = { id: `s${at}`, name, start: at, end: at + 1 };
      if (lost === 0) return { ...sketch, parent: `lost ${at % 2}` };
      return parent >= 0 && parent < at ? { ...sketch, parent: `s${parent}` } : sketch;
    }),
  );

/** A tree as nested lists: names of spans in lists, `*` for a group, `?` for a parent that is missing. */
type Nested = readonly (string | Nested)[];

function nested({ tree, marks }: ArrangedTree, trace: Trace): Nested {
  const lists: (string | Nested)[][] = [[]];
  const inside: (string | Nested)[][] = [];
  for (let place = 0; place < tree.nodes.length; place++) {
    const own = [marks[place] === SPAN ? trace.idAt(tree.nodes[place]!) : marks[place] === GROUP ? '*' : '?'];
    inside[place] = own;
    const above = tree.parent[place]!;
    (above < 0 ? lists[0]! : inside[above]!).push(own);
  }
  return lists[0]!;
}

/** The same, worked out span by span. */
function naive(trace: Trace, names: ReadonlySet<string>, isGrouped: boolean, showsMissing: boolean): Nested {
  const byTime = (one: Span, other: Span): number => one.start - other.start;
  const shown = (spans: readonly Span[]): Span[] =>
    spans.flatMap((span) => (names.has(span.name) ? shown(childrenOf(span)) : [span])).sort(byTime);
  const childrenOf = (span: Span): Span[] =>
    [...trace.spans].filter(({ index }) => trace.tree.parent[index] === span.index);
  const runs = (spans: readonly Span[]): Nested => {
    const lists: (string | Nested)[] = [];
    for (let at = 0; at < spans.length;) {
      let end = at + 1;
      while (end < spans.length && spans[end]!.name === spans[at]!.name && spans[end]!.kind === spans[at]!.kind) end++;
      const alike = spans.slice(at, end).map((span) => [span.id, ...runs(shown(childrenOf(span)))]);
      if (isGrouped && alike.length >= FEWEST_ALIKE) lists.push(['*', ...alike]);
      else lists.push(...alike);
      at = end;
    }
    return lists;
  };
  const isLost = ({ parentId }: Span): boolean => showsMissing && parentId !== undefined && !trace.span(parentId);
  const roots = trace.roots;
  // What stands at the top: runs of spans, broken by parents that are missing.
  const top: (string | Nested)[] = [];
  let run: Span[] = [];
  const done = new Set<string>();
  const flush = (): void => {
    top.push(...runs(run));
    run = [];
  };
  const shownRoots = roots.flatMap((root): (Span | string)[] => {
    if (!isLost(root)) return shown([root]);
    if (done.has(root.parentId!)) return [];
    done.add(root.parentId!);
    return [root.parentId!];
  });
  const startOf = (item: Span | string): number =>
    typeof item === 'string'
      ? Math.min(...roots.filter(({ parentId }) => parentId === item).map(({ start }) => start))
      : item.start;
  for (const item of shownRoots.sort((one, other) => startOf(one) - startOf(other))) {
    if (typeof item !== 'string') {
      run.push(item);
      continue;
    }
    flush();
    top.push(['?', ...runs(shown(roots.filter(({ parentId }) => parentId === item)))]);
  }
  flush();
  return top;
}

describe('arrangedTree()', () => {
  it('is the tree that is put together span by span', async () => {
    await fc.assert(
      fc.asyncProperty(
        anySpans,
        fc.constantFrom<string[]>([], ['a'], ['b']),
        fc.boolean(),
        fc.boolean(),
        async (spans, names, isGrouped, showsMissing) => {
          const trace = await traceOf(...spans);
          const hidden = hiddenSpans(trace, names.length ? { names } : undefined);
          const arranged = arrangedTree(trace, { hidden, isGrouped, showsMissing });
          const wanted = naive(trace, new Set(names), isGrouped, showsMissing);
          if (!arranged) {
            expect(naive(trace, new Set(), false, false)).to.deep.equal(wanted);
            return;
          }
          expect(nested(arranged, trace)).to.deep.equal(wanted);
          // Every span is found at its place, and what is hidden at that of what is around it.
          for (const { index, name } of trace.spans) {
            const place = arranged.places[index]!;
            if (!names.includes(name)) expect(arranged.tree.nodes[place]).to.equal(index);
            else expect(place === -1 || arranged.marks[place] !== GROUP).to.equal(true);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('keeps one place for all whose parent is missing, and none where it is there', async () => {
    const orphans = [
      { id: 'one', parent: 'late', start: 1, end: 2 },
      { id: 'two', parent: 'late', start: 3, end: 4 },
    ];
    const arrangement = { hidden: undefined, isGrouped: false, showsMissing: true };
    const before = arrangedTree(await traceOf(...orphans), arrangement)!;
    expect(Array.from(before.marks)).to.deep.equal([MISSING, SPAN, SPAN]);
    expect(arrangedTree(await traceOf(...orphans, { id: 'late', start: 0, end: 9 }), arrangement)).to.equal(undefined);
  });

  it('stays linear: 100,000 neighbours, hidden every other one', async () => {
    const spans = Array.from({ length: 100_000 }, (_, at) => ({
      id: `s${at}`,
      name: at % 2 ? 'a' : 'b',
      start: at,
      end: at + 1,
    }));
    const trace = (await readTraces(otlp(...spans)))[0]!;
    const hidden = hiddenSpans(trace, { names: ['b'] });
    const { tree, marks } = arrangedTree(trace, { hidden, isGrouped: true, showsMissing: true })!;
    expect([tree.nodes.length, marks[0], tree.childCount[0], tree.rootCount]).to.deep.equal([50_001, GROUP, 50_000, 1]);
  });
});
