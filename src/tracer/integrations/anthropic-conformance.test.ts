import Anthropic, { APIUserAbortError, RateLimitError } from '@anthropic-ai/sdk';
import { expect } from '@open-wc/testing';
import { rejection } from '../../test/rejection.js';
import { ASKED, SAID, all, both, plainClient, traced } from './test-anthropic.js';

// The cases of `openai-conformance.test.ts`, by their numbers.
describe('the conformance of wrapAnthropic', () => {
  it('1: a plain call is captured: both bodies, messages, parameters, usage', async () => {
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

  it('2: withResponse() and asResponse() still work', async () => {
    const { result, sink } = await both('text', async (client) => {
      const { data, response } = await client.messages.create(ASKED).withResponse();
      const raw = await client.messages.create(ASKED).asResponse();
      return { data, url: response.url, status: response.status, raw: await raw.text() };
    });
    expect(result.url).to.match(/\/v1\/messages$/);
    expect(sink.spans).to.have.length(2);
  });

  it('3, 4: a stream is captured: what it said, its usage, and when', async () => {
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

  it('5, 6: the span ends and the connection closes when the reader breaks off', async () => {
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

  it('7: a stream that nobody reads is not lost', async () => {
    const { sink, anthropic } = traced('text', {}, 1);
    await anthropic.messages.create({ ...ASKED, stream: true });
    expect((await sink.only()).attributes!['llm_trace.end_reason']).to.equal('unread');
  });

  it('8: a network error in mid-stream ends the span with the error, and what had come', async () => {
    const { sink, anthropic } = traced('broken');
    const fails = async (client: Anthropic): Promise<Error> =>
      (await rejection(client.messages.create({ ...ASKED, stream: true }).then(all))) as Error;
    const [error, without] = [await fails(anthropic), await fails(plainClient('broken'))];
    expect([error.constructor, error.message]).to.deep.equal([without.constructor, without.message]);
    const span = await sink.only();
    expect(span.status).to.equal('error');
    expect(span.attributes!['llm_trace.end_reason']).to.equal('failed');
    expect(JSON.stringify(span.output)).to.include('Grüße');
  });

  it('9: two tool calls of a stream stay two', async () => {
    const { sink } = await both('tools', async (client) =>
      all(await client.messages.create({ ...ASKED, stream: true })),
    );
    expect((await sink.only()).messages!.at(-1)!.parts).to.deep.equal([
      { type: 'tool-call', id: 'call_a', name: 'weather', arguments: { city: 'Oslo' } },
      { type: 'tool-call', id: 'call_b', name: 'time', arguments: { tz: 'CET' } },
    ]);
  });

  it('10: a stream keeps tee, toReadableStream and controller', async () => {
    const { result } = await both('text', async (client) => {
      const stream = await client.messages.create({ ...ASKED, stream: true });
      const [one, other] = stream.tee();
      const second = await client.messages.create({ ...ASKED, stream: true });
      const text = await new Response(second.toReadableStream()).text();
      return [stream.controller instanceof AbortController, await Promise.all([all(one), all(other)]), text];
    });
    expect(result[0]).to.equal(true);
  });

  it('11: the stream() helper and its events work, and are captured', async () => {
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

  it('12: a retry after HTTP 500 is visible, and a refusal with its limits', async () => {
    const { sink, anthropic, tracer } = traced('retry', { maxRetries: 1 });
    await tracer.span('root', (span) => span.use(anthropic).messages.create(ASKED));
    await tracer.flush();
    const [failed, repeated] = sink.spans.filter(({ kind }) => kind === 'llm');
    expect(failed!.attributes).to.include({ 'http.response.status_code': 500 });
    expect(repeated!.attributes).to.include({ 'http.request.resend_count': 1, 'llm_trace.retry_of': failed!.id });

    const limited = traced('limited');
    expect(await rejection(limited.anthropic.messages.create(ASKED))).to.be.instanceOf(RateLimitError);
    const span = await limited.sink.only();
    expect(span).to.include({ status: 'error', statusMessage: '429 The model is out.' });
    expect(span.attributes).to.include({ 'http.response.header.retry-after': '20' });
  });

  it('13: an abort ends the span', async () => {
    const { sink, anthropic } = traced('never');
    const abort = new AbortController();
    const asked = anthropic.messages.create(ASKED, { signal: abort.signal });
    await sink.whenBegun(1);
    abort.abort();
    expect(await rejection(asked)).to.be.instanceOf(APIUserAbortError);
    const span = await sink.only();
    expect(span.status).to.equal('error');
    expect(span.attributes!['llm_trace.end_reason']).to.equal('aborted');
  });

  it('14: what withOptions() gives is traced once, and bound', async () => {
    const { sink, anthropic, tracer } = traced('text');
    const other = anthropic.withOptions({ maxRetries: 1 });
    expect(other).to.be.instanceOf(Anthropic);
    await other.messages.create(ASKED);
    await tracer.span('root', (span) => span.use(other).withOptions({ timeout: 5000 }).messages.create(ASKED));
    await tracer.flush();
    const root = sink.spans.find(({ name }) => name === 'root')!;
    expect(sink.spans.map(({ parentId }) => parentId)).to.have.members([undefined, undefined, root.id]);
  });
});
