import { expect } from '@open-wc/testing';
import { interpret } from './interpret.js';
import { spanRecord } from './test-spans.js';

describe('OpenTelemetry GenAI events', () => {
  it('reads an event a message', () => {
    const call = { id: 'c1', type: 'function', function: { name: 'look', arguments: '{}' } };
    const { messages } = interpret(
      spanRecord({ 'gen_ai.response.model': 'm' }, [
        ['gen_ai.system.message', { content: 'Be brief.' }],
        ['gen_ai.user.message', { content: '[{"type":"text","text":"Hi"}]' }],
        ['gen_ai.assistant.message', { tool_calls: JSON.stringify([call]) }],
        ['gen_ai.tool.message', { content: 'a cat', id: 'c1' }],
        ['something.else', { content: 'x' }],
        ['gen_ai.choice', { index: 0, finish_reason: 'stop', message: '{"role":"assistant","content":"Yes."}' }],
        ['gen_ai.choice', { index: 1, message: 'No.' }],
      ]),
    );
    expect(messages).to.deep.equal([
      { role: 'system', origin: 'input', parts: [{ type: 'text', text: 'Be brief.' }] },
      { role: 'user', origin: 'input', parts: [{ type: 'text', text: 'Hi' }] },
      { role: 'assistant', origin: 'input', parts: [{ type: 'tool-call', id: 'c1', name: 'look', arguments: {} }] },
      { role: 'tool', origin: 'input', parts: [{ type: 'tool-result', id: 'c1', result: 'a cat' }] },
      { role: 'assistant', origin: 'output', finishReason: 'stop', parts: [{ type: 'text', text: 'Yes.' }] },
      { role: 'assistant', origin: 'output', parts: [{ type: 'text', text: 'No.' }] },
    ]);
  });

  it('leaves a text that happens to be a JSON list', () => {
    const { messages } = interpret(spanRecord({}, [['gen_ai.user.message', { content: '[{"a":1}]' }]]));
    expect(messages?.[0]?.parts).to.deep.equal([{ type: 'text', text: '[{"a":1}]' }]);
  });

  it('reads the event with the attributes of today, and bodies in JSON', () => {
    const details = { 'gen_ai.output.messages': '[{"role":"assistant","parts":[{"type":"text","content":"Hello"}]}]' };
    const { messages } = interpret(
      spanRecord({}, [
        ['gen_ai.user.message', { 'gen_ai.event.content': '{"role":"user","content":"Hi"}' }],
        ['gen_ai.client.inference.operation.details', details],
      ]),
    );
    expect(messages?.map(({ origin, parts }) => [origin, parts])).to.deep.equal([
      ['input', [{ type: 'text', text: 'Hi' }]],
      ['output', [{ type: 'text', text: 'Hello' }]],
    ]);
  });

  it('reads whole prompts and completions, from events or attributes', () => {
    const expected = [
      { role: 'user', origin: 'input', parts: [{ type: 'text', text: 'Hi' }] },
      { role: 'assistant', origin: 'output', parts: [{ type: 'text', text: 'Hello' }] },
    ];
    const events = [
      ['gen_ai.content.prompt', { 'gen_ai.prompt': 'Hi' }],
      ['gen_ai.content.completion', { 'gen_ai.completion': 'Hello' }],
    ] as const;
    expect(interpret(spanRecord({}, events)).messages).to.deep.equal(expected);
    const attributes = {
      'gen_ai.prompt': '{"messages":[{"role":"user","content":"Hi"}]}',
      'gen_ai.completion': '{"role":"assistant","content":"Hello"}',
    };
    expect(interpret(spanRecord(attributes)).messages).to.deep.equal(expected);
  });
});
