import type { Span, Usage } from '../model/index.js';

/** A call whose price is asked for. */
export interface PricedCall {
  readonly model: string;
  readonly provider?: string;
  /** `input` includes cached tokens, `output` reasoning. */
  readonly usage: Readonly<Usage>;
  /** When it began, in milliseconds since the epoch: prices change. */
  readonly time?: number;
}

/** Knows what calls cost. The page passes one: the kit has no list of prices. */
export interface PriceSource {
  /** US dollars; `undefined` for a model that it does not know. */
  priceOf(call: PricedCall): number | undefined;
}

/** What a call cost. */
export interface CallCost {
  /** US dollars. */
  readonly dollars: number;
  /** Whether it was worked out from tokens and prices. What the trace states is no estimate. */
  readonly isEstimate: boolean;
}

/**
 * What a span cost: what the trace states, else an estimate; `undefined` where it states neither cost nor both of model
 * and tokens, and for a model that the source does not know.
 */
export function estimateCost(span: Span, prices: PriceSource): CallCost | undefined {
  if (span.cost !== undefined) return { dollars: span.cost, isEstimate: false };
  const { model, provider, usage } = span;
  if (model === undefined || !usage || (usage.input === undefined && usage.output === undefined)) return undefined;
  const dollars = prices.priceOf({
    model,
    usage,
    ...(provider !== undefined && { provider }),
    ...(span.hasStart && { time: span.start }),
  });
  // A source of the page's own may give anything; what is no amount is not known.
  return dollars !== undefined && dollars >= 0 && dollars < Infinity ? { dollars, isEstimate: true } : undefined;
}
