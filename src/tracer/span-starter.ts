import { quietly } from './quietly.js';
import { settle } from './settle.js';
import type { SpanOptions } from './span-facts.js';
import type { TracerSpan } from './tracer-span.js';

/** What spans are begun on: a tracer, whose spans are roots, or a span, whose spans are its children. */
export abstract class SpanStarter {
  /** Begins a span that the caller ends: by `end()`, or by `using`. */
  abstract start(name: string, options?: SpanOptions): TracerSpan;

  /** Runs a function as a span, and ends the span with it. Gives back what the function gives. */
  span<Result>(name: string, run: (span: TracerSpan) => Result): Result;
  span<Result>(name: string, options: SpanOptions, run: (span: TracerSpan) => Result): Result;
  span<Result>(
    name: string,
    optionsOrRun: SpanOptions | ((span: TracerSpan) => Result),
    run?: (span: TracerSpan) => Result,
  ): Result {
    const [options, work] = typeof optionsOrRun === 'function' ? [{}, optionsOrRun] : [optionsOrRun, run!];
    return runSpan(this.start(name, options), options, work);
  }

  /** The function, each call of it a span. Its signature stays as it is. */
  traceable<Args extends unknown[], Result>(
    work: (...args: Args) => Result,
    { name = work.name || 'anonymous function', ...options }: SpanOptions & { name?: string } = {},
  ): (...args: Args) => Result {
    const start = (args: Args): TracerSpan =>
      this.start(name, { input: args.length === 1 ? args[0] : args, ...options });
    return function (this: unknown, ...args) {
      return runSpan(start(args), options, () => work.apply(this, args));
    };
  }
}

/** Runs a function inside an open span and ends the span with it: when it returns, or when what it returns is done. */
export function runSpan<Result>(span: TracerSpan, options: SpanOptions, work: (span: TracerSpan) => Result): Result {
  return settle(() => work(span), {
    done(result) {
      if (quietly(() => options.recordOutput) !== false) span.takeResult(result);
      span.end();
    },
    failed(error) {
      if (!span.isEnded) span.recordException(error);
      span.end();
    },
  });
}
