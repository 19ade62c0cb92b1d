import { expect } from '@open-wc/testing';
import { interpret } from './interpret.js';
import { langfuseUsage } from './langfuse.js';
import { outlineOf, spanRecord } from './test-spans.js';

describe('Langfuse', () => {
  it('outlines a generation', () => {
    const outline = outlineOf({
      'langfuse.observation.type': 'generation',
      'langfuse.observation.model.name': 'gpt-4o',
      'langfuse.observation.usage_details': '{"input_tokens":123,"output_tokens":456}',
      'langfuse.observation.cost_details': '{"input":0.25,"output":"0.5"}',
      'session.id': 'old',
      'langfuse.session.id': 's1',
      'user.id': 'u1',
      'langfuse.trace.tags': ['a'],
    });
    expect(outline).to.deep.equal({
      name: 'work',
      kind: 'llm',
      model: 'gpt-4o',
      usage: { input: 123, output: 456, total: 579 },
      cost: 0.75,
      sessionId: 's1',
      userId: 'u1',
      tags: ['a'],
    });
    expect(outlineOf({ 'langfuse.observation.type': 'span', 'gen_ai.operation.name': 'chat' }).kind).to.equal('llm');
    expect(outlineOf({ 'langfuse.observation.cost_details': '{"total":3,"input":1}' }).cost).to.equal(3);
  });

  it('adds the parts of a side up', () => {
    expect(
      langfuseUsage({
        input: 10,
        cache_read_input_tokens: 4,
        input_cache_creation: 2,
        output: 5,
        output_reasoning: 3,
        odd: 'x',
      }),
    ).to.deep.equal({ input: 16, cacheRead: 4, cacheWrite: 2, output: 8, reasoning: 3 });
    expect(langfuseUsage('none')).to.deep.equal({});
    expect(langfuseUsage({ input: 1, input_audio: 2, output: 3, output_audio: 4, cache_write: 5 })).to.deep.equal({
      input: 8,
      output: 7,
      audioInput: 2,
      audioOutput: 4,
      cacheWrite: 5,
    });
    // As the wrapper of OpenAI's SDK sends it: the total leaves no room for the parts.
    expect(
      langfuseUsage({ input: 291, output: 30, total: 321, input_cached_tokens: 128, output_reasoning_tokens: 0 }),
    ).to.deep.equal({ input: 291, output: 30, total: 321, cacheRead: 128, reasoning: 0 });
  });

  it('reads input, output, parameters and prompt', () => {
    const meaning = interpret(
      spanRecord({
        'langfuse.trace.input': '"unused"',
        'langfuse.observation.input': '[{"role":"user","content":"Hi"}]',
        'langfuse.observation.output': '{"role":"assistant","content":"Hello"}',
        'langfuse.observation.model.parameters': '{"temperature":1}',
        'langfuse.observation.prompt.name': 'p',
        'langfuse.observation.prompt.version': 2,
      }),
    );
    expect(meaning.input).to.deep.equal([{ role: 'user', content: 'Hi' }]);
    expect(meaning.messages?.map(({ origin, role }) => [origin, role])).to.deep.equal([
      ['input', 'user'],
      ['output', 'assistant'],
    ]);
    expect(meaning.parameters?.get('temperature')).to.equal(1);
    expect(meaning.prompt).to.deep.equal({ name: 'p', version: '2' });
  });
});
