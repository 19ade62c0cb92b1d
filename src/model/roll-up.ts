import type { SpanKind } from './kinds.js';
import type { SpanTable } from './span-table.js';
import type { SpanTree } from './span-tree.js';
import { totalTokens, USAGE_FIELDS, type Usage } from './usage.js';

/** Sums over subtrees, each call counted once. `NaN` where nothing in the subtree states a figure. */
export interface RollUp {
  /** Tokens of the subtree at each position of the tree. */
  readonly tokens: Float64Array;
  /** US dollars of the subtree at each position of the tree. */
  readonly cost: Float64Array;
  /** Of the whole trace. */
  readonly usage: Usage | undefined;
  readonly totalCost: number | undefined;
}

/** Kinds that call a model themselves. Any other kind states figures only as the sum of what it contains. */
const CALLS_MODEL: ReadonlySet<SpanKind> = new Set<SpanKind>(['llm', 'embedding', 'reranker']);

/**
 * How far two figures may be apart and still be the same one: a wrapper that rounds, or leaves out an embedding call.
 */
const SAME_WITHIN = 0.01;

/** The span's own figure is counted beside those of its descendants. */
const ADDS = 1;
/** The span's own figure holds those of its descendants. */
const COVERS = 2;

interface SubtreeSums {
  readonly sums: Float64Array;
  /** `ADDS`, `COVERS`, or 0 for a span that states nothing, or only repeats its descendants. */
  readonly role: Uint8Array;
}

/**
 * Sums a figure up the tree. Instrumentations repeat the sum of their children on the span around them (Vercel AI SDK on
 * `ai.generateText`, agent frameworks on the agent), and two of them at once report the same call twice, one inside the
 * other. So a span's own figure is added to that of its descendants only if the span calls a model itself and its figure
 * is another one than theirs; else the larger of the two stands for the subtree.
 */
function sumSubtrees(
  tree: SpanTree,
  own: (position: number) => number | undefined,
  callsModel: (position: number) => boolean,
): SubtreeSums {
  const count = tree.nodes.length;
  const sums = new Float64Array(count).fill(NaN);
  const role = new Uint8Array(count);
  for (let position = count - 1; position >= 0; position--) {
    const below = sums[position]!;
    const mine = own(position);
    if (mine !== undefined) {
      const isOther = callsModel(position) && Math.abs(mine - below) > SAME_WITHIN * Math.max(mine, below);
      if (Number.isNaN(below) || isOther) {
        sums[position] = mine + (Number.isNaN(below) ? 0 : below);
        role[position] = ADDS;
      } else if (mine >= below) {
        sums[position] = mine;
        role[position] = COVERS;
      }
    }
    const above = tree.parent[position]!;
    const sum = sums[position]!;
    if (above >= 0 && !Number.isNaN(sum)) sums[above] = Number.isNaN(sums[above]!) ? sum : sums[above]! + sum;
  }
  return { sums, role };
}

function sumOfRoots(tree: SpanTree, sums: Float64Array): number | undefined {
  let total: number | undefined;
  for (let root = 0; root < sums.length; root += tree.size[root]!) {
    if (!Number.isNaN(sums[root]!)) total = (total ?? 0) + sums[root]!;
  }
  return total;
}

export function rollUp(table: SpanTable, tree: SpanTree, rows: Uint32Array): RollUp {
  const callsModel = (position: number): boolean => CALLS_MODEL.has(table.kinds[rows[position]!]!);
  const ownTokens = (position: number): number | undefined => {
    const usage = table.usages[rows[position]!];
    return usage && totalTokens(usage);
  };
  const tokens = sumSubtrees(tree, ownTokens, callsModel);
  const cost = sumSubtrees(tree, (position) => table.costs[rows[position]!], callsModel);

  const usage = sumParts(tree, tokens.role, (position) => table.usages[rows[position]!]!);
  return { tokens: tokens.sums, cost: cost.sums, usage, totalCost: sumOfRoots(tree, cost.sums) };
}

/**
 * The usage of the whole trace, part by part. A span that holds its descendants' figures speaks for them in the parts
 * that it states; wrappers often leave out the cached and reasoning tokens that the calls inside them state.
 */
function sumParts(tree: SpanTree, role: Uint8Array, own: (position: number) => Usage): Usage | undefined {
  let sum: Usage | undefined;
  for (const part of USAGE_FIELDS) {
    for (let position = 0; position < role.length;) {
      const usage = role[position] ? own(position) : undefined;
      const tokens = usage && (part === 'total' ? totalTokens(usage) : usage[part]);
      if (tokens !== undefined) (sum ??= {})[part] = (sum[part] ?? 0) + tokens;
      const isSpoken = tokens !== undefined || (usage && isSide(part) && (usage.input ?? usage.output) !== undefined);
      position += role[position] === COVERS && isSpoken ? tree.size[position]! : 1;
    }
  }
  return sum;
}

/** The sides add up to the total: they are taken from the same span. */
const isSide = (part: keyof Usage): boolean => part === 'input' || part === 'output';
