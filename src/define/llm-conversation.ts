import './llm-json.js';
import './llm-media.js';
import './llm-text-block.js';
import { LlmConversation } from '../elements/llm-conversation/llm-conversation.js';
import { define } from '../internal/define.js';

define('llm-conversation', LlmConversation);
export type { LlmConversation };
