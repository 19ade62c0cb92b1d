import { LlmMedia } from '../elements/llm-media/llm-media.js';
import { define } from '../internal/define.js';

define('llm-media', LlmMedia);
export type { LlmMedia };
