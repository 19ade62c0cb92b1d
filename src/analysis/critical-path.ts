import type { Span, Trace } from '../model/index.js';
import { atOnce, stepsOf } from '../model/steps.js';

/** A stretch of the critical path in which a span did work of its own, or waited for nothing that is in the trace. */
export interface PathSegment {
  readonly span: Span;
  /** Milliseconds from the start of the trace. */
  readonly start: number;
  readonly end: number;
}

export interface CriticalPath {
  /** One after the other, by time. */
  readonly segments: readonly PathSegment[];
  /** Milliseconds of the path by span, for those that are on it. */
  readonly time: ReadonlyMap<Span, number>;
  /** Milliseconds of the trace in which no root ran. */
  readonly uncovered: number;
  /** Spans without a start or an end that makes sense: they are on no path. */
  readonly leftOut: number;
  /** Whether a span was running: it is taken to last as long as the trace is known. */
  readonly isRunning: boolean;
}

/** A span whose stretch of the path is being walked, from its end to its start. */
interface Walk {
  /** -1 for what holds the roots. */
  readonly position: number;
  readonly from: number;
  /** How far the walk has come. */
  at: number;
  /** Children by their end within the span, the last first, and the next of them. */
  readonly children: readonly Stretch[];
  next: number;
}

interface Stretch {
  readonly position: number;
  readonly start: number;
  readonly end: number;
}

/**
 * What a child may go on after the one that waited for it began: milliseconds, and a share of its time. Some recorders
 * round starts down to whole milliseconds, and ends not.
 */
const LATE = 1;
const LATE_SHARE = 0.1;

const isOver = ({ start, end }: Stretch, at: number): boolean =>
  end <= at || (start < at && end - at < LATE && end - at <= (end - start) * LATE_SHARE);

/**
 * The chain of spans that decided when the trace ended, as Jaeger draws it. Walked from the end: what a span waited for
 * last is the child that ended last by then; before the start of that child, the next one that had ended by then, and so
 * on. What is left between them is the span's own. A child counts only for as long as its parent ran; one that ran
 * beside the child that was waited for is not on the path, unless that was for less than times are exact. Of children that end together, the one that started first is
 * taken.
 */
export const criticalPath = (trace: Trace): CriticalPath => atOnce(criticalPathInSteps(trace));

/** As `criticalPath`, with chances to rest. */
export function* criticalPathInSteps(trace: Trace): Generator<undefined, CriticalPath> {
  const { table, tree } = trace;
  const origin = trace.startTime;
  const last = trace.duration;
  const found: { position: number; start: number; end: number }[] = [];
  let leftOut = 0;
  for (const [from, to] of stepsOf(trace.spans.length)) {
    yield;
    for (let position = from; position < to; position++) {
      // An end that is missing is taken for the last moment; one before the start is none.
      if (!(table.starts[trace.rowAt(position)]! <= endOf(position))) leftOut++;
    }
  }

  function endOf(position: number): number {
    const end = table.ends[trace.rowAt(position)]!;
    return Number.isNaN(end) ? origin + last : end;
  }

  function walkOf(position: number, from: number, to: number): Walk {
    const children: Stretch[] = [];
    const end = position < 0 ? trace.spans.length : position + tree.size[position]!;
    for (let child = position + 1; child < end; child += tree.size[child]!) {
      const start = Math.max(from, table.starts[trace.rowAt(child)]! - origin);
      const stop = Math.min(to, endOf(child) - origin);
      if (start < stop) children.push({ position: child, start, end: stop });
    }
    // Those that end together stay in the order of their start.
    children.sort((one, other) => other.end - one.end);
    return { position, from, at: to, children, next: 0 };
  }

  let uncovered = 0;
  const own = (position: number, start: number, end: number): void => {
    if (start >= end) return;
    if (position < 0) uncovered += end - start;
    else found.push({ position, start, end });
  };
  const walks: Walk[] = [walkOf(-1, 0, last)];
  for (let walk = walks.at(-1); walk; walk = walks.at(-1)) {
    yield;
    const { position, from, children } = walk;
    while (walk.next < children.length && !isOver(children[walk.next]!, walk.at)) walk.next++;
    const child = children[walk.next];
    if (child) {
      const end = Math.min(child.end, walk.at);
      own(position, end, walk.at);
      walk.at = child.start;
      if (tree.childCount[child.position] === 0) own(child.position, child.start, end);
      else walks.push(walkOf(child.position, child.start, end));
    } else {
      own(position, from, walk.at);
      walks.pop();
    }
  }

  const time = new Map<Span, number>();
  const segments: PathSegment[] = [];
  found.reverse();
  for (const [from, to] of stepsOf(found.length)) {
    yield;
    for (const { position, start, end } of found.slice(from, to)) {
      const span = trace.spanAt(position);
      time.set(span, (time.get(span) ?? 0) + end - start);
      segments.push({ span, start, end });
    }
  }
  return { segments, time, uncovered, leftOut, isRunning: trace.isRunning };
}
