import { LlmTokenView } from '../elements/llm-token-view/llm-token-view.js';
import { define } from '../internal/define.js';

define('llm-token-view', LlmTokenView);
export type { LlmTokenView };
