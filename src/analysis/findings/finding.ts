import type { Span, Trace } from '../../model/index.js';
import { stepsOf } from '../../model/steps.js';
import type { RollUps } from '../roll-ups.js';

/** How much a finding matters: something to know, something to look into, something that is wrong. */
export type Severity = 'info' | 'warning' | 'error';

/** The figures of a finding; each rule states those that its words need. They are put into words by `i18n/`. */
export interface FindingValues {
  /** How many spans, calls or tries it is about. */
  readonly count?: number;
  /** A part of a whole, from 0 to 1: mostly of the time of the trace. */
  readonly share?: number;
  /** Milliseconds. */
  readonly time?: number;
  /** Milliseconds that could be saved, or that are usual. */
  readonly otherTime?: number;
  readonly tokens?: number;
  readonly otherTokens?: number;
  /** US dollars. */
  readonly cost?: number;
  /** Tokens per second. */
  readonly rate?: number;
  /** A name from the trace: of a tool, a model, a kind, a span. */
  readonly name?: string;
}

/** Something that a rule found in a trace. */
export interface Finding {
  /** The name of the rule. */
  readonly rule: string;
  readonly severity: Severity;
  readonly values: FindingValues;
  /** The spans that it is about, the most telling first; at most `MOST_NAMED` of them. */
  readonly spans: readonly Span[];
}

/** How many spans a finding names. */
export const MOST_NAMED = 50;

/**
 * A rule. What it finds says a person something that they can act on; a trace that is nearly the same and in order must
 * give nothing.
 */
export interface Lint {
  /** A name in kebab case, under which `i18n/` has its words. */
  readonly name: string;
  /** What it looks at: the outline of all spans, or messages and values of some, which are read for it. */
  readonly reads: 'outline' | 'detail';
  /** The figure that its findings are ordered by, the highest first, where there may be several. */
  readonly orderedBy?: keyof FindingValues;
  /** Gives what it finds, and `undefined` wherever it could rest. */
  find(view: TraceLook): Iterable<Finding | undefined>;
}

/** Spans whose details one rule may read: a tenth of a second's work. */
const MOST_READ = 1000;

/** A trace as rules look at it: what several of them need is worked out once. */
export class TraceLook {
  readonly trace: Trace;
  readonly rollUps: RollUps;
  /** Spans that the rule at hand wanted to read and did not, since it had read enough. */
  notRead = 0;
  #read = 0;
  /** The agent that a span belongs to, or its root where no span says that it is one: by position, of its position. */
  readonly agents: Int32Array;
  readonly #callsByAgent = new Map<number, number[]>();

  constructor(rollUps: RollUps) {
    this.trace = rollUps.trace;
    this.rollUps = rollUps;
    this.agents = new Int32Array(rollUps.trace.spans.length);
  }

  /** Works out what rules ask for, with chances to rest. */
  *prepare(): Generator<undefined, unknown> {
    const { agents, trace, rollUps } = this;
    const { tree, table } = trace;
    for (const [from, to] of stepsOf(agents.length)) {
      yield;
      for (let position = from; position < to; position++) {
        const parent = tree.parent[position]!;
        const isTop = parent < 0 || table.kinds[trace.rowAt(parent)] === 'agent';
        const agent = parent < 0 ? position : isTop ? parent : agents[parent]!;
        agents[position] = agent;
        if (!rollUps.isCall[position] || table.kinds[trace.rowAt(position)] !== 'llm') continue;
        const known = this.#callsByAgent.get(agent);
        if (known) known.push(position);
        else this.#callsByAgent.set(agent, [position]);
      }
    }
    yield;
    rollUps.tokens();
    yield;
    // Worked out when it is first asked for.
    return rollUps.selfTimes;
  }

  /** Before each rule: all may read equally much. */
  startRule(): void {
    this.#read = 0;
    this.notRead = 0;
  }

  /** A span whose details may be read; `undefined` once enough were. */
  detailOf(position: number): Span | undefined {
    if (this.#read === MOST_READ) {
      this.notRead++;
      return undefined;
    }
    this.#read++;
    return this.trace.spanAt(position);
  }

  /** Milliseconds from start to end; `NaN` where a time is missing, or the end is before the start. */
  durationOf(position: number): number {
    const { starts, ends } = this.trace.table;
    const row = this.trace.rowAt(position);
    const duration = ends[row]! - starts[row]!;
    return duration >= 0 ? duration : NaN;
  }

  /** Milliseconds from the table's origin. */
  startOf(position: number): number {
    return this.trace.table.starts[this.trace.rowAt(position)]!;
  }

  endOf(position: number): number {
    return this.trace.table.ends[this.trace.rowAt(position)]!;
  }

  /** The positions of the children of a span, by start; of the roots for -1. */
  childrenOf(position: number): number[] {
    const { size } = this.trace.tree;
    const children: number[] = [];
    const end = position < 0 ? this.trace.spans.length : position + size[position]!;
    for (let child = position + 1; child < end; child += size[child]!) children.push(child);
    return children;
  }

  /** The LLM calls of each agent, each counted once, in order. */
  get callsByAgent(): ReadonlyMap<number, readonly number[]> {
    return this.#callsByAgent;
  }

  /** The first of some spans. */
  spansAt(positions: readonly number[]): Span[] {
    return positions.slice(0, MOST_NAMED).map((position) => this.trace.spanAt(position));
  }
}
