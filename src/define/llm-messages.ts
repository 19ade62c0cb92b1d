import './llm-json.js';
import './llm-media.js';
import './llm-text-block.js';
import { LlmMessages } from '../elements/llm-messages/llm-messages.js';
import { define } from '../internal/define.js';

define('llm-messages', LlmMessages);
export type { LlmMessages };
