import { expect } from '@open-wc/testing';
import { tokenUsage } from './token-usage.js';

describe('token usage of LangChain and its like', () => {
  it('is read from usage_metadata, from a run and from camel case', () => {
    expect(
      tokenUsage({
        input_tokens: 10,
        output_tokens: 5,
        total_tokens: 15,
        input_token_details: {
          cache_read: 4,
          cache_creation: 0,
          ephemeral_5m_input_tokens: 2,
          ephemeral_1h_input_tokens: 1,
        },
        output_token_details: { reasoning: 3, audio: 1 },
      }),
    ).to.deep.equal({ input: 10, output: 5, total: 15, cacheRead: 4, cacheWrite: 3, reasoning: 3, audioOutput: 1 });
    expect(
      tokenUsage({
        prompt_tokens: 7,
        completion_tokens: 2,
        prompt_token_details: { cache_read: 1, cache_creation: 5 },
      }),
    ).to.deep.equal({ input: 7, output: 2, total: 9, cacheRead: 1, cacheWrite: 5 });
    expect(tokenUsage({ promptTokens: 7, completionTokens: 2, totalTokens: 9 })).to.deep.equal({
      input: 7,
      output: 2,
      total: 9,
    });
  });

  it('is read from a provider’s own counts, by the provider’s rule', () => {
    expect(tokenUsage({ input_tokens: 3, output_tokens: 1, cache_read_input_tokens: 10 })).to.deep.equal({
      input: 13,
      output: 1,
      total: 14,
      cacheRead: 10,
    });
    expect(tokenUsage({ total_tokens: 4 })).to.deep.equal({ total: 4 });
    expect(tokenUsage({ total_tokens: 'many' })).to.equal(undefined);
    expect(tokenUsage(undefined)).to.equal(undefined);
  });
});
