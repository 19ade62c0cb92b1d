import { LlmStageView } from '../elements/llm-stage-view/llm-stage-view.js';
import { define } from '../internal/define.js';

define('llm-stage-view', LlmStageView);
export type { LlmStageView };
