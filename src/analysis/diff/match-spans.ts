import type { Trace } from '../../model/index.js';
import { stepsOf } from '../../model/steps.js';
import { alignInSteps, type Alignment } from './align.js';
import { ReadingBudget, SpanContents } from './span-contents.js';
import { spanTokensInSteps, Words, type SpanTokens } from './span-tokens.js';

/** Points for what two spans have in common. What stands beside the name is less than another pair. */
const SAME_CALLED = 100;
const SAME_NAME = 60;
const SAME_FIGURES = 20;
const SAME_INSIDE = 15;
const SAME_INPUT = 30;
const SAME_OUTPUT = 20;
/** Of spans that are called the same, took the same time and were given the same: worth more than two pairs of others. */
const SAME_SPAN = 150;

/** Which spans of two traces are the same one: -1 for a span that has no counterpart. */
export interface Matches {
  /** The position in the trace after, by the position in the trace before. */
  readonly after: Int32Array;
  /** The other way round. */
  readonly before: Int32Array;
}

/**
 * Finds the spans of two traces that are the same one, by kind, name and path.
 *
 * 1. From the roots down, the children of each pair are aligned by kind and name (`alignInSteps`).
 * 2. What is left inside the same pair is aligned whatever lies between, so that a wrapper more or less does not matter.
 * 3. What is left anywhere has moved where all of it, its figures, its input, or what is inside is the same.
 * 4. What is left inside the same pair has another name where figures, input, or what is inside say that it is the same.
 */
export function* matchSpansInSteps(before: Trace, after: Trace): Generator<undefined, Matches> {
  const words = new Words();
  const tokens = {
    before: yield* spanTokensInSteps(before, words),
    after: yield* spanTokensInSteps(after, words),
  };
  const matching = new Matching(before, after, tokens, yield* twinsInSteps(tokens));
  yield* matching.matchDown([-1]);
  yield* matching.matchAcrossWrappers();
  yield* matching.matchMoved();
  yield* matching.matchRenamed();
  return matching.matches;
}

interface Side<Value> {
  readonly before: Value;
  readonly after: Value;
}

/** A number for each span, equal where the same is said of two; 0 where nothing is. */
type Signs = Side<(position: number) => number>;

class Matching {
  readonly matches: Matches;
  readonly #traces: Side<Trace>;
  readonly #tokens: Side<SpanTokens>;
  readonly #contents: Side<SpanContents>;
  /** The only span of the other trace that is the same in its outline and all that is inside; -1 where there is not just one. */
  readonly #twins: Side<Int32Array>;

  /** Kind and name of a span, and the kind alone. */
  readonly #names: Signs;
  readonly #kinds: Side<(position: number) => string>;

  constructor(before: Trace, after: Trace, tokens: Side<SpanTokens>, twins: Side<Int32Array>) {
    this.#names = {
      before: (position) => tokens.before.called[position]!,
      after: (position) => tokens.after.called[position]!,
    };
    const kindAt = (trace: Trace) => (position: number) => trace.table.kinds[trace.rowAt(position)]!;
    this.#kinds = { before: kindAt(before), after: kindAt(after) };
    this.#traces = { before, after };
    this.#tokens = tokens;
    const budget = new ReadingBudget();
    this.#contents = { before: new SpanContents(before, budget), after: new SpanContents(after, budget) };
    this.#twins = twins;
    this.matches = {
      after: new Int32Array(before.spans.length).fill(-1),
      before: new Int32Array(after.spans.length).fill(-1),
    };
  }

  /** Aligns what is directly inside pairs, and so on down. Positions are those before; -1 stands for both traces. */
  *matchDown(pairs: number[]): Generator<undefined, void> {
    const { after: counterpart } = this.matches;
    const alignment = this.#alignment((position, other) => this.#score(position, other), pairs);
    for (let pair = pairs.pop(); pair !== undefined; pair = pairs.pop()) {
      const [above, otherAbove] = [pair, pair < 0 ? -1 : counterpart[pair]!];
      const { exact } = this.#tokens.before;
      if (pair >= 0 && exact[above] === this.#tokens.after.exact[otherAbove]) {
        this.#matchAllInside(above, otherAbove);
        yield;
        continue;
      }
      const children = this.#unmatchedInside('before', above);
      const others = this.#unmatchedInside('after', otherAbove);
      if (pair < 0 && this.#areSameRoots(children, others)) alignment.pair(children[0]!, others[0]!);
      else if (children.length && others.length) yield* alignInSteps(children, others, alignment);
      yield;
    }
  }

  *matchAcrossWrappers(): Generator<undefined, void> {
    const { called } = this.#tokens.before;
    const { called: otherCalled } = this.#tokens.after;
    const alignment = this.#alignment((position, other) =>
      called[position] === otherCalled[other] ? this.#score(position, other) : 0,
    );
    const groups = this.#leftByPair('before');
    const others = this.#leftByPair('after');
    yield;
    for (const [above, positions] of groups) {
      const beside = others.get(above < 0 ? -1 : this.matches.after[above]!);
      if (beside) yield* alignInSteps(positions, beside, alignment);
      yield;
    }
  }

  *matchRenamed(): Generator<undefined, void> {
    const { before, after } = this.#tokens;
    const { before: contents, after: otherContents } = this.#contents;
    const { tree } = this.#traces.after;
    /** In what the first counterpart of what is inside a span is. */
    const held = (position: number): number => {
      const child = this.#traces.before.tree.childCount[position]! > 0 ? this.matches.after[position + 1]! : -1;
      return child < 0 ? 0 : tree.parent[child]! + 1;
    };
    const signs: readonly Signs[] = [
      { before: (position) => before.figures[position]!, after: (position) => after.figures[position]! },
      { before: (position) => contents.at(position).input, after: (position) => otherContents.at(position).input },
      { before: held, after: (position) => position + 1 },
      { before: (position) => before.inside[position]!, after: (position) => after.inside[position]! },
    ];
    const found: number[] = [];
    const groups = this.#leftByPair('before');
    const others = this.#leftByPair('after');
    for (const [above, positions] of groups) {
      const beside = others.get(above < 0 ? -1 : this.matches.after[above]!);
      if (!beside) continue;
      yield* contents.read(positions);
      yield* otherContents.read(beside);
      for (const sign of signs) this.#matchBySign(positions, beside, sign, this.#kinds, found);
    }
    yield* this.matchDown(found);
  }

  *matchMoved(): Generator<undefined, void> {
    const pairs: number[] = [];
    const { before, after } = this.#tokens;
    const bySize = (tokens: SpanTokens, side: 'before' | 'after') => (position: number) =>
      this.#traces[side].tree.size[position]! > 2 ? tokens.inside[position]! : 0;
    const signs: readonly Signs[] = [
      // A span without figures and anything inside is like any other that is called so.
      {
        before: (position) => (before.figures[position] || before.inside[position] ? before.exact[position]! : 0),
        after: (position) => (after.figures[position] || after.inside[position] ? after.exact[position]! : 0),
      },
      {
        before: (position) => before.figures[position]!,
        after: (position) => after.figures[position]!,
      },
      {
        before: (position) => this.#contents.before.at(position).input,
        after: (position) => this.#contents.after.at(position).input,
      },
      { before: bySize(before, 'before'), after: bySize(after, 'after') },
    ];
    for (const [place, sign] of signs.entries()) {
      const left = this.#left('before');
      const others = this.#left('after');
      if (!left.length || !others.length) break;
      if (place === 2) yield* this.#readLeft(left, others);
      this.#matchBySign(left, others, sign, this.#names, pairs);
      yield;
    }
    yield* this.matchDown(pairs);
  }

  /** Pairs the first, second… span of a sign and a word with that of the other trace. */
  #matchBySign(
    left: readonly number[],
    others: readonly number[],
    sign: Signs,
    words: Side<(position: number) => number | string>,
    pairs: number[],
  ): void {
    const { before, after } = this.#tokens;
    const waiting = new Map<string, number[]>();
    for (const position of others.toReversed()) {
      const value = sign.after(position);
      if (!value || this.matches.before[position]! >= 0) continue;
      const key = `${words.after(position)} ${value}`;
      const positions = waiting.get(key);
      if (positions) positions.push(position);
      else waiting.set(key, [position]);
    }
    for (const position of left) {
      const value = sign.before(position);
      if (!value || this.matches.after[position]! >= 0) continue;
      const positions = waiting.get(`${words.before(position)} ${value}`);
      let other = positions?.pop();
      while (other !== undefined && this.matches.before[other]! >= 0) other = positions!.pop();
      if (other === undefined) continue;
      this.#pair(position, other);
      pairs.push(position);
      // What is inside goes with it, also where there is more of the same elsewhere.
      if (before.exact[position] === after.exact[other]) this.#matchAllInside(position, other);
    }
  }

  /** Reads those of what is left that are called as something that is left in the other trace. */
  *#readLeft(left: readonly number[], others: readonly number[]): Generator<undefined, void> {
    const { before, after } = this.#tokens;
    const names = new Set(left.map((position) => before.called[position]!));
    const otherNames = new Set(others.map((position) => after.called[position]!));
    yield* this.#contents.before.read(left.filter((position) => otherNames.has(before.called[position]!)));
    yield* this.#contents.after.read(others.filter((position) => names.has(after.called[position]!)));
  }

  #alignment(score: Alignment['score'], found?: number[]): Alignment {
    const { before, after } = this.#tokens;
    return {
      before: { exact: before.exact, rough: before.called },
      after: { exact: after.exact, rough: after.called },
      prepare: (positions, others) => this.#prepare(positions, others),
      score,
      pair: (position, other) => {
        this.#pair(position, other);
        found?.push(position);
      },
    };
  }

  /** Reads the spans of which the name does not say which one they are. */
  *#prepare(positions: readonly number[], others: readonly number[]): Generator<undefined, void> {
    const { before, after } = this.#tokens;
    const counts = new Map<number, [number, number]>();
    const count = (name: number, side: 0 | 1): void => {
      const known = counts.get(name) ?? [0, 0];
      known[side]++;
      counts.set(name, known);
    };
    for (const position of positions) count(before.called[position]!, 0);
    for (const position of others) count(after.called[position]!, 1);
    const isOpen = (name: number): boolean => {
      const [one, other] = counts.get(name)!;
      return one !== 1 || other !== 1;
    };
    /** What may be another span for certain, and that one. */
    const elsewhere = (of: readonly number[], twins: Int32Array, beside: readonly number[]): number[] => {
      const near = new Set(beside);
      return of.filter((position) => twins[position]! >= 0 && !near.has(twins[position]!));
    };
    const moved = elsewhere(positions, this.#twins.before, others);
    const otherMoved = elsewhere(others, this.#twins.after, positions);
    yield* this.#contents.before.read([
      ...positions.filter((position) => isOpen(before.called[position]!)),
      ...moved,
      ...otherMoved.map((position) => this.#twins.after[position]!),
    ]);
    yield* this.#contents.after.read([
      ...others.filter((position) => isOpen(after.called[position]!)),
      ...otherMoved,
      ...moved.map((position) => this.#twins.before[position]!),
    ]);
  }

  /** Whether one of two spans is another one for certain. */
  #isAnother(position: number, other: number): boolean {
    const twin = this.#twins.before[position]!;
    const otherTwin = this.#twins.after[other]!;
    if (twin === other) return false;
    return (twin >= 0 && this.#isSure(position, twin)) || (otherTwin >= 0 && this.#isSure(otherTwin, other));
  }

  /** Whether twins were given the same, or took the same time to the microsecond: whole milliseconds are often the same. */
  #isSure(position: number, twin: number): boolean {
    const { input } = this.#contents.before.at(position);
    if (input !== this.#contents.after.at(twin).input) return false;
    const { table } = this.#traces.before;
    const row = this.#traces.before.rowAt(position);
    return input !== 0 || (table.ends[row]! - table.starts[row]!) % 1 !== 0;
  }

  #score(position: number, other: number): number {
    const { before, after } = this.#tokens;
    if (before.name[position] !== after.name[other] || this.#isAnother(position, other)) return 0;
    const isCalledSame = before.called[position] === after.called[other];
    const { figures, inside, input, output } = this.#inCommon(position, other);
    const same = isCalledSame && figures && input ? SAME_SPAN : 0;
    return (isCalledSame ? SAME_CALLED : SAME_NAME) + figures + inside + input + output + same;
  }

  /** Points for what two spans have in common beside kind and name. */
  #inCommon(position: number, other: number): Record<'figures' | 'inside' | 'input' | 'output', number> {
    const { before, after } = this.#tokens;
    const content = this.#contents.before.at(position);
    const otherContent = this.#contents.after.at(other);
    const points = (one: number, another: number, most: number): number => (one !== 0 && one === another ? most : 0);
    return {
      figures: points(before.figures[position]!, after.figures[other]!, SAME_FIGURES),
      inside: points(before.inside[position]!, after.inside[other]!, SAME_INSIDE),
      input: points(content.input, otherContent.input, SAME_INPUT),
      output: points(content.output, otherContent.output, SAME_OUTPUT),
    };
  }

  /** A trace has one root as a rule, which may be called after the run: then some of what it holds is called the same. */
  #areSameRoots(roots: readonly number[], others: readonly number[]): boolean {
    if (roots.length !== 1 || others.length !== 1) return false;
    const { before, after } = this.#tokens;
    const names = new Set(this.#unmatchedInside('before', 0).map((position) => before.called[position]!));
    const inside = this.#unmatchedInside('after', 0);
    if (!names.size && !inside.length) return true;
    return inside.some((position) => names.has(after.called[position]!));
  }

  #pair(position: number, other: number): void {
    this.matches.after[position] = other;
    this.matches.before[other] = position;
  }

  /** Pairs all that is inside two spans that hold the same, one after the other. */
  #matchAllInside(position: number, other: number): void {
    const size = this.#traces.before.tree.size[position]!;
    if (size !== this.#traces.after.tree.size[other]) return;
    for (let step = 1; step < size; step++) {
      const isFree = this.matches.after[position + step]! < 0 && this.matches.before[other + step]! < 0;
      if (isFree) this.#pair(position + step, other + step);
    }
  }

  /** The children of a span, or the roots, that have no counterpart. */
  #unmatchedInside(side: 'before' | 'after', above: number): number[] {
    const { size } = this.#traces[side].tree;
    const counterparts = side === 'before' ? this.matches.after : this.matches.before;
    const positions: number[] = [];
    const end = above < 0 ? size.length : above + size[above]!;
    for (let position = above + 1; position < end; position += size[position]!) {
      if (counterparts[position]! < 0) positions.push(position);
    }
    return positions;
  }

  #left(side: 'before' | 'after'): number[] {
    const counterparts = side === 'before' ? this.matches.after : this.matches.before;
    const positions: number[] = [];
    for (let position = 0; position < counterparts.length; position++) {
      if (counterparts[position]! < 0) positions.push(position);
    }
    return positions;
  }

  /** What has no counterpart, by the nearest span around it that has one; as it began. */
  #leftByPair(side: 'before' | 'after'): Map<number, number[]> {
    const around = pairAround(this.#traces[side], side === 'before' ? this.matches.after : this.matches.before);
    const groups = new Map<number, number[]>();
    for (const position of this.#left(side)) {
      const above = around[position]!;
      const positions = groups.get(above);
      if (positions) positions.push(position);
      else groups.set(above, [position]);
    }
    for (const positions of groups.values()) sortByStart(positions, this.#traces[side]);
    return groups;
  }
}

function* twinsInSteps({ before, after }: Side<SpanTokens>): Generator<undefined, Side<Int32Array>> {
  const signs = yield* signsInSteps(before);
  const otherSigns = yield* signsInSteps(after);
  return {
    before: yield* twinsOfInSteps(before, signs, otherSigns),
    after: yield* twinsOfInSteps(after, otherSigns, signs),
  };
}

/** The position of each sign, -1 where there are several. A span without figures is like any other. */
function* signsInSteps({ exact, figures }: SpanTokens): Generator<undefined, ReadonlyMap<number, number>> {
  const signs = new Map<number, number>();
  for (const [from, to] of stepsOf(exact.length)) {
    for (let position = from; position < to; position++) {
      const sign = exact[position]!;
      if (figures[position]) signs.set(sign, signs.has(sign) ? -1 : position);
    }
    yield;
  }
  return signs;
}

function* twinsOfInSteps(
  { exact }: SpanTokens,
  own: ReadonlyMap<number, number>,
  others: ReadonlyMap<number, number>,
): Generator<undefined, Int32Array> {
  const twins = new Int32Array(exact.length).fill(-1);
  for (const [from, to] of stepsOf(exact.length)) {
    for (let position = from; position < to; position++) {
      const sign = exact[position]!;
      if ((own.get(sign) ?? -1) >= 0) twins[position] = others.get(sign) ?? -1;
    }
    yield;
  }
  return twins;
}

/** The nearest span around each one that has a counterpart; -1 for none. */
export function pairAround({ tree }: Trace, counterparts: Int32Array): Int32Array {
  const around = new Int32Array(counterparts.length);
  for (let position = 0; position < around.length; position++) {
    const parent = tree.parent[position]!;
    around[position] = parent < 0 || counterparts[parent]! >= 0 ? parent : around[parent]!;
  }
  return around;
}

/** Those that begin together stay as they are. */
export function sortByStart(positions: number[], trace: Trace): number[] {
  const starts = positions.map((position) => trace.startAt(position));
  // Spans of one parent mostly are in order, and there may be many.
  if (starts.every((start, at) => at === 0 || starts[at - 1]! <= start)) return positions;
  return positions.sort((one, other) => trace.startAt(one) - trace.startAt(other));
}
