import type { RecordedSpan } from '../model/index.js';
import type { SpanExporter } from './span-exporter.js';

export interface ConsoleExporterOptions {
  /** Where lines go: the console where not said otherwise. */
  console?: Pick<Console, 'debug' | 'warn'>;
}

/** Shows each span in the console when it has ended: a line, and the span to look into. Failed ones are warnings. */
export function consoleExporter({ console: target = console }: ConsoleExporterOptions = {}): SpanExporter {
  let stored = 0;
  return {
    started() {},
    ended(span: Readonly<RecordedSpan>) {
      const { kind, name, start, end, model, status, statusMessage } = span;
      const facts = [
        `${Math.round((end ?? start) - start)} ms`,
        ...(model === undefined ? [] : [model]),
        ...(status === 'error' ? [statusMessage ?? 'failed'] : []),
      ];
      // What a span holds is handed over, never a format string of its own.
      target[status === 'error' ? 'warn' : 'debug']('%s', `[${kind}] ${name} (${facts.join(', ')})`, span);
      stored++;
    },
    flush: () => Promise.resolve({ stored, dropped: 0 }),
  };
}
