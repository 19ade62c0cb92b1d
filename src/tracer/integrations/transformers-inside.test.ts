import { expect } from '@open-wc/testing';
import { RecordedSpans } from '../../test/recorded-spans.js';
import { expectFigures, furthest, internalsOf, matricesOf } from '../../test/tiny-gpt/expect-inside.js';
import { HEADS, LAYERS, tinyGpt, WIDTH } from '../../test/tiny-gpt/tiny-gpt.js';
import { VOCABULARY } from '../../test/tiny-gpt/tiny-gpt-files.js';
import { otherModels, transformers } from '../../test/tiny-gpt/tiny-gpt-runtime.js';
import { createTracer } from '../index.js';
import { exposeInternals, replay, type ReplayRuntime } from './onnxruntime.js';
import { tracedPipeline, tracedPipelineFactory } from './transformers.js';

const TOKENS = 20;

const sinkAndTracer = () => {
  const sink = new RecordedSpans();
  return { sink, tracer: createTracer({ store: sink }) };
};

/** What a replay needs, without another copy of the runtime. */
function runtimeOf(pipe: { model: object }, Tensor: unknown): ReplayRuntime {
  const { sessions } = pipe.model as { sessions: { model: object } };
  return { InferenceSession: sessions.model.constructor, Tensor } as unknown as ReplayRuntime;
}

describe('tracedPipeline (transformers.js, a model of two layers from a folder)', () => {
  const options = { max_new_tokens: TOKENS, do_sample: false, repetition_penalty: 1.3 };
  const chat = [{ role: 'user', content: 'the café costs 3€' }];

  it('records tokens, probabilities and stages, and changes nothing', async () => {
    const library = await transformers();
    const plain = await library.pipeline('text-generation', 'tiny-gpt', { dtype: 'fp32', device: 'wasm' });
    const { sink, tracer } = sinkAndTracer();
    const pipe = tracedPipeline(plain, { tracer, model: 'tiny' });
    const logits: Float32Array[] = [];
    const { forward } = plain.model;
    const [untraced, again] = [await plain(chat, options), await pipe(chat, options)];
    expect(again).to.deep.equal(untraced);
    expect(plain.model.forward === forward).to.be.true;
    const internals = internalsOf(await sink.only());

    // The same once more, with its logits looked at from outside.
    const { tokens, output } = internals;
    const own = plain.model as unknown as {
      forward: (inputs: object) => Promise<{ logits: { data: Float32Array; dims: number[] } }>;
    };
    const before = own.forward.bind(plain.model);
    own.forward = async (inputs) => {
      const outputs = await before(inputs);
      logits.push(outputs.logits.data.slice(-outputs.logits.dims[2]!));
      return outputs;
    };
    await plain(chat, options);
    expectFigures(internals, tokens!.id!.slice(tokens!.split), logits);
    // What was raised or lowered before the choice is not in them.
    expect(output).to.deep.include({ dist: 'raw', sampler: { repetition_penalty: 1.3 } });
    expect(output!.rank!.some((rank) => rank !== 1)).to.be.true;

    const prompt = '<|user|>the café costs 3€<|assistant|>';
    const text = plain.tokenizer.decode(tokens!.id!, { skip_special_tokens: false });
    expect(tokens!.text.join('')).to.equal(text);
    expect(tokens!.text.slice(0, tokens!.split).join('')).to.equal(prompt);
    expect(tokens!.special!.slice(0, 2)).to.deep.equal([0, tokens!.split - 1]);
    // Two bytes and three: the first token has the character.
    const [first] = tokens!.cont!;
    expect(tokens!.text.slice(first! - 1, first! + 1)).to.deep.equal(['é', '']);
    const euro = tokens!.text.indexOf('€');
    expect(tokens!.cont!.slice(1, 3)).to.deep.equal([euro + 1, euro + 2]);
    expect(internals.model).to.deep.equal({
      layers: LAYERS,
      heads: HEADS,
      d_model: WIDTH,
      vocab: VOCABULARY.length,
      dtype: 'fp32',
      runtime: 'transformers.js wasm',
    });
    const stages = internals.stages!.events;
    expect(stages.map(({ stage }) => stage)).to.deep.equal(['tokenize', 'prefill', 'decode', 'detokenize']);
    expect(stages[1]!.tokens_in).to.equal(tokens!.split);
    expect(output!.t_ms![0]).to.equal(stages[1]!.end);
  });

  it('can be replayed with what the library has of the runtime', async () => {
    const library = await transformers();
    const plain = await library.pipeline('text-generation', 'tiny-gpt', { dtype: 'fp32', device: 'wasm' });
    const { sink, tracer } = sinkAndTracer();
    await tracedPipeline(plain, { tracer })(chat, options);
    const { output, ...call } = internalsOf(await sink.only());
    const runtime = runtimeOf(plain, library.Tensor);
    const inside = await replay({ call: { internals: call }, model: tinyGpt(), runtime });
    expect(inside.capture).not.to.have.property('dropped');
    expect(inside.output.rank).to.deep.equal(output!.rank);
    expect(furthest(inside.output.logprob!, output!.logprob!)).to.be.below(1e-4);
    expect(inside.attention![0]!.summary!.sink).to.have.length(LAYERS);
  });

  it('records the attention of each step where the model shows it', async () => {
    const library = await transformers();
    otherModels.set('tiny-gpt-exposed/onnx/model.onnx', new Blob([await exposeInternals(tinyGpt())]));
    const settings = { dtype: 'fp32', device: 'wasm' } as const;
    const plain = await library.pipeline('text-generation', 'tiny-gpt', settings);
    const shown = await library.pipeline('text-generation', 'tiny-gpt-exposed', settings);
    const { sink, tracer } = sinkAndTracer();
    expect(await tracedPipeline(shown, { tracer, capture: 3 })(chat, options)).to.deep.equal(
      await plain(chat, options),
    );
    const live = internalsOf(await sink.only());
    const inside = await replay({
      call: { internals: live },
      model: tinyGpt(),
      runtime: runtimeOf(plain, library.Tensor),
    });
    const [steps, once] = [await matricesOf(live), await matricesOf(inside)];
    expect([steps.length, steps[0]!.length]).to.deep.equal([LAYERS, HEADS]);
    expect(furthest(steps[1]![3]!, once[1]![3]!)).to.be.below(1 / 255 + 1e-4);
  });

  it('keeps answers apart that come about at once', async () => {
    const library = await transformers();
    const plain = await library.pipeline('text-generation', 'tiny-gpt', { dtype: 'fp32', device: 'wasm' });
    const { sink, tracer } = sinkAndTracer();
    const pipe = tracedPipeline(plain, { tracer });
    const few = { max_new_tokens: 6, do_sample: false };
    await pipe('the cat', few);
    await pipe('one in ten', few);
    await sink.whenEnded(2);
    await Promise.all([pipe('the cat', few), pipe('one in ten', few), plain('another', few)]);
    const spans = await sink.whenEnded(4);
    const told = spans.map((span) => {
      const { tokens, output } = internalsOf(span);
      return JSON.stringify([tokens, { ...output, t_ms: undefined }]);
    });
    expect(told.slice(2)).to.have.members(told.slice(0, 2));
  });

  it('captures nothing where nothing is to be captured', async () => {
    const library = await transformers();
    const plain = await library.pipeline('text-generation', 'tiny-gpt', { dtype: 'fp32', device: 'wasm' });
    const { sink, tracer } = sinkAndTracer();
    await tracedPipeline(plain, { tracer, capture: 0 })('the cat', { max_new_tokens: 2 });
    await sink.whenEnded(1);
    await tracedPipeline(plain, { tracer })(['the cat', 'the dog'], { max_new_tokens: 2 });
    const [none, several] = await sink.whenEnded(2);
    expect(none!.attributes).not.to.have.property('llm_trace.internals');
    const dropped = ['tokens: several answers at once'];
    expect(internalsOf(several!)).to.deep.equal({ v: 1, capture: { level: 1, dropped } });
    expect(several!.usage!.output).to.equal(4);
  });

  it('records how long loading took, and goes on to the calls', async () => {
    const library = await transformers();
    const { sink, tracer } = sinkAndTracer();
    const load = tracedPipelineFactory(library.pipeline, { tracer });
    const files: string[] = [];
    const pipe = await load('text-generation', 'tiny-gpt', {
      dtype: 'fp32',
      device: 'wasm',
      progress_callback: (info) => {
        if (info.status === 'done') files.push(info.file);
      },
    });
    await pipe('the cat', { max_new_tokens: 2, do_sample: false });
    await sink.whenEnded(2);
    const [loading, call] = [sink.named('load tiny-gpt'), sink.named('text_completion tiny-gpt')];
    expect(files).to.include('onnx/model.onnx');
    const stages = internalsOf(loading).stages!.events;
    expect(stages.map(({ stage }) => stage)).to.deep.equal(['download', 'load']);
    expect(stages[0]!.bytes).to.be.greaterThan(400_000);
    expect(stages[1]!.start).to.equal(stages[0]!.end);
    expect(internalsOf(call).output!.logprob).to.have.length(2);
  });
});
