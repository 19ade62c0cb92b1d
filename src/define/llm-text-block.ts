import './llm-media.js';
import { LlmTextBlock } from '../elements/llm-text-block/llm-text-block.js';
import { define } from '../internal/define.js';

define('llm-text-block', LlmTextBlock);
export type { LlmTextBlock };
