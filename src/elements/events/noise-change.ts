import type { SpanNoise } from '../../internal/span-noise.js';
import { LlmEvent } from './llm-event.js';

/** A person hid spans, or showed them again. `undefined` where all are shown. */
export class LlmNoiseChangeEvent extends LlmEvent<{ noise: SpanNoise | undefined }> {
  constructor(detail: { noise: SpanNoise | undefined }) {
    super('llm-noise-change', detail);
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'llm-noise-change': LlmNoiseChangeEvent;
  }
}
