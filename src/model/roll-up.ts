import { recordedBeside, sumOfRoots, sumPartInSteps, sumSubtreesInSteps } from './counted-once.js';
import { CALLS_MODEL } from './kinds.js';
import type { SpanTable } from './span-table.js';
import type { SpanTree } from './span-tree.js';
import { stepsOf } from './steps.js';
import { USAGE_FIELDS, type Usage } from './usage.js';

/** Sums over subtrees, each call counted once. `NaN` where nothing in the subtree states a figure. */
export interface RollUp {
  /** Tokens of the subtree at each position of the tree. */
  readonly tokens: Float64Array;
  /** US dollars of the subtree at each position of the tree. */
  readonly cost: Float32Array | Float64Array;
  /** Of the whole trace. */
  readonly usage: Usage | undefined;
  readonly totalCost: number | undefined;
  /** How the tokens and the cost that each span states count in the sums, as places in `COUNTINGS`. */
  readonly tokensCounting: Uint8Array;
  readonly costCounting: Uint8Array;
  /** Calls that another library recorded as well: their figures are counted there. */
  readonly beside: ReadonlySet<number>;
}

const isKnown = (figure: number | undefined): boolean => figure !== undefined && !Number.isNaN(figure);

const known = (figure: number | undefined): number | undefined => (isKnown(figure) ? figure : undefined);

/** The sums of a trace, by the rules of `counted-once.ts`. Yields now and then, where the work may rest. */
export function* rollUpInSteps(table: SpanTable, tree: SpanTree, rows: Uint32Array): Generator<void, RollUp> {
  const isCall = new Uint8Array(rows.length);
  const totals = new Float64Array(rows.length).fill(NaN);
  const costs = table.costs;
  const { kinds } = table;
  const columns = { input: table.tokensOf('input'), output: table.tokensOf('output'), total: table.tokensOf('total') };
  const take = (from: number, to: number): void => {
    const { input, output, total } = columns;
    for (let position = from; position < to; position++) {
      const row = rows[position]!;
      if (CALLS_MODEL.has(kinds[row]!)) isCall[position] = 1;
      if (isKnown(total[row]) || isKnown(input[row]) || isKnown(output[row])) totals[position] = table.tokensAt(row)!;
    }
  };
  for (const [from, to] of stepsOf(rows.length)) {
    take(from, to);
    yield;
  }
  const callsModel = (position: number): boolean => isCall[position] === 1;
  const beside = yield* recordedBeside(table, tree, rows, callsModel);
  const tokens = yield* sumSubtreesInSteps(tree, { stated: (position) => known(totals[position]), callsModel }, beside);
  const cost =
    costs.length === 0
      ? // That nothing is known can be said in half the memory.
        { sums: new Float32Array(rows.length).fill(NaN), counting: new Uint8Array(rows.length) }
      : yield* sumSubtreesInSteps(tree, { stated: (position) => known(costs[rows[position]!]), callsModel }, beside);
  let usage: Usage | undefined;
  for (const part of USAGE_FIELDS) {
    // No span states the total where all leave it to be summed.
    if (part !== 'total' && !table.hasTokens(part)) continue;
    const sums = part === 'total' ? tokens.sums : yield* sumPartInSteps(table, tree, rows, tokens.counting, part);
    const sum = sumOfRoots(tree, sums, beside);
    if (sum !== undefined) (usage ??= {})[part] = sum;
  }
  return {
    tokens: tokens.sums,
    cost: cost.sums,
    usage,
    totalCost: sumOfRoots(tree, cost.sums, beside),
    tokensCounting: tokens.counting,
    costCounting: cost.counting,
    beside,
  };
}
