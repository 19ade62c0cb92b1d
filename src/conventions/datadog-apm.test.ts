import { expect } from '@open-wc/testing';
import { interpret } from './interpret.js';
import { outlineOf, spanRecord } from './test-spans.js';

describe('Datadog APM tags', () => {
  it('say kind, model and provider', () => {
    expect(
      outlineOf({
        '_dd.llmobs.span_kind': 'retrieval',
        '_dd.llmobs.model_name': 'm-1',
        'openai.request.model': 'm-0',
        '_dd.llmobs.model_provider': 'openai',
      }),
    ).to.deep.equal({ name: 'work', kind: 'retriever', model: 'm-1', provider: 'openai' });
  });

  it('hold the conversation of older tracers', () => {
    const { messages, parameters } = interpret(
      spanRecord({
        'openai.request.messages.0.role': 'system',
        'openai.request.messages.0.content': 'Be brief.',
        'openai.request.messages.1.content': 'Hi',
        'openai.request.top_p': 0.9,
        'openai.response.choices.0.message.content': 'Hello',
        'openai.response.choices.0.finish_reason': 'stop',
        'openai.response.choices.1.text': 'Hey',
      }),
    );
    expect(messages).to.deep.equal([
      { role: 'system', origin: 'input', parts: [{ type: 'text', text: 'Be brief.' }] },
      { role: 'user', origin: 'input', parts: [{ type: 'text', text: 'Hi' }] },
      { role: 'assistant', origin: 'output', parts: [{ type: 'text', text: 'Hello' }], finishReason: 'stop' },
      { role: 'assistant', origin: 'output', parts: [{ type: 'text', text: 'Hey' }] },
    ]);
    expect(parameters).to.deep.equal(new Map([['top_p', 0.9]]));
  });
});
