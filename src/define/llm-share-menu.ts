import { LlmMaskBar } from '../elements/llm-trace-view/mask-bar.js';
import { LlmShareMenu } from '../elements/llm-trace-view/share-menu.js';
import { define } from '../internal/define.js';

define('llm-mask-bar', LlmMaskBar);
define('llm-share-menu', LlmShareMenu);
export type { LlmShareMenu };
