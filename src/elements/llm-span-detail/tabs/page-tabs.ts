import { html } from 'lit';
import type { Span } from '../../../model/index.js';
import { renderedSpan, spanRenderersFor, type SpanRenderer } from '../../renderers.js';
import type { DetailTab } from './tab.js';

const numbers = new WeakMap<SpanRenderer, number>();
let count = 0;

/** What was made for a span: asked for once, so that what a person did inside it stays. */
const made = new WeakMap<SpanRenderer, WeakMap<Span, Node | undefined>>();

/** The tabs that the page registered for a span. */
export const pageTabs = (span: Span): DetailTab[] => spanRenderersFor(span).map(tabOf);

function tabOf(renderer: SpanRenderer): DetailTab {
  let number = numbers.get(renderer);
  if (number === undefined) numbers.set(renderer, (number = count++));
  return {
    id: `page-${number}`,
    label: () => renderer.label,
    isFor: () => true,
    render: ({ messages, settings, span }) => {
      const nodes = made.get(renderer) ?? new WeakMap<Span, Node | undefined>();
      made.set(renderer, nodes);
      if (!nodes.has(span)) nodes.set(span, renderedSpan(renderer, span, { settings }));
      return nodes.get(span) ?? html`<p class="muted">${messages.rendererFailed}</p>`;
    },
  };
}
