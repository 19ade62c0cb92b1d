import { LlmShareMenu } from '../elements/llm-trace-view/share-menu.js';
import { define } from '../internal/define.js';

define('llm-share-menu', LlmShareMenu);
