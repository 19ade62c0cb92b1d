import { expect } from '@open-wc/testing';
import { readInternals, INTERNALS_ATTRIBUTE } from '../../internals/index.js';
import { RecordedSpans } from '../../test/recorded-spans.js';
import { rejection } from '../../test/rejection.js';
import { servedModule } from '../../test/served-module.js';
import { createTracer } from '../index.js';
import { wrapWllama } from './wllama.js';

type Piece = Record<string, unknown>;

interface Asked {
  messages?: { role: string; content: string }[];
  prompt?: string;
  stream?: boolean;
  model?: string;
  onData?: (piece: Piece) => void;
  abortSignal?: AbortSignal;
}

const TIMINGS = { prompt_n: 7, prompt_ms: 35, predicted_n: 2, predicted_ms: 20, cache_n: 0 };
const USAGE = { prompt_tokens: 7, completion_tokens: 2, total_tokens: 9 };
const logprob = (token: string, value: number): object => ({
  content: [{ token, logprob: value, bytes: null, top_logprobs: [{ token, logprob: value, bytes: null }] }],
  refusal: null,
});
const PIECES: readonly Piece[] = [
  { delta: { role: 'assistant', content: 'Hel' }, logprobs: logprob('Hel', -0.1), finish_reason: null },
  { delta: { content: 'lo' }, logprobs: logprob('lo', -0.5), finish_reason: 'stop' },
].map((choice, at) => ({
  id: 'chat-1',
  object: 'chat.completion.chunk',
  model: 'tiny',
  choices: [{ index: 0, ...choice }],
  ...(at === 1 && { usage: USAGE, timings: TIMINGS }),
}));

async function* piecesOneByOne(): AsyncGenerator<Piece> {
  for (const piece of PIECES) yield await Promise.resolve(piece);
}

/** What the published class has of the members that are recorded; a real one needs a model of its own. */
class Double {
  failure: Error | undefined;
  readonly asked: Asked[] = [];

  createChatCompletion(asked: Asked): Promise<unknown> {
    return this.#answer(asked);
  }

  createCompletion(asked: Asked): Promise<unknown> {
    return this.#answer(asked);
  }

  createEmbedding(): Promise<object> {
    return Promise.resolve({ model: 'tiny', data: [{ index: 0, embedding: [0.1, 0.2] }], usage: { prompt_tokens: 3 } });
  }

  createRerank(): Promise<object> {
    return Promise.resolve({ model: 'tiny', results: [{ index: 1, relevance_score: 0.9 }] });
  }

  loadModel(): Promise<void> {
    return Promise.resolve();
  }

  loadModelFromUrl(source: unknown): Promise<void> {
    if (source === undefined) throw new TypeError('no address');
    return this.failure ? Promise.reject(this.failure) : Promise.resolve();
  }

  loadModelFromHF(): Promise<void> {
    return Promise.resolve();
  }

  // eslint-disable-next-line @typescript-eslint/require-await
  async #answer(asked: Asked): Promise<unknown> {
    this.asked.push(asked);
    if (this.failure) throw this.failure;
    if (!asked.stream) {
      return {
        id: 'chat-1',
        model: 'tiny',
        choices: [
          {
            index: 0,
            message: { role: 'assistant', content: 'Hello' },
            finish_reason: 'stop',
            logprobs: logprob('Hello', -0.2),
          },
        ],
        usage: USAGE,
        timings: TIMINGS,
      };
    }
    if (asked.onData) {
      for (const piece of PIECES) asked.onData(piece);
      return undefined;
    }
    return piecesOneByOne();
  }
}

const messages = [{ role: 'user', content: 'hi' }];

function traced() {
  const sink = new RecordedSpans();
  const plain = new Double();
  return { sink, plain, engine: wrapWllama(plain, { tracer: createTracer({ store: sink }) }) };
}

describe('wrapWllama (a double of the published types)', () => {
  it('records methods that the published class has', async () => {
    const { Wllama } = (await servedModule('@wllama/wllama/esm/index.js')) as { Wllama: { prototype: object } };
    for (const name of Object.getOwnPropertyNames(Double.prototype)) expect(Wllama.prototype).to.have.property(name);
  });

  it('records an answer: messages, usage, probabilities, and what llama.cpp measured', async () => {
    const { engine, sink } = traced();
    const answer = (await engine.createChatCompletion({ messages })) as { choices: { logprobs: object }[] };
    expect(answer.choices[0]!.logprobs).to.deep.equal(logprob('Hello', -0.2));
    const span = await sink.only();
    expect(span).to.deep.include({
      name: 'chat tiny',
      kind: 'llm',
      provider: 'wllama',
      usage: { input: 7, output: 2, total: 9 },
    });
    expect(span.messages!.map(({ role }) => role)).to.deep.equal(['user', 'assistant']);
    expect(span.output).to.have.deep.property('timings', TIMINGS);
    expect(JSON.stringify(span.output)).not.to.contain('top_logprobs');
    const { internals } = readInternals(span.attributes![INTERNALS_ATTRIBUTE]);
    expect(internals!.output!.logprob).to.deep.equal([-0.2]);
  });

  for (const how of ['iterable', 'function'] as const) {
    it(`records a stream, given as ${how === 'iterable' ? 'an iterable' : 'pieces to a function'}`, async () => {
      const { engine, sink, plain } = traced();
      const seen: Piece[] = [];
      const { signal } = new AbortController();
      const asked: Asked = { messages, stream: true, abortSignal: signal };
      if (how === 'function') await engine.createChatCompletion({ ...asked, onData: (piece) => void seen.push(piece) });
      else
        for await (const piece of (await engine.createChatCompletion(asked)) as AsyncIterable<Piece>) seen.push(piece);
      expect(seen).to.deep.equal(PIECES);
      expect(plain.asked[0]!.abortSignal).to.equal(signal);
      const span = await sink.only();
      expect(span.messages!.at(-1)!.parts).to.deep.equal([{ type: 'text', text: 'Hello' }]);
      expect(span.timeToFirstToken).to.be.a('number');
      expect(span.usage).to.deep.include({ input: 7, output: 2 });
      expect(readInternals(span.attributes![INTERNALS_ATTRIBUTE]).internals!.output!.logprob).to.deep.equal([
        -0.1, -0.5,
      ]);
      expect(JSON.stringify(span.input)).not.to.match(/onData|abortSignal/);
    });
  }

  it('records completions, embeddings and reranking as what they are', async () => {
    const { engine, sink } = traced();
    await engine.createCompletion({ prompt: 'once' });
    await engine.createEmbedding();
    await engine.createRerank();
    const spans = await sink.whenEnded(3);
    expect(spans.map(({ name, kind }) => `${name}: ${kind}`)).to.deep.equal([
      'text_completion tiny: llm',
      'embeddings tiny: embedding',
      'rerank tiny: reranker',
    ]);
    expect(JSON.stringify(spans[1]!.output)).not.to.contain('0.1');
  });

  it('records the loading of a model, and that it failed; the error reaches the application', async () => {
    const { engine, plain, sink } = traced();
    await engine.loadModelFromUrl('https://models.example.org/small-q4.gguf?download=true');
    plain.failure = new Error('no such file');
    expect(await rejection(engine.loadModelFromUrl({ url: 'https://models.example.org/other.gguf' }))).to.equal(
      plain.failure,
    );
    expect(await rejection(engine.createChatCompletion({ messages }))).to.equal(plain.failure);
    const spans = await sink.whenEnded(3);
    expect(spans.map(({ name, status }) => [name, status])).to.deep.equal([
      ['load small-q4', undefined],
      ['load other', 'error'],
      ['chat other', 'error'],
    ]);
  });

  it('makes calls children of a span', async () => {
    const sink = new RecordedSpans();
    const tracer = createTracer({ store: sink });
    const engine = wrapWllama(new Double(), { tracer });
    await tracer.span('answer', (span) => span.use(engine).createChatCompletion({ messages }));
    const spans = await sink.whenEnded(2);
    const [inner, outer] = ['chat tiny', 'answer'].map((name) => spans.find((span) => span.name === name)!);
    expect(inner!.parentId).to.equal(outer!.id);
  });
});
