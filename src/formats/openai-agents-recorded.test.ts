import { expect } from '@open-wc/testing';
import { spanNamed } from '../test/format-checks.js';
import { vendorText } from '../test/vendor-files.js';
import { readTraces } from './read-traces.js';

interface SentSpan {
  object: string;
  id: string;
  parent_id: string | null;
  started_at: string;
  ended_at: string;
  error: unknown;
  span_data: {
    type: string;
    output?: { usage?: { prompt_tokens: number; completion_tokens: number } }[];
    data?: { sdk_span_type?: string; usage?: { input_tokens: number; output_tokens: number } };
  };
}

const KINDS: Readonly<Record<string, string>> = { agent: 'agent', handoff: 'agent', generation: 'llm', response: 'llm', function: 'tool', guardrail: 'guardrail' }; // prettier-ignore

describe('traces that OpenAI’s Agents SDK for JavaScript sent', () => {
  const read = async () => {
    const text = await vendorText('openai-agents.jsonl');
    const items = text.trim().split('\n').flatMap((line) => (JSON.parse(line) as { data: SentSpan[] }).data); // prettier-ignore
    const traces = await readTraces(text);
    expect(traces).to.have.length(1);
    return { trace: traces[0]!, sent: items.filter(({ object }) => object === 'trace.span') };
  };

  it('are one trace, with all spans in their places', async () => {
    const { trace, sent } = await read();
    expect(trace).to.include({
      format: 'openai-agents',
      name: 'support question',
      sessionId: 'session-7f3a',
      userId: 'user-82',
    });
    expect(trace.spans).to.have.length(sent.length);
    for (const { id, parent_id, started_at, ended_at, error, span_data } of sent) {
      const span = trace.span(id)!;
      expect(span.parentId ?? null).to.equal(parent_id);
      expect([span.start, span.end]).to.deep.equal([Date.parse(started_at), Date.parse(ended_at)]);
      expect(span.status === 'error').to.equal(error !== null);
      if (span_data.type !== 'custom') expect(span.kind).to.equal(KINDS[span_data.type]);
      const counts = span_data.output?.[0]?.usage;
      if (span_data.type === 'generation') {
        expect(span.usage).to.include({ input: counts!.prompt_tokens, output: counts!.completion_tokens });
      }
      const sums = span_data.data?.usage;
      if (sums) expect(span.usage).to.include({ input: sums.input_tokens, output: sums.output_tokens });
    }
    // Each call counts once, also that of the `response` span, of which only the turn around it says the tokens.
    expect(trace.usage).to.include({ input: 751 + 52, output: 52 + 15, total: 803 + 67, cacheRead: 256 });
  });

  it('have the answers of chat completions as messages', async () => {
    const { trace } = await read();
    const calls = [...trace.spans].filter(({ name }) => name === 'generation');
    expect(calls.map(({ messages }) => messages.at(-1)!.finishReason)).to.deep.equal(['tool_calls', 'tool_calls', 'stop']); // prettier-ignore
    const [, second, third] = calls;
    expect(second).to.include({ model: 'gpt-4o-mini' });
    expect(second!.messages.at(-1)!.parts.map((part) => part.type)).to.deep.equal(['tool-call', 'tool-call']);
    expect([...second!.parameters]).to.deep.equal([['temperature', 0]]);
    const parts = third!.messages.flatMap((message) => message.parts);
    const called = parts.flatMap((part) => (part.type === 'tool-call' ? part.id : []));
    expect(called).to.have.length(3);
    expect(parts.flatMap((part) => (part.type === 'tool-result' ? part.id : []))).to.deep.equal(called);
    expect(parts.some(({ type }) => type === 'other')).to.equal(false);
    expect(parts.at(-1))
      .to.have.property('text')
      .that.matches(/^Your parcel 4711 /);
  });

  it('say what custom spans hold, and what went wrong', async () => {
    const { trace } = await read();
    const search = spanNamed(trace, 'search help pages');
    expect(search.kind).to.equal('retriever');
    expect(search.documents.map(({ id, score }) => [id, score])).to.deep.equal([
      ['parcels-003', 0.91],
      ['customs-011', 0.84],
    ]);
    expect([...search.attributes.keys()].some((name) => name.startsWith('span_data.data'))).to.equal(false);
    const turn = spanNamed(trace, 'turn');
    expect(turn).to.include({ kind: 'chain', label: 'triage', output: undefined });
    expect(turn.attributes.get('span_data.data.turn')).to.equal(1);
    const failed = spanNamed(trace, 'check_customs');
    expect(failed.exceptions).to.deep.equal([
      { message: 'Error running tool (non-fatal): Tool execution failed. Error details are redacted.' },
    ]);
    expect(failed.statusMessage).to.equal(failed.exceptions[0]!.message);
  });
});
