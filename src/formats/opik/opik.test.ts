import { expect } from '@open-wc/testing';
import { onlyTrace, openAll, readWith, spanNamed, survivesAnything } from '../../test/format-checks.js';
import { sharedFiles, sharedText } from '../../test/shared-files.js';
import { opikUsage } from './opik-meaning.js';
import { opik } from './opik.js';
import { parseText } from '../parse-text.js';
import { readTraces } from '../read-traces.js';

const TRACE = '01942bd5-0000-70f3-8c13-9a1efcd0a67f';

const trace = (more: object = {}): Record<string, unknown> => ({
  id: TRACE,
  name: 'query',
  start_time: '2025-01-03T11:03:17.505404Z',
  end_time: '2025-01-03T11:03:18.505404Z',
  input: { q: 'Why?' },
  output: { output: 'Because.' },
  thread_id: 't-1',
  tags: ['demo'],
  metadata: { created_from: 'llama_index' },
  feedback_scores: [
    { name: 'relevance', value: 0.5, reason: 'half of it', source: 'online_scoring', category_name: 'fair' },
  ],
  total_estimated_cost: 0.25,
  ...more,
});

const span = (more: object = {}): Record<string, unknown> => ({
  id: '01942bd5-0001-70f3-8c13-9a1efcd0a67f',
  trace_id: TRACE,
  parent_span_id: null,
  name: 'step',
  type: 'general',
  start_time: '2025-01-03T11:03:17.505404Z',
  end_time: '2025-01-03T11:03:17.505906Z',
  ...more,
});

const call = (more: object = {}): Record<string, unknown> =>
  span({
    id: '01942bd5-0002-70f3-8c13-9a1efcd0a67f',
    parent_span_id: '01942bd5-0001-70f3-8c13-9a1efcd0a67f',
    name: 'llm',
    type: 'llm',
    model: 'gpt-4o',
    provider: 'openai',
    ttft: 120.5,
    usage: { prompt_tokens: 10, completion_tokens: 4, total_tokens: 14, 'original_usage.prompt_tokens_details.cached_tokens': 3 },
    input: { messages: [{ role: 'user', blocks: [{ block_type: 'text', text: 'Why?' }] }], tools: [{ type: 'function', function: { name: 'f' } }] },
    output: { output: { role: 'assistant', blocks: [{ block_type: 'text', text: 'Because.' }] } },
    metadata: { temperature: 0, created_from: 'openai', opik_prompts: [{ name: 'why', version: { commit: 'c0ffee', template: '{{q}}' } }] },
    feedback_scores: [{ name: 'ok', value: 1, source: 'ui' }],
    ...more,
  }); // prettier-ignore

describe('Opik', () => {
  it('reads an exported trace', () => {
    const read = onlyTrace(opik, { trace: trace(), spans: [span(), call()], attachments: [], project_name: 'p' });
    expect([read.name, read.sessionId, [...read.tags], read.cost]).to.deep.equal(['query', 't-1', ['demo'], 0.25]);
    expect(read.metadata).to.deep.equal({ created_from: 'llama_index' });
    expect(read.scores).to.deep.equal([
      { name: 'relevance', value: 0.5, label: 'fair', explanation: 'half of it', source: 'llm' },
    ]);
    const step = spanNamed(read, 'step');
    expect(step.duration).to.be.closeTo(0.502, 1e-9);
    expect(step.attributes.get('trace.thread_id')).to.equal('t-1');
    const llm = spanNamed(read, 'llm');
    expect([llm.kind, llm.model, llm.provider, llm.timeToFirstToken, llm.parent]).to.deep.equal([
      'llm',
      'gpt-4o',
      'openai',
      120.5,
      step,
    ]);
    // The trace's cost is that of its only call.
    expect([step.cost, llm.cost]).to.deep.equal([undefined, 0.25]);
    expect(llm.usage).to.deep.equal({ input: 10, output: 4, total: 14, cacheRead: 3 });
    expect(llm.messages).to.deep.equal([
      { role: 'user', origin: 'input', parts: [{ type: 'text', text: 'Why?' }] },
      { role: 'assistant', origin: 'output', parts: [{ type: 'text', text: 'Because.' }] },
    ]);
    expect(llm.tools.map(({ name }) => name)).to.deep.equal(['f']);
    expect([...llm.parameters]).to.deep.equal([['temperature', 0]]);
    expect(llm.prompt).to.deep.equal({ name: 'why', version: 'c0ffee', template: '{{q}}' });
    expect(llm.scores).to.deep.equal([{ name: 'ok', value: 1, source: 'human' }]);
  });

  it('reads pages, lists, bodies of batches and camel case', () => {
    const camel = {
      id: 'a', traceId: TRACE, name: 'ts', type: 'tool', startTime: '2025-01-03T11:03:17Z', endTime: '2025-01-03T11:03:18Z',
      totalEstimatedCost: 2, errorInfo: { exceptionType: 'E', message: 'broken', traceback: 'line' },
    }; // prettier-ignore
    for (const value of [
      { page: 1, size: 2, total: 2, content: [span(), call()] },
      [span(), call()],
      { spans: [span(), call()] },
      { traces: [trace()], spans: [span(), call()] },
      [trace(), span(), call()],
    ]) expect(onlyTrace(opik, value).spans.length).to.equal(2); // prettier-ignore
    const tool = onlyTrace(opik, [camel]).spans.at(0)!;
    expect([tool.kind, tool.cost, tool.status, tool.statusMessage, tool.duration]).to.deep.equal([
      'tool',
      2,
      'error',
      'broken',
      1000,
    ]);
  });

  it('gives scores that were sent apart to what they name', () => {
    const sent = (id: unknown): object => ({
      scores: [{ id, name: 'helpful', value: 1, reason: 'thanks', source: 'sdk' }],
    });
    const read = onlyTrace(opik, [
      { traces: [trace({ feedback_scores: [] })] },
      { spans: [span()] },
      sent(TRACE),
      sent(span()['id']),
    ]);
    const score = { name: 'helpful', value: 1, explanation: 'thanks', source: 'sdk' };
    expect([read.scores, read.spans.at(0)!.scores, read.problems]).to.deep.equal([[score], [score], []]);
  });

  it('shows a trace without spans as a span', () => {
    const read = onlyTrace(opik, { content: [trace({ usage: { prompt_tokens: 1, completion_tokens: 2 } })] });
    expect([read.spans.length, read.cost, read.duration]).to.deep.equal([1, 0.25, 1000]);
    expect(read.usage).to.deep.equal({ input: 1, output: 2, total: 3 });
    expect(read.spans.at(0)!.input).to.deep.equal({ q: 'Why?' });
  });

  it('reads errors, guardrails, retrieved documents and the attributes of OpenTelemetry', () => {
    const node = { node: { id_: 'n1', text: 'Text', metadata: { page: 1 } }, score: 0.8 };
    const read = onlyTrace(opik, [
      span({ id: 'r', name: 'retrieve', output: { output: { nodes: [node] } } }),
      span({ id: 'g', type: 'guardrail', name: 'guard', guardrails_validations: [{ span_id: 'g', checks: [{ name: 'PII', result: 'failed' }] }] }),
      span({ id: 'x', name: 'boom', error_info: { exception_type: 'ValueError', message: 'bad', traceback: 'Traceback…' } }),
      span({ id: 'o', name: 'otel', metadata: { 'openinference.span.kind': 'AGENT' } }),
    ]); // prettier-ignore
    const retrieve = spanNamed(read, 'retrieve');
    expect(retrieve.kind).to.equal('retriever');
    expect(retrieve.documents).to.deep.equal([{ id: 'n1', content: 'Text', score: 0.8, metadata: { page: 1 } }]);
    const guard = spanNamed(read, 'guard');
    expect([guard.kind, guard.scores]).to.deep.equal(['guardrail', [{ name: 'PII', value: 'failed', source: 'code' }]]);
    const boom = spanNamed(read, 'boom');
    expect([boom.status, boom.exceptions]).to.deep.equal([
      'error',
      [{ message: 'bad', type: 'ValueError', stacktrace: 'Traceback…' }],
    ]);
    expect(spanNamed(read, 'otel').kind).to.equal('agent');
  });

  it('counts what providers leave out', () => {
    // Gemini: 10 + 4 + 6 thoughts are 20.
    expect(
      opikUsage({
        prompt_tokens: 10,
        completion_tokens: 4,
        total_tokens: 20,
        'original_usage.thoughts_token_count': 6,
      }),
    ).to.deep.equal({ input: 10, output: 10, total: 20, reasoning: 6 });
    // Anthropic, where only its own counts are there.
    expect(
      opikUsage({ 'original_usage.input_tokens': 5, 'original_usage.output_tokens': 1, 'original_usage.cache_read_input_tokens': 7 }),
    ).to.deep.equal({ input: 12, output: 1, total: 13, cacheRead: 7 }); // prettier-ignore
    expect(opikUsage({})).to.equal(undefined);
    expect(opikUsage('none')).to.equal(undefined);
  });

  it('knows its own and nothing like it', () => {
    for (const other of [
      {}, [], null, 7, { content: [] }, { spans: [] }, { trace: {}, spans: [{}] }, [{ id: 'x', trace_id: 't', type: 'llm' }],
      [{ id: 'x', run_type: 'llm', start_time: '2025-01-01T00:00:00Z', inputs: {} }],
    ]) expect(opik.detect(other), JSON.stringify(other)).to.equal(false); // prettier-ignore
  });

  it('reports what it cannot read', () => {
    const [read] = readWith(opik, { spans: [span(), 1, null] });
    expect([read!.spans.length, read!.problems.length]).to.deep.equal([1, 2]);
  });

  it('survives anything', () =>
    survivesAnything(opik, { trace: trace(), spans: [span(), call()] }, [call()], [trace()]));

  it('reads every real file as it is', async function () {
    this.timeout(60_000);
    const files = (await sharedFiles()).filter((file) => file.startsWith('opik/'));
    if (files.length === 0) return this.skip();
    type Row = Record<string, unknown>;
    for (const file of files) {
      const text = (await sharedText(`fixtures/${file}`))!;
      const raw = JSON.parse(text) as { trace?: Row; traces?: Row[]; spans: Row[]; thread_feedback_scores?: object };
      const rows = raw.traces ?? [raw.trace!];
      const traces = await readTraces(text);
      expect([traces.length, traces[0]!.format], file).to.deep.equal([rows.length, 'opik']);
      // A trace above several roots is a span as well.
      const roots = (id: unknown) => raw.spans.filter((row) => row['trace_id'] === id && !row['parent_span_id']).length;
      const gathered = new Set(rows.map(({ id }) => id).filter((id) => roots(id) > 1));
      expect(
        traces.reduce((sum, { spans }) => sum + spans.length, 0),
        file,
      ).to.equal(raw.spans.length + gathered.size);
      expect(traces.flatMap(({ problems }) => problems.filter(({ code }) => code === 'several-roots'))).to.be.empty;
      const byId = new Map(traces.map((item) => [item.id, item]));
      for (const row of rows) {
        const read = byId.get(row['id'] as string)!;
        expect([read.name, read.sessionId]).to.deep.equal([row['name'], row['thread_id']]);
        const scores = (row['feedback_scores'] as Row[] | undefined) ?? [];
        expect(read.scores.length).to.be.at.least(scores.length);
        for (const score of scores) {
          expect(read.scores.some(({ name, value }) => name === score['name'] && value === score['value'])).to.equal(
            true,
          );
        }
        if (row['usage']) expect(read.usage?.total).to.equal((row['usage'] as Row)['total_tokens']);
        if (row['total_estimated_cost']) expect(read.cost).to.equal(row['total_estimated_cost']);
      }
      for (const row of raw.spans) {
        const read = byId.get(row['trace_id'] as string)!.span(row['id'] as string)!;
        expect(read.raw).to.deep.equal(row);
        expect([read.parentId, read.name, read.model]).to.deep.equal([
          row['parent_span_id'] ?? (gathered.has(row['trace_id']) ? row['trace_id'] : undefined),
          row['name'],
          row['model'],
        ]);
        if (row['type'] !== 'general') expect(read.kind).to.equal(row['type']);
        expect(read.status === 'error').to.equal(Boolean(row['error_info']));
        expect(read.exceptions.length).to.equal(row['error_info'] ? 1 : 0);
        expect(read.usage?.input).to.equal((row['usage'] as Row | undefined)?.['prompt_tokens']);
        if (row['type'] === 'llm' && row['output']) expect(read.messages.at(-1)?.role).to.equal('assistant');
        if (row['name'] === 'retrieve') expect(read.documents.length).to.be.greaterThan(0);
      }
      expect(openAll(traces)).to.be.greaterThan(0);
    }
    expect(files.length).to.equal(4);
  });

  it('leaves the real files of others alone', async function () {
    this.timeout(60_000);
    const files = (await sharedFiles()).filter((file) => /\.jsonl?$/.test(file));
    if (files.length === 0) return this.skip();
    const known: string[] = [];
    for (const file of files) {
      if (opik.detect(parseText((await sharedText(`fixtures/${file}`))!).value)) known.push(file.split('/')[0]!);
    }
    expect([...new Set(known)]).to.deep.equal(['opik']);
  });
});
