import { expect } from '@open-wc/testing';
import { buildTraces, SpanTable } from '../model/index.js';
import { survivesAnything, spanNamed } from '../test/format-checks.js';
import { sharedFiles, sharedText } from '../test/shared-files.js';
import { openAiAgents } from './openai-agents.js';
import { readSpans, readTraces } from './read-traces.js';

const TRACE = 'trace_0123456789abcdef0123456789abcdef';
const AGENT = 'span_000000000000000000000001';

const head = { object: 'trace', id: TRACE, workflow_name: 'Support', group_id: 'chat-9', metadata: { team: 'blue' } };

let made = 1;
const span = (data: object, more: object = {}): Record<string, unknown> => ({
  object: 'trace.span',
  id: `span_${String(++made).padStart(24, '0')}`,
  trace_id: TRACE,
  parent_id: AGENT,
  started_at: '2025-03-04T05:06:07.000250+00:00',
  ended_at: '2025-03-04T05:06:08.500750+00:00',
  span_data: data,
  error: null,
  ...more,
});

const agent = span(
  { type: 'agent', name: 'Router', handoffs: ['Coder'], tools: ['search'], output_type: 'str' },
  { id: AGENT, parent_id: null },
);

const ALL = [
  agent,
  span({
    type: 'generation',
    input: [{ role: 'user', content: 'Hi' }],
    output: [{ role: 'assistant', content: 'Hello' }],
    model: 'gpt-4.1',
    model_config: { temperature: 0.5, top_p: null },
    usage: { input_tokens: 10, output_tokens: 4, input_tokens_details: { cached_tokens: 6 }, output_tokens_details: { reasoning_tokens: 1 } },
  }),
  span({ type: 'response', response_id: 'resp_1' }),
  span({ type: 'function', name: 'search', input: '{"q":"x"}', output: 'found', mcp_data: { server: 'files' } }),
  span({ type: 'handoff', from_agent: 'Router', to_agent: 'Coder' }),
  span({ type: 'guardrail', name: 'no secrets', triggered: true }),
  span({ type: 'custom', name: 'turn 1', data: { sdk_span_type: 'turn', turn: 1 } }),
  span({ type: 'mcp_tools', server: 'files', result: ['read', 'write'] }),
  span({ type: 'transcription', input: { data: 'UklGRg==', format: 'wav' }, output: 'Good morning', model: 'whisper-1', model_config: {} }),
  span({ type: 'speech', input: 'Hello', output: { data: 'SUQz', format: 'mp3' }, model: 'tts-1', model_config: { voice: 'alloy' }, first_content_at: '2025-03-04T05:06:07.250250+00:00' }),
  span({ type: 'speech_group', input: 'Hello' }),
  span({ type: 'function', name: 'broken', input: '', output: null }, { error: { message: 'No such file', data: { path: '/x' } } }),
  span({ type: 'newer', name: 'mystery' }, { ended_at: null }),
]; // prettier-ignore

describe('OpenAI Agents SDK', () => {
  it('reads every type of span', async () => {
    const [trace, ...others] = await readTraces({ data: [head, ...ALL] });
    expect(others).to.deep.equal([]);
    expect(trace!).to.include({ format: 'openai-agents', id: TRACE, name: 'Support', sessionId: 'chat-9' });
    expect(trace!.metadata).to.deep.equal({ team: 'blue' });
    expect([...trace!.spans].map(({ name, kind }) => [name, kind])).to.deep.equal([
      ['Router', 'agent'],
      ['generation', 'llm'],
      ['response', 'llm'],
      ['search', 'tool'],
      ['handoff to Coder', 'agent'],
      ['no secrets', 'guardrail'],
      ['turn 1', 'chain'],
      ['mcp_tools', 'tool'],
      ['transcription', 'llm'],
      ['speech', 'llm'],
      ['speech_group', 'chain'],
      ['broken', 'tool'],
      ['mystery', 'span'],
    ]);

    const generation = spanNamed(trace!, 'generation');
    expect(generation).to.include({ model: 'gpt-4.1', duration: 1500.5 });
    expect(generation.start).to.be.closeTo(Date.UTC(2025, 2, 4, 5, 6, 7) + 0.25, 0.001);
    expect(generation.usage).to.deep.equal({ input: 10, output: 4, total: 14, cacheRead: 6, reasoning: 1 });
    expect(generation.messages.map(({ origin, role }) => [origin, role])).to.deep.equal([['input', 'user'], ['output', 'assistant']]); // prettier-ignore
    expect([...generation.parameters]).to.deep.equal([['temperature', 0.5]]);

    expect(spanNamed(trace!, 'response').provider).to.equal('openai');
    expect(generation.provider).to.equal(undefined);
    expect(spanNamed(trace!, 'response').attributes.get('span_data.response_id')).to.equal('resp_1');
    const search = spanNamed(trace!, 'search');
    expect(search.input).to.deep.equal({ q: 'x' });
    expect(search.output).to.equal('found');
    expect(search.attributes.get('span_data.mcp_data.server')).to.equal('files');
    expect(spanNamed(trace!, 'handoff to Coder')).to.include({ label: 'Coder', input: 'Router', output: 'Coder' });
    expect(spanNamed(trace!, 'no secrets').output).to.equal(true);
    expect(spanNamed(trace!, 'turn 1').output, 'what the SDK notes is no output').to.equal(undefined);
    expect(spanNamed(trace!, 'turn 1').attributes.get('span_data.data.turn')).to.equal(1);
    expect(spanNamed(trace!, 'mcp_tools').tools.map(({ name }) => name)).to.deep.equal(['read', 'write']);
    expect(spanNamed(trace!, 'Router').tools).to.deep.equal([{ name: 'search' }]);
    expect(spanNamed(trace!, 'transcription').messages.map(({ parts }) => parts[0])).to.deep.equal([
      { type: 'media', modality: 'audio', data: 'UklGRg==', mimeType: 'audio/wav' },
      { type: 'text', text: 'Good morning' },
    ]);
    expect(spanNamed(trace!, 'speech').timeToFirstToken).to.be.closeTo(250, 1e-6);
    const broken = spanNamed(trace!, 'broken');
    expect(broken).to.include({ status: 'error', statusMessage: 'No such file' });
    expect(broken.exceptions[0]!.message).to.equal('No such file');
    expect(broken.attributes.get('error.data')).to.deep.equal({ path: '/x' });
    expect(spanNamed(trace!, 'mystery').isRunning).to.equal(true);
  });

  it('reads lines, a bare trace, and the body of a response where it was kept', async () => {
    const [lines] = await readTraces([head, ...ALL].map((item) => JSON.stringify(item)).join('\n'));
    expect(lines!.spans).to.have.length(ALL.length);
    const [bare] = await readTraces({ trace_id: TRACE, workflow_name: 'Bare', spans: ALL });
    expect(bare!).to.include({ name: 'Bare', id: TRACE });
    const response = { id: 'resp_1', object: 'response', model: 'gpt-4.1', instructions: 'Be brief.', temperature: 1, tools: [{ type: 'function', name: 'search', parameters: {} }], output: [{ type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Hello' }] }], usage: { input_tokens: 3, output_tokens: 2, total_tokens: 5 } }; // prettier-ignore
    const [kept] = await readTraces([agent, span({ type: 'response', response_id: 'resp_1', response, input: [{ role: 'user', content: 'Hi' }] })]); // prettier-ignore
    const call = spanNamed(kept!, 'response');
    expect(call.model).to.equal('gpt-4.1');
    expect(call.usage!.total).to.equal(5);
    expect(call.messages.map(({ role }) => role)).to.deep.equal(['system', 'user', 'assistant']);
    expect([...call.parameters]).to.deep.equal([['temperature', 1]]);
    expect(call.tools[0]!.name).to.equal('search');
  });

  it('joins batches that were cut anywhere', async () => {
    const table = new SpanTable();
    for (const part of [[ALL[1]!], [agent, ALL[2]!], [{ ...head, group_id: null }, ALL[3]!]])
      table.append(await readSpans({ data: part }));
    const [trace] = buildTraces(table);
    expect(trace!.spans).to.have.length(4);
    expect(trace!.roots).to.have.length(1);
    expect(trace!.name).to.equal('Support');
    expect(trace!.problems).to.deep.equal([]);
  });

  it('takes whatever JSON comes', () =>
    survivesAnything(openAiAgents, { data: [head, ...ALL] }, ALL, { trace_id: TRACE, spans: ALL }));
});

/** What the fixtures state, of what is looked at. */
interface Item {
  object: string;
  id: string;
  trace_id: string;
  parent_id: string | null;
  started_at: string;
  ended_at: string;
  span_data: { type: string; name?: string; usage?: Record<string, number> };
}

const KINDS: Readonly<Record<string, string>> = { agent: 'agent', handoff: 'agent', response: 'llm', generation: 'llm', function: 'tool', custom: 'chain' }; // prettier-ignore

const itemsOf = (text: string): Item[] => {
  const value = JSON.parse(text) as { data?: Item[]; spans?: Item[] };
  return (value.data ?? value.spans ?? []).filter(({ object }) => object === 'trace.span');
};

const files = await sharedFiles();

describe('real OpenAI Agents batches', () => {
  if (files.length === 0) {
    it('are not on this machine: nothing is tested', () => expect(files).to.be.empty);
    return;
  }
  const own = files.filter((file) => file.startsWith('openai-agents/'));

  it('are all there', () => expect(own).to.have.length(10));

  for (const file of own) {
    it(`${file} is read as it is`, async () => {
      const text = (await sharedText(`fixtures/${file}`))!;
      const items = itemsOf(text);
      const traces = await readTraces(text);
      expect(new Set(traces.map(({ format }) => format))).to.deep.equal(new Set(['openai-agents']));
      expect(traces.reduce((sum, trace) => sum + trace.spans.length, 0)).to.equal(items.length);
      for (const item of items) {
        const read = traces.find(({ id }) => id === item.trace_id)!.span(item.id)!;
        expect(read.kind).to.equal(KINDS[item.span_data.type]);
        expect(read.parentId ?? null).to.equal(item.parent_id);
        expect(read.duration).to.be.closeTo(Date.parse(item.ended_at) - Date.parse(item.started_at), 1);
        expect(read.status).to.equal('unset');
        expect(read.usage?.input).to.equal(item.span_data.usage?.['prompt_tokens']);
        if (item.span_data.type === 'function') expect(read.output).to.be.a('string');
      }
    });
  }

  it('make whole traces when they are appended', async () => {
    const table = new SpanTable();
    let count = 0;
    for (const file of own) {
      const text = (await sharedText(`fixtures/${file}`))!;
      count += itemsOf(text).length;
      table.append(await readSpans(text));
    }
    const traces = buildTraces(table);
    expect(traces.reduce((sum, trace) => sum + trace.spans.length, 0)).to.equal(count);
    const isWhole = (id: string): boolean =>
      !traces
        .find((trace) => trace.id === id)!
        .problems.some(({ code }) => code === 'missing-parent' || code === 'duplicate-id');
    for (const id of [
      'trace_2dc4a148df4c45ed8b309c32cc5c11a9',
      'trace_5255973c326149e282cf9f7ced1589f2',
      'trace_db0186bb863d426e9e4486699cb8418a',
    ]) {
      expect(isWhole(id), id).to.equal(true);
    }
  });

  it('are the only files that are taken for it', async () => {
    for (const file of files.filter((name) => name.endsWith('.json') && !own.includes(name))) {
      const value: unknown = JSON.parse((await sharedText(`fixtures/${file}`)) || 'null');
      expect(openAiAgents.detect(value), file).to.equal(false);
    }
  });
});
