import { LlmTraceDiff } from '../elements/llm-trace-diff/llm-trace-diff.js';
import { define } from '../internal/define.js';

define('llm-trace-diff', LlmTraceDiff);
export type { LlmTraceDiff };
