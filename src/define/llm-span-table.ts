import { LlmSpanTable } from '../elements/llm-span-table/llm-span-table.js';
import { define } from '../internal/define.js';

define('llm-span-table', LlmSpanTable);
export type { LlmSpanTable };
