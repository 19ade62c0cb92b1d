/** Reading traces from the backends that people run. Each backend is an entry of its own: `llm-trace-kit/sources/jaeger`. */
export { sources, type SourceEntry } from './registry.js';
export { TraceSourceError, type SourceErrorFacts, type SourceFailure } from './source-error.js';
export type {
  LookbackOptions,
  PageRequest,
  SourceOptions,
  SourceRequest,
  SummaryRequest,
  TraceFilter,
  TracePage,
  TraceQuery,
  TraceSource,
} from './source.js';
