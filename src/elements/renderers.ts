import type { MessagePart, Span, SpanKind } from '../model/index.js';
import type { ViewSettings } from '../internal/view-settings.js';

/** What a renderer of a page may know of the view that it renders for. */
export interface RendererContext {
  /** What the author of the page decided for the view: it is for the renderer to obey. */
  readonly settings: ViewSettings;
}

/**
 * Makes what is shown for a part of a message; `undefined` leaves it to the kit, or to a renderer that was registered
 * before. A node, and not a template: a value of a trace that is given back by mistake could pass for a template.
 */
export type PartRenderer<Type extends MessagePart['type']> = (
  part: Extract<MessagePart, { type: Type }>,
  context: RendererContext,
) => Node | undefined;

type AnyPartRenderer = (part: MessagePart, context: RendererContext) => Node | undefined;

const partRenderers = new Map<string, AnyPartRenderer[]>();

/**
 * Registers a renderer for a type of message part in every view of the page. It holds for what is rendered from then on;
 * the one that was registered last is asked first. What a renderer throws is reported as an uncaught error, and the part
 * is shown as the kit shows it.
 *
 * @returns takes the renderer away again
 */
export function registerPartRenderer<Type extends MessagePart['type']>(
  type: Type,
  renderer: PartRenderer<Type>,
): () => void {
  const renderers = partRenderers.get(type) ?? [];
  const added: AnyPartRenderer = (part, context) => renderer(part as Extract<MessagePart, { type: Type }>, context);
  renderers.unshift(added);
  partRenderers.set(type, renderers);
  return () => {
    const index = renderers.indexOf(added);
    if (index >= 0) renderers.splice(index, 1);
  };
}

/** @internal What a renderer of the page makes of a part. */
export function renderedPart(part: MessagePart, context: RendererContext): Node | undefined {
  for (const renderer of partRenderers.get(part.type) ?? []) {
    try {
      const node: unknown = renderer(part, context);
      if (node instanceof Node) return node;
    } catch (error) {
      reportError(error);
    }
  }
  return undefined;
}

/** A tab of a page's own in the detail of a span. */
export interface SpanRenderer {
  /** What stands on the tab. */
  readonly label: string;
  /** Whether it has anything for a span; where it is not given, it has for every one of its kind. */
  isFor?(span: Span): boolean;
  /** Makes what the tab shows, once for each span. A node, and not a template, as for parts of messages. */
  render(span: Span, context: RendererContext): Node;
}

const spanRenderers: { readonly kind: SpanKind; readonly renderer: SpanRenderer }[] = [];

/**
 * Registers a tab for spans of a kind, in every view of the page. It stands before the kit's own tabs, so that it is what a
 * span of the kind shows first. It holds for what is rendered from then on. What a renderer throws is reported as an uncaught
 * error.
 *
 * @returns takes the tab away again
 */
export function registerSpanRenderer(kind: SpanKind, renderer: SpanRenderer): () => void {
  const added = { kind, renderer };
  spanRenderers.push(added);
  return () => {
    const index = spanRenderers.indexOf(added);
    if (index >= 0) spanRenderers.splice(index, 1);
  };
}

/** @internal The tabs that the page registered for a span, in the order in which it did. */
export function spanRenderersFor(span: Span): SpanRenderer[] {
  return spanRenderers
    .filter(({ kind, renderer }) => kind === span.kind && isWanted(renderer, span))
    .map(({ renderer }) => renderer);
}

function isWanted(renderer: SpanRenderer, span: Span): boolean {
  try {
    return renderer.isFor?.(span) ?? true;
  } catch (error) {
    reportError(error);
    return false;
  }
}

/** @internal What a renderer of the page makes of a span; `undefined` where it failed. */
export function renderedSpan(renderer: SpanRenderer, span: Span, context: RendererContext): Node | undefined {
  try {
    const node: unknown = renderer.render(span, context);
    if (node instanceof Node) return node;
    throw new TypeError(`The renderer “${renderer.label}” gave no Node.`);
  } catch (error) {
    reportError(error);
    return undefined;
  }
}
