import type { Trace } from '../../model/index.js';
import { totalTokens } from '../../model/index.js';
import { stepsOf } from '../../model/steps.js';
import { ContentHash } from './content-hash.js';

/** Numbers for texts: the same for the same text. */
export class Words {
  readonly #numbers = new Map<string, number>();

  numberOf(word: string): number {
    let number = this.#numbers.get(word);
    if (number === undefined) this.#numbers.set(word, (number = this.#numbers.size + 1));
    return number;
  }
}

/**
 * What is known of the spans of a trace without reading what they hold, as numbers by position: equal where it is equal, in both traces
 * of a comparison.
 */
export interface SpanTokens {
  /** The name, and the tool, agent or function where the name does not say it. */
  readonly name: Float64Array;
  /** Kind and name. */
  readonly called: Float64Array;
  /** Duration, status, tokens and cost of the span itself. 0 where they say nothing. */
  readonly figures: Float64Array;
  /** What is inside, by kind and name, in order. 0 for a span that holds none. */
  readonly inside: Float64Array;
  /** All of these, and those of all that is inside. */
  readonly exact: Float64Array;
}

export function* spanTokensInSteps(trace: Trace, words: Words): Generator<undefined, SpanTokens> {
  const count = trace.spans.length;
  const { table, tree } = trace;
  const column = (): Float64Array => new Float64Array(count);
  const tokens = { name: column(), called: column(), figures: column(), inside: column(), exact: column() };
  for (const [from, to] of stepsOf(count)) {
    for (let position = from; position < to; position++) {
      const row = trace.rowAt(position);
      const name = words.numberOf(`${table.names[row]!}\0${table.labels[row] ?? ''}`);
      tokens.name[position] = name;
      tokens.called[position] = words.numberOf(`${table.kinds[row]!} ${name}`);
      tokens.figures[position] = figuresOf(trace, row, words);
    }
    yield;
  }
  /** What the children of each span are, added from the last to the first. */
  const exactInside = column();
  for (const [from, to] of stepsOf(count)) {
    for (let position = count - 1 - from; position > count - 1 - to; position--) {
      const { called, figures, inside, exact } = tokens;
      const own = new ContentHash().addNumber(called[position]!).addNumber(figures[position]!);
      exact[position] = own.addNumber(exactInside[position]!).value;
      const parent = tree.parent[position]!;
      if (parent < 0) continue;
      inside[parent] = hashOf(inside[parent]!, called[position]!, inside[position]!);
      exactInside[parent] = hashOf(exactInside[parent]!, exact[position]!, 0);
    }
    yield;
  }
  return tokens;
}

const hashOf = (one: number, other: number, third: number): number =>
  new ContentHash().addNumber(one).addNumber(other).addNumber(third).value;

function figuresOf({ table }: Trace, row: number, words: Words): number {
  const duration = table.ends[row]! - table.starts[row]!;
  // The two traces count from other origins: what they tell apart is no more than a nanosecond.
  const time = Number.isNaN(duration) ? 0 : Math.round(duration * 1e6);
  const usage = table.usageAt(row);
  const cost = table.costAt(row) ?? 0;
  const all = usage ? (totalTokens(usage) ?? 0) : 0;
  if (!time && !all && !cost) return 0;
  return words.numberOf(
    `${time} ${all} ${usage?.input ?? ''} ${usage?.output ?? ''} ${cost} ${table.statuses[row]!} ${table.models[row] ?? ''}`,
  );
}
