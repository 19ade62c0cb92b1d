import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { readTraces } from '../formats/index.js';
import { tracesToOtlp } from '../export/index.js';
import { forgetStores, newStore } from '../store/test-store.js';
import { RecordedSpans } from '../test/recorded-spans.js';
import { createTracer, recordInternals } from '../tracer/index.js';
import { sharedText } from '../test/shared-files.js';
import { otlp } from '../elements/test-support.js';
import { maskedInternals, packArray, readInternals, unpackArray, type Internals, type PackedArray } from './index.js';
import { gptTokenizer, huggingFaceTokenizer, tokenised } from './tokenizers.js';

const small = (): Internals => ({
  v: 1,
  tokens: { text: ['the', ' cat', ' sat'], split: 1, start: [0, 3, 7] },
  output: { from: 1, dist: 'raw', logprob: [-0.1, null], rank: [1, null], t_ms: [1, 2] },
  stages: { clock: 'ms', events: [{ stage: 'decode', start: 1, end: 2 }] },
});

/** Whatever a file may hold. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- wrong on purpose
type Loose = Record<string, any>;

const problemsOf = (value: unknown): string[] => readInternals(value).problems.map(({ message }) => message);
const changed = (change: (internals: Loose) => void): unknown => {
  const internals = structuredClone(small()) as unknown as Record<string, unknown>;
  change(internals);
  return internals;
};

describe('readInternals', () => {
  it('reads the text of an attribute as it is', () => {
    const read = readInternals(JSON.stringify(small()));
    expect(read.problems).to.deep.equal([]);
    expect(read.internals).to.deep.equal(small());
  });

  it('reads records that were made by a running model', async function () {
    const texts = await Promise.all(
      ['sample-internals', 'sample-gradients-vanishing'].map((name) =>
        sharedText(`reference/internals/${name}.json`).catch(() => undefined),
      ),
    );
    if (texts.includes(undefined)) this.skip();
    const [model, training] = texts.map((text) => readInternals(text!));
    expect(model!.problems).to.deep.equal([]);
    expect(training!.problems).to.deep.equal([]);
    const layer = await unpackArray(model!.internals!.attention![0]!.layers![0]!);
    const matrix = layer.matrix(3);
    for (const row of [0, 20, 40]) {
      const sum = matrix.subarray(row * 41, row * 41 + 41).reduce((all, one) => all + one, 0);
      expect(sum, `attention of token ${row}`).to.be.closeTo(1, 0.06);
    }
    expect(matrix[1], 'nothing looks ahead').to.equal(0);
  });

  const wrong: [what: string, change: (internals: Loose) => void, message: RegExp][] = [
    ['a split behind the end', ({ tokens }) => (tokens.split = 4), /^tokens\.split is behind/],
    ['tokens that are no texts', ({ tokens }) => (tokens.text[1] = {}), /^tokens\.text\[1\] is not a text/],
    ['columns of other lengths', ({ output }) => (output.rank = [1]), /^output\.rank has 1 entries, not 2/],
    ['more values than tokens', ({ output }) => (output.from = 2), /^output goes on behind/],
    ['times that go back', ({ output }) => (output.t_ms = [2, 1]), /^output\.t_ms\[1\] is less/],
    ['offsets outside of the text', ({ tokens }) => (tokens.start = [0, 3, 99]), /^tokens\.start is behind/],
    ['a stage that ends before it begins', ({ stages }) => (stages.events[0].end = 0), /^stages\.events\[0\]\.end/],
    ['no list', (internals) => (internals['attention'] = 'x'), /^attention is not a list/],
    [
      'sources that are not there',
      (internals) =>
        (internals['sources'] = { method: 'citation', docs: [], spans: [{ start: 0, end: 1, text: '', docs: [0] }] }),
      /^sources\.spans\[0\]\.docs\[0\] is no document/,
    ],
    [
      'fewer numbers than the shape says',
      (internals) =>
        (internals['attribution'] = [
          {
            method: 'occlusion',
            over: 'all',
            target: [0, 1],
            signed: false,
            scores: { shape: [2, 2], dtype: 'f32', enc: 'json', data: [1] },
          },
        ]),
      /^attribution\[0\]\.scores\.data has 1 numbers, not 4/,
    ],
  ];
  for (const [what, change, message] of wrong) {
    it(`leaves a section out for ${what}, and says so`, () => {
      const { internals, problems } = readInternals(changed(change));
      expect(problems.map((problem) => problem.message)[0]).to.match(message);
      expect(problems).to.have.length(1);
      const left = Object.keys(internals!);
      expect(left).not.to.include(problems[0]!.section);
      expect(left).to.include('v');
    });
  }

  it('says what it cannot read at all', () => {
    expect(problemsOf('{')).to.match(/no JSON/);
    expect(problemsOf([])).to.match(/no object/);
    expect(problemsOf({ v: 2 })).to.match(/version/);
  });

  it('never throws, and gives nothing that is not right', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('tokens', 'output', 'attention', 'gradients', 'sources', 'stages', 'ops', 'lens', 'model'),
        fc.jsonValue({ maxDepth: 4 }),
        (section, value) => {
          const { internals, problems } = readInternals({ ...small(), [section]: value });
          const isGone = internals![section as keyof Internals] === undefined;
          // What is absent is no problem.
          return value === null || isGone === problems.some((problem) => problem.section === section);
        },
      ),
    );
  });
});

describe('arrays', () => {
  const shapes = fc.tuple(
    fc.integer({ min: 1, max: 3 }),
    fc.integer({ min: 1, max: 6 }),
    fc.integer({ min: 0, max: 3 }),
  );

  it('come back as they were packed', async () => {
    await fc.assert(
      fc.asyncProperty(
        shapes,
        fc.boolean(),
        fc.boolean(),
        fc.infiniteStream(fc.float({ min: 0, max: 1, noNaN: true })),
        async ([heads, rows, more], isTriangle, isCompressed, stream) => {
          const columns = rows + more;
          const values = Float32Array.from({ length: heads * rows * columns }, (_, at) =>
            isTriangle && (at % columns) - (Math.floor(at / columns) % rows) > more
              ? 0
              : (stream.next().value as number),
          );
          for (const dtype of ['f32', 'u8'] as const) {
            const packed = await packArray(values, [heads, rows, columns], {
              dtype,
              layout: isTriangle ? 'tri' : 'dense',
              isCompressed,
            });
            expect(
              problemsOf({
                v: 1,
                attribution: [{ method: '', over: 'all', target: [0, 0], signed: true, scores: packed }],
              }),
            ).to.deep.equal([]);
            const unpacked = await unpackArray(JSON.parse(JSON.stringify(packed)) as PackedArray);
            for (let head = 0; head < heads; head++) {
              unpacked.matrix(head).forEach((value, at) => {
                expect(value).to.be.closeTo(values[head * rows * columns + at]!, dtype === 'u8' ? 1 / 255 : 0);
              });
            }
          }
        },
      ),
      { numRuns: 25 },
    );
  });

  it('can be sparse: places of the whole, or so many a row', async () => {
    const coo = await unpackArray({
      shape: [2, 2, 2],
      dtype: 'f32',
      layout: 'coo',
      enc: 'json',
      data: [5, 6],
      index: [1, 6],
    });
    expect([...coo.matrix(0), ...coo.matrix(1)]).to.deep.equal([0, 5, 0, 0, 0, 0, 6, 0]);
    const top = await unpackArray({
      shape: [2, 3],
      dtype: 'u8',
      scale: 0.5,
      zero: 1,
      layout: 'topk',
      enc: 'json',
      data: [3, 5],
      index: [2, 0],
    });
    expect([...top.matrix(0)]).to.deep.equal([0, 0, 1, 2, 0, 0]);
  });

  it('are little-endian, of every type', async () => {
    const unpack = async (dtype: PackedArray['dtype'], bytes: number[], length: number): Promise<number[]> => [
      ...(await unpackArray({ shape: [length], dtype, enc: 'b64', data: btoa(String.fromCharCode(...bytes)) })).matrix(
        0,
      ),
    ];
    expect(await unpack('i8', [255, 1], 2)).to.deep.equal([-1, 1]);
    expect(await unpack('u16', [1, 2], 1)).to.deep.equal([513]);
    expect(await unpack('f16', [0, 0x3c, 0, 0xc0, 1, 0, 0, 0x7c], 4)).to.deep.equal(
      [1, -2, 2 ** -24, Infinity].map(Math.fround),
    );
  });

  const failure = async (array: object, resolve?: (ref: string) => unknown): Promise<string> =>
    unpackArray(array as PackedArray, resolve).then(
      () => 'none',
      (error: unknown) => String(error),
    );

  it('that hold more, or other things, than they say are refused', async () => {
    const bomb = await packArray(new Float32Array(100_000), [100_000], { dtype: 'u8' });
    expect(await failure({ ...bomb, shape: [4] })).to.match(/more than 16 bytes/);
    expect(await failure({ ...bomb, shape: [99_999] })).to.match(/100000 numbers, not 99999/);
    expect(await failure({ shape: [1], dtype: 'u8', enc: 'gz+b64', data: '!' })).to.match(/no base64/);
    expect(await failure({ shape: [1e9, 1e9], dtype: 'u8', enc: 'json', data: [] })).to.match(/too many/);
    expect(await failure({ ref: 'a' })).to.match(/not an object/);
    expect(await failure({ ref: 'a' }, () => ({ shape: [1] }))).to.match(/dtype is missing/);
    expect(
      await failure({ ref: 'a' }, () => Promise.resolve({ shape: [1], dtype: 'u8', enc: 'json', data: [1] })),
    ).to.equal('none');
  });
});

describe('span.internals', () => {
  const stated = async (): Promise<Internals> => ({
    ...small(),
    attention: [
      {
        type: 'self',
        q: [0, 3],
        k: [0, 3],
        captured: 'import',
        layers: [
          {
            layer: 0,
            ...((await packArray(Float32Array.of(1, 0, 0, 0.5, 0.5, 0, 0.2, 0.3, 0.5), [1, 3, 3], {
              layout: 'tri',
            })) as PackedArray),
          },
        ],
      },
    ],
  });

  it('goes from OTLP into a store and out to OTLP as it was', async () => {
    const internals = await stated();
    const attributes = { 'gen_ai.operation.name': 'chat', 'llm_trace.internals': JSON.stringify(internals) };
    const read = await readTraces(otlp({ id: 'call', start: 0, end: 5, attributes }));
    const store = await newStore();
    await store.import(read);
    const again = await readTraces(JSON.stringify(tracesToOtlp([(await store.trace(read[0]!.id))!])));
    const span = again[0]!.spans.at(0)!;
    expect(span.internals).to.deep.equal(internals);
    expect(span.internalsProblems).to.deep.equal([]);
    expect(span.internals, 'read once').to.equal(span.internals);
    await forgetStores();
  });

  it('says what of it is not right', async () => {
    const attributes = { 'llm_trace.internals': JSON.stringify(changed(({ tokens }) => (tokens.split = -1))) };
    const [trace] = await readTraces(otlp({ id: 'call', start: 0, end: 5, attributes }));
    const span = trace!.spans.at(0)!;
    expect(span.internals!.tokens).to.equal(undefined);
    expect(span.internalsProblems.map(({ message }) => message)).to.deep.equal(['tokens.split is not a whole number']);
  });

  it('is recorded by a tracer without what is masked, also where a secret is spread over tokens', async () => {
    const sink = new RecordedSpans();
    const text = ['write to', ' jane', '.doe', '@example', '.org', ' today'];
    const record = (content?: 'none' | 'full'): Promise<void> =>
      createTracer({ store: sink, ...(content && { content }) }).span('call', { kind: 'llm' }, (span) => {
        const top = {
          text: ['sk-', 'proj-', 'abcdefghijkl', 'mnopqrstuv', '1234'].map((one) => [one]),
          logprob: [[-1], [-1], [-1], [-1], [-1]],
        };
        recordInternals(span, {
          v: 1,
          tokens: { text: top.text.flat(), split: 0, id: [1, 2, 3, 4, 5] },
          output: { from: 0, dist: 'raw', top },
        });
        return Promise.resolve();
      });
    await record();
    await record('none');
    const [secret, none] = sink.spans.map(({ attributes }) => attributes?.['llm_trace.internals']);
    // The beginning says whose key it is, and is the same for everybody.
    expect(readInternals(secret).internals!.tokens!.text).to.deep.equal(['sk-', 'proj-', '•••', '•••', '•••']);
    expect(secret).not.to.match(/abc|1234/);
    expect(none).to.equal(undefined);
    const top = { text: text.map((one) => [one]), logprob: text.map(() => [-1]) };
    const internals: Internals = {
      v: 1,
      tokens: { text, split: 0, id: [1, 2, 3, 4, 5, 6] },
      output: { from: 0, dist: 'raw', top },
    };
    const masked = maskedInternals(internals, (whole) => whole.replace(/\S+@\S+/, '[x]'));
    expect(masked.tokens!.text).to.deep.equal(['write to', '•••', '•••', '•••', '•••', ' today']);
    expect(JSON.stringify(masked)).not.to.match(/jane|doe|example/);
    expect(masked.tokens!.id).to.equal(undefined);
  });
});

describe('tokenizers', () => {
  /** Cuts into pairs of bytes, as byte-level encodings do: characters are cut apart. */
  const bytes = (text: string): number[] => [...new TextEncoder().encode(text)];
  const module = {
    encode: (text: string) => {
      const all = bytes(text);
      return Array.from(
        { length: Math.ceil(all.length / 2) },
        (_, at) => all[2 * at]! * 512 + (all[2 * at + 1] ?? 256),
      );
    },
    decode: (ids: number[]) =>
      new TextDecoder().decode(Uint8Array.from(ids.flatMap((id) => (id & 256 ? [id >> 9] : [id >> 9, id & 255])))),
  };

  it('give the text that they were given, whatever they cut', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: fc.constantFrom('a', ' ', 'é', '日') }), async (text) => {
        const tokens = await tokenised(gptTokenizer(module, 'pairs'), '', text.replaceAll('a', 'aa'));
        expect(tokens.text.join('')).to.equal(text.replaceAll('a', 'aa'));
      }),
      { numRuns: 50 },
    );
  });

  it('may change a text, and are asked for a prompt and an answer', async () => {
    const lower = {
      encode: (text: string) => ({ ids: bytes(text.toLowerCase()) }),
      decode: (ids: number[]) => String.fromCharCode(...ids),
    };
    const tokens = await tokenised(huggingFaceTokenizer(lower, 'lower'), 'Hi', 'Yes');
    expect(tokens).to.deep.equal({ text: ['h', 'i', 'y', 'e', 's'], split: 2, id: [104, 105, 121, 101, 115] });
  });
});
