import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { usageOf, usageOfCounts } from './usage.js';

describe('usage of bodies', () => {
  it('OpenAI: both sides include their parts', () => {
    const usage = {
      prompt_tokens: 100,
      completion_tokens: 30,
      total_tokens: 130,
      prompt_tokens_details: { cached_tokens: 64, audio_tokens: 5 },
      completion_tokens_details: { reasoning_tokens: 20, audio_tokens: 2 },
    };
    const expected = {
      input: 100,
      output: 30,
      total: 130,
      cacheRead: 64,
      reasoning: 20,
      audioInput: 5,
      audioOutput: 2,
    };
    expect(usageOf({ object: 'chat.completion', usage })).to.deep.equal(expected);
    expect(usageOf({ usage: { prompt_tokens: 8, total_tokens: 8 } })).to.deep.equal({ input: 8, total: 8 });
    const counts = {
      input_tokens: 100,
      output_tokens: 30,
      input_tokens_details: { cached_tokens: 64 },
      output_tokens_details: { reasoning_tokens: 20 },
    };
    expect(usageOfCounts(counts)).to.deep.equal({ input: 100, output: 30, total: 130, cacheRead: 64, reasoning: 20 });
  });

  it('Anthropic: what the cache holds is added to the input', () => {
    const usage = {
      input_tokens: 4,
      cache_creation_input_tokens: 1165,
      cache_read_input_tokens: 10,
      output_tokens: 201,
    };
    const expected = { input: 1179, output: 201, total: 1380, cacheRead: 10, cacheWrite: 1165 };
    expect(usageOf({ type: 'message', usage })).to.deep.equal(expected);
  });

  it('Gemini: thoughts are added to the output, what tools put in to the input', () => {
    const usageMetadata = {
      promptTokenCount: 9,
      toolUsePromptTokenCount: 3,
      candidatesTokenCount: 29,
      thoughtsTokenCount: 258,
      cachedContentTokenCount: 4,
      totalTokenCount: 299,
      promptTokensDetails: [
        { modality: 'TEXT', tokenCount: 7 },
        { modality: 'AUDIO', tokenCount: 2 },
      ],
    };
    const expected = { input: 12, output: 287, total: 299, cacheRead: 4, reasoning: 258, audioInput: 2 };
    expect(usageOf({ usageMetadata })).to.deep.equal(expected);
    const snake = { prompt_token_count: 5, thoughts_token_count: 17, total_token_count: 22 };
    expect(usageOf({ usage_metadata: snake })).to.deep.equal({ input: 5, output: 17, total: 22, reasoning: 17 });
  });

  it('Bedrock: what the cache holds is added to the input, and to a total that leaves it out', () => {
    const usage = {
      inputTokens: 10,
      outputTokens: 5,
      totalTokens: 15,
      cacheReadInputTokens: 90,
      cacheWriteInputTokens: 0,
    };
    expect(usageOf({ usage })).to.deep.equal({ input: 100, output: 5, total: 105, cacheRead: 90, cacheWrite: 0 });
    expect(usageOf({ generation: 'x', prompt_token_count: 7, generation_token_count: 2 })).to.deep.equal({
      input: 7,
      output: 2,
      total: 9,
    });
    expect(usageOf({ inputTextTokenCount: 6, results: [{ tokenCount: 3, outputText: 'x' }] })).to.deep.equal({
      input: 6,
      output: 3,
      total: 9,
    });
  });

  it('Ollama: counts beside the rest', () => {
    expect(usageOf({ done: true, prompt_eval_count: 26, eval_count: 282 })).to.deep.equal({
      input: 26,
      output: 282,
      total: 308,
    });
  });

  it('says nothing where nothing is known, and never throws', () => {
    for (const body of [
      undefined,
      null,
      'x',
      {},
      { usage: null },
      { usage: { prompt_tokens: 'many' } },
      { usage: [] },
    ]) {
      expect(usageOf(body)).to.equal(undefined);
    }
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        for (const key of ['usage', 'usageMetadata', 'results']) usageOf({ [key]: value, prompt_eval_count: value });
        usageOfCounts({ input_tokens: value, input_tokens_details: value, promptTokensDetails: value });
      }),
    );
  });
});
