import { COUNTINGS, sumOfRoots } from '../../model/counted-once.js';
import type { RollUps } from '../../analysis/index.js';

/** Figures of a trace in which each call counts once, and what is not known of them. */
export interface CountedOnce {
  readonly llmCalls: number;
  /** Calls of models that state no tokens. */
  readonly callsWithoutUsage: number;
  /** US dollars; `undefined` where none are known. */
  readonly cost: number | undefined;
  readonly estimatedCost: number;
  /** Calls with tokens whose cost is not known. */
  readonly callsWithoutCost: number;
  /** Spans whose tokens repeat those of others. */
  readonly repeats: number;
}

const OWN = COUNTINGS.indexOf('own');

export function countedOnce(rollUps: RollUps): CountedOnce {
  const { trace, isCall, tokensCounting, cost } = rollUps;
  const { kinds } = trace.table;
  const { size } = trace.tree;
  let llmCalls = 0;
  let repeats = 0;
  for (let position = 0; position < isCall.length; position++) {
    if (isCall[position] && kinds[trace.rowAt(position)] === 'llm') llmCalls++;
    // Beyond those that state nothing or count as they are.
    if (tokensCounting[position]! > OWN) repeats++;
  }
  const ofRoots = (column: Uint32Array | Float64Array): number => {
    let sum = 0;
    for (let root = 0; root < column.length; root += size[root]!) sum += column[root]!;
    return sum;
  };
  return {
    llmCalls,
    callsWithoutUsage: ofRoots(rollUps.callsWithoutUsage),
    cost: sumOfRoots(trace.tree, cost, trace.rollUp.beside),
    estimatedCost: ofRoots(rollUps.estimatedCost),
    callsWithoutCost: ofRoots(rollUps.callsWithoutCost),
    repeats,
  };
}
