import { expect } from '@open-wc/testing';
import OpenAI, { APIUserAbortError } from 'openai';
import { rejection } from '../../test/rejection.js';
import { ASKED, SAID, all, both, plainClient, textsOf, traced } from './test-openai.js';

// What every wrapper of the client has to do, and few do. The same cases in the same order for any wrapper.
describe('the conformance of wrapOpenAI', () => {
  it('1: a plain call is captured: both bodies, messages, parameters, usage, address', async () => {
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

  it('2: withResponse() and asResponse() still work, with the address of the answer', async () => {
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

  it('3: a stream is captured: what it said, and its usage', async () => {
    const { sink } = await both('text', async (client) =>
      all(await client.chat.completions.create({ ...ASKED, stream: true, stream_options: { include_usage: true } })),
    );
    const span = await sink.only();
    expect(textsOf(span.messages).at(-1)).to.deep.equal(['assistant', 'output', SAID]);
    expect(span.usage).to.deep.equal({ input: 11, output: 6, total: 17 });
    expect(span.attributes).not.to.have.property('llm_trace.usage_missing');
    expect(span.attributes).not.to.have.property('llm_trace.end_reason');
  });

  it('4: the time to the first content is captured, and that of each chunk', async () => {
    const { sink } = await both('text', async (client) =>
      all(await client.chat.completions.create({ ...ASKED, stream: true, stream_options: { include_usage: true } })),
    );
    const span = await sink.only();
    expect(span.timeToFirstToken).to.be.within(0, span.end! - span.start + 1);
    // Six words and the question: neither the first chunk, with the role, nor the last are content.
    expect(span.attributes!['llm_trace.stream.chunks']).to.equal(7);
    const times = span.attributes!['llm_trace.stream.chunk_times'] as number[];
    expect(times).to.have.length(7);
    expect(times[0]).to.equal(span.timeToFirstToken);
    expect([...times].sort((one, other) => one - other)).to.deep.equal(times);
    expect(span.attributes!['llm_trace.output_tokens_per_second']).to.be.greaterThan(0);
  });

  it('5: the span ends when the reader breaks off', async () => {
    const { sink, openai } = traced('endless');
    let count = 0;
    for await (const chunk of await openai.chat.completions.create({ ...ASKED, stream: true })) {
      expect(chunk.object).to.equal('chat.completion.chunk');
      if (++count === 5) break;
    }
    const span = await sink.only();
    expect(span.attributes!['llm_trace.end_reason']).to.equal('stopped');
    expect(span).not.to.have.property('status');
    expect(textsOf(span.messages).at(-1)).to.have.nested.property('[2]').that.includes('Grüße');
  });

  it('6: the connection closes when the reader breaks off', async () => {
    const id = crypto.randomUUID();
    const { openai } = traced('endless', { defaultHeaders: { 'x-test-id': id } });
    for await (const chunk of await openai.chat.completions.create({ ...ASKED, stream: true })) {
      expect(chunk.object).to.equal('chat.completion.chunk');
      break;
    }
    expect(await (await fetch(`/model/closed/${id}`)).text()).to.equal('closed');
  });

  it('7: a stream that nobody reads is not lost', async () => {
    const { sink, openai } = traced('text', {}, 1);
    await openai.chat.completions.create({ ...ASKED, stream: true });
    const span = await sink.only();
    expect(span.attributes!['llm_trace.end_reason']).to.equal('unread');
  });

  it('8: a network error in mid-stream ends the span with the error, and what had come', async () => {
    const { sink, openai } = traced('broken');
    const fails = async (client: OpenAI): Promise<unknown> =>
      rejection(client.chat.completions.create({ ...ASKED, stream: true }).then(all));
    const error = (await fails(openai)) as Error;
    const without = (await fails(plainClient('broken'))) as Error;
    expect([error.constructor, error.message]).to.deep.equal([without.constructor, without.message]);
    const span = await sink.only();
    expect(span.status).to.equal('error');
    expect(span.exceptions).to.have.length(1);
    expect(span.attributes!['llm_trace.end_reason']).to.equal('failed');
    expect(JSON.stringify(span.output)).to.include('Grüße');
  });

  it('9: two tool calls of a stream stay two', async () => {
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

  it('10: a stream keeps tee, toReadableStream and controller', async () => {
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

  it('11: the stream() helper and its events work, and are captured', async () => {
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

  it('12: a retry after HTTP 500 is visible', async () => {
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

  it('13: an abort ends the span, before the answer and within it', async () => {
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
      const error = await read().then(
        () => undefined,
        (reason: unknown) => reason,
      );
      if (scenario === 'never') expect(error).to.be.instanceOf(APIUserAbortError);
      else expect(error).to.equal(undefined);
      const span = await sink.only();
      expect(span.attributes!['llm_trace.end_reason']).to.equal('aborted');
      expect(span.status).to.equal('error');
    }
  });

  it('14: what withOptions() gives is traced, and bound', async () => {
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
});
