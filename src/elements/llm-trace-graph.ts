export { LlmTraceGraph } from './llm-trace-graph/llm-trace-graph.js';
