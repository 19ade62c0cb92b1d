import './llm-json.js';
import './llm-messages.js';
import './llm-text-block.js';
import { LlmSpanDetail } from '../elements/llm-span-detail/llm-span-detail.js';
import { define } from '../internal/define.js';

define('llm-span-detail', LlmSpanDetail);
