import { LlmSteps } from '../elements/llm-steps/llm-steps.js';
import { define } from '../internal/define.js';

define('llm-steps', LlmSteps);
export type { LlmSteps };
