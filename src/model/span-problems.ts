import type { ProblemCode, TraceProblem } from './problem.js';
import type { SpanTable } from './span-table.js';

/** What can be found at a span by its row alone. */
const AT_SPAN = [
  'missing-start',
  'missing-end',
  'end-before-start',
  'self-parent',
  'missing-parent',
  'cycle',
] as const satisfies readonly ProblemCode[];

type AtSpan = (typeof AT_SPAN)[number];

/** Rows of a table are fewer. */
const MOST_ROWS = 2 ** 32;

/**
 * Findings about the spans of a trace, in the order in which they were made. A trace of a million spans may have a
 * million findings: until somebody asks, each is a number.
 */
export class SpanProblems {
  readonly #table: SpanTable;
  readonly #found: (TraceProblem | number)[] = [];
  /** Rows whose spans have another id than their records. */
  readonly #madeIds: ReadonlyMap<number, string>;

  constructor(table: SpanTable, madeIds: ReadonlyMap<number, string>) {
    this.#table = table;
    this.#madeIds = madeIds;
  }

  get length(): number {
    return this.#found.length;
  }

  add(code: ProblemCode, message: string, spanId?: string): void {
    this.#found.push(spanId === undefined ? { code, message } : { code, message, spanId });
  }

  addAt(code: AtSpan, row: number): void {
    this.#found.push(AT_SPAN.indexOf(code) * MOST_ROWS + row);
  }

  list(): TraceProblem[] {
    return this.#found.map((found) =>
      typeof found === 'number' ? this.#problemAt(AT_SPAN[Math.floor(found / MOST_ROWS)]!, found % MOST_ROWS) : found,
    );
  }

  #problemAt(code: AtSpan, row: number): TraceProblem {
    const id = this.#madeIds.get(row) ?? this.#table.ids[row]!;
    return { code, message: this.#messageAt(code, row, id), spanId: id };
  }

  #messageAt(code: AtSpan, row: number, id: string): string {
    const { starts, ends, parentIds } = this.#table;
    switch (code) {
      case 'missing-start':
        return `The span ${id} has no start time.`;
      case 'missing-end':
        return `The span ${id} has no end: it was still running.`;
      case 'end-before-start':
        return `The span ${id} ends ${starts[row]! - ends[row]!} ms before it starts.`;
      case 'self-parent':
        return `The span ${id} names itself as its parent. It is shown as a root.`;
      case 'missing-parent':
        return `The parent ${parentIds[row]!} of the span ${id} is not in the trace.`;
      case 'cycle':
        return `The span ${id} is its own ancestor. The circle is cut there and the span shown as a root.`;
    }
  }
}
