import type { ProblemCode, ProblemValues, TraceProblem } from './problem.js';
import type { SpanTable } from './span-table.js';

/** What can be found at a span by its row alone, in the order in which it is listed of one span. */
const AT_SPAN = [
  'missing-start',
  'missing-end',
  'end-before-start',
  'self-parent',
  'missing-parent',
] as const satisfies readonly ProblemCode[];

type AtSpan = (typeof AT_SPAN)[number];

/** Numbers of one place: more than there are codes. */
const CODES = 8;

/** Where problems find the spans that they are about. */
export interface PlacedSpans {
  table: SpanTable;
  rowOf(place: number): number;
  idOf(place: number): string;
}

/**
 * Findings about the spans of a trace: of ids, then of spans by their places, then of the tree. A trace of a million spans
 * may have a million findings: until somebody asks, each is a number.
 */
export class SpanProblems {
  readonly #ofIds: TraceProblem[] = [];
  /** Ascending: place and code. */
  #atSpans: number[] = [];
  /** Places at which circles were cut. */
  #cut: readonly number[] = [];
  #rootCount = 1;

  add(code: ProblemCode, message: string, spanId: string, values: ProblemValues = {}): void {
    this.#ofIds.push({ code, message, spanId, values });
  }

  /** Places have to come in order. */
  addAt(code: AtSpan, place: number): void {
    this.#atSpans.push(place * CODES + AT_SPAN.indexOf(code));
  }

  /** What is wrong with the tree. */
  setTree(cut: readonly number[], rootCount: number): void {
    this.#cut = cut;
    this.#rootCount = rootCount;
  }

  /** A copy, without what is not true any more at these places, and with what was found there and behind the last. */
  grown(changed: ReadonlySet<number>, found: SpanProblems): SpanProblems {
    const grown = new SpanProblems();
    for (const problem of this.#ofIds) grown.#ofIds.push(problem);
    for (const number of this.#atSpans) {
      if (changed.size === 0 || !changed.has(Math.floor(number / CODES))) grown.#atSpans.push(number);
    }
    let last = grown.#atSpans.at(-1) ?? -1;
    let isInOrder = true;
    for (const number of found.#atSpans) {
      if (number < last) isInOrder = false;
      grown.#atSpans.push((last = number));
    }
    if (!isInOrder) grown.#atSpans.sort((one, other) => one - other);
    return grown;
  }

  get length(): number {
    return this.#ofIds.length + this.#atSpans.length + this.#cut.length + (this.#rootCount > 1 ? 1 : 0);
  }

  list(spans: PlacedSpans): TraceProblem[] {
    const problems = this.#ofIds.slice();
    for (const number of this.#atSpans) {
      problems.push(problemAt(AT_SPAN[number % CODES]!, Math.floor(number / CODES), spans));
    }
    for (const place of this.#cut) problems.push(problemAt('cycle', place, spans));
    if (this.#rootCount > 1) {
      const count = this.#rootCount;
      problems.push({ code: 'several-roots', message: `The trace has ${count} roots.`, values: { count } });
    }
    return problems;
  }
}

function problemAt(code: AtSpan | 'cycle', place: number, spans: PlacedSpans): TraceProblem {
  const id = spans.idOf(place);
  const values = valuesAt(code, spans.table, spans.rowOf(place));
  return { code, message: messageAt(code, id, values), spanId: id, ...(values && { values }) };
}

function valuesAt(code: AtSpan | 'cycle', table: SpanTable, row: number): ProblemValues | undefined {
  if (code === 'end-before-start') return { time: table.starts[row]! - table.ends[row]! };
  return code === 'missing-parent' ? { id: table.parentIds.at(row) } : undefined;
}

function messageAt(code: AtSpan | 'cycle', id: string, values: ProblemValues | undefined): string {
  switch (code) {
    case 'missing-start':
      return `The span ${id} has no start time.`;
    case 'missing-end':
      return `The span ${id} has no end: it was still running.`;
    case 'end-before-start':
      return `The span ${id} ends ${values!.time} ms before it starts.`;
    case 'self-parent':
      return `The span ${id} names itself as its parent. It is shown as a root.`;
    case 'missing-parent':
      return `The parent ${values!.id} of the span ${id} is not in the trace.`;
    case 'cycle':
      return `The span ${id} is its own ancestor. The circle is cut there and the span shown as a root.`;
  }
}
