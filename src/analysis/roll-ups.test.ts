import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { readTraces } from '../formats/index.js';
import { buildTraces, totalTokens, type Span, type SpanReader, type Trace, type Usage } from '../model/index.js';
import { sharedFiles } from '../test/shared-files.js';
import { plainReader, ran, tableOf, traceOf, type SpanSketch } from '../test/trace-builder.js';
import type { PriceSource } from './call-cost.js';
import { rollUpSpans, type SpanFigures } from './roll-ups.js';

const llm = (id: string, parentId: string, total: number, more: SpanSketch = {}): SpanSketch =>
  ran(id, parentId, { kind: 'llm', usage: { input: total - 10, output: 10 }, ...more });
const holder = (id: string, parentId: string, total?: number, more: SpanSketch = {}): SpanSketch =>
  ran(id, parentId, { kind: 'agent', ...(total !== undefined && { usage: { total } }), ...more });

/** Spans whose record says which library made them: the part of the id before a slash. */
const libraryReader: SpanReader = {
  ...plainReader,
  record: (raw) => ({ ...plainReader.record(raw), scope: { name: (raw as { id: string }).id.split('/')[0]! } }),
};

describe('roll-ups', () => {
  it('keep own figures and those of the subtree apart', () => {
    const trace = traceOf(
      holder('root', '', undefined, { end: 100 }),
      llm('a', 'root', 50, { start: 10, end: 40, cost: 0.1 }),
      ran('tool', 'root', { kind: 'tool', start: 40, end: 60, status: 'error' }),
      llm('inside the tool', 'tool', 30, { start: 45, end: 50, cost: 0.2 }),
    );
    const { own, total } = rollUpSpans(trace).of(trace.span('tool')!);
    expect(own).to.deep.equal({
      usage: undefined,
      cost: undefined,
      estimatedCost: 0,
      calls: 0,
      callsWithoutUsage: 0,
      callsWithoutCost: 0,
      errors: 1,
      time: 15,
    });
    expect(total).to.deep.equal({
      usage: { input: 20, output: 10, total: 30 },
      cost: 0.2,
      estimatedCost: 0,
      calls: 1,
      callsWithoutUsage: 0,
      callsWithoutCost: 0,
      errors: 1,
      time: 20,
    });
    const root = rollUpSpans(trace).of(trace.span('root')!).total;
    expect([root.usage?.total, root.calls, root.errors, root.time]).to.deep.equal([80, 2, 1, 100]);
    expect(root.cost).to.be.closeTo(0.3, 1e-9);
  });

  it('takes the time of a subtree from its first start to its last end, also where a child outlives its parent', () => {
    const trace = traceOf(
      holder('root', '', undefined, { start: 5, end: 20 }),
      ran('late', 'root', { start: 10, end: 90 }),
    );
    expect(rollUpSpans(trace).of(trace.span('root')!).total.time).to.equal(85);
  });

  it('knows no time of a subtree in which something runs', () => {
    const trace = traceOf(holder('root', ''), { id: 'open', parentId: 'root', start: 2 });
    expect(rollUpSpans(trace).of(trace.span('root')!).total.time).to.equal(undefined);
    expect(rollUpSpans(trace).of(trace.span('open')!).own.time).to.equal(undefined);
  });

  it('shows missing tokens and costs as missing', () => {
    const trace = traceOf(holder('root', ''), ran('silent', 'root', { kind: 'llm' }), llm('unpriced', 'root', 30));
    const { total } = rollUpSpans(trace);
    expect([total.calls, total.callsWithoutUsage, total.callsWithoutCost]).to.deep.equal([2, 1, 1]);
    expect(total.cost).to.equal(undefined);
    expect(rollUpSpans(trace).of(trace.span('silent')!).total.usage).to.equal(undefined);
  });

  it('takes from a wrapper both sides, and from the calls inside it the parts that it does not state', () => {
    const trace = traceOf(
      holder('root', '', undefined, { usage: { input: 100, total: 100 } }),
      llm('a', 'root', 50, { usage: { input: 40, output: 10, cacheRead: 30 } }),
      llm('b', 'root', 30, { usage: { input: 20, output: 10, reasoning: 5 } }),
    );
    expect(rollUpSpans(trace).total.usage).to.deep.equal({ input: 100, total: 100, cacheRead: 30, reasoning: 5 });
    expect(rollUpSpans(trace).of(trace.span('a')!).total.usage).to.deep.equal({
      input: 40,
      output: 10,
      total: 50,
      cacheRead: 30,
    });
  });

  it('lacks nothing where the wrapper states what the call inside it does not', () => {
    const trace = traceOf(holder('root', '', 30, { cost: 0.1 }), ran('silent', 'root', { kind: 'llm' }));
    const { total } = rollUpSpans(trace);
    expect([total.usage?.total, total.cost, total.callsWithoutCost]).to.deep.equal([30, 0.1, 0]);
  });
});

describe('the five ways to count a call twice', () => {
  const tokensOf = (trace: Trace): number | undefined => rollUpSpans(trace).total.usage?.total;
  const countedOf = (trace: Trace, id: string): string => rollUpSpans(trace).of(trace.span(id)!).tokensCounted;

  it('1: a call that two libraries report, one inside the other', () => {
    const trace = traceOf(llm('wrapper', '', 100), llm('provider', 'wrapper', 100));
    expect(tokensOf(trace)).to.equal(100);
    expect(countedOf(trace, 'wrapper')).to.equal('covers');
    expect(rollUpSpans(trace).total.calls).to.equal(1);
    // Nearly the same: a call that makes another one.
    expect(tokensOf(traceOf(llm('outer', '', 100), llm('other', 'outer', 60)))).to.equal(160);
  });

  it('2: an agent that states the sum of its calls', () => {
    const trace = traceOf(holder('agent', '', 90), llm('a', 'agent', 50), llm('b', 'agent', 40));
    expect(tokensOf(trace)).to.equal(90);
    expect(countedOf(trace, 'agent')).to.equal('covers');
    // One that leaves some out.
    const less = traceOf(holder('agent', '', 50), llm('a', 'agent', 50), llm('b', 'agent', 40));
    expect(tokensOf(less)).to.equal(90);
    expect(countedOf(less, 'agent')).to.equal('below');
  });

  it('3: a call that was tried again and repeats the figure of its last try', () => {
    const trace = traceOf(
      llm('call', '', 100),
      llm('first try', 'call', 40, { status: 'error', end: 4 }),
      llm('second try', 'call', 100, { start: 5 }),
    );
    expect(tokensOf(trace)).to.equal(140);
    expect(countedOf(trace, 'call')).to.equal('below');
    expect(rollUpSpans(trace).total.calls).to.equal(2);
    // No try has its figure: it is news.
    expect(tokensOf(traceOf(llm('call', '', 100), llm('a', 'call', 40), llm('b', 'call', 90)))).to.equal(230);
  });

  it('4: a call that two libraries report side by side', () => {
    const pair = (one: string, other: string, end = 8, ...more: SpanSketch[]): Trace =>
      buildTraces(
        tableOf(
          [
            holder('app/root', '', 100),
            llm(one, 'app/root', 100, { cost: 1 }),
            llm(other, 'app/root', 100, { start: 1, end, cost: 1 }),
            ...more,
          ],
          libraryReader,
        ),
      )[0]!;
    const trace = pair('langchain/chat', 'openai/chat');
    expect(tokensOf(trace)).to.equal(100);
    expect(countedOf(trace, 'openai/chat')).to.equal('beside');
    expect(rollUpSpans(trace).total).to.deep.include({ cost: 1, calls: 1, callsWithoutCost: 0 });
    expectAddsUp(trace);
    // Two calls of one library; and one that went on when the other was over.
    expect(tokensOf(pair('openai/one', 'openai/other'))).to.equal(200);
    expect(tokensOf(pair('langchain/chat', 'openai/chat', 20))).to.equal(200);
    // One with something inside is no mere record of a request.
    expect(tokensOf(pair('langchain/chat', 'openai/chat', 8, ran('openai/tool', 'openai/chat')))).to.equal(200);
  });

  it('5: turns that state the total of the session so far', () => {
    const turns = (...stated: number[]): Trace =>
      traceOf(
        holder('session', ''),
        ...stated.map((total, turn) =>
          holder(`turn ${turn}`, 'session', total, { start: turn * 10, end: turn * 10 + 9 }),
        ),
        ...[100, 150, 170].map((total, turn) =>
          llm(`call ${turn}`, `turn ${turn}`, total, { start: turn * 10 + 1, end: turn * 10 + 8 }),
        ),
      );
    const trace = turns(100, 250, 420);
    expect(tokensOf(trace)).to.equal(420);
    expect(countedOf(trace, 'turn 2')).to.equal('below');
    // Turns that state more than is inside them, but no running total.
    expect(tokensOf(turns(100, 260, 420))).to.equal(780);
  });
});

describe('costs that are estimated', () => {
  const prices: PriceSource = {
    priceOf: ({ model, usage }) => (model === 'known' ? totalTokens(usage)! / 1000 : undefined),
  };

  it('are marked, and stand only where the trace states none', () => {
    const trace = traceOf(
      holder('root', ''),
      llm('stated', 'root', 100, { model: 'known', cost: 5 }),
      llm('estimated', 'root', 200, { model: 'known' }),
      llm('unknown', 'root', 300, { model: 'other' }),
    );
    const rollUps = rollUpSpans(trace, prices);
    expect(rollUps.total).to.deep.include({ cost: 5.2, estimatedCost: 0.2, callsWithoutCost: 1 });
    expect(rollUps.of(trace.span('estimated')!).own).to.deep.include({ cost: 0.2, estimatedCost: 0.2 });
    expect(rollUps.of(trace.span('unknown')!).own).to.deep.include({
      cost: undefined,
      estimatedCost: 0,
      callsWithoutCost: 1,
    });
  });

  it('are not made for a wrapper of a call with a cost, nor twice for both', () => {
    const trace = traceOf(
      llm('wrapper', '', 100, { model: 'known' }),
      llm('call', 'wrapper', 100, { model: 'known', cost: 3 }),
    );
    expect(rollUpSpans(trace, prices).total).to.deep.include({ cost: 3, estimatedCost: 0 });
    const unpriced = traceOf(
      llm('wrapper', '', 100, { model: 'known' }),
      llm('call', 'wrapper', 100, { model: 'known' }),
    );
    expect(rollUpSpans(unpriced, prices).total).to.deep.include({ cost: 0.1, estimatedCost: 0.1 });
  });

  it('are no amounts that a source makes up', () => {
    const odd: PriceSource = { priceOf: () => NaN };
    const trace = traceOf(llm('call', '', 100, { model: 'known' }));
    expect(rollUpSpans(trace, odd).total.cost).to.equal(undefined);
  });
});

/** The same rules, written as plainly as can be: a span object at a time, from the top, each sum worked out anew. */
class PlainSums {
  readonly #figure: (span: Span) => number | undefined;

  constructor(figure: (span: Span) => number | undefined) {
    this.#figure = figure;
  }

  of(span: Span): number | undefined {
    const mine = this.#figure(span);
    const below = this.sum(span.children);
    if (mine === undefined || below === undefined) return mine ?? below;
    const isSame = Math.abs(mine - below) <= 0.01 * Math.max(mine, below);
    if (callsModel(span) && !isSame) {
      const repeats = mine < below && span.children.some((child) => callsModel(child) && near(this.of(child), mine));
      if (repeats || this.#isRunningTotal(span, mine, below)) return below;
      return mine + below;
    }
    if (!isSame && mine > below && this.#isRunningTotal(span, mine, below)) return below;
    return Math.max(mine, below);
  }

  #isRunningTotal(span: Span, mine: number, below: number): boolean {
    const siblings = span.parent ? span.parent.children : span.trace.roots;
    const place = siblings.indexOf(span);
    const before = siblings
      .slice(Math.max(0, place - 8), place)
      .filter((sibling) => sibling.children.length > 0 && this.#figure(sibling) !== undefined)
      .at(-1);
    if (!before || mine <= below || below <= 0) return false;
    const total = this.#figure(before)!;
    return total > 0 && near(total + below, mine);
  }

  sum(spans: readonly Span[]): number | undefined {
    const known = spans.map((span) => this.of(span)).filter((figure) => figure !== undefined);
    return known.length ? known.reduce((sum, figure) => sum + figure, 0) : undefined;
  }
}

const near = (one: number | undefined, other: number): boolean =>
  one !== undefined && Math.abs(one - other) <= 1e-6 * Math.max(one, other);
const callsModel = ({ kind }: Span): boolean => kind === 'llm' || kind === 'embedding' || kind === 'reranker';
const plainTokens = new PlainSums(({ usage }) => usage && totalTokens(usage));
const plainCost = new PlainSums(({ cost }) => cost);
const plainErrors = (span: Span): number =>
  (span.status === 'error' ? 1 : 0) + span.children.reduce((sum, child) => sum + plainErrors(child), 0);

function expectPlain(trace: Trace): void {
  const rollUps = rollUpSpans(trace);
  for (const span of trace.spans) {
    const { total } = rollUps.of(span);
    const where = `${trace.id} ${span.id}`;
    expect(total.usage?.total, where).to.equal(plainTokens.of(span));
    expect(total.errors, where).to.equal(plainErrors(span));
    const cost = plainCost.of(span);
    if (cost === undefined) expect(total.cost, where).to.equal(undefined);
    else expect(total.cost, where).to.be.closeTo(cost, 1e-9);
  }
  expect(rollUps.total.usage?.total).to.equal(plainTokens.sum(trace.roots));
}

/** What all spans add is what the trace has. */
function expectAddsUp(trace: Trace): void {
  const rollUps = rollUpSpans(trace);
  for (const part of ['total', 'input', 'output'] as const) {
    const sums = rollUps.tokens(part);
    let all = 0;
    for (const { index } of trace.spans) {
      const added = rollUps.added(index, sums, rollUps.tokensCounting);
      if (part === 'total' && !Number.isNaN(added)) all += added;
    }
    if (part === 'total') expect(all).to.be.closeTo(rollUps.total.usage?.total ?? 0, 1e-6);
  }
}

describe('roll-ups of any trace', () => {
  const figure = fc.option(fc.integer({ min: 0, max: 60 }), { nil: undefined });
  const sketch = fc.record({
    kind: fc.constantFrom('llm', 'chain', 'agent', 'embedding', 'span'),
    parent: fc.nat(),
    input: figure,
    output: figure,
    cost: figure,
    isError: fc.boolean(),
  });
  const anyTrace = fc.array(sketch, { minLength: 1, maxLength: 14 }).map((sketches) =>
    traceOf(
      ...sketches.map(({ kind, parent, input, output, cost, isError }, index) => {
        const usage: Usage = { ...(input !== undefined && { input }), ...(output !== undefined && { output }) };
        return ran(`${index}`, index ? `${parent % index}` : '', {
          kind: kind as 'llm',
          usage,
          cost,
          status: isError ? 'error' : 'ok',
          start: index,
          end: 100 - index,
        });
      }),
    ),
  );

  it('are those of the plain computation', () => {
    fc.assert(fc.property(anyTrace, expectPlain), { numRuns: 500 });
  });

  it('add up, span by span', () => {
    fc.assert(fc.property(anyTrace, expectAddsUp), { numRuns: 500 });
  });

  it('count at most as many calls as there are spans that call models, and lack at most as many', () => {
    fc.assert(
      fc.property(anyTrace, (trace) => {
        const { calls, callsWithoutUsage }: SpanFigures = rollUpSpans(trace).total;
        const spans = [...trace.spans].filter(callsModel);
        expect(calls).to.be.at.most(spans.length);
        if (spans.length > 0) expect(calls).to.be.at.least(1);
        expect(callsWithoutUsage).to.be.at.most(calls);
      }),
      { numRuns: 500 },
    );
  });

  it('are those of the plain computation for real traces of every format', async function () {
    const files = (await sharedFiles()).filter((file) => /\.(json|jsonl|ndjson|txt)$/.test(file));
    if (files.length === 0) this.skip();
    let stated = 0;
    for (const file of files) {
      const text = await (await fetch(`/shared/fixtures/${file}`)).text();
      for (const trace of await readTraces(text).catch(() => [])) {
        // The plain computation is recursive, and works everything out many times.
        if (trace.spans.length > 3000) continue;
        expectPlain(trace);
        expectAddsUp(trace);
        expect(rollUpSpans(trace).total.usage, file).to.deep.equal(trace.usage);
        if (trace.usage) stated++;
      }
    }
    expect(stated).to.be.greaterThan(20);
  }).timeout(120_000);
});
