import { ask } from '../ask.js';
import { settle } from '../settle.js';
import type { SpanStarter } from '../span-starter.js';
import type { TracerSpan } from '../tracer-span.js';

/** `InitProgressReport` of WebLLM. */
interface ProgressReport {
  /** 0 to 1. */
  progress?: unknown;
  /** Seconds. */
  timeElapsed?: unknown;
  text?: unknown;
}

type ProgressCallback = (report: ProgressReport) => void;

/** The part of an engine that tells how far the loading of a model is. */
export interface ProgressEngine {
  getInitProgressCallback?(): ProgressCallback | undefined;
  setInitProgressCallback?(callback: ProgressCallback | undefined): void;
}

/** Records the loading of models, with its stages as events. The application's own callback is called as before. */
export function recordLoading<Result>(
  engine: ProgressEngine,
  provider: string,
  models: readonly string[],
  starter: SpanStarter,
  load: () => Result,
): Result {
  const title = models.join(', ');
  const span = starter.start(title === '' ? 'load' : `load ${title}`, {
    provider,
    ...(title !== '' && { model: title }),
    attributes: { 'llm_trace.operation': 'load' },
  });
  if (!span.isRecording) return load();
  const progress = new Progress(span);
  const restore = listen(engine, (report) => ask(() => progress.add(report)));
  const over = (): void => {
    restore();
    progress.tell();
    span.end();
  };
  return settle(load, {
    done: over,
    failed: (error) => {
      span.recordException(error);
      over();
    },
  });
}

/** Puts a callback before that of the application. Gives back what takes it away. */
function listen(engine: ProgressEngine, heard: ProgressCallback): () => void {
  const { getInitProgressCallback: get, setInitProgressCallback: set } = engine;
  if (!get || !set) return () => {};
  const theirs = get.call(engine);
  const ours: ProgressCallback = (report) => {
    heard(report);
    theirs?.(report);
  };
  set.call(engine, ours);
  return () => {
    // The application may have set another one meanwhile.
    if (get.call(engine) === ours) set.call(engine, theirs);
  };
}

/** How a report says which stage it is of: `Fetching param cache[3/108]: 12MB fetched. …`, `Finish loading on WebGPU`. */
const STAGE = /^[^[:.\d]*/;
const MEGABYTES = /(\d+)MB (?:fetched|loaded)/;

/** What the reports of one loading say. */
class Progress {
  readonly #span: TracerSpan;
  #stage = '';
  #reports = 0;
  #bytes = 0;

  constructor(span: TracerSpan) {
    this.#span = span;
  }

  add({ progress, timeElapsed, text }: ProgressReport): boolean {
    this.#reports++;
    if (typeof text !== 'string') return false;
    this.#bytes = Math.max(this.#bytes, Number(MEGABYTES.exec(text)?.[1] ?? 0) * 1024 * 1024);
    const stage = STAGE.exec(text)?.[0].trim() ?? '';
    if (stage === this.#stage) return false;
    this.#stage = stage;
    this.#span.addEvent(stage === '' ? text : stage, { text, progress, 'seconds elapsed': timeElapsed });
    return true;
  }

  tell(): void {
    this.#span.setAttributes({
      'llm_trace.load.reports': this.#reports,
      ...(this.#bytes > 0 && { 'llm_trace.load.bytes': this.#bytes }),
    });
  }
}
