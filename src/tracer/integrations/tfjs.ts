/** Recording the gradients of a training with TensorFlow.js. */
import { quietly } from '../quietly.js';
import { recordGradients } from '../record-gradients.js';
import type { TracerSpan } from '../tracer-span.js';

/** An operation of TensorFlow.js. */
type Operation = (...args: never[]) => unknown;

/** The part of `@tensorflow/tfjs`, or `@tensorflow/tfjs-core`, that is used. */
export type TensorFlow = Readonly<
  Record<'tidy' | 'stack' | 'abs' | 'max' | 'maximum' | 'div' | 'mul' | 'square' | 'sum' | 'sqrt', Operation>
>;

export interface WatchOptimizerOptions {
  /** The module of TensorFlow.js that the training uses. */
  tf: TensorFlow;
  /** The span that the norms are recorded on: that of the training. */
  span: TracerSpan;
  /** Only each so-manieth step is measured. 1 where not given. */
  every?: number | undefined;
}

interface Tensor {
  data(): Promise<ArrayLike<number>>;
  dispose(): void;
}

interface Operations {
  tidy(work: () => Tensor): Tensor;
  stack(tensors: readonly Tensor[]): Tensor;
  maximum(one: Tensor, other: number): Tensor;
  div(one: Tensor, other: Tensor): Tensor;
  mul(one: Tensor, other: Tensor): Tensor;
  abs(tensor: Tensor): Tensor;
  max(tensor: Tensor): Tensor;
  square(tensor: Tensor): Tensor;
  sum(tensor: Tensor): Tensor;
  sqrt(tensor: Tensor): Tensor;
}

type Gradients = Readonly<Record<string, Tensor | null>> | readonly { name: string; tensor: Tensor | null }[];

interface Optimizer {
  applyGradients(gradients: Gradients): void;
  minimize(cost: unknown, returnCost?: boolean, variables?: unknown): Tensor | null;
  getConfig?(): { readonly learningRate?: unknown };
}

/** A step that was measured and whose numbers are on their way. */
interface Measured {
  readonly step: number;
  readonly names: readonly string[];
  readonly norms: Promise<ArrayLike<number>>;
  readonly learningRate: number | undefined;
  loss?: Promise<ArrayLike<number>>;
}

/** Steps whose numbers may be on their way at once; while there are more, none is measured. */
const MOST_WAITING = 64;
/** Gradients are divided by their greatest number before they are squared, lest the squares vanish; never by 0. */
const SMALLEST = 1e-37;

/**
 * Records the norms of all gradients that an optimizer applies, with the loss where `minimize` or `model.fit` gives it. The
 * optimizer is used as before, and so is its training: nothing is kept of a step on the device. Only small numbers are read back.
 *
 * @param optimizer one of `tf.train`, before the training begins
 * @returns gives the optimizer its own methods back; resolves once all steps are recorded: to be awaited before the span ends
 */
export function watchOptimizer(optimizer: object, { tf, span, every = 1 }: WatchOptimizerOptions): () => Promise<void> {
  const watched = optimizer as Optimizer;
  const { applyGradients, minimize } = watched;
  const hasOwn = Object.hasOwn(watched, 'applyGradients');
  let step = -1;
  let waiting = 0;
  let isMinimizing = false;
  let current: Measured | undefined;
  let recorded: Promise<unknown> = Promise.resolve();

  const measure = (gradients: Gradients): Measured | undefined => {
    if (step % every !== 0 || waiting >= MOST_WAITING) return undefined;
    const named = Array.isArray(gradients)
      ? (gradients as readonly { name: string; tensor: Tensor | null }[]).map(
          ({ name, tensor }) => [name, tensor] as const,
        )
      : Object.entries(gradients as Readonly<Record<string, Tensor | null>>);
    const known = named.filter((entry): entry is [string, Tensor] => Boolean(entry[1]));
    if (known.length === 0) return undefined;
    const operations = tf as unknown as Operations;
    const norms = operations.tidy(() => operations.stack(known.map(([, tensor]) => normOf(tensor, operations))));
    const { learningRate } = quietly(() => watched.getConfig?.()) ?? {};
    return {
      step,
      names: known.map(([name]) => name),
      norms: read(norms),
      learningRate: typeof learningRate === 'number' ? learningRate : undefined,
    };
  };

  const record = (measured: Measured | undefined): void => {
    if (!measured) return;
    waiting++;
    const { names, learningRate } = measured;
    // Both are asked for now: a failure of one must not be reported as nobody's.
    const numbers = Promise.all([measured.norms, measured.loss]);
    recorded = Promise.all([numbers, recorded])
      .then(([[norms, loss]]) => {
        const values = Array.from(norms);
        recordGradients(span, measured.step, new Map(names.map((name, at) => [name, values[at]!])), {
          loss: loss?.[0],
          learningRate,
          globalNorm: Math.sqrt(values.reduce((sum, norm) => sum + norm * norm, 0)),
        });
      })
      .catch(() => {})
      .finally(() => waiting--);
  };

  watched.applyGradients = (gradients) => {
    step++;
    const measured = quietly(() => measure(gradients));
    if (isMinimizing) current = measured;
    else record(measured);
    return applyGradients.call(watched, gradients);
  };
  watched.minimize = (cost, returnCost = false, variables) => {
    isMinimizing = true;
    let loss: Tensor | null;
    try {
      loss = minimize.call(watched, cost, true, variables);
    } finally {
      isMinimizing = false;
    }
    const measured = current;
    current = undefined;
    quietly(() => {
      if (measured && loss) measured.loss = loss.data();
      record(measured);
    });
    if (returnCost) return loss;
    loss?.dispose();
    return null;
  };
  return async () => {
    // Those of the class show again where the object had none of its own.
    if (hasOwn) Object.assign(watched, { applyGradients, minimize });
    else for (const name of ['applyGradients', 'minimize']) Reflect.deleteProperty(watched, name);
    await recorded;
  };
}

/** The numbers of a small tensor, which is let go of at once: the device keeps it until they are read. */
function read(tensor: Tensor): Promise<ArrayLike<number>> {
  const numbers = tensor.data();
  tensor.dispose();
  return numbers;
}

function normOf(tensor: Tensor, { abs, max, maximum, div, mul, square, sum, sqrt }: Operations): Tensor {
  const greatest = maximum(max(abs(tensor)), SMALLEST);
  return mul(greatest, sqrt(sum(square(div(tensor, greatest)))));
}
