import type { Span } from '../../model/index.js';
import { LlmEvent } from './llm-event.js';

/** Spans that a person chose as examples, or chose no longer. */
export interface SpansChoice {
  readonly spans: readonly Span[];
  readonly isChosen: boolean;
}

/** A person chose spans as examples of a dataset, or took the choice back. */
export class LlmSpansChooseEvent extends LlmEvent<SpansChoice> {
  constructor(detail: SpansChoice) {
    super('llm-spans-choose', detail);
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'llm-spans-choose': LlmSpansChooseEvent;
  }
}
