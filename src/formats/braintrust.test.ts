import { expect } from '@open-wc/testing';
import { onlyTrace, openAll, readWith, spanNamed, survivesAnything } from '../test/format-checks.js';
import { sharedText } from '../test/shared-files.js';
import { braintrust } from './braintrust.js';
import { ANSWER, expectStory, FAILURE, QUESTION } from '../test/support-story.js';
import { vendorText } from '../test/vendor-files.js';
import { readTraces } from './read-traces.js';

const ROWS = [
  {
    id: 'row-1', _is_merge: false, span_id: 'root', root_span_id: 'root', project_id: 'p', log_id: 'g',
    span_attributes: { name: 'answer', type: 'task' }, metrics: { start: 1700000000.25 },
    metadata: { session_id: 's-1', user_id: 'u-1', plan: { tier: 'gold' } }, tags: ['beta'], input: { question: 'Why?' },
  },
  {
    id: 'row-2', _is_merge: false, span_id: 'call', root_span_id: 'root', span_parents: ['root'], project_id: 'p', log_id: 'g',
    span_attributes: { name: 'chat', type: 'llm' }, metrics: { start: 1700000000.5 },
    metadata: { model: 'gpt-4o', provider: 'openai', temperature: 0.2, tools: [{ type: 'function', function: { name: 'search' } }] },
    input: [{ role: 'user', content: 'Why?' }],
  },
  {
    id: 'row-2', _is_merge: true, span_id: 'call', root_span_id: 'root', span_parents: ['root'], log_id: 'g',
    metrics: {
      end: 1700000002.5, prompt_tokens: 100, completion_tokens: 30, tokens: 130, prompt_cached_tokens: 40,
      completion_reasoning_tokens: 20, time_to_first_token: 0.75, estimated_cost: 0.0012,
    },
    output: [{ finish_reason: 'stop', index: 0, message: { role: 'assistant', content: 'Because.' } }],
  },
  { id: 'row-1', _is_merge: true, span_id: 'root', root_span_id: 'root', metrics: { end: 1700000003.25 }, metadata: { plan: { seats: 3 } }, scores: { accuracy: 0.5, unknown: null } },
  {
    id: 'row-3', span_id: 'tool', root_span_id: 'root', span_parents: ['root'], span_attributes: { name: 'search', type: 'tool' },
    metrics: { start: 1700000001, end: 1700000002 }, input: { q: 'x' }, error: "ValueError('no index')\n\nTraceback (most recent call last):\n  File \"a.py\"\nValueError: no index",
  },
  { id: 'row-4', span_id: 'score', root_span_id: 'root', span_parents: ['root'], span_attributes: { name: 'judge', type: 'score' }, metrics: { start: 1700000002, end: 1700000003 }, output: 1 },
]; // prettier-ignore

const TREE = {
  span_tree: [
    {
      name: 'run', type: 'task',
      children: [
        { name: 'first', type: 'llm', children: [], metadata: { model: 'm' }, input: { prompt: [{ role: 'user', content: 'Hi' }], temperature: 0 }, output: { text: 'Hello', toolCalls: [], finishReason: { unified: 'stop' } }, metrics: { prompt_tokens: 3, completion_tokens: 2, tokens: 5 } },
        { name: 'second', children: [{ name: 'inner', type: 'tool', children: [], input: {}, output: 'x' }] },
      ],
    },
  ],
}; // prettier-ignore

describe('Braintrust', () => {
  it('puts merge rows together, and reads seconds, tokens and cost', () => {
    const trace = onlyTrace(braintrust, ROWS);
    expect([...trace.spans].map(({ name, kind, depth }) => [name, kind, depth])).to.deep.equal([
      ['answer', 'chain', 0],
      ['chat', 'llm', 1],
      ['search', 'tool', 1],
      ['judge', 'evaluator', 1],
    ]);
    const [root, call] = [trace.spans.at(0)!, trace.spans.at(1)!];
    expect(root.duration).to.equal(3000);
    expect(root.start).to.equal(1700000000250);
    expect(call.usage).to.deep.equal({ input: 100, output: 30, total: 130, cacheRead: 40, reasoning: 20 });
    expect(call.cost).to.equal(0.0012);
    expect(call.timeToFirstToken).to.equal(750);
    expect([call.model, call.provider]).to.deep.equal(['gpt-4o', 'openai']);
    expect([trace.id, trace.sessionId, trace.userId, trace.tags]).to.deep.equal(['root', 's-1', 'u-1', ['beta']]);
    expect(trace.problems).to.deep.equal([]);
  });

  it('merges below the first level, and changes no row that it was given', () => {
    const before = JSON.stringify(ROWS);
    const root = onlyTrace(braintrust, ROWS).spans.at(0)!;
    expect(root.attributes.get('metadata.plan')).to.deep.equal({ tier: 'gold', seats: 3 });
    expect(root.scores).to.deep.equal([{ name: 'accuracy', value: 0.5 }]);
    expect(JSON.stringify(ROWS)).to.equal(before);
  });

  it('reads the conversation, its parameters and tools', () => {
    const call = spanNamed(onlyTrace(braintrust, { events: ROWS, cursor: 'c' }), 'chat');
    expect(call.messages.map(({ role, origin, parts }) => [role, origin, parts])).to.deep.equal([
      ['user', 'input', [{ type: 'text', text: 'Why?' }]],
      ['assistant', 'output', [{ type: 'text', text: 'Because.' }]],
    ]);
    expect([...call.parameters]).to.deep.equal([['temperature', 0.2]]);
    expect(call.tools).to.deep.equal([{ name: 'search' }]);
  });

  it('reads an error', () => {
    const tool = spanNamed(onlyTrace(braintrust, ROWS), 'search');
    expect([tool.status, tool.statusMessage]).to.deep.equal(['error', 'no index']);
    expect(tool.exceptions[0]?.type).to.equal('ValueError');
  });

  it('reads a tree that has neither ids nor times', () => {
    const trace = onlyTrace(braintrust, TREE);
    expect([...trace.spans].map(({ name, kind, depth }) => [name, kind, depth])).to.deep.equal([
      ['run', 'chain', 0],
      ['first', 'llm', 1],
      ['second', 'span', 1],
      ['inner', 'tool', 2],
    ]);
    expect(trace.spans.at(1)!.messages.map(({ parts, finishReason }) => [parts, finishReason])).to.deep.equal([
      [[{ type: 'text', text: 'Hi' }], undefined],
      [[{ type: 'text', text: 'Hello' }], 'stop'],
    ]);
  });

  it('reads a tree and a merge of any depth', () => {
    let node: object = { name: 'leaf', children: [] };
    let nested: object = {};
    for (let depth = 0; depth < 20_000; depth++) {
      node = { name: 'n', children: [node] };
      nested = { nested };
    }
    expect(onlyTrace(braintrust, { span_tree: [node] }).spans.length).to.equal(20_001);
    const row = { id: 'a', span_id: 'a', root_span_id: 'a', span_attributes: { name: 'deep' }, metrics: {}, nested };
    expect(onlyTrace(braintrust, [row, { ...row, _is_merge: true }]).spans.length).to.equal(1);
  });

  it('survives anything', () => survivesAnything(braintrust, ROWS, TREE, { rows: ROWS }));

  describe('real files', () => {
    interface Row {
      id: string;
      span_id: string;
      metrics?: Record<string, unknown>;
      scores?: Record<string, number>;
      error?: unknown;
      tags?: string[];
    }
    for (const [name, rowCount] of [
      ['test-framework-evals-vitest-v4.1', 5],
      ['wrap-ai-sdk-generation-traces-ai-sdk-v6', 86],
      ['wrap-anthropic-message-traces-rows', 53],
      ['wrap-langchain-js-traces-rows', 15],
    ] as const) {
      it(name, async function () {
        const text = await sharedText(`fixtures/braintrust/${name}.json`);
        if (text === undefined) return this.skip();
        const rows = JSON.parse(text) as Row[];
        expect(rows.length).to.equal(rowCount);
        const traces = await readTraces(text);
        const spans = traces.flatMap((trace) => [...trace.spans]);
        expect(traces[0]!.format).to.equal('braintrust');
        expect(spans.map(({ id }) => id).sort()).to.deep.equal([...new Set(rows.map((row) => row.span_id))].sort());
        const metric = (field: string): number =>
          rows.reduce((sum, { metrics }) => sum + (typeof metrics?.[field] === 'number' ? metrics[field] : 0), 0);
        const total = (field: 'input' | 'output'): number =>
          spans.reduce((sum, { usage }) => sum + (usage?.[field] ?? 0), 0);
        // Anthropic's rows state their counts again while they stream; the last row of a span counts.
        if (!name.includes('anthropic')) {
          expect([total('input'), total('output')]).to.deep.equal([
            metric('prompt_tokens'),
            metric('completion_tokens'),
          ]);
        } else expect(total('input')).to.be.greaterThan(1400);
        expect(spans.filter(({ status }) => status === 'error').length).to.equal(
          rows.filter(({ error }) => error).length,
        );
        expect(spans.flatMap(({ scores }) => scores).length).to.equal(
          rows.reduce((sum, { scores }) => sum + Object.keys(scores ?? {}).length, 0),
        );
        expect(traces.flatMap(({ tags }) => tags)).to.deep.equal(rows.flatMap(({ tags }) => tags ?? []));
        const calls = spans.filter(({ kind }) => kind === 'llm');
        for (const call of calls) {
          expect(call.model, call.name).to.be.a('string');
          expect(new Set(call.messages.map(({ origin }) => origin)).size, `${call.id} ${call.name}`).to.equal(2);
        }
        openAll(traces);
      });
    }

    it('span-tree-ai-sdk-v6-wrapped', async function () {
      const text = await sharedText('fixtures/braintrust/span-tree-ai-sdk-v6-wrapped.json');
      if (text === undefined) return this.skip();
      const traces = await readTraces(text);
      expect(traces.length).to.equal(1);
      const spans = [...traces[0]!.spans];
      expect(spans.length).to.equal(58);
      expect(spans.filter(({ kind }) => kind === 'llm').length).to.equal(19);
      expect(spans.filter(({ kind }) => kind === 'tool').length).to.equal(7);
      const stated = [...text.matchAll(/"prompt_tokens": (\d+)/g)].reduce((sum, [, tokens]) => sum + Number(tokens), 0);
      expect(spans.reduce((sum, { usage }) => sum + (usage?.input ?? 0), 0)).to.equal(stated);
      expect(spans.filter(({ usage }) => usage?.cacheRead === 3456).length).to.equal(2);
      for (const call of spans.filter(({ kind }) => kind === 'llm')) {
        expect(new Set(call.messages.map(({ origin }) => origin)).size, `${call.id} ${call.name}`).to.equal(2);
      }
    });
  });

  describe('rows that its SDK for JavaScript sent', () => {
    interface Sent {
      span_id?: string;
      span_parents?: string[];
      metrics?: { start?: number; end?: number };
    }

    it('are one trace, with feedback on its root', async () => {
      const text = await vendorText('braintrust.jsonl');
      const [trace, ...others] = await readTraces(text);
      expect(others).to.deep.equal([]);
      expectStory(trace!, 'search help pages');
      expect(trace!).to.include({ format: 'braintrust', name: 'support question' });
      expect([...trace!.tags]).to.deep.equal(['support', 'parcels']);
      const root = trace!.roots[0]!;
      expect(root).to.include({ kind: 'chain', input: QUESTION, output: ANSWER, duration: 660 });
      expect(root.scores).to.deep.equal([
        { name: 'grounded', value: 0.9 },
        { name: 'helpful', value: 1 },
        { name: 'comment', explanation: 'The customer said thank you.', source: 'external' },
      ]);

      const rows = text.trim().split('\n').map((line) => JSON.parse(line) as Sent); // prettier-ignore
      expect([...trace!.spans].map(({ id }) => id)).to.have.members([
        ...new Set(rows.flatMap(({ span_id: id }) => id ?? [])),
      ]);
      for (const { span_id: id, span_parents: parents, metrics } of rows) {
        if (id === undefined) continue;
        const span = trace!.span(id)!;
        if (parents) expect(span.parentId).to.equal(parents[0]);
        if (metrics?.start !== undefined) expect(span.start).to.be.closeTo(metrics.start * 1000, 0.001);
        if (metrics?.end !== undefined) expect(span.end).to.be.closeTo(metrics.end * 1000, 0.001);
      }
      const [first, second] = [...trace!.spans].filter(({ kind }) => kind === 'llm');
      expect([first!, second!].map(({ messages }) => messages.at(-1)!.finishReason)).to.deep.equal([
        'tool_calls',
        'stop',
      ]);
      expect(second!.timeToFirstToken).to.be.closeTo(184, 0.001);
      const [exception] = spanNamed(trace!, 'check_customs').exceptions;
      expect(exception).to.include({ type: 'Error', message: FAILURE });
    });

    it('report feedback on a row that is not there', () => {
      const read = onlyTrace(braintrust, [
        ...ROWS,
        { id: 'c', origin: { id: 'elsewhere' }, comment: { text: 'who?' }, log_id: 'g', _audit_source: 'app' },
        { id: 'elsewhere', scores: { lost: 1 }, log_id: 'g', _is_merge: true, _audit_source: 'app' },
      ]);
      expect(read.spans.length).to.equal(4);
      expect(read.problems.map(({ message }) => message)).to.deep.equal([
        '2 rows are feedback on a span that is not here and left out.',
      ]);
    });
  });

  it('reads what it does not know as nothing', () => {
    expect(readWith(braintrust, [null, 1, 'x'])).to.deep.equal([]);
  });
});
