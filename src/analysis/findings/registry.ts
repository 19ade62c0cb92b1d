import { contextGrowth } from './context-growth.js';
import type { Lint } from './finding.js';
import { longestGap } from './longest-gap.js';
import { lowTokenRate } from './low-token-rate.js';
import { mostExpensiveCall } from './most-expensive-call.js';
import { promptCacheMisses } from './prompt-cache-misses.js';
import { rateLimits } from './rate-limits.js';
import { repeatedToolCalls } from './repeated-tool-calls.js';
import { retriedCalls } from './retried-calls.js';
import { slowFirstToken } from './slow-first-token.js';
import { slowestKind } from './slowest-kind.js';
import { toolsInARow } from './tools-in-a-row.js';
import { truncatedOutputs } from './truncated-outputs.js';
import { usageCountedTwice } from './usage-counted-twice.js';

/** All rules, in the order in which equally severe findings are listed. */
export const LINTS: readonly Lint[] = [
  toolsInARow,
  truncatedOutputs,
  rateLimits,
  retriedCalls,
  repeatedToolCalls,
  longestGap,
  slowFirstToken,
  promptCacheMisses,
  contextGrowth,
  lowTokenRate,
  mostExpensiveCall,
  slowestKind,
  usageCountedTwice,
];
