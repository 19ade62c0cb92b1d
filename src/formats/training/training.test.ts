import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import type { InternalsGradients } from '../../internals/index.js';
import type { Span } from '../../model/index.js';
import { TraceReadError } from '../errors.js';
import { readTraces } from '../index.js';
import { quotePythonNumbers } from '../python-numbers.js';
import { maskedCrc } from './tensorboard-records.js';
import { gradientOf } from './told-by-name.js';

async function spanOf(input: unknown): Promise<Span> {
  const traces = await readTraces(input);
  expect(traces).to.have.length(1);
  expect(traces[0]!.spans.length).to.equal(1);
  return traces[0]!.spans.at(0)!;
}

function gradientsOf(span: Span): InternalsGradients {
  expect(span.internalsProblems).to.deep.equal([]);
  return span.internals!.gradients!;
}

// --- Event files ----------------------------------------------------------------------------------------------------

const message = (write: (writer: BinaryWriter) => void): Uint8Array => {
  const writer = new BinaryWriter();
  write(writer);
  return writer.finish();
};

const bytesField = (writer: BinaryWriter, number: number, bytes: Uint8Array): unknown =>
  writer.tag(number, WireType.LengthDelimited).bytes(bytes);

type Told = (writer: BinaryWriter) => void;

const value = (tag: string, told: Told): Uint8Array =>
  message((writer) => {
    writer.tag(1, WireType.LengthDelimited).string(tag);
    told(writer);
  });

const simple =
  (number: number): Told =>
  (writer) =>
    writer.tag(2, WireType.Bit32).float(number);

/** As protobuf 3 writes it: what is 0 is left out. */
const histogram =
  (squares: number, greatest = squares): Told =>
  (writer) =>
    bytesField(
      writer,
      5,
      message((inside) => {
        if (greatest) inside.tag(2, WireType.Bit64).double(greatest);
        inside.tag(3, WireType.Bit64).double(2);
        if (squares) inside.tag(5, WireType.Bit64).double(squares);
        bytesField(inside, 6, new Uint8Array(new Float64Array([1, 2]).buffer));
      }),
    );

const tensor =
  (type: 1 | 2, shape: readonly number[], numbers: readonly number[]): Told =>
  (writer) =>
    bytesField(
      writer,
      8,
      message((inside) => {
        inside.tag(1, WireType.Varint).int32(type);
        const shapes = message((list) => {
          for (const size of shape)
            bytesField(
              list,
              2,
              message((each) => each.tag(1, WireType.Varint).int64(size)),
            );
        });
        bytesField(inside, 2, shapes);
        const array = type === 1 ? new Float32Array(numbers) : new Float64Array(numbers);
        bytesField(inside, 4, new Uint8Array(array.buffer));
      }),
    );

const event = (time: number, step: number, ...values: readonly Uint8Array[]): Uint8Array =>
  message((writer) => {
    writer.tag(1, WireType.Bit64).double(time);
    writer.tag(2, WireType.Varint).int64(step);
    if (values.length === 0) writer.tag(3, WireType.LengthDelimited).string('brain.Event:2');
    else
      bytesField(
        writer,
        5,
        message((inside) => values.forEach((each) => bytesField(inside, 1, each))),
      );
  });

function eventFile(...events: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const file = new Uint8Array(events.reduce((sum, { length }) => sum + length + 16, 0));
  const view = new DataView(file.buffer);
  let at = 0;
  for (const bytes of events) {
    view.setUint32(at, bytes.length, true);
    view.setUint32(at + 8, maskedCrc(file, at, at + 8), true);
    file.set(bytes, at + 12);
    const end = at + 12 + bytes.length;
    view.setUint32(end, maskedCrc(file, at + 12, end), true);
    at = end + 4;
  }
  return file;
}

const EVENTS = [
  event(1_790_000_000, 0),
  event(1_790_000_001.5, 1, value('gradients/a/kernel', histogram(25)), value('train/loss', simple(3))),
  event(1_790_000_002, 2, value('gradients/a/kernel', histogram(Infinity)), value('train/grad_norm', simple(0.5))),
  event(
    1_790_000_010.25,
    3,
    value('b/bias_grad', tensor(2, [2, 3], [1, 1, 4, -2, 0, 3])),
    value('train/learning_rate', tensor(1, [], [0.25])),
    value('eval/loss', simple(9)),
    value('accuracy', simple(0.75)),
    value('a/kernel', histogram(1)),
  ),
];

describe('event files of TensorBoard', () => {
  it('check their records by the CRC that the format names', () => {
    const digits = new TextEncoder().encode('123456789');
    // The published check value of CRC-32C is e3069283; the format turns it right by 15 bits and adds a282ead8.
    const crc = 0xe3069283;
    const masked = (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
    expect(maskedCrc(digits, 0, digits.length)).to.equal(masked);
  });

  it('are a span with norms, loss and learning rate, from the first to the last event', async () => {
    const span = await spanOf(eventFile(...EVENTS));
    expect(span.trace.format).to.equal('tensorboard');
    expect(span.duration).to.equal(10_250);
    expect(gradientsOf(span)).to.deep.equal({
      metric: 'l2',
      steps: [1, 2, 3],
      params: ['a/kernel', 'b/bias'],
      values: [
        [5, null],
        ['Infinity', null],
        // 4 × 1², and 3 numbers between −2 and 0: 3 × (4 + 0 + 0) / 3.
        [null, Number(Math.sqrt(8).toPrecision(6))],
      ],
      estimated: true,
      loss: [3, null, null],
      lr: [null, null, 0.25],
      global: [null, 0.5, null],
    });
    expect(span.attributes.get('accuracy')).to.equal(0.75);
    expect(span.attributes.get('eval/loss')).to.equal(9);
    expect(span.attributes.has('a/kernel')).to.equal(false);
  });

  it('say of a dead layer that its norm is 0, and nothing of a histogram without the sum of its squares', async () => {
    const dead = event(1, 1, value('gradients/dead', histogram(0)), value('gradients/alive', histogram(4)));
    const silent = event(2, 2, value('gradients/alive', histogram(0, 3)), value('gradients/dead', histogram(0)));
    const { params, values } = gradientsOf(await spanOf(eventFile(dead, silent)));
    expect(params).to.have.members(['dead', 'alive']);
    const [one, other] = [params.indexOf('dead'), params.indexOf('alive')];
    expect((values as number[][]).map((row) => [row[one], row[other]])).to.deep.equal([
      [0, 2],
      [0, null],
    ]);
  });

  it('come as a file that was chosen, packed or not', async () => {
    const file = new File([eventFile(...EVENTS)], 'events.out.tfevents.1790000000');
    expect(gradientsOf(await spanOf([file])).steps).to.deep.equal([1, 2, 3]);
    const packed = new Response(file.stream().pipeThrough(new CompressionStream('gzip')));
    expect(gradientsOf(await spanOf(await packed.arrayBuffer())).steps).to.deep.equal([1, 2, 3]);
  });

  it('with a damaged record are without that; where they are cut off, without what follows; both are told', async () => {
    const file = eventFile(...EVENTS);
    const second = EVENTS[0]!.length + 16;
    file[second + 20]! ^= 1;
    const span = await spanOf(file.subarray(0, file.length - 5));
    expect(gradientsOf(span).steps).to.deep.equal([2]);
    expect(span.trace.problems.map(({ message: told }) => told)).to.have.length(2);
    expect(span.trace.problems[0]!.message).to.equal(`The record at byte ${second} is damaged and was left out.`);
    expect(span.trace.problems[1]!.message).to.contain('damaged or cut off');
  });

  it('of any bytes are read or refused, with an error of ours', async () => {
    const file = eventFile(...EVENTS);
    const change = fc.record({ at: fc.nat(file.length - 1), byte: fc.nat(255), end: fc.nat(file.length) });
    const anyRecord = fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 4 }).map((list) => eventFile(...list));
    const changed = change.map(({ at, byte, end }) => {
      const copy = file.slice(0, end);
      if (at < end) copy[at] = byte;
      return copy;
    });
    await fc.assert(
      fc.asyncProperty(fc.oneof(anyRecord, changed, fc.uint8Array({ maxLength: 80 })), async (bytes) => {
        const traces = await readTraces(bytes).catch((error: unknown) => {
          expect(error).to.be.instanceOf(TraceReadError);
          return [];
        });
        for (const trace of traces) for (const span of trace.spans) expect(span.internalsProblems).to.deep.equal([]);
      }),
      { numRuns: 300 },
    );
  });
});

// --- Texts ----------------------------------------------------------------------------------------------------------

const TRAINER = `{
  "best_metric": null, "epoch": 1.0, "global_step": 30, "is_hyper_param_search": false,
  "log_history": [
    {"epoch": 0.3, "grad_norm": 1.25, "learning_rate": 5e-05, "loss": 2.5, "step": 10},
    {"epoch": 0.6, "grad_norm": NaN, "learning_rate": 4e-05, "loss": Infinity, "step": 20},
    {"epoch": 1.0, "eval_loss": 2.0, "eval_runtime": 3.2, "step": 20},
    {"epoch": 1.0, "grad_norm": -Infinity, "loss": "NaN", "step": 30},
    {"epoch": 1.0, "train_loss": 2.1, "train_runtime": 60.5, "step": 30}
  ],
  "note": "NaN, \\"Infinity"
}`;

describe('logs of trainings', () => {
  it('of Hugging Face’s Trainer are a span with the norm over all, though Python wrote them', async () => {
    const span = await spanOf(TRAINER);
    expect(span.trace.format).to.equal('trainer-state');
    expect(gradientsOf(span)).to.deep.equal({
      metric: 'l2',
      steps: [10, 20, 30],
      params: [],
      values: [[], [], []],
      loss: [2.5, 'Infinity', 'NaN'],
      lr: [5e-5, 4e-5, null],
      global: [1.25, 'NaN', '-Infinity'],
    });
    expect(span.attributes.get('note')).to.equal('NaN, "Infinity');
    expect(span.attributes.has('log_history')).to.equal(false);
  });

  it('of wandb are a span with norms that are estimated from the bins', async () => {
    const rows = [
      { _step: 0, _timestamp: 1_790_000_000, loss: 2 },
      {
        _step: 5,
        _timestamp: 1_790_000_003,
        loss: 1,
        'gradients/a.weight': { _type: 'histogram', values: [0, 4], bins: [-1, 1, 1] },
        'gradients/b.weight': { _type: 'histogram', values: [3], packedBins: { min: -1, size: 2, count: 1 } },
        'gradients/odd': { _type: 'histogram', values: [3], bins: [1] },
        'parameters/a.weight': { _type: 'histogram', values: [1], bins: [0, 1] },
      },
    ];
    const span = await spanOf(rows.map((row) => JSON.stringify(row)).join('\n'));
    expect(span.trace.format).to.equal('wandb-history');
    expect(span.duration).to.equal(3000);
    expect(gradientsOf(span)).to.deep.equal({
      metric: 'l2',
      steps: [0, 5],
      params: ['a.weight', 'b.weight'],
      values: [
        [null, null],
        [2, 1],
      ],
      estimated: true,
      loss: [2, 1],
    });
  });

  it('take values of any kind for what they are', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), fc.jsonValue(), async (one, other) => {
        const row = { step: one, _step: other, loss: one, grad_norm: other, 'gradients/a': one };
        for (const log of [
          { global_step: 1, log_history: [one, row, { ...row, step: 3 }] },
          [row, one, { 'gradients/b': { values: [1, 2], bins: other, packedBins: one } }],
        ]) {
          for (const span of (await readTraces(log))[0]!.spans) expect(span.internalsProblems).to.deep.equal([]);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('name gradients in many ways', () => {
    const names = {
      'gradients/layer0/kernel': 'layer0/kernel',
      'grad_2.0_norm/encoder.layer.0.weight': 'encoder.layer.0.weight',
      'dense/kernel_0_grad': 'dense/kernel_0',
      'batch_norm/gradient': 'batch_norm',
      batch_norm_grad: 'batch_norm',
      'grads/h.0': 'h.0',
      'train/grad_norm': '',
      'grad_2.0_norm_total': '',
      global_gradient_norm: '',
      'upgrade/norm': undefined,
      gradual: undefined,
      loss: undefined,
    };
    for (const [name, parameter] of Object.entries(names)) expect(gradientOf(name), name).to.equal(parameter);
  });
});

describe('numbers as Python writes them', () => {
  it('are texts, wherever they stand but inside texts', () => {
    const part = fc.oneof(
      fc.constantFrom('NaN', 'Infinity', '-Infinity', '1', '-2.5e3', 'true', 'null'),
      fc.string().map((text) => JSON.stringify(`${text} NaN "-Infinity`)),
    );
    fc.assert(
      fc.property(fc.array(part, { minLength: 1 }), (parts) => {
        const text = `{"NaN": [${parts.join(', ')}]}`;
        const words = parts.map((one) => (/^-?[NI]/.test(one) ? `"${one}"` : one));
        const wanted = `{"NaN": [${words.join(', ')}]}`;
        expect(quotePythonNumbers(text) ?? text).to.equal(wanted);
        JSON.parse(wanted);
      }),
      { numRuns: 200 },
    );
    for (const text of ['[NaNs]', '[Nan]', 'Infinity and', '[x.NaN]']) {
      const quoted = quotePythonNumbers(text);
      expect(() => JSON.parse(quoted ?? text) as unknown, text).to.throw(SyntaxError);
    }
  });
});
