import { LlmFindings } from '../elements/llm-findings/llm-findings.js';
import { define } from '../internal/define.js';

define('llm-findings', LlmFindings);
export type { LlmFindings };
