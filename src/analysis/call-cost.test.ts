import { expect } from '@open-wc/testing';
import { NOON, ran, traceOf, type SpanSketch } from '../test/trace-builder.js';
import { estimateCost, type PricedCall, type PriceSource } from './call-cost.js';

const spanOf = (more: SpanSketch): Parameters<typeof estimateCost>[0] =>
  traceOf(ran('a', '', { kind: 'llm', model: 'm', ...more })).spans.at(0)!;

describe('estimated cost', () => {
  const asked: PricedCall[] = [];
  const prices: PriceSource = {
    priceOf: (call) => {
      asked.push(call);
      return 0.5;
    },
  };

  it('is what the trace states, which is no estimate', () => {
    expect(estimateCost(spanOf({ cost: 2, usage: { input: 1 } }), prices)).to.deep.equal({
      dollars: 2,
      isEstimate: false,
    });
    expect(asked).to.deep.equal([]);
  });

  it('is asked for with model, provider, tokens and time', () => {
    expect(estimateCost(spanOf({ provider: 'p', usage: { input: 3, output: 2 } }), prices)).to.deep.equal({
      dollars: 0.5,
      isEstimate: true,
    });
    expect(asked.splice(0)).to.deep.equal([{ model: 'm', provider: 'p', usage: { input: 3, output: 2 }, time: NOON }]);
  });

  it('is not known without tokens in or out, without a model, or for a model that the source does not know', () => {
    expect(estimateCost(spanOf({ usage: { total: 9 } }), prices)).to.equal(undefined);
    expect(estimateCost(spanOf({ model: undefined, usage: { input: 3 } }), prices)).to.equal(undefined);
    for (const price of [undefined, NaN, -1, Infinity]) {
      expect(estimateCost(spanOf({ usage: { input: 3 } }), { priceOf: () => price })).to.equal(undefined);
    }
  });
});
