import Anthropic, { APIUserAbortError, RateLimitError } from '@anthropic-ai/sdk';
import { expect } from '@open-wc/testing';
import { RecordedSpans } from '../../test/recorded-spans.js';
import { createTracer } from '../index.js';
import { wrapAnthropic } from './anthropic.js';

type Options = ConstructorParameters<typeof Anthropic>[0];

const ASKED = { model: 'claude-test', max_tokens: 100, messages: [{ role: 'user' as const, content: 'hello' }] };
const SAID = 'Grüße, brave new 世界 of traces 🙂hello';

const plainClient = (scenario: string, options: Options = {}): Anthropic =>
  new Anthropic({
    apiKey: 'sk-ant-this-key-must-not-be-recorded',
    baseURL: `${location.origin}/model/${scenario}`,
    dangerouslyAllowBrowser: true,
    maxRetries: 0,
    ...options,
  });

function traced(scenario: string, options: Options = {}, idleLimit?: number) {
  const sink = new RecordedSpans();
  const tracer = createTracer({ store: sink });
  const given = plainClient(scenario, options);
  const anthropic = wrapAnthropic(given, { tracer, ...(idleLimit !== undefined && { idleLimit }) });
  return { sink, tracer, anthropic };
}

/** A client as those were before they had middleware: the hook is then `fetch`. */
function withoutMiddleware(scenario: string): Anthropic {
  const client = plainClient(scenario);
  Object.defineProperty(client, 'middleware', { value: undefined, writable: true });
  return client;
}

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const list: Item[] = [];
  for await (const item of items) list.push(item);
  return list;
}

/** What two clients give for the same use of them, the second one traced. */
async function both<Result>(scenario: string, use: (client: Anthropic) => Promise<Result>) {
  const { sink, anthropic, tracer } = traced(scenario);
  const without = await use(plainClient(scenario));
  const result = await use(anthropic);
  expect(result).to.deep.equal(without);
  await tracer.flush();
  return { result, sink };
}

const rejectionOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('wrapAnthropic', () => {
  it('records a plain answer: both bodies, messages, parameters, usage', async () => {
    const { result, sink } = await both('text', (client) => client.messages.create({ ...ASKED, system: 'be kind' }));
    expect(result.content[0]).to.deep.equal({ type: 'text', text: SAID });
    const span = await sink.only();
    expect(span).to.deep.include({
      name: 'chat claude-test',
      kind: 'llm',
      provider: 'anthropic',
      model: 'claude-test-2026',
      // What was read from the cache is inside the input.
      usage: { input: 15, output: 6, total: 21, cacheRead: 4, cacheWrite: 0 },
      parameters: { max_tokens: 100 },
    });
    expect(span.messages!.map(({ role }) => role)).to.deep.equal(['system', 'user', 'assistant']);
    expect(span.attributes!['gen_ai.response.finish_reasons']).to.deep.equal(['end_turn']);
    expect(JSON.stringify(span)).not.to.match(/sk-ant|x-api-key/i);
  });

  it('keeps withResponse() and asResponse()', async () => {
    const { result, sink } = await both('text', async (client) => {
      const { data, response } = await client.messages.create(ASKED).withResponse();
      const raw = await client.messages.create(ASKED).asResponse();
      return { data, url: response.url, status: response.status, raw: await raw.text() };
    });
    expect(result.url).to.match(/\/v1\/messages$/);
    expect(sink.spans).to.have.length(2);
  });

  it('records a stream: what it said, its usage, and when', async () => {
    const { sink } = await both('text', async (client) =>
      all(await client.messages.create({ ...ASKED, stream: true })),
    );
    const span = await sink.only();
    expect(span.messages!.at(-1)!.parts).to.deep.equal([{ type: 'text', text: SAID }]);
    expect(span.usage).to.include({ input: 15, output: 6 });
    expect(span.timeToFirstToken).to.be.within(0, span.end! - span.start + 1);
    expect(span.attributes!['llm_trace.stream.chunks']).to.equal(7);
    expect(span.attributes).not.to.have.property('llm_trace.end_reason');
  });

  it('leaves a stream as it is, byte for byte', async () => {
    const { result } = await both('tools', async (client) => {
      const response = await client.messages.create({ ...ASKED, stream: true }).asResponse();
      return [...new Uint8Array(await response.arrayBuffer())];
    });
    expect(result).to.have.length.above(500);
  });

  it('keeps two tool calls of a stream two', async () => {
    const { sink } = await both('tools', async (client) =>
      all(await client.messages.create({ ...ASKED, stream: true })),
    );
    expect((await sink.only()).messages!.at(-1)!.parts).to.deep.equal([
      { type: 'tool-call', id: 'call_a', name: 'weather', arguments: { city: 'Oslo' } },
      { type: 'tool-call', id: 'call_b', name: 'time', arguments: { tz: 'CET' } },
    ]);
  });

  it('keeps the stream() helper and its events', async () => {
    const { result, sink } = await both('text', async (client) => {
      const texts: string[] = [];
      const stream = client.messages.stream(ASKED);
      stream.on('text', (text) => texts.push(text));
      const { content } = await stream.finalMessage();
      return { texts, content };
    });
    expect(result.texts.join('')).to.equal(SAID);
    expect((await sink.only()).usage).to.include({ output: 6 });
  });

  it('keeps tee, toReadableStream and controller of a stream', async () => {
    const { result } = await both('text', async (client) => {
      const stream = await client.messages.create({ ...ASKED, stream: true });
      const [one, other] = stream.tee();
      const second = await client.messages.create({ ...ASKED, stream: true });
      const text = await new Response(second.toReadableStream()).text();
      return [stream.controller instanceof AbortController, await Promise.all([all(one), all(other)]), text];
    });
    expect(result[0]).to.equal(true);
  });

  it('ends the span when the reader breaks off, and closes the connection', async () => {
    const id = crypto.randomUUID();
    const { sink, anthropic } = traced('endless', { defaultHeaders: { 'x-test-id': id } });
    let count = 0;
    for await (const event of await anthropic.messages.create({ ...ASKED, stream: true })) {
      expect(event.type).to.be.a('string');
      if (++count === 5) break;
    }
    expect(await (await fetch(`/model/closed/${id}`)).text()).to.equal('closed');
    expect((await sink.only()).attributes!['llm_trace.end_reason']).to.equal('stopped');
  });

  it('ends the span of a stream that nobody reads', async () => {
    const { sink, anthropic } = traced('text', {}, 1);
    await anthropic.messages.create({ ...ASKED, stream: true });
    expect((await sink.only()).attributes!['llm_trace.end_reason']).to.equal('unread');
  });

  it('records that the network failed in mid-stream, with the same error as without', async () => {
    const { sink, anthropic } = traced('broken');
    const fails = async (client: Anthropic): Promise<Error> =>
      (await rejectionOf(client.messages.create({ ...ASKED, stream: true }).then(all))) as Error;
    const [error, without] = [await fails(anthropic), await fails(plainClient('broken'))];
    expect([error.constructor, error.message]).to.deep.equal([without.constructor, without.message]);
    const span = await sink.only();
    expect(span.status).to.equal('error');
    expect(span.attributes!['llm_trace.end_reason']).to.equal('failed');
    expect(JSON.stringify(span.output)).to.include('Grüße');
  });

  it('records an error that a stream tells of', async () => {
    const { sink, anthropic } = traced('error');
    const error = await rejectionOf(anthropic.messages.create({ ...ASKED, stream: true }).then(all));
    expect((error as Error).message).to.include('The model is out.');
    expect(await sink.only()).to.include({ status: 'error', statusMessage: 'The model is out.' });
  });

  it('records an abort', async () => {
    const { sink, anthropic } = traced('never');
    const abort = new AbortController();
    const asked = anthropic.messages.create(ASKED, { signal: abort.signal });
    await sink.whenBegun(1);
    abort.abort();
    expect(await rejectionOf(asked)).to.be.instanceOf(APIUserAbortError);
    const span = await sink.only();
    expect(span.status).to.equal('error');
    expect(span.attributes!['llm_trace.end_reason']).to.equal('aborted');
  });

  it('shows each attempt, and refusals with their limits', async () => {
    const { sink, anthropic, tracer } = traced('retry', { maxRetries: 1 });
    await tracer.span('root', (span) => span.use(anthropic).messages.create(ASKED));
    await tracer.flush();
    const [failed, repeated] = sink.spans.filter(({ kind }) => kind === 'llm');
    expect(failed!.attributes).to.include({ 'http.response.status_code': 500 });
    expect(repeated!.attributes).to.include({ 'http.request.resend_count': 1, 'llm_trace.retry_of': failed!.id });

    const limited = traced('limited');
    expect(await rejectionOf(limited.anthropic.messages.create(ASKED))).to.be.instanceOf(RateLimitError);
    const span = await limited.sink.only();
    expect(span).to.include({ status: 'error', statusMessage: '429 The model is out.' });
    expect(span.attributes).to.include({ 'http.response.header.retry-after': '20' });
  });

  it('lets a failing connection be retried as without', async () => {
    let count = 0;
    const failing = (): Promise<Response> => {
      count++;
      return Promise.reject(new TypeError('Failed to fetch'));
    };
    const { sink, anthropic } = traced('text', { fetch: failing, maxRetries: 1 });
    const error = (await rejectionOf(anthropic.messages.create(ASKED))) as Error;
    expect(error.constructor.name).to.equal('APIConnectionError');
    expect(count).to.equal(2);
    expect((await sink.whenEnded(2)).map(({ status }) => status)).to.deep.equal(['error', 'error']);
  });

  it('keeps the middleware of the application, and records what that sends', async () => {
    const seen: string[] = [];
    const { sink, anthropic } = traced('text', {
      middleware: [
        (request, next) => {
          seen.push(request.url);
          const body = JSON.parse(request.body as string) as Record<string, unknown>;
          return next({ ...request, body: JSON.stringify({ ...body, model: 'claude-other' }) });
        },
      ],
    });
    await anthropic.withOptions({ maxRetries: 1 }).messages.create(ASKED);
    expect(seen).to.have.length(1);
    expect((await sink.only()).model).to.equal('claude-other-2026');
  });

  it('traces what withOptions() gives, once, and binds it', async () => {
    const { sink, anthropic, tracer } = traced('text');
    const other = anthropic.withOptions({ maxRetries: 1 });
    expect(other).to.be.instanceOf(Anthropic);
    await other.messages.create(ASKED);
    await tracer.span('root', (span) => span.use(other).withOptions({ timeout: 5000 }).messages.create(ASKED));
    await tracer.flush();
    const root = sink.spans.find(({ name }) => name === 'root')!;
    expect(sink.spans.map(({ parentId }) => parentId)).to.have.members([undefined, undefined, root.id]);
  });

  it('hooks into fetch where the client has no middleware', async () => {
    const sink = new RecordedSpans();
    const tracer = createTracer({ store: sink });
    const anthropic = wrapAnthropic(withoutMiddleware('text'), { tracer });
    const other = anthropic as unknown as { middleware: unknown };
    expect(other.middleware).to.deep.equal([]);
    await all(await anthropic.messages.create({ ...ASKED, stream: true }));
    await tracer.span('root', (span) => span.use(anthropic).messages.create(ASKED));
    await tracer.flush();
    const calls = sink.spans.filter(({ kind }) => kind === 'llm');
    expect(calls).to.have.length(2);
    for (const call of calls) {
      expect(call.provider).to.equal('anthropic');
      expect(call.usage).to.include({ output: 6 });
    }
  });

  it('gives every one of ten concurrent chats its own parent', async () => {
    const { sink, anthropic, tracer } = traced('text');
    const chats = Array.from({ length: 10 }, (_, at) => `chat ${at}`);
    await Promise.all(
      chats.map((name, at) =>
        tracer.span(name, async (chat) => {
          const messages = [{ role: 'user' as const, content: name }];
          const client = chat.use(anthropic);
          if (at % 2) return client.messages.create({ ...ASKED, messages });
          return all(await client.messages.create({ ...ASKED, messages, stream: true }));
        }),
      ),
    );
    await tracer.flush();
    for (const name of chats) {
      const chat = sink.spans.find((span) => span.name === name)!;
      const calls = sink.spans.filter(({ parentId }) => parentId === chat.id);
      expect(calls).to.have.length(1);
      expect(calls[0]!.messages!.at(-1)!.parts).to.deep.equal([{ type: 'text', text: SAID.replace('hello', name) }]);
    }
  });
});
