/** What can be worked out from a trace. Pure functions, without a DOM. */
export { graphText, mermaidOf } from './call-graph-text.js';
export {
  callGraph,
  serviceGraph,
  type CallGraph,
  type GraphEdge,
  type GraphNode,
  type GraphNodeKind,
  type GraphStep,
} from './call-graph.js';
export { continuationOf, type Continuation } from './conversation.js';
export { criticalPath, type CriticalPath, type PathSegment } from './critical-path.js';
export {
  findingsIn,
  findingsInSteps,
  LINTS,
  type Finding,
  type Findings,
  type FindingsOptions,
  type FindingValues,
  type Lint,
  type Severity,
  type TraceLook,
} from './findings/index.js';
export { nearDuplicates } from './near-duplicates.js';
export { percentile, spreadOf, type Spread } from './percentile.js';
export { estimateCost, type CallCost, type PricedCall, type PriceSource } from './call-cost.js';
export { filledTemplate, type TemplatePiece } from './prompt-template.js';
export { rankMoves, type RankMoves } from './rank-moves.js';
export { failureOf, retryEvents, tryOf, type CallFailure, type CallTry, type RetryEvent } from './retries.js';
export { rollUpSpans, type RollUps, type SpanFigures, type SpanRollUp } from './roll-ups.js';
export { selfTimes } from './self-time.js';
export { foldedStack, type StackPiece } from './stack-frames.js';
export { statistics, type StatisticsBy, type StatisticsRow } from './statistics.js';
export { nextSpan, summarise, type TraceSummary } from './summary.js';
export { toolSpansOf } from './tool-spans.js';
export {
  errorTypeOf,
  traceFigures,
  traceMetrics,
  type ModelFigures,
  type ScoreFigures,
  type TimeBucket,
  type TraceFigures,
  type TraceMetrics,
  type TraceMetricsOptions,
} from './trace-metrics.js';
export { unusualParameter, type UnusualParameter } from './unusual-parameters.js';
export { isVector, vectorsIn } from './vectors.js';
