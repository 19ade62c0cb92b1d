import { LlmSequence } from '../elements/llm-sequence/llm-sequence.js';
import { define } from '../internal/define.js';

define('llm-sequence', LlmSequence);
export type { LlmSequence };
