import { LlmSearchField } from '../elements/llm-trace-view/search-field.js';
import { define } from '../internal/define.js';

define('llm-search-field', LlmSearchField);
export type { LlmSearchField };
