import { LlmTimeline } from '../elements/llm-timeline/llm-timeline.js';
import { define } from '../internal/define.js';

define('llm-timeline', LlmTimeline);
export type { LlmTimeline };
