import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { readTraces } from '../formats/index.js';
import { SPAN_KINDS, type Message, type RecordedSpan } from '../model/index.js';
import { recordedSpanOf } from './recorded-span.js';
import { otlpText, toOtlp, tracesToOtlp, type OtlpOptions } from './otlp.js';

const START = 1_767_268_800_123.25;

const llm: RecordedSpan = {
  traceId: '5b8efff798038103d269b633813fc60c',
  id: 'eee19b7ec3c1b174',
  name: 'chat',
  kind: 'llm',
  start: START,
  end: START + 1500.5,
  service: 'app',
  model: 'gpt-5',
  provider: 'openai',
  usage: { input: 10, output: 5, total: 15, cacheRead: 4, reasoning: 2 },
  timeToFirstToken: 250,
  sessionId: 's-1',
  userId: 'u-1',
  messages: [
    { role: 'system', origin: 'input', parts: [{ type: 'text', text: 'Be brief.' }] },
    { role: 'user', origin: 'input', parts: [{ type: 'text', text: 'Weather?' }] },
    {
      role: 'assistant',
      origin: 'output',
      parts: [{ type: 'tool-call', id: 'c1', name: 'weather', arguments: { city: 'Oslo' } }],
      finishReason: 'tool_calls',
    },
  ],
  tools: [{ name: 'weather', description: 'Tells the weather.', parameters: { type: 'object' } }],
  parameters: { temperature: 0.5, max_tokens: 100, stop_sequences: ['a'] },
};

interface OtlpSpan {
  attributes: { key: string; value: Record<string, unknown> }[];
  events: { name: string; attributes: { key: string; value: Record<string, unknown> }[] }[];
  [name: string]: unknown;
}

function writtenSpan(span: RecordedSpan, options?: OtlpOptions): OtlpSpan {
  const document = toOtlp([span], options) as { resourceSpans: { scopeSpans: { spans: OtlpSpan[] }[] }[] };
  return document.resourceSpans[0]!.scopeSpans[0]!.spans[0]!;
}

const attributesOf = (span: OtlpSpan): Record<string, unknown> =>
  Object.fromEntries(span.attributes.map(({ key, value }) => [key, Object.values(value)[0]]));

async function readBack(spans: readonly RecordedSpan[], options?: OtlpOptions): Promise<RecordedSpan[]> {
  const traces = await readTraces(JSON.stringify(toOtlp(spans, options)));
  return traces.flatMap((trace) => [...trace.spans].map(recordedSpanOf));
}

describe('toOtlp', () => {
  it('writes the encoding that the protocol asks for', () => {
    const span = writtenSpan({ ...llm, status: 'error', statusMessage: 'no' });
    expect(span).to.deep.include({
      traceId: '5b8efff798038103d269b633813fc60c',
      spanId: 'eee19b7ec3c1b174',
      kind: 3,
      startTimeUnixNano: '1767268800123250000',
      endTimeUnixNano: '1767268801623750000',
      status: { code: 2, message: 'no' },
    });
    expect(span.attributes).to.deep.include({ key: 'gen_ai.usage.input_tokens', value: { intValue: '10' } });
    expect(span.attributes).to.deep.include({ key: 'gen_ai.request.temperature', value: { doubleValue: 0.5 } });
    const stops = { arrayValue: { values: [{ stringValue: 'a' }] } };
    expect(span.attributes).to.deep.include({ key: 'gen_ai.request.stop_sequences', value: stops });
  });

  it('speaks the GenAI conventions', () => {
    const said = attributesOf(writtenSpan(llm));
    expect(said).to.deep.include({
      'gen_ai.operation.name': 'chat',
      'gen_ai.request.model': 'gpt-5',
      'gen_ai.provider.name': 'openai',
      'gen_ai.conversation.id': 's-1',
      'user.id': 'u-1',
      'gen_ai.response.time_to_first_chunk': 0.25,
      'gen_ai.usage.cache_read.input_tokens': '4',
    });
    expect(JSON.parse(said['gen_ai.system_instructions'] as string)).to.deep.equal([
      { type: 'text', content: 'Be brief.' },
    ]);
    expect(JSON.parse(said['gen_ai.output.messages'] as string)).to.deep.equal([
      {
        role: 'assistant',
        parts: [{ type: 'tool_call', id: 'c1', name: 'weather', arguments: { city: 'Oslo' } }],
        finish_reason: 'tool_calls',
      },
    ]);
    expect(JSON.parse(said['gen_ai.tool.definitions'] as string)).to.deep.equal([
      { type: 'function', name: 'weather', description: 'Tells the weather.', parameters: { type: 'object' } },
    ]);
    // All of it fits: nothing but the kind is said in words of our own.
    expect(JSON.parse(said['llm_trace.span'] as string)).to.deep.equal({ kind: 'llm' });
  });

  it('calls tools, searches, errors and scores what the conventions call them', () => {
    const tool = attributesOf(
      writtenSpan({ ...llm, kind: 'tool', name: 'weather', input: { city: 'Oslo' }, output: 'rain' }),
    );
    expect(tool).to.deep.include({
      'gen_ai.operation.name': 'execute_tool',
      'gen_ai.tool.name': 'weather',
      'gen_ai.tool.call.arguments': '{"city":"Oslo"}',
      'gen_ai.tool.call.result': 'rain',
    });
    const search = attributesOf(
      writtenSpan({ ...llm, kind: 'retriever', input: 'fjord', documents: [{ id: 'd', score: 0.5 }] }),
    );
    expect(search).to.deep.include({
      'gen_ai.retrieval.query.text': 'fjord',
      'gen_ai.retrieval.documents': '[{"id":"d","score":0.5}]',
    });
    const failed = writtenSpan({
      ...llm,
      status: 'error',
      exceptions: [{ type: 'TypeError', message: 'no', time: START }],
      scores: [{ name: 'helpful', value: 1 }],
    });
    expect(attributesOf(failed)['error.type']).to.equal('TypeError');
    expect(failed.events.map(({ name }) => name)).to.deep.equal(['exception', 'gen_ai.evaluation.result']);
  });

  it('leaves the attributes that a span has itself as they are', async () => {
    const attributes = { 'gen_ai.request.model': 'asked-for', input: 'not the input', 'llm_trace.span': 'mine' };
    const span: RecordedSpan = { ...llm, attributes };
    expect(attributesOf(writtenSpan(span))['gen_ai.request.model']).to.equal('asked-for');
    expect(await readBack([span])).to.deep.equal([span]);
  });

  it('gives ids that are no hex digits some, the same for parent and child, and reads the first ones back', async () => {
    const parent: RecordedSpan = { ...llm, traceId: 'trace one', id: 'span:1' };
    const child: RecordedSpan = { ...parent, id: '550e8400-e29b-41d4-a716-446655440000', parentId: 'span:1' };
    const traces = await readTraces(toOtlp([parent, child]));
    expect(traces[0]!.problems).to.deep.equal([]);
    expect(traces[0]!.spans.at(1)!.parent!.id).to.equal('span:1');
    expect([...traces[0]!.spans].map(recordedSpanOf)).to.deep.equal([parent, child]);
  });

  it('adds OpenInference on request, and does not read it twice', async () => {
    const said = attributesOf(writtenSpan(llm, { openInference: true }));
    expect(said).to.deep.include({
      'openinference.span.kind': 'LLM',
      'llm.model_name': 'gpt-5',
      'llm.token_count.prompt': '10',
      'llm.input_messages.0.message.role': 'system',
      'llm.input_messages.1.message.content': 'Weather?',
      'llm.output_messages.0.message.tool_calls.0.tool_call.function.name': 'weather',
    });
    const traces = await readTraces(toOtlp([llm], { openInference: true }));
    expect(traces[0]!.spans.at(0)!.messages.length).to.equal(3);
    expect(await readBack([llm], { openInference: true })).to.deep.equal([llm]);
  });

  it('states the facts of a trace where the trace finds them', async () => {
    const [trace] = await readTraces(toOtlp([{ ...llm, tags: ['a'], metadata: { b: 1 } }]));
    expect([trace!.sessionId, trace!.userId, trace!.tags, trace!.metadata]).to.deep.equal([
      's-1',
      'u-1',
      ['a'],
      { b: 1 },
    ]);
  });

  it('comes back equal, whatever a span holds', async () => {
    await fc.assert(
      fc.asyncProperty(anySpan(), fc.boolean(), async (span, openInference) => {
        const sent = JSON.parse(JSON.stringify(span)) as RecordedSpan;
        expect(await readBack([sent], { openInference })).to.deep.equal([sent.attributes ? sent : withTotal(sent)]);
      }),
      { numRuns: 300 },
    );
  }).timeout(60_000);
});

/** What every reader of `Usage` may take for said. */
function withTotal(span: RecordedSpan): RecordedSpan {
  const { input, output, total } = span.usage ?? {};
  if (input === undefined || output === undefined || total !== undefined) return span;
  return { ...span, usage: { ...span.usage, total: input + output } };
}

const optional = { requiredKeys: [] };

function anySpan(): fc.Arbitrary<RecordedSpan> {
  const odd = fc.constantFrom(
    '',
    '{"a":1}',
    '[1]',
    ' [',
    'null',
    '"x"',
    '__proto__',
    'constructor',
    '\u0000',
    '\ud800',
  );
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string(), odd);
  const word = text.filter((value) => value !== '');
  const hex = (length: number) =>
    fc
      .string({
        unit: fc.constantFrom(...Array.from({ length: 16 }, (_, digit) => digit.toString(16))),
        minLength: length,
        maxLength: length,
      })
      .map((digits) => `1${digits.slice(1)}`);
  const json = fc.jsonValue({ maxDepth: 3 });
  const time = fc.double({ min: 1e12, max: 2.1e12, noNaN: true });
  const tokens = fc.nat(1_000_000);
  const key = fc.oneof(
    text,
    fc.constantFrom(
      'gen_ai.request.model',
      'gen_ai.request.top_p',
      'input.value',
      'input',
      'metadata',
      'tag',
      'exception.type',
      'llm_trace.span',
      'gen_ai.input.messages',
      'output.mime_type',
      'user',
      'llm.input_messages.0.message.role',
      'retrieval.documents.0.document.id',
    ),
  );
  const object = fc.dictionary(key, json, { minKeys: 1, maxKeys: 4 });
  const list = <T>(item: fc.Arbitrary<T>) => fc.array(item, { minLength: 1, maxLength: 3 });
  const place = fc.nat({ max: 1000 });
  const citation = fc.record(
    { url: text, title: text, text, documentId: text, documentIndex: place, start: place, end: place },
    optional,
  );
  const part = fc.oneof(
    fc.record({ type: fc.constant('text'), text, citations: list(citation) }, { requiredKeys: ['type', 'text'] }),
    fc.record({ type: fc.constant('refusal'), text }),
    fc.record(
      { type: fc.constant('reasoning'), text, hidden: fc.constantFrom('redacted', 'encrypted') },
      { requiredKeys: ['type', 'text'] },
    ),
    fc.record(
      { type: fc.constant('tool-call'), id: text, name: text, arguments: json },
      { requiredKeys: ['type', 'name', 'arguments'] },
    ),
    fc.record(
      { type: fc.constant('tool-result'), id: text, name: text, result: json, isError: fc.boolean() },
      { requiredKeys: ['type', 'result'] },
    ),
    fc.record(
      {
        type: fc.constant('media'),
        modality: fc.constantFrom('image', 'audio', 'video', 'file'),
        mimeType: text,
        data: text,
        uri: text,
        name: text,
      },
      { requiredKeys: ['type', 'modality'] },
    ),
    fc.record({
      type: fc.constant('other'),
      value: fc.oneof(json, fc.record({ type: fc.constantFrom('text', 'blob', 'other', 'new') })),
    }),
  );
  const message = fc.record(
    {
      role: fc.oneof(fc.constantFrom('system', 'user', 'assistant', 'tool'), text),
      parts: fc.array(part, { maxLength: 4 }),
      name: text,
      origin: fc.constantFrom('input', 'output'),
      finishReason: text,
    },
    { requiredKeys: ['role', 'parts', 'origin'] },
  ) as fc.Arbitrary<Message>;
  const document = fc.record(
    { id: text, content: text, score: fc.double({ noNaN: true, noDefaultInfinity: true }), metadata: json },
    optional,
  );
  const event = fc.record(
    { name: fc.oneof(text, fc.constantFrom('exception', 'gen_ai.evaluation.result')), time, attributes: object },
    { requiredKeys: ['name', 'time'] },
  );
  const score = fc.record(
    {
      name: text,
      value: fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), text, fc.boolean()),
      label: text,
      explanation: text,
      source: text,
    },
    { requiredKeys: ['name'] },
  );
  const payload = json;
  const span = fc.record(
    {
      traceId: hex(32),
      id: hex(16),
      parentId: hex(16),
      name: text,
      kind: fc.constantFrom(...SPAN_KINDS),
      start: time,
      // From the start: a table keeps times by their distance from its first.
      end: fc.double({ min: 0, max: 1e9, noNaN: true }),
      status: fc.constantFrom('ok', 'error'),
      statusMessage: word,
      service: word,
      model: fc.oneof(text, fc.constant('unknown')),
      provider: text,
      usage: fc
        .record(
          {
            input: tokens,
            output: tokens,
            total: tokens,
            cacheRead: tokens,
            cacheWrite: tokens,
            reasoning: tokens,
            audioInput: tokens,
            audioOutput: tokens,
          },
          optional,
        )
        .filter((usage) => Object.keys(usage).length > 0),
      cost: fc.double({ min: 0, max: 1e6, noNaN: true }),
      timeToFirstToken: fc.double({ min: 0, max: 1e6, noNaN: true }),
      sessionId: text,
      userId: text,
      tags: list(text),
      metadata: json,
      input: payload,
      output: payload,
      messages: list(message),
      tools: list(fc.record({ name: text, description: text, parameters: json }, { requiredKeys: ['name'] })),
      documents: list(document),
      inputDocuments: list(document),
      parameters: fc.dictionary(fc.oneof(text, fc.constantFrom('model', 'temperature', 'stop', 'n', 'top_p')), json, {
        minKeys: 1,
        maxKeys: 4,
      }),
      prompt: fc.record({ name: text, version: text, template: text, variables: json }, optional),
      exceptions: list(fc.record({ type: text, message: text, stacktrace: text, time }, optional)),
      scores: list(score),
      events: list(event),
      links: list(
        fc.record({ traceId: hex(32), spanId: hex(16), attributes: object }, { requiredKeys: ['traceId', 'spanId'] }),
      ),
      attributes: object,
    },
    { requiredKeys: ['traceId', 'id', 'name', 'kind', 'start'] },
  ) as unknown as fc.Arbitrary<RecordedSpan>;
  return span.map(({ end, ...rest }) => (end === undefined ? rest : { ...rest, end: rest.start + end }));
}

describe('otlpText', () => {
  it('is the text of the document, of any services in any order, and ends when it is told to', async () => {
    const service = fc.constantFrom('app', 'store', undefined);
    await fc.assert(
      fc.asyncProperty(fc.array(service, { maxLength: 8 }), async (services) => {
        const spans = services.map((name, index): RecordedSpan => ({
          ...llm,
          id: String(index + 1).padStart(16, '0'),
          ...(name === undefined ? { service: undefined as never } : { service: name }),
        }));
        const traces = services.length ? await readTraces(toOtlp(spans)) : [];
        const pieces = await otlpText(traces);
        expect(pieces.join('')).to.equal(JSON.stringify(tracesToOtlp(traces)));
      }),
      { numRuns: 60 },
    );
    const [trace] = await readTraces(toOtlp([llm]));
    const aborted = await otlpText([trace!], { signal: AbortSignal.abort('enough') }).catch((error: unknown) => error);
    expect(aborted).to.equal('enough');
  });
});
