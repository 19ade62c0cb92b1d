import { nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { FirstMessages } from '../../i18n/en-first.js';
import { html } from '../../internal/tight-html.js';
import type { ViewSettings } from '../../internal/view-settings.js';
import type { Span, Trace } from '../../model/index.js';
import type { SpansChoice } from '../events/index.js';
import type { LaterElements } from './later-elements.js';
import type { Tool } from './tool-button.js';
import { renderPartFailed } from './trace-views.js';

const NONE: ReadonlySet<string> = new Set();

/** The spans of a view that a person chose as examples of a dataset. Known by their ids: a trace that grows has other spans. */
export class ChosenSpans implements Tool {
  readonly #host: ReactiveControllerHost;
  /** Ids of spans by that of their trace. */
  #ids: ReadonlyMap<string, ReadonlySet<string>> = new Map();
  #isOn = false;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
  }

  /** Whether a person is choosing. */
  get isOn(): boolean {
    return this.#isOn;
  }

  /** Ids of the chosen spans of a trace; `undefined` while nobody is choosing. */
  idsIn(trace: Trace): ReadonlySet<string> | undefined {
    return this.#isOn ? (this.#ids.get(trace.id) ?? NONE) : undefined;
  }

  has({ traceId, id }: Span): boolean {
    return this.#ids.get(traceId)?.has(id) ?? false;
  }

  /** Begins to choose, or ends it: then none is chosen. */
  turn(isOn: boolean): void {
    this.#isOn = isOn;
    if (!isOn) this.#ids = new Map();
    this.#host.requestUpdate();
  }

  press(): void {
    this.turn(!this.#isOn);
  }

  choose({ spans, isChosen }: SpansChoice): void {
    this.#isOn = true;
    const ids = new Map(Array.from(this.#ids, ([traceId, chosen]) => [traceId, new Set(chosen)]));
    for (const { traceId, id } of spans) {
      let chosen = ids.get(traceId);
      if (!chosen) ids.set(traceId, (chosen = new Set()));
      if (isChosen) chosen.add(id);
      else chosen.delete(id);
    }
    this.#ids = ids;
    this.#host.requestUpdate();
  }

  /** The chosen spans, those of one trace in the order of its tree. */
  spansIn(traces: readonly Trace[]): Span[] {
    return traces.flatMap((trace) =>
      Array.from(this.#ids.get(trace.id) ?? NONE)
        .flatMap((id) => trace.span(id) ?? [])
        .sort((one, other) => one.index - other.index),
    );
  }
}

/** How many are chosen, and what can be done with them. */
export function renderChosenSpans(
  chosen: ChosenSpans,
  later: LaterElements,
  { traces, messages, settings }: { traces: readonly Trace[]; messages: FirstMessages; settings: ViewSettings },
): TemplateResult | typeof nothing {
  if (!chosen.isOn) return nothing;
  const isReady = later.want('llm-chosen-spans');
  if (later.hasFailed('llm-chosen-spans')) return renderPartFailed(messages);
  if (!isReady) return nothing;
  return html`<llm-chosen-spans
    part="chosen"
    .messages=${messages}
    .settings=${settings}
    .spans=${chosen.spansIn(traces)}
    @llm-spans-choose=${() => chosen.turn(false)}
  ></llm-chosen-spans>`;
}
