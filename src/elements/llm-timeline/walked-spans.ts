import { arrangedTree } from '../../internal/arranged-tree.js';
import type { ArrangedTree } from '../../internal/arrangement.js';
import type { HiddenSpans } from '../../internal/span-noise.js';
import type { Trace } from '../../model/index.js';
import { stepTo, type TimelineAction } from './timeline-keys.js';

/** The spans that keys walk through: those that are not hidden. */
export class WalkedSpans {
  #hidden: HiddenSpans | undefined;
  #arranged: ArrangedTree | undefined;

  /** The position that a step leads to; -1 where it leads nowhere. */
  stepFrom(position: number, step: TimelineAction, trace: Trace, hidden: HiddenSpans | undefined): number {
    if (hidden !== this.#hidden) {
      this.#hidden = hidden;
      this.#arranged = hidden && arrangedTree(trace, { hidden, isGrouped: false, showsMissing: false });
    }
    if (!this.#arranged) return stepTo(trace.tree, position, step);
    const { tree, places } = this.#arranged;
    const place = tree.nodes.length ? stepTo(tree, Math.max(0, places[position]!), step) : -1;
    return place < 0 ? -1 : tree.nodes[place]!;
  }
}
