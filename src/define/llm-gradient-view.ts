import { LlmGradientView } from '../elements/llm-gradient-view/llm-gradient-view.js';
import { define } from '../internal/define.js';

define('llm-gradient-view', LlmGradientView);
export type { LlmGradientView };
