import type { TimeRange } from '../../internal/flame-range.js';
import { LlmEvent } from './llm-event.js';

/** A person zoomed or moved along the time, or a span was brought into sight. The range is `undefined` where all of the trace is seen. */
export class LlmRangeChangeEvent extends LlmEvent<{ range: TimeRange | undefined }> {
  constructor(detail: { range: TimeRange | undefined }) {
    super('llm-range-change', detail);
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'llm-range-change': LlmRangeChangeEvent;
  }
}
