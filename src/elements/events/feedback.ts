import type { Score, Span } from '../../model/index.js';
import { LlmEvent } from './llm-event.js';

/**
 * A person judged a span. A view with a store adds the score to it, unless the page takes that over by `preventDefault()`.
 */
export class LlmFeedbackEvent extends LlmEvent<{ span: Span; score: Score }> {
  constructor(detail: { span: Span; score: Score }) {
    super('llm-feedback', detail, { cancelable: true });
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'llm-feedback': LlmFeedbackEvent;
  }
}
