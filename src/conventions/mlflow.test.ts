import { expect } from '@open-wc/testing';
import { interpret } from './interpret.js';
import { mlflowValue } from './mlflow.js';
import { outlineOf, spanRecord } from './test-spans.js';

describe('MLflow attributes', () => {
  it('are JSON texts, texts too', () => {
    expect(['"LLM"', '{"a":1}', '[1]', 'null', 'plain', '"open', 7].map(mlflowValue)).to.deep.equal([
      'LLM',
      { a: 1 },
      [1],
      null,
      'plain',
      '"open',
      7,
    ]);
  });

  it('outline a span', () => {
    const words = [
      ['CHAT_MODEL', 'llm'], ['LLM', 'llm'], ['CHAIN', 'chain'], ['AGENT', 'agent'], ['TOOL', 'tool'], ['RETRIEVER', 'retriever'],
      ['EMBEDDING', 'embedding'], ['RERANKER', 'reranker'], ['PARSER', 'span'], ['UNKNOWN', 'span'], ['mine', 'span'],
    ]; // prettier-ignore
    for (const [word, kind] of words) expect(outlineOf({ 'mlflow.spanType': `"${word}"` }).kind, word).to.equal(kind);
    expect(outlineOf({ 'mlflow.trace.session': '"s"', 'mlflow.spanFunctionName': '"f"' })).to.include({
      sessionId: 's',
      label: 'f',
    });
    expect(outlineOf({ 'mlflow.llm.cost': '{"input_cost":1,"output_cost":2}' }).cost).to.equal(3);
  });

  it('count cached tokens inside the input, also where Anthropic left them out', () => {
    const usage = (counts: object) => outlineOf({ 'mlflow.chat.tokenUsage': JSON.stringify(counts) }).usage;
    expect(usage({ input_tokens: 10, output_tokens: 2, total_tokens: 12, cache_read_input_tokens: 8 })).to.deep.equal({
      input: 10,
      output: 2,
      total: 12,
      cacheRead: 8,
    });
    expect(
      usage({ input_tokens: 3, output_tokens: 2, total_tokens: 5, cache_read_input_tokens: 80, cache_creation_input_tokens: 7 }),
    ).to.deep.equal({ input: 90, output: 2, total: 92, cacheRead: 80, cacheWrite: 7 }); // prettier-ignore
  });

  it('say what went in and out', () => {
    const meaning = interpret(
      spanRecord({
        'mlflow.spanInputs': '"Why?"',
        'mlflow.spanOutputs': '{"answer":1}',
        'mlflow.linkedPrompts': '[{"name":"p","version":"2"}]',
        invocation_params: '{"top_p":1}',
      }),
    );
    expect([meaning.input, meaning.output]).to.deep.equal(['Why?', { answer: 1 }]);
    expect(meaning.prompt).to.deep.equal({ name: 'p', version: '2' });
    expect([...meaning.parameters!]).to.deep.equal([['top_p', 1]]);
  });
});
