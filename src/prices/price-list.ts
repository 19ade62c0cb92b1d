import type { PricedCall, PriceSource } from '../analysis/call-cost.js';

/**
 * `calcPrice` of `@pydantic/genai-prices`: the price of a call in US dollars, or null where the list does not know the
 * model. Its tokens in include those read from and written to a cache, as ours do.
 */
export type CalcPrice = (
  usage: Readonly<Record<string, number>>,
  modelId: string,
  options?: { providerId?: string; timestamp?: Date },
) => { total_price: number } | null;

/** A price source that asks the list. */
export const priceList = (calcPrice: CalcPrice): PriceSource => ({
  priceOf(call) {
    const { provider } = call;
    const named = provider === undefined ? undefined : priceOf(calcPrice, call, provider);
    // The list may have another word for the provider; the model's name says most of it.
    return named ?? priceOf(calcPrice, call);
  },
});

function priceOf(calcPrice: CalcPrice, { model, usage, time }: PricedCall, provider?: string): number | undefined {
  const tokens: Record<string, number> = {};
  const { input, output, cacheRead, cacheWrite, audioInput, audioOutput } = usage;
  if (input !== undefined) tokens['input_tokens'] = input;
  if (output !== undefined) tokens['output_tokens'] = output;
  if (cacheRead !== undefined) tokens['cache_read_tokens'] = cacheRead;
  if (cacheWrite !== undefined) tokens['cache_write_tokens'] = cacheWrite;
  if (audioInput !== undefined) tokens['input_audio_tokens'] = audioInput;
  if (audioOutput !== undefined) tokens['output_audio_tokens'] = audioOutput;
  try {
    const price = calcPrice(tokens, model, {
      ...(provider !== undefined && { providerId: provider }),
      ...(time !== undefined && { timestamp: new Date(time) }),
    });
    return price?.total_price;
  } catch {
    // It throws where the parts of the tokens contradict each other: a trace may state anything.
    return undefined;
  }
}
