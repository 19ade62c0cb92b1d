import { expect } from '@open-wc/testing';
import { interpret } from './interpret.js';
import { outlineOf, spanRecord } from './test-spans.js';

describe('Logfire', () => {
  it('outlines an agent run and a tool', () => {
    const run = { 'logfire.msg': 'wheel run', model_name: 'gpt-4o', 'pydantic_ai.all_messages': '[]' };
    expect(outlineOf({ ...run, 'gen_ai.usage.input_tokens': 1 }, 'agent run')).to.deep.equal({
      name: 'wheel run',
      kind: 'agent',
      model: 'gpt-4o',
      usage: { input: 1 },
    });
    expect(outlineOf({ tool_response: 'won' }).kind).to.equal('tool');
  });

  it('takes the last turn of a run for its answer', () => {
    const turns = [
      { role: 'user', parts: [{ type: 'text', content: 'Hi' }] },
      { role: 'assistant', parts: [{ type: 'text', content: 'Hello' }] },
    ];
    const meaning = interpret(spanRecord({ 'pydantic_ai.all_messages': JSON.stringify(turns), final_result: 'Hello' }));
    expect(meaning.messages?.map(({ origin, role }) => [origin, role])).to.deep.equal([
      ['input', 'user'],
      ['output', 'assistant'],
    ]);
    expect(meaning.output).to.equal('Hello');
  });

  it('reads lists of event bodies, tools and tool calls', () => {
    const events = [
      { 'event.name': 'gen_ai.user.message', role: 'user', content: 'Hi' },
      { 'event.name': 'gen_ai.choice', index: 0, message: { role: 'assistant', content: 'Hello' } },
    ];
    const expected = ['input Hi', 'output Hello'];
    for (const key of ['events', 'pydantic_ai.all_messages_events']) {
      const { messages } = interpret(spanRecord({ [key]: JSON.stringify(events) }));
      const said = messages?.map(({ origin, parts }) => `${origin} ${parts[0]?.type === 'text' ? parts[0].text : ''}`);
      expect(said, key).to.deep.equal(expected);
    }
    const tools = '{"function_tools":[{"name":"wheel","description":"Spins."}]}';
    const meaning = interpret(
      spanRecord({ model_request_parameters: tools, tool_arguments: '{"square":18}', tool_response: 'won' }),
    );
    expect(meaning).to.deep.equal({
      input: { square: 18 },
      output: 'won',
      tools: [{ name: 'wheel', description: 'Spins.' }],
    });
  });
});
