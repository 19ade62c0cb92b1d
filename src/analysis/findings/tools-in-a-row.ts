import type { Span } from '../../model/index.js';
import { stepsOf } from '../../model/steps.js';
import { leavesOf } from '../leaves.js';
import type { Finding, Lint, TraceLook } from './finding.js';

/** Waiting that nobody notices is not worth a word. */
const LEAST_TIME = 50;
const LEAST_SHARE = 0.05;
/** Characters of a value that are looked at; of a longer one nobody can say that it was not used. */
const LOOKED_AT = 50_000;
/** Words in a row that are not the same by chance. */
const WORDS = 3;
/** Calls whose outputs are compared with the inputs of the next. */
const MOST_IN_A_ROW = 20;

const RUNS: ReadonlySet<string> = new Set(['tool', 'retriever']);

/**
 * Tool calls that wait for each other without need: one after the other, under one parent, with no call of a model
 * between them, and nothing that one put out is in what a later one was given. Calls whose values the trace does not
 * have, and those that failed, say nothing.
 */
export const toolsInARow: Lint = {
  name: 'tools-in-a-row',
  reads: 'detail',
  orderedBy: 'otherTime',
  *find(look) {
    const { tree } = look.trace;
    yield* inFamily(look, look.childrenOf(-1));
    for (const [from, to] of stepsOf(look.trace.spans.length)) {
      yield;
      for (let parent = from; parent < to; parent++) {
        if (tree.childCount[parent]! >= 2) yield* inFamily(look, look.childrenOf(parent));
      }
    }
  },
};

interface Call {
  readonly position: number;
  readonly span: Span;
  readonly input: Values;
  readonly output: Values;
}

function* inFamily(look: TraceLook, children: readonly number[]): Generator<Finding | undefined> {
  const { table } = look.trace;
  let run: Call[] = [];
  /** The last span of the row, which the next one began after. */
  let end = -Infinity;
  const close = function* (): Generator<Finding> {
    const finding = findingOf(look, run);
    run = [];
    if (finding) yield finding;
  };
  for (const [from, to] of stepsOf(children.length)) {
    yield;
    for (let at = from; at < to; at++) {
      const child = children[at]!;
      const row = look.trace.rowAt(child);
      const isTool = RUNS.has(table.kinds[row]!) && table.statuses[row] !== 'error' && look.durationOf(child) >= 0;
      if (!isTool || look.startOf(child) < end) {
        yield* close();
      }
      const childEnd = look.endOf(child);
      // Nothing comes after what is still running.
      end = Math.max(end, Number.isNaN(childEnd) ? Infinity : childEnd);
      if (!isTool) continue;
      // A tool that stands alone is not read.
      const next = children[at + 1];
      const hasNext = next !== undefined && RUNS.has(table.kinds[look.trace.rowAt(next)]!) && look.startOf(next) >= end;
      const span = run.length > 0 || hasNext ? look.detailOf(child) : undefined;
      if (span) yield;
      const call = span && callOf(child, span);
      if (!call) {
        yield* close();
        continue;
      }
      if (run.length === MOST_IN_A_ROW || run.some((earlier) => dependsOn(call, earlier))) yield* close();
      run.push(call);
    }
  }
  yield* close();
}

function findingOf(look: TraceLook, run: readonly Call[]): Finding | undefined {
  if (run.length < 2) return undefined;
  const times = run.map(({ position }) => look.durationOf(position));
  const time = times.reduce((sum, duration) => sum + duration, 0);
  const saved = time - Math.max(...times);
  const whole = look.trace.duration;
  if (saved < LEAST_TIME || saved < whole * LEAST_SHARE) return undefined;
  return {
    rule: toolsInARow.name,
    severity: 'warning',
    values: { count: run.length, time, otherTime: saved, share: time / whole },
    spans: run.map(({ span }) => span),
  };
}

function callOf(position: number, span: Span): Call | undefined {
  const input = valuesOf(span.input);
  const output = valuesOf(span.output ?? (span.documents.length ? span.documents : undefined));
  return input && output && { position, span, input, output };
}

/** What a value says, for a search. */
class Values {
  /** Each text and number in it, as plain words. */
  readonly leaves: ReadonlySet<string>;
  /** All of it, between spaces. */
  readonly #text: string;
  readonly words: readonly string[];
  /** Each word of it, and as many in a row as are not the same by chance: texts are long, and asked for thousands of words. */
  #phrases: Set<string> | undefined;

  constructor(leaves: ReadonlySet<string>, text: string) {
    this.leaves = leaves;
    this.#text = text;
    this.words = text.trim().split(' ');
  }

  /** Whether it holds these words one after the other. */
  says(phrase: string): boolean {
    if (!this.#phrases) {
      this.#phrases = new Set(this.words);
      for (const words of inARow(this.words)) this.#phrases.add(words);
    }
    const words = phrase.split(' ', WORDS + 1);
    const beginning = words.length < WORDS ? words[0]! : words.slice(0, WORDS).join(' ');
    if (!this.#phrases.has(beginning)) return false;
    return words.length === 1 || words.length === WORDS || this.#text.includes(` ${phrase} `);
  }
}

/** Every few words that follow each other. */
function* inARow(words: readonly string[]): Generator<string> {
  for (let at = 0; at + WORDS <= words.length; at++) yield words.slice(at, at + WORDS).join(' ');
}

function valuesOf(value: unknown): Values | undefined {
  if (value === undefined) return undefined;
  const leaves = new Set<string>();
  let text = ' ';
  for (const leaf of leavesOf(value)) {
    const words = plainWords(`${leaf}`);
    if (words === '') continue;
    leaves.add(words);
    text += `${words} `;
    if (text.length > LOOKED_AT) return undefined;
  }
  return new Values(leaves, text);
}

const plainWords = (text: string): string =>
  text
    .slice(0, LOOKED_AT)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** Whether something of an earlier call's output is in what a later one was given, that the earlier was not given too. */
function dependsOn(later: Call, earlier: Call): boolean {
  const isNews = (words: string): boolean => !earlier.input.says(words);
  for (const leaf of later.input.leaves) {
    if (tells(leaf) && earlier.output.says(leaf) && isNews(leaf)) return true;
  }
  for (const leaf of earlier.output.leaves) {
    if (tells(leaf) && later.input.says(leaf) && isNews(leaf)) return true;
  }
  // A text made from another shares some of its words.
  for (const some of inARow(later.input.words)) {
    if (earlier.output.says(some) && isNews(some)) return true;
  }
  return false;
}

/** A number of one or two digits, and the like, are the same by chance. */
const tells = (leaf: string): boolean => leaf.length >= 3 && leaf !== 'true' && leaf !== 'false' && leaf !== 'null';
