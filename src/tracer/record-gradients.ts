import { INTERNALS_ATTRIBUTE } from '../internals/index.js';
import { GradientLog, type GradientStep } from './gradient-log.js';
import { quietly } from './quietly.js';
import type { TracerSpan } from './tracer-span.js';

export type { GradientStep } from './gradient-log.js';

/** Milliseconds between two writings while a training runs, and how many times as long as a writing took. */
const SHORTEST_WAIT = 1000;
const TIMES_COST = 20;

interface Recording {
  readonly log: GradientLog;
  /** When it may be written again. */
  next: number;
}

const recordings = new WeakMap<TracerSpan, Recording>();

/**
 * Records the norms of the gradients of one step of a training: the L2 norm of each parameter, by name. They become the
 * `gradients` of the span's internals. While the training runs they are written about once a second, so that a view that
 * follows the store grows. The size is bounded: of a long training, neighbouring steps are put together, the greatest norm of
 * them. Steps have to rise. Names are masked as texts are; where the tracer records no content, nothing of this is recorded.
 */
export function recordGradients(
  span: TracerSpan,
  step: number,
  norms: Readonly<Record<string, number>> | ReadonlyMap<string, number>,
  more: GradientStep = {},
): void {
  if (span.isEnded) return void span.checkpoint();
  if (!span.isRecording || !span.keepsContent) return;
  const recording = recordings.get(span) ?? begin(span);
  quietly(() => recording.log.add(step, norms instanceof Map ? norms : Object.entries(norms), more));
  const began = performance.now();
  if (began < recording.next) return;
  span.checkpoint();
  const ended = performance.now();
  recording.next = ended + Math.max(SHORTEST_WAIT, TIMES_COST * (ended - began));
}

function begin(span: TracerSpan): Recording {
  const log = new GradientLog();
  const recording = { log, next: 0 };
  recordings.set(span, recording);
  span.setLater(INTERNALS_ATTRIBUTE, (mask) => JSON.stringify(log.internals(mask)));
  return recording;
}
