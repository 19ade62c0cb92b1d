import { LlmJson } from '../elements/llm-json/llm-json.js';
import { define } from '../internal/define.js';

define('llm-json', LlmJson);
export type { LlmJson };
