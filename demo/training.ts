import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { initializers, layers, sequential, type LayersModel } from '@tensorflow/tfjs-layers';
import { readTraces } from 'llm-trace-kit/formats';
import { readInternals } from 'llm-trace-kit/internals';
import { createTracer, type SpanSink } from 'llm-trace-kit/tracer';
import { watchOptimizer } from 'llm-trace-kit/tracer/tfjs';
import './demo.js';

interface Net {
  title: string;
  depth: number;
  activation: 'relu' | 'sigmoid';
  /** Of the first weights: their standard deviation. */
  spread: number;
  loss: 'meanSquaredError' | 'categoricalCrossentropy';
}

const NETS: readonly Net[] = [
  { title: '3 layers, healthy', depth: 3, activation: 'relu', spread: 0.25, loss: 'meanSquaredError' },
  { title: '12 sigmoid layers', depth: 12, activation: 'sigmoid', spread: 0.25, loss: 'categoricalCrossentropy' },
  { title: '12 layers, large first weights', depth: 12, activation: 'relu', spread: 0.6, loss: 'meanSquaredError' },
  { title: '12 layers, dead', depth: 12, activation: 'relu', spread: 2, loss: 'categoricalCrossentropy' },
];

const view = document.querySelector('llm-gradient-view')!;
const choice = document.querySelector<HTMLSelectElement>('#net')!;
const button = document.querySelector<HTMLButtonElement>('#train')!;
const state = document.querySelector('#state')!;

/** Shows the span as it is written: about once a second while the training runs, and at its end. */
const screen: SpanSink = {
  started: ({ attributes }) => {
    const { internals } = readInternals(attributes?.['llm_trace.internals'] ?? {});
    if (internals) view.internals = internals;
  },
  ended: (span) => screen.started(span),
  flush: () => Promise.resolve({ stored: 0, dropped: 0 }),
};
const tracer = createTracer({ store: screen });

function modelOf({ depth, activation, spread, loss }: Net): LayersModel {
  const kernel = (seed: number): ReturnType<typeof initializers.randomNormal> =>
    initializers.randomNormal({ mean: 0, stddev: spread, seed });
  const model = sequential();
  for (let at = 0; at < depth; at++) {
    const first = at === 0 && { inputShape: [16] };
    model.add(layers.dense({ name: `layer${at}`, units: 32, activation, kernelInitializer: kernel(at + 1), ...first }));
  }
  const last = loss === 'categoricalCrossentropy' && { activation: 'softmax' as const };
  model.add(layers.dense({ name: 'head', units: 4, kernelInitializer: kernel(99), ...last }));
  return model;
}

async function train(net: Net): Promise<void> {
  const model = modelOf(net);
  const optimizer = tf.train.sgd(0.02);
  model.compile({ optimizer, loss: net.loss });
  const inputs = tf.randomNormal([256, 16], 0, 1, 'float32', 5);
  const outputs = tf.oneHot(
    tf.tensor1d(
      Array.from({ length: 256 }, (_, at) => at % 4),
      'int32',
    ),
    4,
  );
  await tracer.span(`training: ${net.title}`, { recordOutput: false }, async (span) => {
    const stop = watchOptimizer(optimizer, { tf, span });
    await model.fit(inputs, outputs, { epochs: 12, batchSize: 32 });
    await stop();
  });
  tf.dispose([inputs, outputs]);
  model.dispose();
}

choice.replaceChildren(...NETS.map(({ title }, at) => new Option(title, String(at))));
choice.value = '1';
button.addEventListener('click', () => {
  const net = NETS[Number(choice.value)]!;
  button.disabled = true;
  state.textContent = 'Training…';
  view.span = undefined;
  void tf
    .setBackend('cpu')
    .then(() => train(net))
    .catch((error: unknown) => (state.textContent = String(error)))
    .then(() => {
      button.disabled = false;
      if (state.textContent === 'Training…') state.textContent = 'Trained.';
    });
});
document.querySelector<HTMLInputElement>('#file')!.addEventListener('change', ({ target }) => {
  const [file] = (target as HTMLInputElement).files ?? [];
  if (!file) return;
  readTraces(file).then(
    ([trace]) => {
      view.internals = undefined;
      view.trace = trace;
      state.textContent = '';
    },
    (error: unknown) => (state.textContent = (error as Error).message),
  );
});
button.click();
