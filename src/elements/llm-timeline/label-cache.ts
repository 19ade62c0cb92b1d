import type { Trace } from '../../model/index.js';
import type { ViewSettings } from '../../internal/view-settings.js';
import { labelOf } from './span-words.js';

const MOST_KEPT = 10_000;

/** What stands in rectangles: asked for in every frame, and to make one, secrets may have to be looked for. */
export class LabelCache {
  readonly #labels = new Map<number, string>();

  clear(): void {
    this.#labels.clear();
  }

  labelOf(trace: Trace, position: number, settings: ViewSettings): string {
    let label = this.#labels.get(position);
    if (label === undefined) {
      if (this.#labels.size >= MOST_KEPT) this.#labels.clear();
      this.#labels.set(position, (label = labelOf(trace.spanAt(position), settings)));
    }
    return label;
  }
}
