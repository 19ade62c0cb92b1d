import { expect } from '@open-wc/testing';
import { InternalServerError, RateLimitError } from 'openai';
import { RecordedSpans } from '../../test/recorded-spans.js';
import { rejection } from '../../test/rejection.js';
import { createTracer } from '../index.js';
import { wrapOpenAI } from './openai.js';
import { ASKED, SAID, all, both, plainClient, textsOf, traced } from './test-openai.js';

describe('wrapOpenAI', () => {
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

  it('keeps the retry of a root in its trace', async () => {
    const { sink, openai } = traced('retry', { maxRetries: 1 });
    await openai.chat.completions.create(ASKED);
    const [failed, repeated] = await sink.whenEnded(2);
    expect(failed).not.to.have.property('parentId');
    expect(repeated!.traceId).to.equal(failed!.traceId);
  });

  it('records refusals with their status and the limits they name', async () => {
    const { sink, openai } = traced('limited');
    const error = await rejection(openai.chat.completions.create(ASKED));
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
    const error = await rejection(openai.chat.completions.create({ ...ASKED, stream: true }).then(all));
    expect((error as Error).message).to.include('The model is out.');
    const span = await sink.only();
    expect(span).to.include({ status: 'error', statusMessage: 'The model is out.' });
    expect(JSON.stringify(span.output)).to.include('Grüße');
  });

  it('still throws the errors of the client', async () => {
    const { openai } = traced('retry');
    expect(await rejection(openai.chat.completions.create(ASKED))).to.be.instanceOf(InternalServerError);
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

describe('the APIs of an OpenAI client', () => {
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

  it('records legacy completions and moderations, whoever serves them', async () => {
    const { sink } = await both('text', async (client) => [
      await client.completions.create({ model: 'davinci', prompt: 'Once upon' }),
      await client.moderations.create({ input: 'a threat' }),
    ]);
    expect(sink.spans.map(({ name, kind, provider }) => [name, kind, provider])).to.deep.equal([
      ['text_completion davinci', 'llm', 'openai'],
      ['moderation', 'guardrail', 'openai'],
    ]);
  });

  it('takes the provider that the application names', async () => {
    const sink = new RecordedSpans();
    const tracer = createTracer({ store: sink });
    const openai = wrapOpenAI(plainClient('text'), { tracer, provider: 'my-gateway' });
    await openai.chat.completions.create(ASKED);
    await tracer.flush();
    expect(sink.spans[0]!.provider).to.equal('my-gateway');
  });

  it('records parsed answers, and tools that the client runs', async () => {
    const { sink } = await both('text', async (client) => {
      const parsed = await client.chat.completions.parse(ASKED);
      const runner = client.chat.completions.runTools({ ...ASKED, tools: [] });
      return [parsed.choices[0]!.message.content, await runner.finalContent()];
    });
    expect(sink.spans.map(({ usage }) => usage?.output)).to.deep.equal([6, 6]);
  });
});
