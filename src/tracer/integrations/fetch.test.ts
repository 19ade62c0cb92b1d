import { expect } from '@open-wc/testing';
import OpenAI from 'openai';
import { otlpExporter } from '../../export/index.js';
import type { Internals } from '../../internals/index.js';
import { RecordedSpans } from '../../test/recorded-spans.js';
import { createTracer } from '../index.js';
import { routeOf } from './call-route.js';
import { traceFetch, type TraceFetchOptions } from './fetch.js';
import { wrapOpenAI } from './openai.js';
import { providerOf } from './provider-host.js';

const SAID = 'Grüße, brave new 世界 of traces 🙂';

function traced(options: Partial<TraceFetchOptions> = {}, fetch = globalThis.fetch) {
  const sink = new RecordedSpans();
  const tracer = createTracer({ store: sink });
  return { sink, tracer, fetch: traceFetch(fetch, { tracer, match: '/model/', ...options }) };
}

const post = (body: unknown): RequestInit => ({ method: 'POST', body: JSON.stringify(body) });

describe('traceFetch', () => {
  it('records streams of Gemini and Ollama, told by their address and their bodies', async () => {
    const calls = [
      {
        address: '/model/text/v1beta/models/gemini-pro:streamGenerateContent?alt=sse&key=secret',
        body: { contents: [{ role: 'user', parts: [{ text: 'hello' }] }] },
        expected: { name: 'generate_content gemini-pro', provider: 'gcp.gemini', model: 'gemini-2026' },
        reasons: ['STOP'],
      },
      {
        address: '/model/text/api/chat',
        body: { model: 'llama3', messages: [{ role: 'user', content: 'hello' }] },
        expected: { name: 'chat llama3', model: 'llama3' },
        reasons: ['stop'],
      },
    ];
    for (const { address, body, expected, reasons } of calls) {
      const { sink, tracer, fetch } = traced();
      const text = await (await fetch(address, post(body))).text();
      expect(text).to.equal(await (await globalThis.fetch(address, post(body))).text());
      await tracer.flush();
      const span = await sink.only();
      expect(span).to.include({ kind: 'llm', ...expected });
      expect(span.usage).to.deep.equal({ input: 11, output: 6, total: 17 });
      expect(span.messages!.map(({ role }) => role)).to.have.length(2);
      expect(span.messages!.at(-1)!.parts).to.deep.equal([{ type: 'text', text: SAID }]);
      expect(span.attributes!['gen_ai.response.finish_reasons']).to.deep.equal(reasons);
      expect(span.attributes!['llm_trace.stream.chunks']).to.equal(6);
      expect(span.attributes!['gen_ai.request.stream']).to.equal(address.includes(':stream') || undefined);
      expect(JSON.stringify(span)).not.to.include('secret');
    }
  });

  it('keeps the probabilities that the events of llama.cpp state, one event after the other', async () => {
    const probabilities = (token: string, logprob: number): object => ({
      completion_probabilities: [
        { id: 1, token, bytes: [], logprob, top_logprobs: [{ id: 1, token, bytes: [], logprob }] },
      ],
    });
    const events = [
      { index: 0, content: 'Hi', tokens: [1], stop: false, ...probabilities('Hi', -0.5) },
      { index: 0, content: '!', tokens: [2], stop: false, ...probabilities('!', -0.25) },
      { index: 0, content: '', tokens: [], stop: true, model: 'm', tokens_evaluated: 4, timings: { prompt_ms: 20 } },
    ];
    const body = events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('');
    const headers = { 'content-type': 'text/event-stream' };
    const { sink, tracer, fetch } = traced({}, () => Promise.resolve(new Response(body, { headers })));
    await (await fetch('/model/completion', post({ prompt: 'Hello', n_probs: 1, stream: true }))).text();
    await tracer.flush();
    const span = await sink.only();
    expect(span).to.include({ kind: 'llm', model: 'm' });
    expect(span.output).to.deep.include({ content: 'Hi!', tokens: [1, 2], timings: { prompt_ms: 20 } });
    const { tokens, output } = JSON.parse(span.attributes!['llm_trace.internals'] as string) as Internals;
    expect(tokens!.text).to.deep.equal(['Hi', '!']);
    expect(output!.logprob).to.deep.equal([-0.5, -0.25]);
  });

  it('knows providers by their hosts, and leaves everything else alone where no rule is given', async () => {
    const asked: string[] = [];
    const answer = (input: RequestInfo | URL): Promise<Response> => {
      asked.push(input as string);
      return Promise.resolve(Response.json({ model: 'm', choices: [], usage: { prompt_tokens: 1 } }));
    };
    const sink = new RecordedSpans();
    const tracer = createTracer({ store: sink });
    const fetch = traceFetch(answer, { tracer });
    for (const address of [
      'https://api.groq.com/openai/v1/chat/completions',
      'http://localhost:11434/v1/chat/completions',
      'https://example.com/v1/chat/completions',
      'https://api.openai.com/v1/files',
    ]) {
      await (await fetch(address, post({ model: 'm', messages: [] }))).json();
    }
    await tracer.flush();
    expect(asked).to.have.length(4);
    expect(sink.spans.map(({ provider }) => provider)).to.deep.equal(['groq', 'ollama']);
  });

  it('takes patterns and functions, and records what they match whatever its path', async () => {
    const matches = [/\/MODEL\//gi, (url: URL) => url.pathname.startsWith('/model')];
    for (const match of matches) {
      const { sink, tracer, fetch } = traced({ match: [match] });
      for (let time = 0; time < 2; time++) await (await fetch('/model/text/ask', post({ q: 1 }))).json();
      await tracer.flush();
      expect(sink.spans.map(({ name, kind }) => [name, kind])).to.deep.equal([
        ['POST /model/text/ask', 'span'],
        ['POST /model/text/ask', 'span'],
      ]);
    }
  });

  it('is bound to a span by use()', async () => {
    const { sink, tracer, fetch } = traced();
    await tracer.span('root', async (span) => {
      const response = await span.use(fetch)('/model/text/v1/embeddings', post({ model: 'e', input: 'x' }));
      await response.text();
    });
    await tracer.flush();
    const root = sink.spans.find(({ name }) => name === 'root')!;
    expect(sink.spans.find(({ kind }) => kind === 'embedding')!.parentId).to.equal(root.id);
  });

  it('records a call once where a wrapped client uses it', async () => {
    const { sink, tracer, fetch } = traced();
    const options = { apiKey: 'x', baseURL: `${location.origin}/model/text/v1`, dangerouslyAllowBrowser: true, fetch };
    const openai = wrapOpenAI(new OpenAI(options), { tracer });
    await openai.chat.completions.create({ model: 'm', messages: [{ role: 'user', content: 'hello' }] });
    await tracer.flush();
    expect(sink.spans).to.have.length(1);
  });

  it('names the function behind it, by which exporters stay out of traces', async () => {
    const { sink, tracer, fetch } = traced({ match: '/' });
    expect((fetch as { __original?: unknown }).__original).to.equal(globalThis.fetch);
    const exporter = otlpExporter({ url: `/collector/${crypto.randomUUID()}`, fetch });
    createTracer({ exporters: [exporter] })
      .start('other')
      .end();
    expect(await exporter.flush()).to.deep.equal({ stored: 1, dropped: 0 });
    await tracer.flush();
    expect(sink.begun).to.deep.equal([]);
  });

  it('throws what the given function throws, and gives what it gives', async () => {
    const failure = new Error('no network');
    const throwing = traced({}, () => {
      throw failure;
    });
    expect(() => throwing.fetch('/model/text/v1/responses', post({}))).to.throw(failure);
    expect((await throwing.sink.only()).statusMessage).to.equal('no network');
    const odd = { ok: true } as Response;
    const { sink, fetch } = traced({}, () => Promise.resolve(odd));
    expect(await fetch('/model/text/v1/responses', post({}))).to.equal(odd);
    expect(await sink.only()).to.have.property('end');
  });

  it('survives requests that cannot be looked at', async () => {
    const hostile = new Proxy({} as RequestInit, {
      get() {
        throw new Error('not for you');
      },
    });
    const { sink, fetch } = traced({}, () => Promise.resolve(new Response('fine')));
    expect(await (await fetch('/model/text/v1/responses', hostile)).text()).to.equal('fine');
    expect(sink.begun).to.deep.equal([]);
  });

  it('records forms by their fields, and audio by its size', async () => {
    const { sink, tracer, fetch } = traced({}, () =>
      Promise.resolve(new Response(new Uint8Array(9), { headers: { 'content-type': 'audio/mpeg' } })),
    );
    const body = new FormData();
    body.set('model', 'whisper-1');
    body.set('file', new File(['abc'], 'a.wav', { type: 'audio/wav' }));
    const response = await fetch('/model/text/v1/audio/transcriptions', { method: 'POST', body });
    expect((await response.arrayBuffer()).byteLength).to.equal(9);
    await tracer.flush();
    const span = await sink.only();
    expect(span.input).to.deep.equal({ model: 'whisper-1', file: '[audio/wav, 3 bytes]' });
    expect(span.output).to.equal('[9 bytes of audio/mpeg]');
    expect(span.name).to.equal('generate_content whisper-1');
  });
});

describe('routeOf', () => {
  it('tells calls of models by their path', () => {
    const routes = {
      'https://x.openai.azure.com/openai/deployments/gpt-x/chat/completions?api-version=1': 'chat openai gpt-x',
      'https://api.anthropic.com/v1/messages?beta=true': 'chat anthropic undefined',
      'https://gateway.example/v1/completions': 'text_completion openai undefined',
      'https://example.com/v1beta/models/e-1:batchEmbedContents': 'embeddings gcp.gemini e-1',
      'https://api.openai.com/v1/threads/t1/messages': 'none',
      'https://api.anthropic.com/v1/messages/count_tokens': 'none',
    };
    for (const [address, expected] of Object.entries(routes)) {
      const route = routeOf('POST', new URL(address));
      expect(route ? `${route.operation} ${route.provider} ${route.model}` : 'none', address).to.equal(expected);
    }
    expect(providerOf(new URL('https://x.openai.azure.com/openai'))).to.equal('azure.ai.openai');
    expect(providerOf(new URL('https://notopenai.com/'))).to.equal(undefined);
    expect(routeOf('GET', new URL('https://api.openai.com/v1/responses'))).to.equal(undefined);
  });
});
