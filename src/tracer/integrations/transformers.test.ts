import { expect } from '@open-wc/testing';
import type { RecordedSpan } from '../../model/index.js';
import { RecordedSpans } from '../../test/recorded-spans.js';
import { rejection } from '../../test/rejection.js';
import {
  factoryDouble,
  FeatureExtractionPipeline,
  Pipeline,
  SummarizationPipeline,
  TextGenerationPipeline,
  TextStreamer,
  type ProgressInfo,
  type Streamer,
} from '../../test/transformers-double.js';
import { createTracer } from '../index.js';
import { tracedPipeline, tracedPipelineFactory } from './transformers.js';

const hello = { reply: () => 'Hello!' };

function traced<Pipe extends Pipeline>(pipe: Pipe) {
  const sink = new RecordedSpans();
  const tracer = createTracer({ store: sink });
  return { sink, tracer, pipe: tracedPipeline(pipe, { tracer }) };
}

const textsOf = ({ messages }: RecordedSpan): unknown[] =>
  (messages ?? []).map(({ role, origin, parts }) => [
    role,
    origin,
    ...parts.map((part) => (part.type === 'text' ? part.text : part.type)),
  ]);

describe('tracedPipeline (a double from the published sources)', () => {
  it('gives the pipeline back as it is to use', async () => {
    const plain = new TextGenerationPipeline('text-generation', hello);
    const { pipe } = traced(plain);
    expect(typeof pipe).to.equal('function');
    expect(pipe).to.be.instanceOf(TextGenerationPipeline);
    expect(pipe.tokenizer).to.equal(plain.tokenizer);
    expect(pipe.model).to.equal(plain.model);
    expect(pipe.task).to.equal('text-generation');
    expect(tracedPipeline(pipe, { tracer: createTracer() })).to.equal(pipe);
    await pipe.dispose();
    expect(plain.model.isDisposed).to.be.true;
  });

  it('records a conversation: messages, tokens, prefill and decoding', async () => {
    const chat = [{ role: 'user', content: 'Hi' }];
    const plain = new TextGenerationPipeline('text-generation', hello);
    const { pipe, sink } = traced(plain);
    const result = await pipe(chat, { max_new_tokens: 20, temperature: 0.5 });
    expect(result).to.deep.equal(await plain(chat, { max_new_tokens: 20, temperature: 0.5 }));
    const span = await sink.only();
    expect(span).to.deep.include({
      name: 'chat test/tiny',
      kind: 'llm',
      provider: 'transformers.js',
      model: 'test/tiny',
      parameters: { max_new_tokens: 20, temperature: 0.5 },
      // `Hello!` and the token that ends it.
      usage: { output: 7, input: 2, total: 9 },
    });
    expect(textsOf(span)).to.deep.equal([
      ['user', 'input', 'Hi'],
      ['assistant', 'output', 'Hello!'],
    ]);
    expect(span.attributes).to.deep.include({
      'gen_ai.operation.name': 'chat',
      'gen_ai.response.finish_reasons': ['stop'],
      'llm_trace.stream.chunks': 7,
    });
    const times = span.attributes!['llm_trace.stream.chunk_times'] as number[];
    expect(times).to.have.length(7);
    expect(times[0]).to.equal(span.timeToFirstToken);
    expect([...times].sort((one, other) => one - other)).to.deep.equal(times);
  });

  it('records a text without the prompt that comes back with it, and that the limit was reached', async () => {
    const { pipe, sink } = traced(new TextGenerationPipeline('text-generation', hello));
    expect(await pipe('Once ', { max_new_tokens: 3 })).to.deep.equal([{ generated_text: 'Once Hel' }]);
    const span = await sink.only();
    expect(span.name).to.equal('text_completion test/tiny');
    expect(textsOf(span)).to.deep.equal([
      ['user', 'input', 'Once '],
      ['assistant', 'output', 'Hel'],
    ]);
    expect(span.usage).to.deep.equal({ input: 5, output: 3, total: 8 });
    expect(span.messages!.at(-1)!.finishReason).to.equal('length');
  });

  it('keeps the streamer of the application working', async () => {
    const { pipe, sink } = traced(new TextGenerationPipeline('text-generation', hello));
    const told: bigint[][] = [];
    const streamer = new TextStreamer({ token_callback_function: (tokens) => void told.push(tokens) });
    const options = { streamer };
    await pipe('Hi', options);
    expect(streamer.text).to.equal('Hello!');
    expect(streamer.hasEnded).to.be.true;
    expect(told).to.have.length(7);
    expect(options).to.deep.equal({ streamer });
    expect((await sink.only()).usage).to.deep.equal({ input: 2, output: 7, total: 9 });
  });

  it('hands on what the streamer of the application throws', async () => {
    const { pipe, sink } = traced(new TextGenerationPipeline('text-generation', hello));
    const failure = new Error('stop it');
    const streamer: Streamer = {
      put() {
        throw failure;
      },
      end() {},
    };
    expect(await rejection(pipe('Hi', { streamer }))).to.equal(failure);
    expect(await sink.only()).to.deep.include({ status: 'error', statusMessage: 'stop it' });
  });

  it('counts the tokens of several prompts: neither what fills up nor what follows an end', async () => {
    const { pipe, sink } = traced(
      new TextGenerationPipeline('text-generation', { reply: (prompt) => (prompt.endsWith('a') ? 'x' : 'long') }),
    );
    await pipe(['a', 'bcd']);
    const span = await sink.only();
    // Two and five, with the tokens that end them.
    expect(span.usage).to.deep.equal({ input: 4, output: 7, total: 11 });
    expect(textsOf(span)).to.deep.equal([
      ['user', 'input', 'a'],
      ['user', 'input', 'bcd'],
      ['assistant', 'output', 'x'],
      ['assistant', 'output', 'long'],
    ]);
  });

  it('does not take where a model with an encoder begins for its prompt', async () => {
    const { pipe, sink } = traced(new SummarizationPipeline('summarization', { ...hello, isEncoderDecoder: true }));
    await pipe('A long text');
    const span = await sink.only();
    expect(span).to.deep.include({ name: 'summarization test/tiny', kind: 'llm', usage: { output: 7 } });
    expect(textsOf(span).at(-1)).to.deep.equal(['assistant', 'output', 'Hello!']);
  });

  it('records what was asked, whatever the application does to it afterwards', async () => {
    const { pipe, sink } = traced(new TextGenerationPipeline('text-generation', hello));
    const chat = [{ role: 'user', content: 'Hi' }];
    const tools = [{ type: 'function', function: { name: 'weather', parameters: { type: 'object' } } }];
    const answer = pipe(chat, { tools, stopping_criteria: new TextStreamer() });
    chat.push({ role: 'user', content: 'later' });
    await answer;
    const span = await sink.only();
    expect(textsOf(span)[0]).to.deep.equal(['user', 'input', 'Hi']);
    expect(span.messages!.filter(({ origin }) => origin === 'input')).to.have.length(1);
    expect(span.tools).to.deep.equal([{ name: 'weather', parameters: { type: 'object' } }]);
    expect(span).not.to.have.property('parameters');
  });

  it('records embeddings by their shape', async () => {
    const { pipe, sink } = traced(new FeatureExtractionPipeline('feature-extraction', hello));
    const tensor = await pipe(['one', 'two'], { pooling: 'mean', normalize: true });
    expect(tensor.data).to.have.length(768);
    expect(await sink.only()).to.deep.include({
      name: 'embeddings test/tiny',
      kind: 'embedding',
      output: { dims: [2, 384], type: 'float32' },
      parameters: { pooling: 'mean', normalize: true },
    });
  });

  it('hands on errors as they are', async () => {
    const failure = new Error('out of memory');
    const { pipe, sink } = traced(new TextGenerationPipeline('text-generation', { reply: () => failure }));
    expect(await rejection(pipe('Hi'))).to.equal(failure);
    const span = await sink.only();
    expect(span).to.deep.include({ status: 'error', statusMessage: 'out of memory' });
    expect(textsOf(span)).to.deep.equal([['user', 'input', 'Hi']]);
  });

  it('makes calls children of the span they are bound to', async () => {
    const { pipe, tracer, sink } = traced(new TextGenerationPipeline('text-generation', hello));
    await tracer.span('one', async (span) => {
      await span.use(pipe)('Hi');
      await tracedPipeline(new TextGenerationPipeline('text-generation', hello), { span, model: 'mine' })('Hi');
    });
    const spans = await sink.whenEnded(3);
    const one = spans.find(({ name }) => name === 'one')!;
    const children = spans.filter(({ parentId }) => parentId === one.id);
    expect(children.map(({ model }) => model)).to.have.members(['test/tiny', 'mine']);
  });
});

describe('tracedPipelineFactory (a double from the published sources)', () => {
  it('records the loading with files and bytes, and traces the pipeline', async () => {
    const sink = new RecordedSpans();
    const { pipeline } = factoryDouble(hello);
    const infos: ProgressInfo[] = [];
    const load = tracedPipelineFactory(pipeline, { tracer: createTracer({ store: sink }) });
    const pipe = await load('text-generation', 'onnx-community/tiny', {
      dtype: 'q4',
      progress_callback: (info) => void infos.push(info),
    });
    expect(infos).to.have.length(10);
    expect(await pipe('Hi')).to.deep.equal([{ generated_text: 'HiHello!' }]);
    await sink.whenEnded(2);
    const loading = sink.named('load onnx-community/tiny');
    const call = sink.named('text_completion onnx-community/tiny');
    expect(loading).to.deep.include({ kind: 'span', model: 'onnx-community/tiny' });
    expect(loading.attributes).to.deep.include({
      'llm_trace.load.files': 2,
      'llm_trace.load.bytes': 5700,
      'transformers.dtype': 'q4',
    });
    expect(loading.events!.map(({ attributes }) => ({ ...attributes }))).to.deep.equal([
      { file: 'config.json', bytes: 700 },
      { file: 'onnx/model.onnx', bytes: 5000 },
    ]);
    expect(call).to.deep.include({ model: 'onnx-community/tiny' });
  });

  it('asks the server for nothing that the application did not ask for', async () => {
    const { pipeline, given } = factoryDouble(hello);
    const options = { device: 'wasm' };
    await tracedPipelineFactory(pipeline, { tracer: createTracer({ store: new RecordedSpans() }) })(
      'text-generation',
      'tiny',
      options,
    );
    expect(given).to.deep.equal([options]);
  });

  it('records that a model could not be loaded', async () => {
    const sink = new RecordedSpans();
    const { pipeline } = factoryDouble(hello);
    const load = tracedPipelineFactory(pipeline, { tracer: createTracer({ store: sink }) });
    const error = await rejection(load('text-generation', 'missing'));
    expect(error).to.have.property('message', 'Could not locate file');
    expect(await sink.only()).to.deep.include({ name: 'load missing', status: 'error' });
  });
});
