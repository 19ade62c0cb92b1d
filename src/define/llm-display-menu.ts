import { LlmDisplayMenu } from '../elements/llm-trace-view/display-menu.js';
import { define } from '../internal/define.js';

define('llm-display-menu', LlmDisplayMenu);
export type { LlmDisplayMenu };
