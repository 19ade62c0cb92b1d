import type * as Core from '@tensorflow/tfjs-core';
import type * as Layers from '@tensorflow/tfjs-layers';
import { expect, fixture, html } from '@open-wc/testing';
import fc from 'fast-check';
import '../define/llm-gradient-view.js';
import '../define/llm-trace-view.js';
import { emptyView, openTab, settled, textIn, until } from '../elements/test-support.js';
import { readInternals, type Internals, type MaybeNumber } from '../internals/index.js';
import type { RecordedSpan } from '../model/index.js';
import { forgetStores, newStore } from '../store/test-store.js';
import { RecordedSpans } from '../test/recorded-spans.js';
import { servedModule } from '../test/served-module.js';
import { createTracer, recordGradients, type TracerSpan } from './index.js';
import { watchOptimizer } from './integrations/tfjs.js';

/** The internals of a recorded span, as a reader takes them. */
function internalsOf(span: Readonly<RecordedSpan>): Internals | undefined {
  const { internals, problems } = readInternals(span.attributes?.['llm_trace.internals']);
  expect(problems).to.deep.equal([]);
  return internals;
}

/** Keeps what a span was each time that it was written. */
class Writings extends RecordedSpans {
  readonly written: string[] = [];

  override started(span: Readonly<RecordedSpan>): void {
    super.started(span);
    const text = span.attributes?.['llm_trace.internals'];
    if (typeof text === 'string') this.written.push(text);
  }
}

function training(work: (span: TracerSpan) => void, options: { content?: 'none' | 'masked' } = {}): Writings {
  const sink = new Writings();
  createTracer({ store: sink, ...options }).span('training', work);
  return sink;
}

describe('recordGradients', () => {
  it('keeps norms, loss and learning rate by step; what was not told is not there, what is no number is said', () => {
    const { spans } = training((span) => {
      recordGradients(span, 0, { 'a/kernel': 1.5, 'b/kernel': NaN }, { loss: 3, learningRate: 0.1 });
      recordGradients(span, 10, new Map([['a/kernel', Infinity]]), { loss: 2, globalNorm: 7 });
    });
    expect(internalsOf(spans[0]!)!.gradients).to.deep.equal({
      metric: 'l2',
      steps: [0, 10],
      params: ['a/kernel', 'b/kernel'],
      values: [
        [1.5, 'NaN'],
        ['Infinity', null],
      ],
      loss: [3, 2],
      lr: [0.1, null],
      global: [null, 7],
    });
  });

  it('writes while the training runs, and once more at its end', () => {
    const { written, spans } = training((span) => {
      for (let step = 0; step < 50; step++) recordGradients(span, step, { a: step });
    });
    expect(written).to.have.length(1);
    expect((JSON.parse(written[0]!) as Internals).gradients!.steps).to.deep.equal([0]);
    expect(internalsOf(spans[0]!)!.gradients!.steps).to.have.length(50);
  });

  it('lets the view of a store grow with the training, also where its tab is open', async () => {
    const store = await newStore();
    const view = await emptyView();
    view.store = store;
    const span = createTracer({ store }).start('training');
    recordGradients(span, 0, { a: 1, b: 2 });
    await until(() => view.trace !== undefined, 'the trace');
    view.selected = span.id;
    // The detail is loaded once the rows are there.
    await until(() => textIn(view).includes('Gradients'), 'the detail');
    await openTab(view, /Gradients/);
    await until(() => textIn(view).includes('1 step, 2 layers.'), 'the first step');
    expect(view.trace!.isRunning).to.equal(true);
    for (let step = 1; step < 40; step++) recordGradients(span, step, { a: 1, b: 2 });
    span.checkpoint();
    await until(() => textIn(view).includes('40 steps, 2 layers.'), 'all steps');
    span.end();
    await until(() => view.trace?.isRunning === false, 'the end');
    await until(() => textIn(view).includes('40 steps, 2 layers.'), 'all steps at the end');
    view.remove();
    await forgetStores();
  });

  it('stays small however long a training is, and loses no greatest norm and no NaN', () => {
    fc.assert(
      fc.property(fc.nat(59_999), fc.nat(59_999), (spike, odd) => {
        const { spans } = training((span) => {
          for (let step = 0; step < 60_000; step++) {
            const norm = step === spike ? 500 : 1;
            recordGradients(span, step, { a: norm, b: step === odd ? NaN : 2, c: 3, d: 4 }, { loss: 60_000 - step });
          }
        });
        const { gradients, capture } = internalsOf(spans[0]!)!;
        const values = gradients!.values as MaybeNumber[][];
        expect(values.length).to.be.within(25_000, 50_000);
        expect(values.filter(([a]) => a === 500)).to.have.length(1);
        expect(values.filter(([, b]) => b === 'NaN')).to.have.length(1);
        expect(gradients!.steps[values.findIndex(([a]) => a === 500)]).to.be.within(spike, spike + 2);
        expect(gradients!.steps.at(-1)).to.equal(59_999);
        expect(gradients!.loss!.at(-1)).to.equal(1);
        expect(capture!.dropped).to.deep.equal(['steps: the greatest norm of each 2']);
      }),
      { numRuns: 2 },
    );
  });

  it('tells of steps that went back, masks names, and records nothing without content or after the end', () => {
    const secret = 'sk-proj-abcdefghijklmnopqrstuvwxyz0123456789ABCD';
    const { spans } = training((span) => {
      recordGradients(span, 5, { [secret]: 1 });
      recordGradients(span, 4, { [secret]: 1 });
      span.end();
      recordGradients(span, 6, { [secret]: 1 });
    });
    const { gradients, capture } = internalsOf(spans[0]!)!;
    expect(gradients!.steps).to.deep.equal([5]);
    expect(JSON.stringify(gradients)).not.to.contain('abcdefghij');
    expect(capture!.dropped).to.deep.equal(['1 steps that went back']);
    const silent = training((span) => recordGradients(span, 0, { a: 1 }), { content: 'none' });
    expect(silent.spans[0]!.attributes).to.equal(undefined);
  });
});

describe('watchOptimizer, with TensorFlow.js', function () {
  this.timeout(60_000);
  let tf: typeof Core & typeof Layers;

  before(async () => {
    for (const [name, file] of [
      ['core', 'tf-core'],
      ['layers', 'tf-layers'],
      ['backend-cpu', 'tf-backend-cpu'],
    ]) {
      await servedModule(`@tensorflow/tfjs-${name}/dist/${file}.es2017.min.js`);
    }
    ({ tf } = globalThis as unknown as { tf: typeof Core & typeof Layers });
    await tf.setBackend('cpu');
  });

  interface Net {
    depth: number;
    activation: 'sigmoid' | 'relu';
    /** Of the first weights: their standard deviation. */
    spread: number;
    loss: 'meanSquaredError' | 'categoricalCrossentropy';
  }

  function netOf({ depth, activation, spread, loss }: Net): Layers.LayersModel {
    const model = tf.sequential();
    const kernel = (seed: number): ReturnType<typeof tf.initializers.randomNormal> =>
      tf.initializers.randomNormal({ mean: 0, stddev: spread, seed });
    for (let at = 0; at < depth; at++) {
      model.add(
        tf.layers.dense({
          name: `layer${at}`,
          units: 16,
          activation,
          kernelInitializer: kernel(at + 1),
          ...(at === 0 && { inputShape: [16] }),
        }),
      );
    }
    model.add(
      tf.layers.dense({
        name: 'head',
        units: 4,
        kernelInitializer: kernel(99),
        ...(loss === 'categoricalCrossentropy' && { activation: 'softmax' }),
      }),
    );
    return model;
  }

  /** Trains as an application does, and gives what was recorded and what it saw. */
  async function trained(net: Net, isWatched = true): Promise<{ internals?: Internals; losses: number[] }> {
    const sink = new RecordedSpans();
    const model = netOf(net);
    const optimizer = tf.train.sgd(0.01);
    const inputs = tf.randomNormal([32, 16], 0, 1, 'float32', 5);
    const classes = tf.tensor1d(
      Array.from({ length: 32 }, (_, at) => at % 4),
      'int32',
    );
    const outputs = tf.oneHot(classes, 4);
    model.compile({ optimizer, loss: net.loss });
    const losses = await createTracer({ store: sink }).span('training', async (span) => {
      const stop = isWatched ? watchOptimizer(optimizer, { tf, span }) : undefined;
      const { history } = await model.fit(inputs, outputs, { epochs: 6, batchSize: 32, shuffle: false });
      await stop?.();
      expect(Object.hasOwn(optimizer, 'minimize')).to.equal(false);
      return history['loss'] as number[];
    });
    tf.dispose([inputs, classes, outputs]);
    model.dispose();
    optimizer.dispose();
    const internals = isWatched ? internalsOf(sink.spans[0]!) : undefined;
    return { losses, ...(internals && { internals }) };
  }

  async function sentence(internals: Internals): Promise<string> {
    const view = await fixture<HTMLElementTagNameMap['llm-gradient-view']>(
      html`<llm-gradient-view .internals=${internals} grouped></llm-gradient-view>`,
    );
    await settled(view);
    return textIn(view.shadowRoot!.querySelector('.sentence')!);
  }

  const SQUARES = 'meanSquaredError';
  const HEALTHY: Net = { depth: 3, activation: 'relu', spread: 0.3, loss: SQUARES };
  const CASES: [name: string, net: Net, told: RegExp][] = [
    ['3 healthy layers', HEALTHY, /Healthy/],
    [
      '12 layers that vanish',
      { depth: 12, activation: 'sigmoid', spread: 0.25, loss: 'categoricalCrossentropy' },
      /^(?!.*(Dead|Exploding|Not a)).*Vanishing: \d of 13 layers \(layer0, layer1/,
    ],
    [
      '12 layers that explode',
      { depth: 12, activation: 'relu', spread: 1, loss: SQUARES },
      /^(?!.*(Dead|Vanishing)).*Not a number: all 13 layers.*Exploding: all 13 layers/,
    ],
    [
      '12 dead layers',
      { depth: 12, activation: 'relu', spread: 3, loss: 'categoricalCrossentropy' },
      /^(?!.*(Vanishing|Exploding|Not a)).*Dead: (all 13|\d+ of 13) layers/,
    ],
  ];
  for (const [name, net, told] of CASES) {
    it(`labels ${name}`, async () => {
      const { internals } = await trained(net);
      expect(internals!.gradients!.steps).to.deep.equal([0, 1, 2, 3, 4, 5]);
      expect(internals!.gradients!.params).to.have.length(2 * (net.depth + 1));
      expect(await sentence(internals!)).to.match(told);
    });
  }

  it('changes nothing of the training, keeps no tensor, and states the loss that the training saw', async () => {
    const alone = await trained(HEALTHY, false);
    const before = tf.memory().numTensors;
    const watched = await trained(HEALTHY);
    expect(tf.memory().numTensors).to.equal(before);
    expect(watched.losses).to.deep.equal(alone.losses);
    const { loss, lr } = watched.internals!.gradients!;
    loss!.forEach((value, at) => expect(value).to.be.closeTo(alone.losses[at]!, 1e-4));
    expect(lr).to.deep.equal(loss!.map(() => 0.01));
  });

  it('measures loops of the page’s own, each so-manieth step, and norms far below what a square can hold', async () => {
    const sink = new RecordedSpans();
    const weight = tf.variable(tf.tensor1d([3e-30, 4e-30]), true, 'weight');
    const optimizer = tf.train.sgd(0);
    const held = tf.memory().numTensors;
    await createTracer({ store: sink }).span('training', async (span) => {
      const stop = watchOptimizer(optimizer, { tf, span, every: 2 });
      for (let step = 0; step < 5; step++) {
        const { value, grads } = tf.variableGrads(() => tf.sum(tf.mul(weight, [3e-30, 4e-30])) as Core.Scalar);
        optimizer.applyGradients(grads);
        tf.dispose([value, grads]);
        expect(tf.memory().numTensors).to.equal(held);
      }
      const cost = optimizer.minimize(() => tf.sum(weight) as Core.Scalar);
      expect(cost).to.equal(null);
      await stop();
    });
    const { gradients } = internalsOf(sink.spans[0]!)!;
    expect(gradients!.steps).to.deep.equal([0, 2, 4]);
    expect((gradients!.values as number[][])[1]![0]).to.be.closeTo(5e-30, 1e-32);
    tf.dispose(weight);
  });

  it('lets the training fail as it would have', () => {
    const optimizer = tf.train.sgd(0.1);
    const weight = tf.variable(tf.scalar(1));
    const failure = new Error('no data');
    training((span) => {
      const stop = watchOptimizer(optimizer, { tf, span });
      const failing = (): Core.Scalar => {
        throw failure;
      };
      expect(() => optimizer.minimize(failing)).to.throw(failure);
      void stop();
    });
    tf.dispose(weight);
  });
});
