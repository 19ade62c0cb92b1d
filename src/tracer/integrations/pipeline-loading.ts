import { quietly } from '../quietly.js';
import type { SpanStarter } from '../span-starter.js';
import type { TracerSpan } from '../tracer-span.js';

/** `ProgressInfo` of huggingface/transformers.js. Sizes are bytes. */
interface ProgressInfo {
  readonly status?: unknown;
  readonly file?: unknown;
  readonly loaded?: unknown;
}

/** The loading of a model, with its files as events. */
export class PipelineLoading {
  /** What the library is given. */
  readonly options: unknown;
  readonly #span: TracerSpan;
  /** Bytes of each file so far. */
  readonly #files = new Map<string, number>();
  readonly #begun = performance.now();
  /** When the first file was begun, and the last one was there. */
  #download: { start: number; end: number } | undefined;

  constructor(starter: SpanStarter, task: unknown, model: unknown, given: unknown) {
    const isNamed = typeof model === 'string';
    const { progress_callback: theirs, device, dtype, revision } = (given ?? {}) as Record<string, unknown>;
    this.#span = starter.start(isNamed ? `load ${model}` : 'load', {
      provider: 'transformers.js',
      ...(isNamed && { model }),
      attributes: {
        'llm_trace.operation': 'load',
        'transformers.task': task,
        ...(device !== undefined && { 'transformers.device': device }),
        ...(dtype !== undefined && { 'transformers.dtype': dtype }),
        ...(revision !== undefined && { 'transformers.revision': revision }),
      },
    });
    this.options =
      typeof theirs === 'function' ? { ...(given as object), progress_callback: this.#listened(theirs) } : given;
  }

  #listened(theirs: unknown): (info: ProgressInfo) => unknown {
    return (info, ...others: unknown[]) => {
      quietly(() => this.#add(info));
      return Reflect.apply(theirs as (...args: unknown[]) => unknown, undefined, [info, ...others]);
    };
  }

  #add({ status, file, loaded }: ProgressInfo): void {
    if (typeof file !== 'string') return;
    const now = performance.now() - this.#begun;
    this.#download = { start: this.#download?.start ?? now, end: now };
    if (status === 'progress' && typeof loaded === 'number') this.#files.set(file, loaded);
    if (status === 'done') this.#span.addEvent('file loaded', { file, bytes: this.#files.get(file) });
  }

  end(): void {
    const bytes = [...this.#files.values()].reduce((sum, size) => sum + size, 0);
    if (this.#files.size) {
      this.#span.setAttributes({ 'llm_trace.load.files': this.#files.size, 'llm_trace.load.bytes': bytes });
    }
    const download = this.#download;
    const end = performance.now() - this.#begun;
    const span = this.#span;
    span.endAfter(async () => {
      const { recordInternals } = await import('../record-internals.js');
      const events = [
        ...(download ? [{ stage: 'download', ...download, bytes }] : []),
        { stage: 'load', start: download?.end ?? 0, end },
      ];
      recordInternals(span, { v: 1, stages: { clock: 'ms', measured_at: 'client', events } });
    });
  }

  fail(error: unknown): void {
    this.#span.recordException(error);
    this.end();
  }
}
