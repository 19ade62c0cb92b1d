import { recordedBeside, sumOfRoots, sumPart, sumSubtrees } from './counted-once.js';
import type { SpanKind } from './kinds.js';
import type { SpanTable } from './span-table.js';
import type { SpanTree } from './span-tree.js';
import { USAGE_FIELDS, type Usage } from './usage.js';

/** Sums over subtrees, each call counted once. `NaN` where nothing in the subtree states a figure. */
export interface RollUp {
  /** Tokens of the subtree at each position of the tree. */
  readonly tokens: Float64Array;
  /** US dollars of the subtree at each position of the tree. */
  readonly cost: Float64Array;
  /** Of the whole trace. */
  readonly usage: Usage | undefined;
  readonly totalCost: number | undefined;
  /** How the tokens and the cost that each span states count in the sums, as places in `COUNTINGS`. */
  readonly tokensCounting: Uint8Array;
  readonly costCounting: Uint8Array;
  /** Calls that another library recorded as well: their figures are counted there. */
  readonly beside: ReadonlySet<number>;
}

/** Kinds that call a model themselves. Any other kind states figures only as the sum of what it contains. */
const CALLS_MODEL: ReadonlySet<SpanKind> = new Set<SpanKind>(['llm', 'embedding', 'reranker']);

/** The sums of a trace, by the rules of `counted-once.ts`. */
export function rollUp(table: SpanTable, tree: SpanTree, rows: Uint32Array): RollUp {
  const callsModel = (position: number): boolean => CALLS_MODEL.has(table.kinds[rows[position]!]!);
  const beside = recordedBeside(table, tree, rows, callsModel);
  const tokens = sumSubtrees(tree, { stated: (position) => table.tokensAt(rows[position]!), callsModel }, beside);
  const cost = sumSubtrees(tree, { stated: (position) => table.costAt(rows[position]!), callsModel }, beside);
  let usage: Usage | undefined;
  for (const part of USAGE_FIELDS) {
    // No span states the total where all leave it to be summed.
    if (part !== 'total' && !table.hasTokens(part)) continue;
    const sums = part === 'total' ? tokens.sums : sumPart(table, tree, rows, tokens.counting, part);
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
