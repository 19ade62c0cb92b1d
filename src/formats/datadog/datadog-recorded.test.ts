import { expect } from '@open-wc/testing';
import { openAll, spanNamed } from '../../test/format-checks.js';
import { vendorText } from '../../test/vendor-files.js';
import { readTraces } from '../read-traces.js';

const KINDS: Readonly<Record<string, string>> = { agent: 'agent', retrieval: 'retriever', llm: 'llm', tool: 'tool' };
const QUESTION = 'Where is my parcel 4711, and do I have to pay customs?';
const FAILURE = 'The customs service did not answer within 2 seconds.';

interface Usage {
  input_tokens: number;
  output_tokens: number;
  total_tokens: number;
  cache_read_input_tokens: number;
  reasoning_output_tokens: number;
}

const usageOf = (usage: Usage) => ({
  input: usage.input_tokens,
  output: usage.output_tokens,
  total: usage.total_tokens,
  cacheRead: usage.cache_read_input_tokens,
  reasoning: usage.reasoning_output_tokens,
});

describe('what dd-trace for JavaScript sent to LLM Observability', () => {
  interface Sent {
    trace_id: string;
    span_id: string;
    parent_id: string;
    name: string;
    duration: number;
    status: string;
    metrics: Usage;
    meta: Record<string, unknown> & { metadata?: Record<string, unknown> };
  }
  const read = async () => {
    const text = await vendorText('datadog-llmobs.jsonl');
    const [batches] = text.split('\n').map((line) => JSON.parse(line || 'null') as { spans: Sent[] }[]);
    const [trace, ...others] = await readTraces(text);
    expect(others).to.deep.equal([]);
    return { text, trace: trace!, sent: batches!.flatMap(({ spans }) => spans) };
  };

  it('is one tree with all its spans', async () => {
    const { trace, sent } = await read();
    expect([trace.format, trace.id, trace.problems]).to.deep.equal(['datadog-llmobs', sent[0]!.trace_id, []]);
    expect([trace.name, trace.sessionId, trace.userId]).to.deep.equal(['support question', 'session-7f3a', 'user-82']);
    expect(trace.metadata).to.deep.equal({ channel: 'help-center' });
    expect(trace.tags).to.include.members(['env:samples', 'version:2.4.1', 'integration:openai']);
    expect(trace.tags.filter((tag) => /^(error|session_id|user_id|service)/.test(tag))).to.deep.equal([]);
    expect(trace.spans).to.have.length(sent.length);
    for (const { span_id: id, parent_id: parentId, name, duration, status, metrics, meta } of sent) {
      const span = trace.span(id)!;
      expect([span.name, span.parent?.id ?? 'undefined', span.status]).to.deep.equal([name, parentId, status]);
      expect([span.kind, span.service]).to.deep.equal([KINDS[meta['span.kind'] as string], 'support']);
      expect(span.duration).to.be.closeTo(duration / 1e6, 1e-6);
      expect(span.usage).to.deep.equal(span.kind === 'llm' ? usageOf(metrics) : undefined);
      expect(span.model).to.equal(meta['model_name']);
      // "unknown" is nobody.
      expect(span.provider).to.equal(undefined);
    }
    openAll([trace]);
  });

  it('has the turns, the documents, the error and the score', async () => {
    const { trace, sent } = await read();
    const [first, second] = [...trace.spans].filter(({ kind }) => kind === 'llm');
    expect(first!.messages.map(({ role }) => role)).to.deep.equal(['system', 'user', 'assistant']);
    expect(first!.messages.at(-1)!.parts).to.deep.equal([
      { type: 'tool-call', id: 'call_1b68f83fa344ae7239a1f9c0', name: 'look_up_parcel', arguments: { parcel: '4711' } },
      { type: 'tool-call', id: 'call_259d356229cfbf19fc3013d8', name: 'check_customs', arguments: { parcel: '4711' } },
    ]);
    expect(second!.messages.map(({ role }) => role)).to.deep.equal([
      ...['system', 'user', 'assistant', 'tool', 'tool', 'assistant'],
    ]);
    expect(second!.messages.slice(3, 5).map(({ parts }) => parts)).to.deep.equal([
      [{ type: 'tool-result', result: { parcel: '4711', status: 'at customs', since: '2026-03-02' } }],
      [{ type: 'tool-result', result: `Error: ${FAILURE}` }],
    ]);
    expect(Object.fromEntries(second!.parameters)).to.deep.equal(
      sent.find(({ span_id: id }) => id === second!.id)!.meta.metadata,
    );
    const search = spanNamed(trace, 'search help pages');
    expect(search.input).to.equal(QUESTION);
    expect(search.documents.map(({ id, score, metadata }) => [id, score, metadata])).to.deep.equal([
      ['parcels-003', 0.91, { name: 'parcels.md' }],
      ['customs-011', 0.84, { name: 'customs.md' }],
    ]);
    const failed = spanNamed(trace, 'check_customs');
    expect([failed.statusMessage, failed.exceptions.length]).to.deep.equal([FAILURE, 1]);
    expect(failed.exceptions[0]).to.include({ type: 'Error', message: FAILURE });
    expect(failed.exceptions[0]!.stacktrace).to.contain('at checkCustoms (file:///app/story.mjs:35:9)');
    expect(trace.roots[0]!.scores).to.deep.equal([{ name: 'helpful', value: 1, source: 'customer' }]);
    expect(trace.roots[0]!.input).to.equal(QUESTION);
  });

  it('is read whatever the order of its lines, and however many there are', async () => {
    const { text, trace } = await read();
    const [batch, scores] = text.trim().split('\n') as [string, string];
    for (const lines of [
      [scores, batch],
      [batch.replaceAll('4592889450910782584', '1'), batch, scores],
    ]) {
      const [found] = await readTraces(lines.join('\n'));
      const root = found!.span(trace.roots[0]!.id)!;
      expect(root.scores).to.have.length(1);
      expect(found!.format).to.equal('datadog-llmobs');
    }
    const [batchTwice] = await readTraces(`${batch}\n${batch}`);
    expect(batchTwice!.spans).to.have.length(trace.spans.length);
    const [lost] = await readTraces(`${batch}\n${scores.replaceAll('6b016bfd', '7b016bfd')}`);
    expect(lost!.problems.map(({ message }) => message)).to.deep.equal([
      '1 score is of a trace that is not here and left out.',
    ]);
  });
});

describe('what dd-trace for JavaScript sent to the agent', () => {
  interface Sent {
    name: string;
    error: number;
    meta: Record<string, string>;
    metrics: Record<string, number>;
  }

  it('is one tree, with the kinds and figures that LLM Observability knows', async () => {
    const text = await vendorText('datadog-apm.jsonl');
    // The numbers are too long for a double.
    const ids = [...text.matchAll(/"span_id":(\d+),"parent_id":(\d+)/g)].map(([, id, parent]) => [id!, parent!]);
    const sent = (JSON.parse(text) as Sent[][])[0]!;
    const [trace, ...others] = await readTraces(text);
    expect(others).to.deep.equal([]);
    expect([trace!.format, trace!.id, trace!.problems]).to.deep.equal(['datadog-apm', '4592889450910782584', []]);
    expect([trace!.name, trace!.sessionId]).to.deep.equal(['support question', 'session-7f3a']);
    expect(trace!.spans).to.have.length(sent.length);
    expect(ids).to.have.length(sent.length);
    ids.forEach(([id, parentId], place) => {
      const span = trace!.span(id!)!;
      const { name, error, meta, metrics } = sent[place]!;
      expect([span.name, span.parent?.id ?? '0', span.service]).to.deep.equal([name, parentId, 'support']);
      expect([span.kind, span.model]).to.deep.equal([KINDS[meta['gen_ai.operation.name']!], meta['openai.response.model']]); // prettier-ignore
      expect([span.provider, span.status]).to.deep.equal([undefined, error ? 'error' : 'unset']);
      const figure = (key: string) => metrics[`gen_ai.usage.${key}`]!;
      expect(span.usage).to.deep.equal(
        span.kind === 'llm'
          ? usageOf({
              input_tokens: figure('input_tokens'),
              output_tokens: figure('output_tokens'),
              total_tokens: figure('total_tokens'),
              cache_read_input_tokens: figure('cache_read_input_tokens'),
              reasoning_output_tokens: figure('reasoning_output_tokens'),
            })
          : undefined,
      );
      expect(span.exceptions.map(({ stacktrace }) => stacktrace)).to.deep.equal(error ? [meta['error.stack']] : []);
    });
    openAll([trace!]);
  });

  it('is read from several lines', async () => {
    const body = (await vendorText('datadog-apm.jsonl')).trim();
    const other = body.replaceAll('"trace_id":4592889450910782584', '"trace_id":77');
    for (const text of [`${body}\n${other}`, `{"traces":${body}}\n{"traces":${other}}`]) {
      const traces = await readTraces(text);
      expect(traces.map(({ id, format, spans }) => [id, format, spans.length])).to.deep.equal([
        ['4592889450910782584', 'datadog-apm', 6],
        ['77', 'datadog-apm', 6],
      ]);
    }
  });
});
