export { LlmTimeline } from './llm-timeline/llm-timeline.js';
export type { TimeRange } from '../internal/flame-range.js';
