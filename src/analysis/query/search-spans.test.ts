import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { atOnce, buildTraces, type SpanReader, type Trace } from '../../model/index.js';
import { tableOf, traceOf } from '../../test/trace-builder.js';
import { narrows } from './narrows.js';
import { parseQuery } from './parse-query.js';
import { printQuery } from './print-query.js';
import type { Query } from './query.js';
import { ancestorsOf, finishSearch, searchSpans, type SpanSearch } from './search-spans.js';
import { fewLetters, isMatch, queries, traces } from './test-queries.js';

const anyQuery = queries(fewLetters, fc.constantFrom('a', 'b.c', 'a b', 'host.name', 'x'));

const finished = (trace: Trace, query: Query, previous?: SpanSearch): SpanSearch => {
  const search = searchSpans(trace, query, previous);
  atOnce(search.inSteps());
  return search;
};

const matchesIn = ({ matches }: SpanSearch): number[] =>
  Array.from(matches.keys()).filter((position) => matches[position] === 1);

const namesIn = (search: SpanSearch): string[] => matchesIn(search).map((at) => search.trace.spans.at(at)!.name);

/** A query that asks for more than another. */
const narrowed = fc
  .tuple(anyQuery, anyQuery, fewLetters, fc.nat(4))
  .map(([query, more, letters, how]): [Query, Query] => {
    if (query.type === 'all' || more.type === 'all') return [more, query];
    if (how === 0) return [parseQuery(`(${printQuery(query)}) (${printQuery(more)})`), query];
    if (how === 1) return [query, parseQuery(`(${printQuery(query)}) or (${printQuery(more)})`)];
    if (how === 2 && query.type === 'text') return [{ type: 'text', text: letters + query.text }, query];
    if (how === 3 && query.type === 'text') {
      return [
        { type: 'not', part: query },
        { type: 'not', part: { type: 'text', text: query.text + letters } },
      ];
    }
    return [more, query];
  });

/** An agent with two tools and a call between them. */
const traceOfKinds = (reader?: SpanReader): Trace =>
  buildTraces(
    tableOf(
      [
        { id: 'a', name: 'agent', kind: 'agent', start: 0, end: 9 },
        { id: 'b', parentId: 'a', name: 'look up', kind: 'tool', start: 1, end: 2 },
        { id: 'c', parentId: 'a', name: 'chat', kind: 'llm', start: 3, end: 4 },
        { id: 'd', parentId: 'a', name: 'refund order', kind: 'tool', start: 5, end: 6 },
      ],
      reader,
    ),
  )[0]!;

describe('searchSpans', () => {
  it('finds what the definition says, whatever the trace and the query', function () {
    // WebKit takes its time.
    this.timeout(120_000);
    let some = 0;
    fc.assert(
      fc.property(traces, anyQuery, (trace, query) => {
        const expected = [...trace.spans].filter((span) => isMatch(span, query)).map(({ index }) => index);
        const search = finished(trace, query);
        expect(matchesIn(search)).to.deep.equal(expected);
        expect(search.count).to.equal(expected.length);
        if (expected.length > 0 && expected.length < trace.spans.length) some++;
      }),
      { numRuns: 3000 },
    );
    expect(some).to.be.above(300);
  });

  it('tells outline matches at once, and the others one by one', () => {
    fc.assert(
      fc.property(traces, anyQuery, (trace, query) => {
        const search = searchSpans(trace, query);
        const found = matchesIn(search);
        expect(search.count).to.equal(found.length);
        for (const position of search.inSteps()) {
          if (position === undefined) continue;
          expect(found).not.to.include(position);
          found.push(position);
          expect(search.count).to.equal(found.length);
        }
        expect(found.sort((one, other) => one - other)).to.deep.equal(matchesIn(search));
        expect(search.isDone).to.equal(true);
        expect(search.read).to.equal(search.toRead);
      }),
    );
  });

  it('starts from the matches of a query that it narrows, read to the end or not', () => {
    let narrower = 0;
    fc.assert(
      fc.property(traces, narrowed, fc.nat(10), (trace, [query, older], stop) => {
        const previous = searchSpans(trace, older);
        const steps = previous.inSteps();
        for (let step = 0; step < stop; step++) steps.next();
        const search = finished(trace, query, previous);
        expect(matchesIn(search)).to.deep.equal(matchesIn(finished(trace, query)));
        if (narrows(query, older)) narrower++;
      }),
      { numRuns: 2000 },
    );
    expect(narrower).to.be.above(500);
  });

  it('reads only what is open', () => {
    let reads = 0;
    const reader = {
      format: 'counted',
      record: () => {
        reads++;
        return { attributes: new Map([['text', 'refund']]), events: [], links: [], resource: new Map(), scope: {} };
      },
      meaning: () => ({}),
    };
    const trace = traceOfKinds(reader);
    const count = (query: string, previous?: SpanSearch): SpanSearch => {
      reads = 0;
      return finished(trace, parseQuery(query), previous);
    };
    expect(namesIn(count('kind:tool duration<1s'))).to.deep.equal(['look up', 'refund order']);
    expect(reads).to.equal(0);
    expect(namesIn(count('kind:tool refund'))).to.deep.equal(['look up', 'refund order']);
    expect(reads).to.equal(1);
    expect(namesIn(count('is:root or refund'))).to.have.length(4);
    expect(reads).to.equal(2);
    const before = count('kind:tool ref');
    expect(before.toRead).to.equal(1);
    expect(namesIn(count('kind:tool refunds', before))).to.deep.equal([]);
    expect(reads).to.equal(2);
    const nothing = count('kind:tool zebra');
    expect(namesIn(count('kind:tool zebras', nothing))).to.deep.equal([]);
    expect(reads).to.equal(0);
  });

  it('goes from match to match', () => {
    const search = finished(traceOfKinds(), parseQuery('kind:tool'));
    expect([search.next(-1), search.next(1), search.next(3)]).to.deep.equal([1, 3, -1]);
    expect([search.previous(4), search.previous(3), search.previous(1), search.previous(0)]).to.deep.equal([
      3, 1, -1, -1,
    ]);
    expect([search.rankOf(0), search.rankOf(1), search.rankOf(3)]).to.deep.equal([0, 1, 2]);
  });

  it('knows the ancestors of all matches', () => {
    fc.assert(
      fc.property(traces, anyQuery, (trace, query) => {
        const { matches } = finished(trace, query);
        const expected = new Set<number>();
        for (const span of trace.spans) {
          if (!matches[span.index]) continue;
          for (let above = span.parent; above; above = above.parent) expected.add(above.index);
        }
        const ancestors = ancestorsOf(trace, matches);
        expect([...trace.spans].filter(({ index }) => ancestors[index]).map(({ index }) => index)).to.have.members([
          ...expected,
        ]);
      }),
    );
  });

  it('does not follow a value into itself', () => {
    const loop: Record<string, unknown> = { text: 'needle' };
    loop['self'] = [loop];
    const trace = traceOf({ id: 'a', raw: loop });
    expect(finished(trace, parseQuery('needle')).count).to.equal(1);
    expect(finished(trace, parseQuery('haystack')).count).to.equal(0);
    let deep: unknown = 'needle';
    for (let depth = 0; depth < 100_000; depth++) deep = [deep];
    expect(finished(traceOf({ id: 'a', raw: deep }), parseQuery('needle')).count).to.equal(1);
  });

  it('reads numbers, but no vectors', () => {
    const embedding = Array.from({ length: 64 }, (_, at) => at / 64);
    const trace = traceOf({ id: 'a', raw: { order: 8841, embedding } });
    expect(finished(trace, parseQuery('8841')).count).to.equal(1);
    expect(finished(trace, parseQuery('0.984375')).count).to.equal(0);
  });

  it('takes no base64 for words', () => {
    const data = 'iVBORw0KGgoAAAANSUhEUgAAabcdef'.repeat(20);
    const inside = traceOf({ id: 'a', raw: { url: `data:image/png;base64,${data}` } });
    expect(finished(inside, parseQuery('abcd')).count).to.equal(0);
    expect(finished(inside, parseQuery('image/png')).count).to.equal(1);
    const beside = traceOf({ id: 'a', raw: { text: `${data} abcd ${data}` } });
    expect(finished(beside, parseQuery('abcd')).count).to.equal(1);
  });
});

describe('finishSearch', () => {
  it('reads to the end and says how far it is', async () => {
    const search = searchSpans(traceOfKinds(), parseQuery('nothing'));
    const seen: number[] = [];
    await finishSearch(search, { onProgress: ({ read }) => seen.push(read) });
    expect(search.isDone).to.equal(true);
    expect(seen.at(-1)).to.equal(4);
  });

  it('ends with the reason of its signal, in the middle, and can go on', async () => {
    const controller = new AbortController();
    let reads = 0;
    const reader = {
      format: 'slow',
      record: () => {
        reads++;
        // A slice is over.
        for (const end = performance.now() + 9; performance.now() < end;);
        return { attributes: new Map(), events: [], links: [], resource: new Map(), scope: {} };
      },
      meaning: () => ({}),
    };
    const search = searchSpans(traceOfKinds(reader), parseQuery('nothing'));
    const reason = new Error('typed on');
    const failure = await finishSearch(search, {
      signal: controller.signal,
      onProgress: () => controller.abort(reason),
    }).catch((error: unknown) => error);
    expect(failure).to.equal(reason);
    expect(reads).to.equal(1);
    expect(search.isDone).to.equal(false);
    await finishSearch(search);
    expect([reads, search.isDone]).to.deep.equal([4, true]);
  });
});
