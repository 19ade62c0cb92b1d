import { LlmFeedback } from '../elements/llm-feedback/llm-feedback.js';
import { define } from '../internal/define.js';

define('llm-feedback', LlmFeedback);
export type { LlmFeedback };
