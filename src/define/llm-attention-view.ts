import { LlmAttentionView } from '../elements/llm-attention-view/llm-attention-view.js';
import { define } from '../internal/define.js';

define('llm-attention-view', LlmAttentionView);
export type { LlmAttentionView };
