import { LlmSpanTree } from '../elements/llm-span-tree/llm-span-tree.js';
import { define } from '../internal/define.js';

define('llm-span-tree', LlmSpanTree);
export type { LlmSpanTree };
