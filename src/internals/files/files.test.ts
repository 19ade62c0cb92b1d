import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { readTraces } from '../../formats/index.js';
import { internalsOf, readInternals, unpackArray, type Internals } from '../index.js';
import { base64Of } from '../packing.js';
import { recordsOfFile } from './find.js';
import { internalsFiles } from './registry.js';

const TOKENS = ['<s>', 'a', ' b'];
/** Two heads over three tokens: causal, each row adds up to 1. */
const HEADS = [
  [
    [1, 0, 0],
    [0.5, 0.5, 0],
    [0.2, 0.2, 0.6],
  ],
  [
    [1, 0, 0],
    [1, 0, 0],
    [0, 1, 0],
  ],
];

/** What is read is right by the checks of internals. */
function checked(internals: Internals | undefined): Internals {
  const { internals: read, problems } = readInternals(JSON.stringify(internals));
  expect(problems).to.deep.equal([]);
  return read!;
}

async function attentionIn(internals: Internals, at = 0, layer = 0): Promise<number[][]> {
  const array = await unpackArray(internals.attention![at]!.layers![layer]!);
  return Array.from({ length: array.matrices }, (_, head) =>
    Array.from(array.matrix(head), (value) => Number(value.toFixed(2))),
  );
}

async function scoresIn(internals: Internals, at = 0): Promise<number[]> {
  const array = await unpackArray(internals.attribution![at]!.scores);
  return Array.from(array.matrix(0), (value) => Number(value.toFixed(3)));
}

const FLAT = HEADS.map((head) => head.flat());

/** A tensor as safetensors writes it. */
function safetensors(values: ArrayBuffer, shape: readonly number[], dtype: string): string {
  const header = new TextEncoder().encode(
    JSON.stringify({ attribution: { dtype, shape, data_offsets: [0, values.byteLength] } }),
  );
  const bytes = new Uint8Array(8 + header.length + values.byteLength);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(header.length), true);
  bytes.set(header, 8);
  bytes.set(new Uint8Array(values), 8 + header.length);
  return base64Of(bytes);
}

const wrapped = (kind: string, attributes: object): object => ({
  __instance_type__: ['inseq.data', kind],
  attributes,
});
const token = (text: string, id: number): object => wrapped('TokenWithId', { token: text, id });

/** Two tokens of prompt, two that were generated. */
const inseqFile = (scores: unknown, kind = 'CoarseFeatureAttributionSequenceOutput', steps?: object): object =>
  wrapped('FeatureAttributionOutput', {
    info: { attribution_method: 'saliency', model_name: 'gpt2' },
    sequence_attributions: [
      wrapped(kind, {
        source: [token('Hi', 1)],
        target: [token('Hi', 1), token('Ġthere', 2), token('Ġyou', 3), token('Ċ', 4)],
        source_attributions: null,
        target_attributions: scores,
        attr_pos_start: 2,
        attr_pos_end: 4,
        ...(steps && { step_scores: steps }),
      }),
    ],
    step_attributions: null,
  });

describe('files of attention', () => {
  it('of BertViz are read with each of their texts, layers and names', async () => {
    const internals = checked(
      internalsOf({
        attention: [
          { name: null, attn: [HEADS, HEADS], left_text: TOKENS, right_text: TOKENS },
          { name: 'Cross', attn: [[[[0.25, 0.75]]]], left_text: ['x'], right_text: ['a', 'b'] },
        ],
        include_layers: [3, 7],
        default_filter: '0',
      }),
    );
    expect(internals.tokens).to.deep.equal({ text: [...TOKENS, 'x', 'a', 'b'], split: 0 });
    const [self, cross] = internals.attention!;
    expect([self!.type, self!.q, self!.k]).to.deep.equal(['self', [0, 3], [0, 3]]);
    expect(self!.layers!.map(({ layer }) => layer)).to.deep.equal([3, 7]);
    expect(await attentionIn(internals)).to.deep.equal(FLAT);
    expect([cross!.type, cross!.q, cross!.k]).to.deep.equal(['cross', [3, 4], [4, 6]]);
    expect(await attentionIn(internals, 1)).to.deep.equal([[0.25, 0.75]]);
    expect(internals.capture).to.deep.equal({ level: 2, source_format: 'bertviz' });
  });

  it('of CircuitsVis are read, their heads by name, and its coloured tokens', async () => {
    const named = checked(
      internalsOf({ tokens: TOKENS, attention: HEADS, attentionHeadNames: ['L5H1', 'L2H7'], maxValue: 1 }),
    );
    expect(named.attention![0]!.layers!.map(({ layer, heads }) => [layer, heads])).to.deep.equal([
      [5, [1]],
      [2, [7]],
    ]);
    expect(await attentionIn(named, 0, 1)).to.deep.equal([FLAT[1]]);
    const both = [HEADS[0]![2]!, HEADS[0]![1]!, HEADS[0]![0]!];
    const one = checked(internalsOf({ attention: both }, TOKENS));
    expect(await attentionIn(one), 'also what comes later').to.deep.equal([both.flat()]);
    const colours = checked(internalsOf({ tokens: TOKENS, values: [1, -2, 0] }));
    expect(await scoresIn(colours)).to.deep.equal([1, -2, 0]);
    expect(colours.attribution![0]!.signed).to.equal(true);
  });

  it('of CircuitsVis are read: how likely each token was', () => {
    const internals = checked(
      internalsOf({
        prompt: ['the', ' cat', ' sat'],
        topKLogProbs: [
          [-0.5, -1.5],
          [-0.25, -2],
        ],
        topKTokens: [
          [' dog', ' cat'],
          [' sat', ' is'],
        ],
        correctTokenRank: [1, 0],
        correctTokenLogProb: [-1.5, -0.25],
      }),
    );
    expect(internals.tokens).to.deep.equal({ text: ['the', ' cat', ' sat'], split: 1 });
    expect(internals.output).to.deep.equal({
      from: 1,
      dist: 'raw',
      logprob: [-1.5, -0.25],
      rank: [2, 1],
      top: {
        text: [
          [' dog', ' cat'],
          [' sat', ' is'],
        ],
        logprob: [
          [-0.5, -1.5],
          [-0.25, -2],
        ],
      },
    });
  });

  it('with tokens as they are in a vocabulary are read as texts, also of characters that are several bytes', () => {
    const text = (names: readonly string[]): string[] =>
      checked(internalsOf({ tokens: names, values: names.map(() => 1) })).tokens!.text;
    expect(text(['the', 'Ġcat', 'ĠçĮ«', 'CafÃ©', 'Ċ'])).to.deep.equal(['the', ' cat', ' 猫', 'Café', '\n']);
    expect(text(['Ġ', 'çĮ', '«', '<｜end｜>'])).to.deep.equal([' ', '', '猫', '<｜end｜>']);
    expect(text(['▁the', '▁cat', 'é'])).to.deep.equal([' the', ' cat', 'é']);
    expect(text(['the Ġ of Malta', 'é'])).to.deep.equal(['the Ġ of Malta', 'é']);
    const captum = { input_tokens: ['the', 'Ġcat'], output_tokens: ['é', '猫'], seq_attr: [1, 2] };
    expect(checked(internalsOf(captum)).tokens!.text).to.deep.equal(['the', ' cat', 'é', '猫']);
  });

  it('of Neuronpedia are read as sparse as they are', async () => {
    const head = (number: number, ...places: [index: number, value: number][]): object => ({
      layer: 4,
      head: number,
      seq_len: 3,
      tokens: TOKENS,
      attention_indices: places.map(([index]) => index),
      attention_values: places.map(([, value]) => value),
    });
    const internals = checked(internalsOf([head(0, [0, 1], [7, 0.5]), head(9, [8, 0.25], [99, 1])]));
    const [layer] = internals.attention![0]!.layers!;
    expect([layer!.layer, layer!.heads]).to.deep.equal([4, [0, 9]]);
    expect(await attentionIn(internals)).to.deep.equal([
      [1, 0, 0, 0, 0, 0, 0, 0.5, 0],
      [0, 0, 0, 0, 0, 0, 0, 0, 0.25],
    ]);
  });

  it('of LIT are read: attention heads beside their tokens', async () => {
    const internals = checked(internalsOf({ tokens: TOKENS, 'layer_3/attention': HEADS, score: 1 }));
    expect(internals.attention![0]!.layers![0]!.layer).to.equal(3);
    expect(await attentionIn(internals)).to.deep.equal(FLAT);
  });
});

describe('files of contributions', () => {
  it('of LIT are read: of tokens, and of a sequence, each method of a record', async () => {
    const salience = (values: number[]): object => ({
      __class__: 'DataTuple',
      __name__: 'TokenSalience',
      tokens: TOKENS,
      salience: values,
    });
    const internals = checked(internalsOf([{ 'Grad L2': salience([1, 0, 2]), 'Grad · Input': salience([-1, 0, 2]) }]));
    expect(internals.attribution!.map(({ method, signed }) => [method, signed])).to.deep.equal([
      ['Grad L2', false],
      ['Grad · Input', true],
    ]);
    expect(await scoresIn(internals, 1)).to.deep.equal([-1, 0, 2]);
    expect(() => internalsOf(salience([1, 2])), 'of another length').to.throw('This is LIT');
    const sequence = checked(
      internalsOf({
        __name__: 'SequenceSalienceMap',
        tokens_in: TOKENS,
        tokens_out: ['x', 'y'],
        salience: [
          [1, 2, 3, 0, 0],
          [4, 5, 6, 7, 0],
        ],
      }),
    );
    expect(sequence.tokens!.split).to.equal(3);
    expect([sequence.attribution![0]!.target, sequence.attribution![0]!.over]).to.deep.equal([[3, 5], 'all']);
    expect(await scoresIn(sequence)).to.deep.equal([1, 2, 3, 0, 0, 4, 5, 6, 7, 0]);
  });

  it('of Captum are read: of each output token, or of all of it', async () => {
    const dump = { input_tokens: TOKENS, output_tokens: ['x', 'y'], seq_attr: [1, 2, 3] };
    const whole = checked(internalsOf(dump));
    expect(await scoresIn(whole)).to.deep.equal([1, 2, 3]);
    expect(whole.attribution![0]!.target).to.deep.equal([3, 5]);
    const rows = [
      [1, 2, 3],
      [4, 5, 6],
    ];
    expect(await scoresIn(checked(internalsOf({ ...dump, token_attr: rows })))).to.deep.equal(rows.flat());
  });

  it('of Inseq are read: safetensors of each type, and lists; what comes later is not known', async () => {
    // Inputs × steps.
    const f32 = Float32Array.of(1, 5, -2, 6, NaN, 7, NaN, NaN);
    const internals = checked(internalsOf(inseqFile(safetensors(f32.buffer, [4, 2], 'F32'))));
    expect(internals.tokens).to.deep.equal({ text: ['Hi', ' there', ' you', '\n'], split: 2, id: [1, 2, 3, 4] });
    expect(internals.model).to.deep.equal({ id: 'gpt2' });
    const [{ method, target, over, signed }] = internals.attribution as [NonNullable<Internals['attribution']>[number]];
    expect([method, target, over, signed]).to.deep.equal(['saliency', [2, 4], 'all', true]);
    expect(await scoresIn(internals)).to.deep.equal([1, -2, NaN, NaN, 5, 6, 7, NaN]);
    const f16 = Uint16Array.of(0x3c00, 0xc000, 0, 0x3800, 0, 0, 0, 0x7e00);
    expect(await scoresIn(internalsOf(inseqFile(safetensors(f16.buffer, [4, 2], 'F16')))!)).to.deep.equal([
      1,
      0,
      0,
      0,
      -2,
      0.5,
      0,
      NaN,
    ]);
    const f8 = Uint8Array.of(0x38, 0xc0, 0, 0x30, 0x01, 0, 0, 0x7f);
    expect(await scoresIn(internalsOf(inseqFile(safetensors(f8.buffer, [4, 2], 'F8_E4M3')))!)).to.deep.equal([
      1,
      0,
      0.002,
      0,
      -2,
      0.5,
      0,
      NaN,
    ]);
    const list = { __ndarray__: [[[3, 4]], [[0, 1]], [[0, 0]], [[0, 0]]], dtype: 'float32', shape: [4, 1, 2] };
    const gradients = inseqFile(list, 'GranularFeatureAttributionSequenceOutput');
    expect(await scoresIn(internalsOf(gradients)!), 'the length of a gradient').to.deep.equal([5, 1, 0, 0]);
    const heads = inseqFile(list, 'MultiDimensionalFeatureAttributionSequenceOutput');
    expect(await scoresIn(internalsOf(heads)!), 'the mean of heads').to.deep.equal([3.5, 0.5, 0, 0]);
  });

  it('of Inseq say how likely each step was, where that was asked for', () => {
    const scores = {
      __ndarray__: [
        [1, 1],
        [1, 1],
        [1, 1],
        [1, 1],
      ],
      dtype: 'float32',
      shape: [4, 2],
    };
    const steps = {
      probability: safetensors(Float32Array.of(0.5, 0).buffer, [2], 'F32'),
      entropy: { __ndarray__: [1.5, 2], dtype: 'float32', shape: [2] },
      crossentropy: [1],
    };
    const { output } = checked(internalsOf(inseqFile(scores, undefined, steps)));
    expect(output).to.deep.equal({
      from: 2,
      dist: 'raw',
      logprob: [Math.log(0.5), null],
      entropy: [1.5, 2],
      entropy_kind: 'full',
    });
  });

  it('of Inseq with a source of its own begin with it', async () => {
    const file = inseqFile({ __ndarray__: [[1, 2]], dtype: 'float32', shape: [1, 2] }) as {
      attributes: { sequence_attributions: { attributes: Record<string, unknown> }[] };
    };
    const sequence = file.attributes.sequence_attributions[0]!.attributes;
    sequence['source_attributions'] = sequence['target_attributions'];
    sequence['target_attributions'] = null;
    sequence['attr_pos_start'] = 1;
    const internals = checked(internalsOf(file));
    expect(internals.tokens!.text).to.deep.equal(['Hi', 'Hi', ' there', ' you', '\n']);
    expect(internals.attribution![0]!.target).to.deep.equal([2, 4]);
    expect(await scoresIn(internals)).to.deep.equal([1, 2]);
  });
});

describe('a file of the inside of a model', () => {
  it('that is read as a trace is a span that carries it', async () => {
    const file = { attention: [{ name: null, attn: [HEADS], left_text: TOKENS, right_text: TOKENS }] };
    const [trace] = await readTraces(JSON.stringify(file));
    expect([trace!.format, trace!.spans.length]).to.deep.equal(['model-internals', 1]);
    const span = trace!.spans.at(0)!;
    expect([span.name, span.kind]).to.deep.equal(['BertViz', 'llm']);
    expect(await attentionIn(span.internals!)).to.deep.equal(FLAT);
    const [own] = await readTraces(JSON.stringify(internalsOf(file)));
    expect(await attentionIn(own!.spans.at(0)!.internals!)).to.deep.equal(FLAT);
  });

  it('that is damaged says so', async () => {
    const [trace] = await readTraces(JSON.stringify(inseqFile('no tensor')));
    const [exception] = trace!.spans.at(0)!.exceptions;
    expect(exception!.message).to.equal('The tensor has no header.');
    const bad = inseqFile(safetensors(new Float32Array(8).buffer, [4, 3], 'F32'));
    expect(() => internalsOf(bad)).to.throw('The tensor is not as long as its shape.');
    const odd = { attention: [{ attn: [[[[1, 2]]]], left_text: TOKENS, right_text: TOKENS }] };
    expect(() => internalsOf(odd)).to.throw('This is BertViz, but its parts do not fit together.');
  });

  it('is never taken for another, and nothing else for one of them', () => {
    expect(internalsFiles.map(({ name }) => name)).to.have.length(7);
    for (const value of [
      null,
      1,
      'a',
      [],
      {},
      [{}],
      { tokens: TOKENS },
      { attention: [] },
      { v: 1 },
      { v: 1, a: {} },
    ]) {
      expect(recordsOfFile(value), JSON.stringify(value)).to.equal(undefined);
    }
  });

  it('gives what is right by the checks, or an error, whatever stands in its fields', () => {
    const anything = fc.oneof(
      fc.jsonValue({ maxDepth: 3 }),
      fc.constantFrom(TOKENS, HEADS, [HEADS], HEADS[0], [1, 2, 3], 3, [0, 4, -1, 1e9], ['a'], 'AAAA'),
    );
    const names =
      'attention attn left_text right_text name include_layers tokens values attentionHeadNames seq_len attention_indices attention_values layer head tokens_in tokens_out salience prompt topKLogProbs topKTokens correctTokenRank correctTokenLogProb step_scores probability input_tokens output_tokens seq_attr token_attr sequence_attributions info attributes target source attr_pos_start source_attributions target_attributions __instance_type__ v attribution';
    const fields = fc.dictionary(fc.constantFrom(...names.split(' ')), anything, { maxKeys: 8 });
    const nested = fc.dictionary(fc.constantFrom(...names.split(' ')), fc.oneof(anything, fields, fc.array(fields)), {
      maxKeys: 8,
    });
    fc.assert(
      fc.property(fc.oneof(nested, fc.array(nested)), (value) => {
        let internals: Internals | undefined;
        try {
          internals = internalsOf(value);
        } catch (error) {
          expect(error).to.be.instanceOf(Error).and.not.to.be.instanceOf(TypeError);
        }
        if (internals) checked(internals);
      }),
      { numRuns: 400 },
    );
  });
});
