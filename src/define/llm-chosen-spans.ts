import { LlmChosenSpans } from '../elements/llm-chosen-spans/llm-chosen-spans.js';
import { define } from '../internal/define.js';

define('llm-chosen-spans', LlmChosenSpans);
export type { LlmChosenSpans };
