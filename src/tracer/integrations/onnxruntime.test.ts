import { expect } from '@open-wc/testing';
import { readInternals, unpackArray, type Internals, type InternalsOperator } from '../../internals/index.js';
import { RecordedSpans } from '../../test/recorded-spans.js';
import { rejection } from '../../test/rejection.js';
import {
  expectFigures,
  expectShares,
  furthest,
  internalsOf,
  logprobsOf,
  matricesOf,
} from '../../test/tiny-gpt/expect-inside.js';
import { HEADS, LAYERS, tinyGpt, WIDTH, type AttentionForm } from '../../test/tiny-gpt/tiny-gpt.js';
import { decodeTokens, encodeCharacters, VOCABULARY } from '../../test/tiny-gpt/tiny-gpt-files.js';
import { feeds, pastOf, write } from '../../test/tiny-gpt/tiny-gpt-loop.js';
import { onnxRuntime } from '../../test/tiny-gpt/tiny-gpt-runtime.js';
import { createTracer } from '../index.js';
import { exposeInternals, keepProfiles, replay, tracedGeneration, tracedSession } from './onnxruntime.js';
import { ReplaySession } from './replay-session.js';

/** Before the runtime begins. */
const profiles = keepProfiles();
after(() => profiles.stop());

const PROMPT = encodeCharacters('the cat sat on the mat');
const TOKENS = 20;

const sinkAndTracer = () => {
  const sink = new RecordedSpans();
  return { sink, tracer: createTracer({ store: sink }) };
};

describe('tracedGeneration (onnxruntime-web, a model of two layers)', () => {
  it('records tokens, probabilities and stages of 20 tokens, and changes none of them', async () => {
    const ort = await onnxRuntime();
    const session = await ort.InferenceSession.create(tinyGpt());
    const plain = await write(ort, session, PROMPT, TOKENS);
    const { sink, tracer } = sinkAndTracer();
    const generation = tracedGeneration(session, { tracer, model: 'tiny', decode: decodeTokens, special: [0, 1, 2] });
    const traced = await write(ort, generation.session, PROMPT, TOKENS, (token) => generation.chose(token));
    generation.end(decodeTokens(traced.tokens));

    expect(traced.tokens).to.deep.equal(plain.tokens);
    expect(traced.logits.map((row) => [...row])).to.deep.equal(plain.logits.map((row) => [...row]));
    const span = await sink.only();
    expect(span).to.deep.include({
      name: 'text_completion tiny',
      kind: 'llm',
      output: decodeTokens(traced.tokens),
      usage: { input: PROMPT.length, output: TOKENS, total: PROMPT.length + TOKENS },
    });
    const internals = internalsOf(span);
    expectFigures(internals, plain.tokens, plain.logits);
    expect(internals.tokens!.text.join('')).to.equal(decodeTokens([...PROMPT, ...plain.tokens]));
    expect(internals.output!.dist).to.equal('raw');
    expect(internals.model).to.include({ id: 'tiny', vocab: VOCABULARY.length });
    expect(internals.capture!.level).to.equal(1);
    expect(internals.capture).not.to.have.property('dropped');
    const { t_ms: times } = internals.output!;
    expect(times).to.have.length(TOKENS);
    const stages = internals.stages!.events;
    expect(stages.map(({ stage, tokens_in, tokens_out }) => [stage, tokens_in, tokens_out])).to.deep.equal([
      ['prefill', PROMPT.length, 1],
      ['decode', undefined, TOKENS - 1],
    ]);
    expect([stages[0]!.end, stages[1]!.start, stages[1]!.end]).to.deep.equal([times![0], times![0], times!.at(-1)]);
    await session.release();
  });

  it('takes a prompt that goes in by pieces for one', async () => {
    const ort = await onnxRuntime();
    const session = await ort.InferenceSession.create(await exposeInternals(tinyGpt()));
    const { sink, tracer } = sinkAndTracer();
    const generation = tracedGeneration(session, { tracer, decode: decodeTokens, capture: 3 });
    const [head, tail] = [PROMPT.slice(0, 9), PROMPT.slice(9)];
    const outputs = await generation.session.run(feeds(ort, head));
    const written = await write(
      ort,
      generation.session,
      tail,
      3,
      (token) => generation.chose(token),
      'first',
      pastOf(outputs),
    );
    generation.end();
    const { tokens, stages, attention } = internalsOf(await sink.only());
    expect(tokens!.id).to.deep.equal([...PROMPT, ...written.tokens]);
    expect(tokens!.split).to.equal(PROMPT.length);
    expect(stages!.events[0]).to.deep.include({ stage: 'prefill', tokens_in: PROMPT.length });
    expect(attention![0]!.q).to.deep.equal([0, PROMPT.length + 2]);
    await session.release();
  });

  it('captures nothing of the inside where nothing is to be captured', async () => {
    const ort = await onnxRuntime();
    const session = await ort.InferenceSession.create(tinyGpt());
    const { sink, tracer } = sinkAndTracer();
    const generation = tracedGeneration(session, { tracer, decode: decodeTokens, capture: 0 });
    await write(ort, generation.session, PROMPT, 3, (token) => generation.chose(token));
    generation.end();
    const span = await sink.only();
    expect(span.usage).to.deep.equal({ input: PROMPT.length, output: 3, total: PROMPT.length + 3 });
    expect(span.timeToFirstToken).to.be.greaterThan(0);
    expect(span.attributes).not.to.have.property('llm_trace.internals');
    await session.release();
  });

  it('is told of errors, and hands them on', async () => {
    const ort = await onnxRuntime();
    const session = await ort.InferenceSession.create(tinyGpt());
    const { sink, tracer } = sinkAndTracer();
    const generation = tracedGeneration(session, { tracer });
    const error = await rejection(generation.session.run({}));
    generation.fail(error);
    expect(error).to.have.property('message').that.includes('input_ids');
    const span = await sink.only();
    expect(span).to.deep.include({ status: 'error', statusMessage: (error as Error).message });
    expect(span.attributes).not.to.have.property('llm_trace.internals');
    await session.release();
  });

  it('records the attention of each step where the model shows it, and operators of its runs', async () => {
    const ort = await onnxRuntime();
    const session = await ort.InferenceSession.create(await exposeInternals(tinyGpt()), {
      enableProfiling: true,
      graphOptimizationLevel: 'disabled',
    });
    const { sink, tracer } = sinkAndTracer();
    const generation = tracedGeneration(session, { tracer, decode: decodeTokens, capture: 3 });
    const { tokens } = await write(ort, generation.session, PROMPT, TOKENS, (token) => generation.chose(token));
    const ops = profiles.end(session);
    generation.end(undefined, { ops });
    const live = internalsOf(await sink.only());
    expect(live.capture!.level).to.equal(3);

    const size = PROMPT.length + TOKENS - 1;
    const [attention] = live.attention!;
    expect(attention).to.deep.include({ captured: 'live', q: [0, size], k: [0, size] });
    const { output, ...call } = live;
    const replayed = await replay({ call: { internals: call }, model: tinyGpt(), runtime: ort });
    const [steps, once] = [await matricesOf(live), await matricesOf(replayed)];
    expect([steps.length, steps[0]!.length]).to.deep.equal([LAYERS, HEADS]);
    for (const [layer, heads] of steps.entries()) {
      for (const [head, matrix] of heads.entries()) {
        expectShares(matrix, size);
        expect(furthest(once[layer]![head]!, matrix)).to.be.below(1 / 255 + 1e-4);
      }
    }
    expect(furthest(replayed.output.logprob!, output!.logprob!)).to.be.below(1e-4);
    expect(replayed.output.rank).to.deep.equal(output!.rank);
    for (const name of ['sink', 'prev', 'entropy'] as const) {
      const [one, other] = [replayed.attention![0]!, attention!].map(({ summary }) => summary![name]!.flat());
      expect(furthest(one!, other!)).to.be.below(2e-4);
    }

    const operators = live.ops as InternalsOperator[];
    const runs = operators.filter(({ op, name }) => op === 'Softmax' && name.includes('layers.1.'));
    expect(runs).to.have.length(TOKENS);
    expect(runs[0]).to.deep.include({ layer: 1, shape: [[1, HEADS, PROMPT.length, PROMPT.length]] });
    expect(operators.every(({ dur, start }, at) => dur >= 0 && start >= (operators[at - 1]?.start ?? 0))).to.be.true;
    expect(tokens).to.have.length(TOKENS);
    await session.release();
  });
});

describe('tracedSession (onnxruntime-web)', () => {
  it('records runs by the sizes of what went in and came out', async () => {
    const ort = await onnxRuntime();
    const session = await ort.InferenceSession.create(tinyGpt());
    const { sink, tracer } = sinkAndTracer();
    const traced = tracedSession(session, { tracer, model: 'tiny' });
    expect(traced).to.be.instanceOf(ort.InferenceSession);
    expect(traced.inputNames).to.deep.equal(session.inputNames);
    const inputs = feeds(ort, [5, 6, 7]);
    const outputs = await tracer.span('one', async (span) => span.use(traced).run(inputs));
    const plain = await session.run(inputs);
    expect([...(outputs['logits']!.data as Float32Array)]).to.deep.equal([...(plain['logits']!.data as Float32Array)]);
    const [run, one] = await sink.whenEnded(2);
    expect(run).to.deep.include({ name: 'run tiny', parentId: one!.id, provider: 'onnxruntime-web' });
    expect(run!.input).to.include({ input_ids: 'int64 1 × 3', 'past_key_values.0.key': 'float32 1 × 4 × 0 × 16' });
    expect(run!.output).to.include({ logits: `float32 1 × 3 × ${VOCABULARY.length}` });
    await session.release();
  });
});

describe('replay (onnxruntime-web)', () => {
  const ids = [...PROMPT, ...encodeCharacters('. a cat')];
  const internals: Internals = {
    v: 1,
    tokens: { text: ids.map((id) => decodeTokens([id])), id: ids, split: PROMPT.length },
  };
  const size = ids.length - 1;

  for (const form of ['softmax', 'group-query', 'multi-head', 'onnx-23'] satisfies AttentionForm[]) {
    it(`finds attention that is written as ${form}, in a model that computes the same`, async () => {
      const ort = await onnxRuntime();
      const model = tinyGpt(form);
      const inside = await replay({ call: { internals }, model, runtime: ort });
      expect(readInternals(inside).problems).to.deep.equal([]);
      expect(inside.capture).to.deep.include({ level: 2 });
      expect(inside.capture).not.to.have.property('dropped');
      expect(inside.model).to.deep.equal({ layers: LAYERS, heads: HEADS, d_model: WIDTH, vocab: VOCABULARY.length });
      const layers = await matricesOf(inside);
      for (const matrix of layers.flat()) expectShares(matrix, size);
      // No two heads do the same.
      expect(new Set(layers.flat().map((matrix) => matrix.join())).size).to.equal(LAYERS * HEADS);
      expect(inside.hidden).to.deep.include({ norm: 'l2', at: 'before each layer, and after the last' });
      expect(inside.hidden!.layers.map((layer) => layer.length)).to.deep.equal([size, size, size]);

      const plain = await ReplaySession.open(model, { runtime: ort, sessionOptions: undefined, inputs: undefined });
      const logits = (await plain.run([ids.slice(0, size)], ['logits'])).get('logits')!;
      for (const [at, logprob] of inside.output.logprob!.entries()) {
        const row = (PROMPT.length + at - 1) * VOCABULARY.length;
        const logprobs = logprobsOf(logits.values.subarray(row, row + VOCABULARY.length));
        expect(logprob).to.be.closeTo(logprobs[ids[PROMPT.length + at]!]!, 2e-5);
      }
      await plain.close();
    });
  }

  for (const form of ['softmax', 'group-query'] as const) {
    it(`looks into a model of 16 bits (${form})`, async () => {
      const ort = await onnxRuntime();
      const whole = await replay({ call: { internals }, model: tinyGpt(form), runtime: ort });
      const half = await replay({ call: { internals }, model: tinyGpt(form, { isHalf: true }), runtime: ort });
      expect(half.capture).not.to.have.property('dropped');
      expect(half.output.logprob).not.to.deep.equal(whole.output.logprob);
      expect(furthest(half.output.logprob!, whole.output.logprob!)).to.be.below(0.1);
      for (const matrix of (await matricesOf(half)).flat()) expectShares(matrix, size);
      expect(furthest(half.hidden!.layers.flat(), whole.hidden!.layers.flat())).to.be.below(0.1);
    });
  }

  it('says what each token of the prompt did: the same as one text at a time', async () => {
    const ort = await onnxRuntime();
    const model = tinyGpt();
    const [space] = encodeCharacters(' ');
    const call = { internals };
    const { attribution, output } = await replay({ call, model, runtime: ort, occludeWith: space });
    expect(attribution).to.have.length(1);
    const { scores, ...facts } = attribution![0]!;
    expect(facts).to.deep.equal({
      method: 'occlusion',
      over: 'prompt',
      target: [PROMPT.length, ids.length],
      signed: true,
      unit: 'token',
      baseline: '“ ” in place of each',
    });
    const table = (await unpackArray(scores)).matrix(0);
    for (const place of [0, 5, PROMPT.length - 1]) {
      const id = ids.with(place, space!);
      const other = await replay({
        call: { internals: { ...internals, tokens: { ...internals.tokens!, id } } },
        model,
        runtime: ort,
      });
      for (const [target, logprob] of output.logprob!.entries()) {
        const lost = logprob! - other.output.logprob![target]!;
        expect(table[target * PROMPT.length + place]).to.be.closeTo(lost, 1e-4);
      }
    }
    // A space in place of a space.
    expect(table[3]).to.be.closeTo(0, 1e-5);
    expect(table.some((score) => Math.abs(score) > 0.01)).to.be.true;
  });

  it('gives what the record for other tests holds', async () => {
    const response = await fetch('/src/test/tiny-gpt/replayed.json');
    const record = (await response.json()) as Internals;
    expect(readInternals(record).problems).to.deep.equal([]);
    const { output, attention, hidden, attribution, ...call } = record;
    const [space] = encodeCharacters(' ');
    const runtime = await onnxRuntime();
    const inside = await replay({ call: { internals: call }, model: tinyGpt(), runtime, occludeWith: space });
    const numbers = (list: readonly unknown[]) => list.flat(2) as number[];
    for (const [held, now] of [
      [numbers(output!.logprob!), numbers(inside.output.logprob!)],
      [numbers(hidden!.layers), numbers(inside.hidden!.layers)],
      [numbers(attention![0]!.summary!.entropy!), numbers(inside.attention![0]!.summary!.entropy!)],
      [
        (await unpackArray(attribution![0]!.scores)).matrix(0),
        (await unpackArray(inside.attribution![0]!.scores)).matrix(0),
      ],
    ] as const) {
      expect(furthest(now, held)).to.be.below(2e-3);
    }
  });

  it('is recorded below the call', async () => {
    const { sink, tracer } = sinkAndTracer();
    const answer = tracer.start('chat');
    const call = { internals, traceId: answer.traceId, id: answer.id };
    const inside = await replay({ call, model: tinyGpt(), runtime: await onnxRuntime(), tracer });
    const span = sink.named('replay');
    expect(span).to.deep.include({ traceId: answer.traceId, parentId: answer.id });
    expect(internalsOf(span)).to.deep.equal(JSON.parse(JSON.stringify(inside)));
  });

  it('says what cannot be replayed', async () => {
    const runtime = await onnxRuntime();
    const told = { v: 1, tokens: { text: ['a'], split: 0 } } satisfies Internals;
    const masked = await rejection(replay({ call: { internals: told }, model: tinyGpt(), runtime }));
    expect(masked).to.have.property('message').that.includes('numbers of the tokens are not known');
    const broken = await rejection(replay({ call: { internals }, model: new Uint8Array([1, 2, 3]), runtime }));
    expect(broken).to.be.instanceOf(Error);
  });
});
