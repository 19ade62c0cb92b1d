import { expect } from '@open-wc/testing';
import { interpret } from './interpret.js';
import { outlineOf, spanRecord } from './test-spans.js';

const OUTPUT = {
  message: { role: 'model', content: [{ text: 'Hello' }] },
  usage: { inputTokens: 10, outputTokens: 30, thoughtsTokens: 20, totalTokens: 40 },
};

describe('Genkit spans', () => {
  it('outlines a model', () => {
    const outline = outlineOf({
      'genkit:type': 'action',
      'genkit:metadata:subtype': 'model',
      'genkit:path': '/{chat,t:flow}/{googleai/gemini-2.5-flash,t:action,s:model}',
      'genkit:output': JSON.stringify(OUTPUT),
    });
    expect(outline).to.deep.equal({
      name: 'work',
      kind: 'llm',
      model: 'googleai/gemini-2.5-flash',
      usage: { input: 10, output: 30, total: 40, reasoning: 20 },
    });
  });

  it('outlines a flow, which is no model', () => {
    const flow = { 'genkit:type': 'flow', 'genkit:path': '/{chat,t:flow}', 'genkit:output': '"done"' };
    expect(outlineOf(flow)).to.deep.equal({ name: 'work', kind: 'chain' });
  });

  it('reads its conversation', () => {
    const input = { messages: [{ role: 'user', content: [{ text: 'Hi' }] }], config: {} };
    const meaning = interpret(
      spanRecord({ 'genkit:input': JSON.stringify(input), 'genkit:output': JSON.stringify(OUTPUT) }),
    );
    expect(meaning.input).to.deep.equal(input);
    expect(meaning.messages?.map(({ role }) => role)).to.deep.equal(['user', 'assistant']);
  });
});
