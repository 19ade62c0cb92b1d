import { LlmTraceList } from '../elements/llm-trace-list/llm-trace-list.js';
import { define } from '../internal/define.js';

define('llm-trace-list', LlmTraceList);
export type { LlmTraceList };
