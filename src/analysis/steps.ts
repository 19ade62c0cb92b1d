import { previewOf, Span, type Message, type SpanTree, type Trace } from '../model/index.js';
import { CALLS_MODEL, SAYS_WHAT_WAS_DONE } from '../model/kinds.js';
import { spanTree } from '../model/span-tree.js';
import { rollUpSpans, type RollUps } from './roll-ups.js';

/**
 * What a row of the steps is: a question that a user asked; a turn, which is a call of a model; any other step; the spans of
 * frameworks that are folded away; or one of those.
 */
export type StepType = 'question' | 'turn' | 'step' | 'fold' | 'folded';

/** What a user asked, and the model call that was told it first. */
export interface Question {
  /** Position of the call in the trace. */
  readonly position: number;
  /** The beginning of the question, in one line. */
  readonly text: string;
}

/** A trace as the steps of its agents. Every span is in one row; rows are numbers from 0. */
export interface Steps {
  readonly trace: Trace;
  /** The rows: what was done for a question, for a turn, and inside a span, is below it. */
  readonly tree: SpanTree;
  /** Whether any row is a turn or another step. */
  readonly areThere: boolean;
  readonly questions: readonly Question[];
  typeAt(row: number): StepType;
  /** The span of a row by its position in the trace; of a question the call that was told it, of a fold the first span in it. */
  positionAt(row: number): number;
  /** Which turn of its agent a row is, from 1; 0 for a row that is none. */
  turnAt(row: number): number;
  /** How many spans a fold holds. */
  foldedAt(row: number): number;
  /** What was asked in the row of a question. */
  questionAt(row: number): Question | undefined;
  /** The row of a span. */
  rowOf(position: number): number;
}

/** Calls that are read for questions: to read one means to parse its messages. */
const MOST_READ = 2000;

/** What each span of a trace is among the steps, by its position. */
export interface StepOutline {
  readonly trace: Trace;
  /** 1 for a step, 0 for a span that is folded away. */
  readonly isStep: Uint8Array;
  /** The step that a span was done for, or -1. */
  readonly parents: Int32Array;
  /** Which turn of its agent a span is, from 1; 0 for one that is none. */
  readonly turns: Uint32Array;
  /** Model calls of outermost agents: what a user says is said to them. */
  readonly asked: readonly number[];
}

/**
 * Which spans are steps, and which of them belong together; one pass over the columns. Agents, tools, retrievers and the like
 * are steps, and so are model calls, of which one that is recorded twice is one. A span of a framework is one only where it
 * failed and nothing inside it did. Tools are below the turn that they follow, and so are agents that an agent calls.
 *
 * @param leftOut 1, by position, for spans that are no steps whatever they are
 */
export function stepOutline(trace: Trace, { isCall }: RollUps = rollUpSpans(trace), leftOut?: Uint8Array): StepOutline {
  const { table, tree } = trace;
  const count = trace.spans.length;
  const isStep = new Uint8Array(count);
  const hasFailure = new Uint8Array(count);
  for (let position = count - 1; position >= 0; position--) {
    const row = trace.rowAt(position);
    const kind = table.kinds[row]!;
    const hasFailed = table.statuses[row] === 'error';
    const isKnown = SAYS_WHAT_WAS_DONE.has(kind) && (!CALLS_MODEL.has(kind) || isCall[position] === 1);
    const isLeftOut = leftOut?.[position] === 1;
    if (!isLeftOut && (isKnown || (hasFailed && hasFailure[position] === 0))) {
      isStep[position] = 1;
      if (hasFailed) hasFailure[position] = 1;
    }
    const above = tree.parent[position]!;
    if (above >= 0 && hasFailure[position] === 1) hasFailure[above] = 1;
  }

  const parents = new Int32Array(count);
  const turns = new Uint32Array(count);
  const asked: number[] = [];
  /** By the nearest step around: the turn that what follows belongs to, or -1; and how many turns there were. 0 is outside of all. */
  const lastTurn = new Int32Array(count + 1).fill(-1);
  const turnCount = new Uint32Array(count + 1);
  /** The nearest step around a span. */
  const homes = new Int32Array(count);
  /** 1 for agents, and failed spans of frameworks, that no turn and no tool called. */
  const isOutermost = new Uint8Array(count);
  for (let position = 0; position < count; position++) {
    const above = tree.parent[position]!;
    const home = above < 0 ? -1 : isStep[above] === 1 ? above : homes[above]!;
    homes[position] = home;
    parents[position] = home;
    if (isStep[position] === 0) continue;
    const kind = table.kinds[trace.rowAt(position)]!;
    const turn = lastTurn[home + 1]!;
    const isInAgent = home >= 0 && table.kinds[trace.rowAt(home)] === 'agent';
    if (kind === 'llm') {
      turns[position] = ++turnCount[home + 1]!;
      lastTurn[home + 1] = position;
      if (home < 0 || isOutermost[home] === 1) asked.push(position);
    } else if (turn >= 0 && (kind === 'tool' || (kind === 'agent' && isInAgent))) parents[position] = turn;
    else {
      lastTurn[home + 1] = -1;
      const isOuter = home < 0 || isOutermost[home] === 1;
      if (isOuter && (kind === 'agent' || !SAYS_WHAT_WAS_DONE.has(kind))) isOutermost[position] = 1;
    }
  }
  return { trace, isStep, parents, turns, asked };
}

/**
 * What users asked: what the outermost agents' calls end with, where that is a user's word that was not heard before. Reads a
 * bounded number of calls, and rests after each.
 */
export function* questionsInSteps({ trace, asked }: StepOutline): Generator<undefined, readonly Question[]> {
  const questions: Question[] = [];
  const known = new Set<string>();
  for (const position of asked.slice(0, MOST_READ)) {
    // A span of its own: what was read of the trace's would be kept.
    const said = lastSaidByUser(new Span(trace, position).messages);
    const text = said && !known.has(said) ? previewOf(said) : undefined;
    if (said !== undefined) known.add(said);
    if (text !== undefined) questions.push({ position, text });
    yield;
  }
  return questions;
}

/** What a user said last, if nobody answered. */
function lastSaidByUser(messages: readonly Message[]): string | undefined {
  const given = messages.filter(({ origin }) => origin === 'input');
  const answered = given.findLastIndex(({ role }) => role !== 'user');
  const texts = given
    .slice(answered + 1)
    .flatMap(({ parts }) => parts.map((part) => (part.type === 'text' ? part.text : '')));
  return texts.filter((text) => text.trim() !== '').join('\n') || undefined;
}

const TYPES: readonly StepType[] = ['question', 'turn', 'step', 'fold', 'folded'];
const QUESTION = 0;
const TURN = 1;
const STEP = 2;
const FOLD = 3;
const FOLDED = 4;

/** The rows of the steps, below the questions that are known. */
export function stepsOf(outline: StepOutline, questions: readonly Question[] = []): Steps {
  const { trace, isStep, parents, turns } = outline;
  const count = trace.spans.length;
  const foldCounts = new Uint32Array(count + 1);
  let folds = 0;
  for (let position = 0; position < count; position++) {
    if (isStep[position] === 0 && foldCounts[parents[position]! + 1]!++ === 0) folds++;
  }
  // A node for each span, then the folds, then the questions.
  const nodes = count + folds + questions.length;
  const types = new Uint8Array(nodes);
  const positions = new Uint32Array(nodes);
  const parentNodes = new Int32Array(nodes).fill(-1);
  /** Siblings stand in this order. */
  const order = new Float64Array(nodes);

  const headings = headingsOf(outline, questions);
  questions.forEach(({ position }, place) => {
    const node = count + folds + place;
    const { level, from } = headings.places[place]!;
    types[node] = QUESTION;
    positions[node] = position;
    parentNodes[node] = level;
    order[node] = from - 0.5;
  });
  /** The node of each fold, by the step that its spans were done for. */
  const foldNodes = new Map<number, number>();
  for (let position = 0; position < count; position++) {
    const parent = parents[position]!;
    positions[position] = position;
    order[position] = position;
    if (isStep[position] === 1) {
      types[position] = turns[position] === 0 ? STEP : TURN;
      const question = headings.over(parent, position);
      parentNodes[position] = question === undefined ? parent : count + folds + question;
      continue;
    }
    types[position] = FOLDED;
    let fold = foldNodes.get(parent);
    if (fold === undefined) {
      fold = count + foldNodes.size;
      foldNodes.set(parent, fold);
      types[fold] = FOLD;
      positions[fold] = position;
      parentNodes[fold] = parent;
      // Behind all else.
      order[fold] = count;
    }
    parentNodes[position] = fold;
  }

  const tree = spanTree(parentNodes, order);
  const rows = new Uint32Array(nodes);
  tree.nodes.forEach((node, row) => (rows[node] = row));
  const nodeAt = (row: number): number => tree.nodes[row]!;
  return {
    trace,
    tree,
    areThere: isStep.includes(1),
    questions,
    typeAt: (row) => TYPES[types[nodeAt(row)]!]!,
    positionAt: (row) => positions[nodeAt(row)]!,
    turnAt: (row) => (types[nodeAt(row)] === TURN ? turns[nodeAt(row)]! : 0),
    foldedAt: (row) => (types[nodeAt(row)] === FOLD ? tree.childCount[row]! : 0),
    questionAt: (row) => questions[nodeAt(row) - count - folds],
    rowOf: (position) => rows[position]!,
  };
}

interface Headings {
  /** Where each question stands: below which step, and from which position on what follows it belongs to it. */
  readonly places: readonly { readonly level: number; readonly from: number }[];
  /** The question that a step belongs to, by its place in the list; `undefined` for none. */
  over(level: number, position: number): number | undefined;
}

/**
 * A question stands as far out as it can: where an agent was first told something, before the agent. What comes before the first
 * question of a level belongs to it.
 */
function headingsOf({ parents, asked }: StepOutline, questions: readonly Question[]): Headings {
  const byLevel = new Map<number, { froms: number[]; questions: number[] }>();
  const before = new Map(asked.map((position, place) => [position, asked[place - 1] ?? -1]));
  const places = questions.map(({ position }, question) => {
    const previous = before.get(position) ?? -1;
    let from = position;
    while (parents[from]! > previous) from = parents[from]!;
    const level = parents[from]!;
    let headings = byLevel.get(level);
    if (!headings) byLevel.set(level, (headings = { froms: [], questions: [] }));
    // Nobody was asked anything there before.
    if (previous <= level) from = level + 1;
    headings.froms.push(from);
    headings.questions.push(question);
    return { level, from };
  });
  return {
    places,
    over(level, position) {
      const headings = byLevel.get(level);
      if (!headings) return undefined;
      let low = 0;
      let high = headings.froms.length;
      while (low < high) {
        const middle = (low + high) >>> 1;
        if (headings.froms[middle]! <= position) low = middle + 1;
        else high = middle;
      }
      return headings.questions[low - 1];
    },
  };
}
