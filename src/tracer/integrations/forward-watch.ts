import { quietly } from '../quietly.js';
import type { GenerationSteps } from './generation-steps.js';

type Forward = (this: unknown, ...args: unknown[]) => unknown;

/** The part of a model of transformers.js that is looked at. */
interface ForwardingModel {
  forward: Forward;
}

const watches = new WeakMap<object, ForwardWatch>();

/**
 * Tells generations of the runs of their model. A model has one `forward`, and several answers may come about at once: after a
 * prompt and after each token, `generate()` waits for nothing before it runs the model again, so that what runs next in the same
 * turn is for the one that has just had a token.
 *
 * `forward` is set on the model while calls of ours go on, and taken away after the last.
 */
export class ForwardWatch {
  readonly #model: ForwardingModel;
  #next: GenerationSteps | undefined;
  #calls = 0;
  #restore = (): void => {};

  static of(model: object): ForwardWatch {
    let watch = watches.get(model);
    if (!watch) watches.set(model, (watch = new ForwardWatch(model as ForwardingModel)));
    return watch;
  }

  private constructor(model: ForwardingModel) {
    this.#model = model;
  }

  /** Watches until the function is called that comes back. */
  begin(): () => void {
    if (this.#calls++ === 0) quietly(() => this.#install());
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      if (--this.#calls === 0) quietly(() => this.#restore());
    };
  }

  /** What runs next in this turn is for these steps. */
  expect(steps: GenerationSteps): void {
    this.#next = steps;
    queueMicrotask(() => {
      if (this.#next === steps) this.#next = undefined;
    });
  }

  #install(): void {
    const model = this.#model;
    const before = Object.getOwnPropertyDescriptor(model, 'forward');
    const theirs = model.forward;
    const take = (): GenerationSteps | undefined => {
      const steps = this.#next;
      this.#next = undefined;
      return steps;
    };
    const ours: Forward = function (...args) {
      const ran = take()?.run(args[0]);
      const result = Reflect.apply(theirs, this, args);
      if (!ran || !(result instanceof Promise)) return result;
      return result.then((outputs: unknown) => {
        ran(outputs);
        return outputs;
      });
    };
    model.forward = ours;
    this.#restore = () => {
      // Somebody else may have put a function of theirs around it.
      if (model.forward !== ours) return;
      if (before) Object.defineProperty(model, 'forward', before);
      else delete (model as Partial<ForwardingModel>).forward;
    };
  }
}
