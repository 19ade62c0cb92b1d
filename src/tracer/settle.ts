import { quietly } from './quietly.js';

/** Values of one generator that are recorded. */
const MOST_VALUES = 10_000;

/** Is told how a function ended, perhaps more than once, and must not throw. */
export interface Outcome {
  done(result: unknown): void;
  failed(error: unknown): void;
}

/**
 * Runs a function and says how it ended, without changing what its caller gets. A promise is followed by one of its own,
 * so that an error that nobody takes is still reported as such. What is more than a promise comes back as the same
 * object: clients give promises with methods of their own, and queries that begin when they are waited for. An async
 * generator is followed by one that does the same.
 */
export function settle<Result>(run: () => Result, outcome: Outcome): Result {
  let result: Result;
  try {
    result = run();
  } catch (error) {
    outcome.failed(error);
    throw error;
  }
  const stand = quietly(() => follow(result, outcome));
  if (stand === undefined) outcome.done(result);
  return (stand ?? result) as Result;
}

/** What the caller gets in place of a result that is still to come; `undefined` for one that is there. */
function follow(result: unknown, outcome: Outcome): unknown {
  if (typeof result !== 'object' || result === null) return undefined;
  const tag = Object.prototype.toString.call(result);
  if (tag === '[object AsyncGenerator]') return watched(result as AsyncGenerator, outcome);
  const promise = result as PromiseLike<unknown>;
  if (typeof promise.then !== 'function') return undefined;
  const then = tapped(promise.then.bind(promise), outcome);
  if (tag !== '[object Promise]') {
    // Whoever waits for it begins it, each time: that is for the caller to do.
    Object.defineProperty(promise, 'then', { value: then, configurable: true, writable: true });
  } else if (Object.getPrototypeOf(promise) === Promise.prototype) return then();
  else void then(undefined, () => {});
  return promise;
}

type Then = PromiseLike<unknown>['then'];
type Callback = ((value: unknown) => unknown) | null;

/** A `then` that says how it went before its caller hears of it. */
function tapped(then: Then, outcome: Outcome): Then {
  return ((onDone?: Callback, onFailed?: Callback) =>
    then(
      (value) => {
        outcome.done(value);
        return typeof onDone === 'function' ? onDone(value) : value;
      },
      (error: unknown) => {
        outcome.failed(error);
        if (typeof onFailed === 'function') return onFailed(error);
        throw error;
      },
    )) as Then;
}

/** The generator, with its end reported: when it is through, when it fails, and when its reader goes away. */
function watched(source: AsyncGenerator, outcome: Outcome): AsyncGenerator {
  const values: unknown[] = [];
  const watch = async (step: Promise<IteratorResult<unknown>>): Promise<IteratorResult<unknown>> => {
    try {
      const result = await step;
      if (result.done) outcome.done(values);
      else if (values.length < MOST_VALUES) values.push(result.value);
      return result;
    } catch (error) {
      outcome.failed(error);
      throw error;
    }
  };
  return Object.assign(Object.create(Object.getPrototypeOf(source) as object) as AsyncGenerator, {
    next: (...args: [] | [unknown]) => watch(source.next(...args)),
    return: (value: unknown) => watch(source.return(value)),
    throw: (error: unknown) => watch(source.throw(error)),
  });
}
