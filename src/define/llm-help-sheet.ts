import { LlmHelpSheet } from '../elements/llm-trace-view/help-sheet.js';
import { define } from '../internal/define.js';

define('llm-help-sheet', LlmHelpSheet);
export type { LlmHelpSheet };
