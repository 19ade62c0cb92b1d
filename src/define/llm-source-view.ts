import './llm-text-block.js';
import { LlmSourceView } from '../elements/llm-source-view/llm-source-view.js';
import { define } from '../internal/define.js';

define('llm-source-view', LlmSourceView);
export type { LlmSourceView };
