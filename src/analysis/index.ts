/** What can be worked out from a trace. Pure functions, without a DOM. */
export { continuationOf, type Continuation } from './conversation.js';
export { nearDuplicates } from './near-duplicates.js';
export { filledTemplate, type TemplatePiece } from './prompt-template.js';
export { rankMoves, type RankMoves } from './rank-moves.js';
export { failureOf, retryEvents, tryOf, type CallFailure, type CallTry, type RetryEvent } from './retries.js';
export { selfTimes } from './self-time.js';
export { foldedStack, type StackPiece } from './stack-frames.js';
export { nextSpan, summarise, type TraceSummary } from './summary.js';
export { unusualParameter, type UnusualParameter } from './unusual-parameters.js';
export { isVector, vectorsIn } from './vectors.js';
