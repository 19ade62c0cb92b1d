/** What can be worked out from a trace. Pure functions, without a DOM. */
export { graphText, mermaidOf } from './call-graph-text.js';
export {
  callGraph,
  callGraphInSteps,
  serviceGraph,
  serviceGraphInSteps,
  type CallGraph,
  type GraphEdge,
  type GraphNode,
  type GraphNodeKind,
  type GraphStep,
} from './call-graph.js';
export { continuationOf, type Continuation } from './conversation.js';
export { criticalPath, criticalPathInSteps, type CriticalPath, type PathSegment } from './critical-path.js';
export {
  DIFFERENCES,
  diffCalls,
  diffTraces,
  diffTracesInSteps,
  isNoticeable,
  SPAN_CHANGES,
  TraceDiff,
  type CallDiff,
  type Compared,
  type Difference,
  type SpanChange,
  type SpanPair,
} from './diff/index.js';
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
export { listedTrace, type ListedTrace } from './listed-trace.js';
export { nearDuplicates } from './near-duplicates.js';
export { percentile, spreadOf, type Spread } from './percentile.js';
export { estimateCost, type CallCost, type PricedCall, type PriceSource } from './call-cost.js';
export { filledTemplate, type TemplatePiece } from './prompt-template.js';
export {
  ancestorsOf,
  finishSearch,
  matchedTexts,
  matchRanges,
  narrows,
  parseQuery,
  printQuery,
  QUERY_FIELDS,
  QueryError,
  searchSpans,
  SpanSearch,
  suggest,
  type FinishOptions,
  type MatchedText,
  type Query,
  type QueryErrorCode,
  type QueryField,
  type Suggestion,
  type Suggestions,
  type SuggestOptions,
  type TextPlace,
  type TextRange,
} from './query/index.js';
export { RESOURCES, resourceUse, type Resource, type ResourceUse } from './resource-use.js';
export { rankMoves, type RankMoves } from './rank-moves.js';
export { failureOf, retryEvents, tryOf, type CallFailure, type CallTry, type RetryEvent } from './retries.js';
export { rollUpSpans, rollUpSpansInSteps, type RollUps, type SpanFigures, type SpanRollUp } from './roll-ups.js';
export {
  runConversation,
  type ConversationEntry,
  type ConversationProgress,
  type FailureEntry,
  type MessageEntry,
  type PartEntry,
  type RepeatedEntry,
  type RunConversation,
} from './run-conversation.js';
export { selfTimes } from './self-time.js';
export { mermaidOfSequence, sequenceText } from './sequence-text.js';
export {
  sequenceOf,
  type Lifeline,
  type Sequence,
  type SequenceCall,
  type SequenceFigures,
  type SequenceRow,
  type SequenceRows,
} from './sequence.js';
export { figureOf, SPAN_COLUMNS, spanOrder, type SpanColumn } from './span-order.js';
export { foldedStack, type StackPiece } from './stack-frames.js';
export { statistics, statisticsInSteps, type StatisticsBy, type StatisticsRow } from './statistics.js';
export * from './gradients/index.js';
export * from './sources/index.js';
export * from './stages/index.js';
export {
  questionsInSteps,
  stepOutline,
  stepsOf,
  type Question,
  type StepOutline,
  type Steps,
  type StepType,
} from './steps.js';
export { nextSpan, summarise, summariseInSteps, type TraceSummary } from './summary.js';
export { toolSpansOf } from './tool-spans.js';
export {
  errorTypeOf,
  traceFigures,
  traceMetrics,
  type ModelFigures,
  type ResourceFigures,
  type ScoreFigures,
  type TimeBucket,
  type TraceFigures,
  type TraceMetrics,
  type TraceMetricsOptions,
} from './trace-metrics.js';
export { unusualParameter, type UnusualParameter } from './unusual-parameters.js';
export { isVector, vectorsIn } from './vectors.js';
