/** Prices of calls, from the list of `@pydantic/genai-prices`, which the application installs. */
import type { PriceSource } from '../analysis/call-cost.js';
import { priceList } from './price-list.js';

export { priceList, type CalcPrice } from './price-list.js';

/** Loads the list. Rejects where the package is not installed. */
export async function loadPrices(): Promise<PriceSource> {
  const { calcPrice } = await import('@pydantic/genai-prices');
  return priceList(calcPrice);
}
