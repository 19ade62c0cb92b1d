export { LlmDetailCloseEvent } from './detail-close.js';
export { LlmFeedbackEvent } from './feedback.js';
export { LlmEvent } from './llm-event.js';
export { LlmSpanOpenEvent } from './span-open.js';
export { LlmSpanSelectEvent } from './span-select.js';
export { LlmTraceErrorEvent } from './trace-error.js';
export { LlmTraceLoadEvent } from './trace-load.js';
export { LlmTraceSelectEvent } from './trace-select.js';
