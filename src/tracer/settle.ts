import { ask } from './ask.js';

/**
 * Runs a function and says how it ended, without changing what the caller gets: a promise comes back as the same promise
 * (clients give promises with methods of their own), an async iterator as one that does the same.
 */
export function settle<Result>(
  run: () => Result,
  done: (result: unknown) => void,
  failed: (error: unknown) => void,
): Result {
  let result: Result;
  try {
    result = run();
  } catch (error) {
    failed(error);
    throw error;
  }
  if (isPromise(result)) {
    // Hung onto before the caller can: the span is over before the caller goes on.
    result.then(done, failed);
    return result;
  }
  if (isAsyncGenerator(result)) return watched(result, done, failed) as Result;
  done(result);
  return result;
}

const isPromise = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' && value !== null && ask(() => typeof (value as { then?: unknown }).then === 'function');

const isAsyncGenerator = (value: unknown): value is AsyncGenerator =>
  typeof value === 'object' &&
  value !== null &&
  ask(() => Symbol.asyncIterator in value && typeof (value as Partial<AsyncGenerator>).return === 'function');

/** The generator, with its end reported: when it is through, when it fails, and when its reader goes away. */
function watched(
  source: AsyncGenerator,
  done: (result: unknown) => void,
  failed: (error: unknown) => void,
): AsyncGenerator {
  const values: unknown[] = [];
  const watch = async (step: Promise<IteratorResult<unknown>>): Promise<IteratorResult<unknown>> => {
    try {
      const result = await step;
      if (result.done) done(values);
      else values.push(result.value);
      return result;
    } catch (error) {
      failed(error);
      throw error;
    }
  };
  return {
    next: (...args: [] | [unknown]) => watch(source.next(...args)),
    return: (value: unknown) => watch(source.return(value)),
    throw: (error: unknown) => watch(source.throw(error)),
    [Symbol.asyncIterator]() {
      return this;
    },
    async [Symbol.asyncDispose]() {
      await watch(source.return(undefined));
    },
  } as AsyncGenerator;
}
