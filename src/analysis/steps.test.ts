import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import type { Message, SpanReader, Trace } from '../model/index.js';
import { SPAN_KINDS, atOnce, buildTraces } from '../model/index.js';
import { plainReader, ran, tableOf, type SpanSketch } from '../test/trace-builder.js';
import { questionsInSteps, stepOutline, stepsOf, type Steps } from './steps.js';

/** Spans whose raw record is their messages. */
const speaking: SpanReader = {
  ...plainReader,
  meaning: (_record, raw) => (Array.isArray(raw) ? { messages: raw as Message[] } : {}),
};
const tracesOf = (...sketches: SpanSketch[]): Trace => buildTraces(tableOf(sketches, speaking))[0]!;

const said = (role: string, text: string): Message => ({ role, origin: 'input', parts: [{ type: 'text', text }] });
const told = (...messages: Message[]): { raw: Message[] } => ({
  raw: [...messages, { role: 'assistant', origin: 'output', parts: [{ type: 'text', text: 'done' }] }],
});

function stepsFor(trace: Trace): Steps {
  const outline = stepOutline(trace);
  return stepsOf(outline, atOnce(questionsInSteps(outline)));
}

/** The rows as lines, indented: what each is, and its span. */
function lines(steps: Steps): string[] {
  const { trace, tree } = steps;
  return Array.from(tree.nodes, (_node, row) => {
    const name = trace.table.names[trace.rowAt(steps.positionAt(row))]!;
    const type = steps.typeAt(row);
    const words = {
      question: `? ${steps.questionAt(row)?.text}`,
      turn: `${steps.turnAt(row)} ${name}`,
      step: name,
      fold: `${steps.foldedAt(row)} folded`,
      folded: `(${name})`,
    };
    return '  '.repeat(tree.depth[row]!) + words[type];
  });
}

describe('steps', () => {
  it('puts tools below the turn that asked for them, and folds what frameworks do', () => {
    const steps = stepsFor(
      tracesOf(
        ran('graph', '', { kind: 'chain' }),
        ran('node', 'graph', { kind: 'chain', start: 1 }),
        ran('ask', 'node', { kind: 'llm', start: 2 }),
        ran('write', 'node', { kind: 'chain', start: 3 }),
        ran('search', 'graph', { kind: 'tool', start: 4 }),
        ran('find', 'search', { kind: 'retriever', start: 4 }),
        ran('answer', 'graph', { kind: 'llm', start: 5 }),
        ran('judge', 'graph', { kind: 'evaluator', start: 6 }),
      ),
    );
    expect(lines(steps)).to.deep.equal([
      '1 ask',
      '  search',
      '    find',
      '2 answer',
      'judge',
      '3 folded',
      '  (graph)',
      '  (node)',
      '  (write)',
    ]);
  });

  it('nests agents that agents call, and counts the turns of each', () => {
    const steps = stepsFor(
      tracesOf(
        ran('lead', '', { kind: 'agent' }),
        ran('plan', 'lead', { kind: 'llm', start: 1 }),
        ran('helper', 'lead', { kind: 'agent', start: 2 }),
        ran('work', 'helper', { kind: 'llm', start: 3 }),
        ran('sum up', 'lead', { kind: 'llm', start: 4 }),
        ran('next agent', '', { kind: 'agent', start: 5 }),
      ),
    );
    expect(lines(steps)).to.deep.equal(['lead', '  1 plan', '    helper', '      1 work', '  2 sum up', 'next agent']);
  });

  it('shows a span of a framework that failed, where nothing inside it did', () => {
    const steps = stepsFor(
      tracesOf(
        ran('outer', '', { kind: 'chain', status: 'error' }),
        ran('inner', 'outer', { kind: 'chain', status: 'error', start: 1 }),
        ran('fine', 'inner', { kind: 'llm', start: 2 }),
      ),
    );
    expect(lines(steps)).to.deep.equal(['inner', '  1 fine', '1 folded', '  (outer)']);
  });

  it('counts a call that two libraries recorded as one', () => {
    const steps = stepsFor(
      tracesOf(
        ran('wrapper', '', { kind: 'llm', usage: { input: 5, output: 1 } }),
        ran('call', 'wrapper', { kind: 'llm', start: 1, usage: { input: 5, output: 1 } }),
      ),
    );
    expect(lines(steps)).to.deep.equal(['1 call', '1 folded', '  (wrapper)']);
  });

  it('has a heading for each thing that users asked, as far out as it can be', () => {
    const history = [said('system', 'Be good.'), said('user', 'Hello?')];
    const steps = stepsFor(
      tracesOf(
        ran('guard', '', { kind: 'guardrail' }),
        ran('first', '', { kind: 'agent', start: 1 }),
        ran('a', 'first', { kind: 'llm', start: 2, ...told(...history) }),
        ran('b', 'first', { kind: 'llm', start: 3, ...told(...history, said('tool', 'sunny')) }),
        ran('again', '', { kind: 'agent', start: 4 }),
        ran('c', 'again', {
          kind: 'llm',
          start: 5,
          ...told(...history, said('assistant', 'Hi'), said('user', 'More')),
        }),
        ran('d', 'again', {
          kind: 'llm',
          start: 6,
          ...told(...history, said('assistant', 'No'), said('user', 'Why?')),
        }),
      ),
    );
    expect(lines(steps)).to.deep.equal([
      '? Hello?',
      '  guard',
      '  first',
      '    1 a',
      '    2 b',
      '? More',
      '  again',
      '    1 c',
      '    ? Why?',
      '      2 d',
    ]);
  });

  it('asks nothing of what a sub-agent was told', () => {
    const steps = stepsFor(
      tracesOf(
        ran('lead', '', { kind: 'agent' }),
        ran('plan', 'lead', { kind: 'llm', start: 1 }),
        ran('helper', 'lead', { kind: 'agent', start: 2 }),
        ran('work', 'helper', { kind: 'llm', start: 3, ...told(said('user', 'Do this.')) }),
      ),
    );
    expect(steps.questions).to.deep.equal([]);
  });

  it('has every span of any trace in one row, below what it was done for', () => {
    const sketch = fc.record({
      parent: fc.nat(),
      kind: fc.constantFrom(...SPAN_KINDS),
      isFailed: fc.boolean(),
      user: fc.option(fc.constantFrom('one', 'two', 'three'), { nil: undefined }),
    });
    fc.assert(
      fc.property(fc.array(sketch, { minLength: 1, maxLength: 40 }), (sketches) => {
        const trace = tracesOf(
          ...sketches.map(({ parent, kind, isFailed, user }, at) =>
            ran(`s${at}`, at === 0 || parent % 5 === 0 ? '' : `s${parent % at}`, {
              kind,
              start: at,
              status: isFailed ? 'error' : 'ok',
              ...(user !== undefined && told(said('user', user))),
            }),
          ),
        );
        const steps = stepsFor(trace);
        const { tree } = steps;
        const seen = new Set<number>();
        let folded = 0;
        tree.nodes.forEach((_node, row) => {
          const type = steps.typeAt(row);
          const position = steps.positionAt(row);
          folded += steps.foldedAt(row);
          if (type === 'question' || type === 'fold') return;
          expect(seen.has(position), 'in one row').to.equal(false);
          seen.add(position);
          expect(steps.rowOf(position)).to.equal(row);
          let above = tree.parent[row]!;
          while (above >= 0 && ['question', 'fold'].includes(steps.typeAt(above))) above = tree.parent[above]!;
          if (above < 0) return;
          const home = steps.positionAt(above);
          const isInside = position > home && position < home + trace.tree.size[home]!;
          expect(isInside || (steps.typeAt(above) === 'turn' && home < position), 'below a step around it').to.equal(
            true,
          );
        });
        expect(seen.size).to.equal(trace.spans.length);
        expect(folded).to.equal(sketches.length - stepOutline(trace).isStep.filter((is) => is === 1).length);
        const questions = Array.from(tree.nodes, (_node, row) => steps.questionAt(row)).filter((one) => one);
        expect(questions).to.deep.equal([...steps.questions]);
      }),
    );
  });
});
