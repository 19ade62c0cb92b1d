import type { Score, Span } from '../../model/index.js';
import { LlmEvent } from './llm-event.js';

/** What a person said of a span. */
export interface Feedback {
  spanId: string;
  /** Where the element that tells it knows it. */
  traceId?: string;
  /** Where the element that tells it shows it. */
  span?: Span;
  score: Score;
}

/**
 * A person judged a span. What has a store adds the score to it, unless the page takes that over by `preventDefault()`.
 */
export class LlmFeedbackEvent extends LlmEvent<Feedback> {
  constructor(detail: Feedback) {
    super('llm-feedback', detail, { cancelable: true });
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'llm-feedback': LlmFeedbackEvent;
  }
}
