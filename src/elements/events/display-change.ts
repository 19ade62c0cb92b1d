import type { TimeScaleName } from '../../internal/time-map.js';
import { LlmEvent } from './llm-event.js';

/**
 * What decides the lanes of a timeline. `time`: a flame chart, spans stand when they ran. `icicle`: spans are as wide as they took
 * long, beside one another inside their parent.
 */
export type TimelineLayout = 'time' | 'icicle';

/** How spans are shown. */
export interface SpanDisplay {
  /** Whether neighbours of one name and kind are put together. */
  readonly grouped: boolean;
  /** How time is drawn. */
  readonly scale: TimeScaleName;
  readonly layout: TimelineLayout;
}

/** A person wants spans shown in another way. */
export class LlmDisplayChangeEvent extends LlmEvent<SpanDisplay> {
  constructor(detail: SpanDisplay) {
    super('llm-display-change', detail);
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'llm-display-change': LlmDisplayChangeEvent;
  }
}
