import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { ran, traceOf, type SpanSketch } from '../test/trace-builder.js';
import { graphText, mermaidOf } from './call-graph-text.js';
import { callGraph, serviceGraph, type CallGraph } from './call-graph.js';

const edgesOf = ({ nodes, edges }: CallGraph): string[] =>
  edges.map(
    ({ from, to, calls, errors }) =>
      `${from === undefined ? '' : nodes[from]!.name} > ${nodes[to]!.name} ${calls}/${errors}`,
  );

const trace = traceOf(
  ran('planner', '', { kind: 'agent', end: 100 }),
  ran('chain', 'planner', { kind: 'chain', end: 90 }),
  ran('w', 'chain', { kind: 'llm', name: 'wrapper', end: 20, usage: { total: 50 } }),
  ran('l', 'w', { kind: 'llm', model: 'small', end: 18, usage: { total: 50 } }),
  ran('t', 'chain', { kind: 'tool', name: 'execute', label: 'search', start: 20, end: 40 }),
  ran('t2', 'chain', { kind: 'tool', name: 'execute', label: 'search', start: 40, end: 70, status: 'error' }),
  ran('sub', 'chain', { kind: 'agent', name: 'planner', start: 70, end: 90 }),
  ran('open', 'sub', { kind: 'llm', model: 'small', start: 75, end: NaN }),
);

describe('call graph', () => {
  const graph = callGraph([trace]);

  it('has agents, tools and models as nodes, passes chains and wrappers through, and counts calls and errors', () => {
    expect(graph.nodes.map(({ kind, name, calls }) => `${kind} ${name} ${calls}`)).to.deep.equal([
      'agent planner 2',
      'llm small 2',
      'tool search 2',
    ]);
    expect(edgesOf(graph)).to.deep.equal([
      ' > planner 1/0',
      'planner > small 2/0',
      'planner > search 2/1',
      'planner > planner 1/0',
    ]);
  });

  it('knows how long calls took, of those that are over', () => {
    expect(graph.edges[2]!.duration).to.deep.equal({ count: 2, sum: 50, p50: 20, p95: 30, p99: 30, max: 30 });
    expect(graph.edges[1]!.duration?.count).to.equal(1);
  });

  it('goes step by step, by start', () => {
    expect(graph.steps.map(({ span, edge, end, status }) => [span.id, edge, end === undefined, status])).to.deep.equal([
      ['planner', 0, false, 'unset'],
      ['l', 1, false, 'unset'],
      ['t', 2, false, 'unset'],
      ['t2', 2, false, 'error'],
      ['sub', 3, false, 'unset'],
      ['open', 1, true, 'unset'],
    ]);
  });

  it('puts traces together', () => {
    expect(edgesOf(callGraph([trace, trace]))[2]).to.equal('planner > search 4/2');
  });
});

describe('service graph', () => {
  it('has an edge where a span’s parent ran in another service', () => {
    const graph = serviceGraph([
      traceOf(
        ran('a', '', { service: 'web', end: 50 }),
        ran('inside', 'a', { service: 'web' }),
        ran('b', 'inside', { service: 'search', end: 30, status: 'error' }),
        ran('c', 'b', { service: 'web' }),
        ran('unnamed', 'a'),
      ),
    ]);
    expect(edgesOf(graph)).to.deep.equal([' > web 1/0', 'web > search 1/1', 'search > web 1/0']);
    expect(graph.nodes[0]!.kind).to.equal('service');
  });
});

describe('a graph as text', () => {
  it('is a Mermaid flowchart', () => {
    expect(mermaidOf(callGraph([trace]))).to.equal(
      [
        'flowchart LR',
        '  n0["agent planner"]',
        '  n1["llm small"]',
        '  n2["tool search"]',
        '  start(( ))',
        '  start -->|"1 call, 100 ms"| n0',
        '  n0 -->|"2 calls, 18 ms"| n1',
        '  n0 -->|"2 calls, 1 error, 20 ms"| n2',
        '  n0 -->|"1 call, 20 ms"| n0',
        '',
      ].join('\n'),
    );
  });

  it('is lines', () => {
    expect(
      graphText(callGraph([trace]))
        .split('\n')
        .slice(1, 3),
    ).to.deep.equal([
      'agent "planner" -> llm "small": 2 calls, 18 ms',
      'agent "planner" -> tool "search": 2 calls, 1 error, 20 ms',
    ]);
    expect(graphText(callGraph([]))).to.equal('');
  });

  it('lets no name out of its label', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        'a"] --> b',
        '`**md**`',
        'x\n  click n0 "javascript:alert(1)"',
        '%%{init:{}}%%',
        'a\u202Eb',
        'end',
        '<img src=x>',
      ),
    );
    fc.assert(
      fc.property(hostile, hostile, (one, other) => {
        const sketches: SpanSketch[] = [
          ran('a', '', { kind: 'agent', name: one }),
          ran('b', 'a', { kind: 'tool', name: other }),
        ];
        const graph = callGraph([traceOf(...sketches)]);
        const lines = mermaidOf(graph)
          .trimEnd()
          .split(/\r|\n|\u2028|\u2029/);
        expect(lines.length).to.equal(6);
        for (const line of lines.slice(1)) {
          expect(line).to.match(
            /^ {2}(?:n\d\["[^"<>`%\p{C}]*"\]|start\(\( \)\)|(?:n\d|start) -->\|"[^"<>`%\p{C}]*"\| n\d)$/u,
          );
        }
        const text = graphText(graph).trimEnd();
        expect(text.split(/\r|\n|\u2028|\u2029/).length).to.equal(2);
        expect(text.replaceAll('\n', '')).not.to.match(/\p{C}/u);
      }),
      { numRuns: 500 },
    );
  });
});

describe('graphs of any trace', () => {
  it('have every call on one edge, one step and one node', () => {
    const sketch = fc.record({
      kind: fc.constantFrom('agent', 'llm', 'tool', 'chain'),
      name: fc.constantFrom('a', 'b', '__proto__'),
      parent: fc.nat(),
    });
    fc.assert(
      fc.property(fc.array(sketch, { minLength: 1, maxLength: 15 }), (sketches) => {
        const any = traceOf(
          ...sketches.map(({ kind, name, parent }, index) =>
            ran(`${index}`, index ? `${parent % index}` : '', { kind: kind as 'llm', name }),
          ),
        );
        const graph = callGraph([any]);
        const sum = (rows: readonly { calls: number }[]): number => rows.reduce((total, { calls }) => total + calls, 0);
        expect(sum(graph.edges)).to.equal(graph.steps.length);
        expect(sum(graph.nodes)).to.equal(graph.steps.length);
        for (const [place, { index }] of graph.nodes.entries()) expect(index).to.equal(place);
      }),
    );
  });
});
