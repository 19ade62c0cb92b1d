import type { OtelContext, OtelSpan } from './otel-types.js';

/**
 * Where the context keeps its span, and where the registered parts of the API are. Both are shared by all copies of
 * @opentelemetry/api 1.x in a page: its keys are `Symbol.for` of their description, so that copies understand each other.
 */
const SPAN = Symbol.for('OpenTelemetry Context Key SPAN');
const API = Symbol.for('opentelemetry.js.api.1');

/** The part of a `ContextManager` that is used. */
interface ContextManager {
  active(): OtelContext;
  with<Result>(context: OtelContext, work: (span: OtelSpan) => Result, self: undefined, span: OtelSpan): Result;
}

const manager = (): ContextManager | undefined =>
  (globalThis as unknown as Record<symbol, { context?: ContextManager } | undefined>)[API]?.context;

/** The context that is active; `undefined` where the page has registered no manager of contexts. */
export const activeContext = (): OtelContext | undefined => manager()?.active();

/** The span of a context, of whatever tracer; `undefined` where it has none. */
export const spanOf = (context: OtelContext | undefined): OtelSpan | undefined =>
  (context?.getValue(SPAN) ?? undefined) as OtelSpan | undefined;

/** Runs a function with a span as the active one, as far as the manager of contexts keeps it. */
export function withSpan<Result>(
  context: OtelContext | undefined,
  span: OtelSpan,
  work: (span: OtelSpan) => Result,
): Result {
  const contexts = manager();
  if (!contexts || !context) return work(span);
  return contexts.with(context.setValue(SPAN, span), work, undefined, span);
}
