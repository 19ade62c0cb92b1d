import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Trace } from '../../model/index.js';

/** What a served form is in the place of. */
interface ServedHost extends ReactiveControllerHost {
  readonly renderRoot: ParentNode;
  readonly trace: Trace | undefined;
  readonly error: Error | undefined;
}

/**
 * What a server wrote into the declarative shadow root (`llm-trace-kit/server`): stays in sight, over the view, until that has a
 * trace, or something to say about one.
 */
export class ServedForm implements ReactiveController {
  readonly #host: ServedHost;
  #nodes: readonly ChildNode[] | undefined;

  constructor(host: ServedHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    // At first, nothing else is there.
    this.#nodes ??= [...this.#host.renderRoot.childNodes];
  }

  hostUpdated(): void {
    if (!this.#nodes?.length || !(this.#host.trace ?? this.#host.error)) return;
    for (const node of this.#nodes) node.remove();
    this.#nodes = [];
  }
}
