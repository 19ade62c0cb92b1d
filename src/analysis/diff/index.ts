export { diffCalls, type CallDiff, type Compared } from './call-diff.js';
export { DIFFERENCES, isNoticeable, type Difference } from './differences.js';
export {
  diffTraces,
  diffTracesInSteps,
  SPAN_CHANGES,
  TraceDiff,
  type SpanChange,
  type SpanPair,
} from './trace-diff.js';
