import type { Span } from '../../model/index.js';
import { LlmEvent } from './llm-event.js';

/** A person closed the detail of a span. */
export class LlmDetailCloseEvent extends LlmEvent<{ span: Span }> {
  constructor(detail: { span: Span }) {
    super('llm-detail-close', detail);
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'llm-detail-close': LlmDetailCloseEvent;
  }
}
