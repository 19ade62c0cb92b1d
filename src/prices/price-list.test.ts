import { expect } from '@open-wc/testing';
import { loadPrices } from './index.js';
import { priceList, type CalcPrice } from './price-list.js';

describe('price list', () => {
  const time = Date.UTC(2026, 0, 1);

  it('hands on tokens, provider and time in the words of the list', () => {
    const asked: unknown[] = [];
    const calcPrice: CalcPrice = (...call) => {
      asked.push(call);
      return { total_price: 0.25 };
    };
    const usage = {
      input: 100,
      output: 20,
      total: 120,
      cacheRead: 60,
      cacheWrite: 10,
      audioInput: 5,
      audioOutput: 2,
      reasoning: 7,
    };
    expect(priceList(calcPrice).priceOf({ model: 'm', provider: 'p', usage, time })).to.equal(0.25);
    const tokens = {
      input_tokens: 100,
      output_tokens: 20,
      cache_read_tokens: 60,
      cache_write_tokens: 10,
      input_audio_tokens: 5,
      output_audio_tokens: 2,
    };
    expect(asked).to.deep.equal([[tokens, 'm', { providerId: 'p', timestamp: new Date(time) }]]);
  });

  it('asks without the provider where the list does not know it', () => {
    const calcPrice: CalcPrice = (_, __, options) => (options?.providerId === undefined ? { total_price: 3 } : null);
    expect(priceList(calcPrice).priceOf({ model: 'm', provider: 'a word of its own', usage: { input: 1 } })).to.equal(
      3,
    );
  });

  it('knows no price where the list has none, or throws', () => {
    expect(priceList(() => null).priceOf({ model: 'm', usage: { input: 1 } })).to.equal(undefined);
    const throwing: CalcPrice = () => {
      throw new Error('cache_read_tokens is more than input_tokens');
    };
    expect(priceList(throwing).priceOf({ model: 'm', usage: { input: 1 } })).to.equal(undefined);
  });

  it('knows what a common model costs, with the real list', async () => {
    const prices = await loadPrices();
    const usage = { input: 1_000_000, output: 1_000_000 };
    expect(prices.priceOf({ model: 'gpt-4o', provider: 'openai', usage, time })).to.be.within(1, 100);
    expect(prices.priceOf({ model: 'no such model', usage })).to.equal(undefined);
  });
});
