import { LlmTraceGraph } from '../elements/llm-trace-graph/llm-trace-graph.js';
import { define } from '../internal/define.js';

define('llm-trace-graph', LlmTraceGraph);
export type { LlmTraceGraph };
