import { expect } from '@open-wc/testing';
import OpenAI, { APIUserAbortError, InternalServerError, RateLimitError } from 'openai';
import type { Message } from '../../model/index.js';
import { RecordedSpans } from '../../test/recorded-spans.js';
import { createTracer } from '../index.js';
import { wrapOpenAI } from './openai.js';

const ASKED = { model: 'gpt-4o-mini', messages: [{ role: 'user' as const, content: 'hello' }] };
const SAID = 'Grüße, brave new 世界 of traces 🙂hello';

const plainClient = (scenario: string, options: ConstructorParameters<typeof OpenAI>[0] = {}): OpenAI =>
  new OpenAI({
    apiKey: 'sk-this-key-must-not-be-recorded-0123456789',
    baseURL: `${location.origin}/model/${scenario}/v1`,
    dangerouslyAllowBrowser: true,
    maxRetries: 0,
    ...options,
  });

function traced(scenario: string, options: ConstructorParameters<typeof OpenAI>[0] = {}, idleLimit?: number) {
  const sink = new RecordedSpans();
  const tracer = createTracer({ store: sink });
  const openai = wrapOpenAI(plainClient(scenario, options), { tracer, ...(idleLimit !== undefined && { idleLimit }) });
  return { sink, tracer, openai };
}

/** What two clients give for the same use of them, the second one traced. */
async function both<Result>(scenario: string, use: (client: OpenAI) => Promise<Result>) {
  const { sink, openai, tracer } = traced(scenario);
  const without = await use(plainClient(scenario));
  const result = await use(openai);
  expect(result).to.deep.equal(without);
  await tracer.flush();
  return { result, sink };
}

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const list: Item[] = [];
  for await (const item of items) list.push(item);
  return list;
}

const textsOf = (messages: readonly Message[] | undefined): unknown[] =>
  (messages ?? []).map(({ role, origin, parts }) => [
    role,
    origin,
    ...parts.map((part) => (part.type === 'text' ? part.text : part.type)),
  ]);

const rejectionOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('wrapOpenAI', () => {
  it('records a plain answer: both bodies, messages, parameters, usage, address', async () => {
    const { result, sink } = await both('text', (client) =>
      client.chat.completions.create({ ...ASKED, temperature: 0.5 }),
    );
    expect(result.choices[0]!.message.content).to.equal(SAID);
    const span = await sink.only();
    expect(span).to.deep.include({
      name: 'chat gpt-4o-mini',
      kind: 'llm',
      provider: 'openai',
      model: 'gpt-4o-mini-2026',
      usage: { input: 11, output: 6, total: 17 },
      parameters: { temperature: 0.5 },
    });
    expect(span).not.to.have.property('status');
    expect(span).not.to.have.property('parentId');
    expect(textsOf(span.messages)).to.deep.equal([
      ['user', 'input', 'hello'],
      ['assistant', 'output', SAID],
    ]);
    expect(span.input).to.deep.include({ temperature: 0.5 });
    expect(span.output).to.deep.include({ id: 'chatcmpl-1' });
    expect(span.attributes).to.deep.include({
      'gen_ai.operation.name': 'chat',
      'gen_ai.request.model': 'gpt-4o-mini',
      'gen_ai.response.finish_reasons': ['stop'],
      'gen_ai.response.id': 'chatcmpl-1',
      'http.response.status_code': 200,
      'http.response.header.x-ratelimit-remaining-requests': '7',
    });
    expect(JSON.stringify(span)).not.to.match(/sk-|authorization/i);
  });

  it('keeps withResponse() and asResponse(), with the address of the answer', async () => {
    const { result, sink } = await both('text', async (client) => {
      const { data, response, request_id } = await client.chat.completions.create(ASKED).withResponse();
      const raw = await client.chat.completions.create(ASKED).asResponse();
      const { url, status, type, redirected, bodyUsed } = response;
      return { data, request_id, url, status, type, redirected, bodyUsed, raw: await raw.json() };
    });
    expect(result.request_id).to.equal('req_1');
    expect(result.url).to.match(/\/chat\/completions$/);
    expect(sink.spans).to.have.length(2);
  });

  it('records a stream: what it said, its usage, and when', async () => {
    const { sink } = await both('text', async (client) =>
      all(await client.chat.completions.create({ ...ASKED, stream: true, stream_options: { include_usage: true } })),
    );
    const span = await sink.only();
    expect(textsOf(span.messages).at(-1)).to.deep.equal(['assistant', 'output', SAID]);
    expect(span.usage).to.deep.equal({ input: 11, output: 6, total: 17 });
    expect(span.attributes).not.to.have.property('llm_trace.usage_missing');
    expect(span.attributes).not.to.have.property('llm_trace.end_reason');
    expect(span.timeToFirstToken).to.be.within(0, span.end! - span.start + 1);
    // Six words and the question: neither the first chunk, with the role, nor the last are content.
    expect(span.attributes!['llm_trace.stream.chunks']).to.equal(7);
    const times = span.attributes!['llm_trace.stream.chunk_times'] as number[];
    expect(times).to.have.length(7);
    expect(times[0]).to.equal(span.timeToFirstToken);
    expect([...times].sort((one, other) => one - other)).to.deep.equal(times);
    expect(span.attributes!['llm_trace.output_tokens_per_second']).to.be.greaterThan(0);
  });

  it('says that a stream left out its usage', async () => {
    const { sink } = await both('text', async (client) =>
      all(await client.chat.completions.create({ ...ASKED, stream: true })),
    );
    const span = await sink.only();
    expect(span).not.to.have.property('usage');
    expect(span.attributes).to.include({ 'llm_trace.usage_missing': true, 'gen_ai.request.stream': true });
  });

  it('leaves a stream as it is, byte for byte', async () => {
    const { result } = await both('tools', async (client) => {
      const response = await client.chat.completions.create({ ...ASKED, stream: true }).asResponse();
      return [...new Uint8Array(await response.arrayBuffer())];
    });
    expect(result).to.have.length.above(500);
  });

  it('ends the span when the reader breaks off, and closes the connection', async () => {
    const id = crypto.randomUUID();
    const { sink, openai } = traced('endless', { defaultHeaders: { 'x-test-id': id } });
    let count = 0;
    for await (const chunk of await openai.chat.completions.create({ ...ASKED, stream: true })) {
      expect(chunk.object).to.equal('chat.completion.chunk');
      if (++count === 5) break;
    }
    expect(await (await fetch(`/model/closed/${id}`)).text()).to.equal('closed');
    const span = await sink.only();
    expect(span.attributes!['llm_trace.end_reason']).to.equal('stopped');
    expect(span).not.to.have.property('status');
    expect(textsOf(span.messages).at(-1)).to.have.nested.property('[2]').that.includes('Grüße');
  });

  it('ends the span of a stream that nobody reads', async () => {
    const { sink, openai } = traced('text', {}, 1);
    await openai.chat.completions.create({ ...ASKED, stream: true });
    const span = await sink.only();
    expect(span.attributes!['llm_trace.end_reason']).to.equal('unread');
  });

  it('records that the network failed in mid-stream, and what had come', async () => {
    const { sink, openai } = traced('broken');
    const fails = async (client: OpenAI): Promise<unknown> =>
      rejectionOf(client.chat.completions.create({ ...ASKED, stream: true }).then(all));
    const error = (await fails(openai)) as Error;
    const without = (await fails(plainClient('broken'))) as Error;
    expect([error.constructor, error.message]).to.deep.equal([without.constructor, without.message]);
    const span = await sink.only();
    expect(span.status).to.equal('error');
    expect(span.exceptions).to.have.length(1);
    expect(span.attributes!['llm_trace.end_reason']).to.equal('failed');
    expect(JSON.stringify(span.output)).to.include('Grüße');
  });

  it('keeps two tool calls of a stream two', async () => {
    const { sink } = await both('tools', async (client) =>
      all(await client.chat.completions.create({ ...ASKED, stream: true })),
    );
    const span = await sink.only();
    expect(span.messages!.at(-1)!.parts).to.deep.equal([
      { type: 'tool-call', id: 'call_a', name: 'weather', arguments: { city: 'Oslo' } },
      { type: 'tool-call', id: 'call_b', name: 'time', arguments: { tz: 'CET' } },
    ]);
    expect(span.attributes!['gen_ai.response.finish_reasons']).to.deep.equal(['tool_calls']);
  });

  it('keeps tee, toReadableStream and controller of a stream', async () => {
    const { result } = await both('text', async (client) => {
      const stream = await client.chat.completions.create({ ...ASKED, stream: true });
      const [one, other] = stream.tee();
      const second = await client.chat.completions.create({ ...ASKED, stream: true });
      return [
        stream.controller instanceof AbortController,
        await Promise.all([all(one), all(other)]),
        await new Response(second.toReadableStream()).text(),
      ];
    });
    expect(result[0]).to.equal(true);
  });

  it('keeps the stream() helper and its events', async () => {
    const { result, sink } = await both('text', async (client) => {
      const events: unknown[] = [];
      const stream = client.chat.completions.stream(ASKED);
      stream.on('content', (delta) => events.push(delta));
      stream.on('finalContent', (content) => events.push(content));
      const final = await stream.finalChatCompletion();
      return { events, content: final.choices[0]!.message.content };
    });
    expect(result.content).to.equal(SAID);
    expect(result.events).to.have.length.above(3);
    expect(textsOf((await sink.only()).messages).at(-1)).to.deep.equal(['assistant', 'output', SAID]);
  });

  it('shows each attempt of a call that is retried', async () => {
    const { sink, openai, tracer } = traced('retry', { maxRetries: 2 });
    const answer = await tracer.span('root', (span) => span.use(openai).chat.completions.create(ASKED));
    expect(answer.choices[0]!.message.content).to.equal(SAID);
    await tracer.flush();
    const root = sink.spans.find(({ name }) => name === 'root')!;
    const [failed, repeated] = sink.spans.filter(({ kind }) => kind === 'llm');
    expect(failed).to.include({ status: 'error', statusMessage: 'HTTP 500', parentId: root.id });
    expect(failed!.attributes).to.include({ 'http.response.status_code': 500, 'error.type': '500' });
    // The client cancels an answer that it will not read: what it said is not known.
    expect(failed!.attributes).not.to.have.property('llm_trace.end_reason');
    expect(repeated).to.include({ parentId: root.id });
    expect(repeated).not.to.have.property('status');
    expect(repeated!.attributes).to.include({ 'http.request.resend_count': 1, 'llm_trace.retry_of': failed!.id });
  });

  it('keeps the retry of a root in its trace', async () => {
    const { sink, openai } = traced('retry', { maxRetries: 1 });
    await openai.chat.completions.create(ASKED);
    const [failed, repeated] = await sink.whenEnded(2);
    expect(failed).not.to.have.property('parentId');
    expect(repeated!.traceId).to.equal(failed!.traceId);
  });

  it('records an abort, before the answer and within it', async () => {
    for (const scenario of ['never', 'endless']) {
      const { sink, openai } = traced(scenario);
      const abort = new AbortController();
      const asked = openai.chat.completions.create({ ...ASKED, stream: true }, { signal: abort.signal });
      if (scenario === 'never') void sink.whenBegun(1).then(() => abort.abort());
      const read = async (): Promise<number> => {
        let count = 0;
        for await (const chunk of await asked) {
          if (chunk.choices.length && ++count === 3) abort.abort();
        }
        return count;
      };
      const error = await rejectionOf(read());
      if (scenario === 'never') expect(error).to.be.instanceOf(APIUserAbortError);
      else expect(error).to.equal(undefined);
      const span = await sink.only();
      expect(span.attributes!['llm_trace.end_reason']).to.equal('aborted');
      expect(span.status).to.equal('error');
    }
  });

  it('records refusals with their status and the limits they name', async () => {
    const { sink, openai } = traced('limited');
    const error = await rejectionOf(openai.chat.completions.create(ASKED));
    expect(error).to.be.instanceOf(RateLimitError);
    const span = await sink.only();
    expect(span).to.include({ status: 'error', statusMessage: '429 The model is out.' });
    expect(span.attributes).to.include({
      'http.response.status_code': 429,
      'http.response.header.retry-after': '20',
      'http.response.header.x-ratelimit-remaining-requests': '7',
    });
    expect(span.attributes).not.to.have.property('http.response.header.x-secret');
  });

  it('records an error that a stream tells of', async () => {
    const { sink, openai } = traced('error');
    const error = await rejectionOf(openai.chat.completions.create({ ...ASKED, stream: true }).then(all));
    expect((error as Error).message).to.include('The model is out.');
    const span = await sink.only();
    expect(span).to.include({ status: 'error', statusMessage: 'The model is out.' });
    expect(JSON.stringify(span.output)).to.include('Grüße');
  });

  it('still throws the errors of the client', async () => {
    const { openai } = traced('retry');
    expect(await rejectionOf(openai.chat.completions.create(ASKED))).to.be.instanceOf(InternalServerError);
  });

  it('traces what withOptions() gives, and binds it', async () => {
    const { sink, openai, tracer } = traced('text');
    const other = openai.withOptions({ maxRetries: 1 });
    expect(other.maxRetries).to.equal(1);
    expect(other).to.be.instanceOf(OpenAI);
    await other.chat.completions.create(ASKED);
    await tracer.span('root', (span) =>
      span
        .use(other.withOptions({ timeout: 5000 }))
        .withOptions({ maxRetries: 2 })
        .chat.completions.create(ASKED),
    );
    await tracer.flush();
    expect(sink.spans).to.have.length(3);
    const root = sink.spans.find(({ name }) => name === 'root')!;
    expect(sink.spans.map(({ parentId }) => parentId)).to.have.members([undefined, undefined, root.id]);
  });

  it('follows what the application sets on the client afterwards', async () => {
    const { sink, openai, tracer } = traced('nowhere-yet');
    openai.baseURL = `${location.origin}/model/text/v1`;
    await tracer.span('root', (span) => span.use(openai).chat.completions.create(ASKED));
    await tracer.flush();
    expect(sink.spans.find(({ kind }) => kind === 'llm')!.attributes!['url.full']).to.include('/model/text/');
  });

  it('wraps a client once, and leaves the given one alone', async () => {
    const { sink, openai, tracer } = traced('text');
    expect(wrapOpenAI(openai, { tracer })).to.equal(openai);
    await plainClient('text').chat.completions.create(ASKED);
    await tracer.flush();
    expect(sink.spans).to.deep.equal([]);
    const other = {};
    expect(wrapOpenAI(other, { tracer })).to.equal(other);
  });

  it('gives every one of ten concurrent chats its own parent', async () => {
    const { sink, openai, tracer } = traced('text');
    const chats = Array.from({ length: 10 }, (_, at) => `chat ${at}`);
    await Promise.all(
      chats.map((name, at) =>
        tracer.span(name, async (chat) => {
          const messages = [{ role: 'user' as const, content: name }];
          const client = chat.use(openai);
          if (at % 2) return client.chat.completions.create({ ...ASKED, messages });
          return all(await client.chat.completions.create({ ...ASKED, messages, stream: true }));
        }),
      ),
    );
    await tracer.flush();
    expect(sink.spans).to.have.length(20);
    for (const name of chats) {
      const chat = sink.spans.find((span) => span.name === name)!;
      const calls = sink.spans.filter(({ parentId }) => parentId === chat.id);
      expect(calls).to.have.length(1);
      expect(textsOf(calls[0]!.messages)).to.deep.equal([
        ['user', 'input', name],
        ['assistant', 'output', SAID.replace('hello', name)],
      ]);
      expect(calls[0]!.traceId).to.equal(chat.traceId);
    }
  });

  it('records responses, plain and streamed', async () => {
    const { sink } = await both('text', async (client) => [
      await client.responses.create({ model: 'gpt-5', input: 'hello' }),
      await all(await client.responses.create({ model: 'gpt-5', input: 'hello', stream: true })),
    ]);
    expect(sink.spans).to.have.length(2);
    for (const span of sink.spans) {
      expect(span).to.deep.include({ name: 'chat gpt-5', usage: { input: 11, output: 6, total: 17 } });
      expect(textsOf(span.messages)).to.deep.equal([
        ['user', 'input', 'hello'],
        ['assistant', 'output', SAID.replace('hello', '')],
      ]);
    }
    expect(sink.spans[1]!.timeToFirstToken).to.be.a('number');
    expect(sink.spans[1]!.attributes!['llm_trace.stream.chunks']).to.equal(6);
  });

  it('records embeddings without their vectors, and images', async () => {
    const { sink } = await both('text', async (client) => [
      await client.embeddings.create({ model: 'text-embedding-3-small', input: 'hello', encoding_format: 'float' }),
      await client.images.generate({ model: 'gpt-image-1', prompt: 'a cat' }),
    ]);
    const [embedding, image] = sink.spans;
    expect(embedding).to.deep.include({ kind: 'embedding', name: 'embeddings text-embedding-3-small' });
    expect(embedding!.usage).to.deep.include({ input: 3 });
    expect(embedding!.output).to.have.nested.property('data[0].embedding', '[3 numbers]');
    expect(image).to.deep.include({ kind: 'llm', name: 'generate_content gpt-image-1' });
    expect(image!.output).to.have.nested.property('data[0].b64_json', 'AAAA');
  });

  it('does not record what is no call of a model', async () => {
    const { sink } = await both('text', async (client) => (await client.models.list()).data);
    expect(sink.begun).to.deep.equal([]);
  });

  it('passes everything through where the trace is not recorded', async () => {
    const sink = new RecordedSpans();
    const tracer = createTracer({ store: sink, sample: 0 });
    const openai = wrapOpenAI(plainClient('text'), { tracer });
    const answer = await openai.chat.completions.create(ASKED);
    expect(answer.choices[0]!.message.content).to.equal(SAID);
    await tracer.flush();
    expect(sink.begun).to.deep.equal([]);
  });

  it('says in flush() when an answer that has just been read is recorded', async () => {
    const { sink, openai, tracer } = traced('text');
    await openai.chat.completions.create(ASKED);
    await tracer.flush();
    expect(sink.spans).to.have.length(1);
    expect(sink.begun[0]!.input).to.deep.include({ model: 'gpt-4o-mini' });
  });
});
