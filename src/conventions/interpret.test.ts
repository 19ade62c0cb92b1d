import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { interpret } from './interpret.js';
import { meanings } from './meanings.js';
import { spanRecord } from './test-spans.js';

const said = (attributes: Readonly<Record<string, unknown>>): string[] =>
  (interpret(spanRecord(attributes)).messages ?? []).map(
    ({ origin, parts }) => `${origin}: ${parts.map((part) => ('text' in part ? part.text : part.type)).join(' ')}`,
  );

describe('interpret', () => {
  it('shows what two conventions both say once', () => {
    expect(
      said({
        'llm.input_messages.0.message.role': 'user',
        'llm.input_messages.0.message.content': 'Hi',
        'gen_ai.input.messages': '[{"role":"user","parts":[{"type":"text","content":"Hi"}]}]',
        'ai.prompt.messages': '[{"role":"user","content":"Hi"}]',
      }),
    ).to.deep.equal(['input: Hi']);
  });

  it('takes each side from whoever knows it, and prefers turns that hold something', () => {
    expect(
      said({
        'llm.input_messages.0.message.role': 'user',
        'gen_ai.prompt.0.content': 'Hi',
        'ai.response.text': 'Hello',
      }),
    ).to.deep.equal(['input: Hi', 'output: Hello']);
    expect(said({ 'llm.output_messages.0.message.role': 'assistant' })).to.deep.equal(['output: ']);
  });

  it('finds messages in an input or an output, without what is only repeated', () => {
    const asked = { role: 'user', content: 'Hi' };
    const answer = { role: 'assistant', content: 'Hello' };
    expect(said({ input: { messages: [asked] }, output: { messages: [asked, answer] } })).to.deep.equal([
      'input: Hi',
      'output: Hello',
    ]);
    expect(said({ input: [asked], output: [asked] })).to.deep.equal(['input: Hi', 'output: Hi']);
  });

  it('reads the plain keys last, and joins parameters', () => {
    const meaning = interpret(
      spanRecord({
        input: '{"plain":1}',
        'input.value': 'told',
        output: '[1]',
        'llm.invocation_parameters': '{"temperature":1}',
        'gen_ai.request.temperature': 2,
        'gen_ai.request.top_p': 3,
      }),
    );
    expect(meaning.input).to.equal('told');
    expect(meaning.output).to.deep.equal([1]);
    expect([...(meaning.parameters ?? [])]).to.deep.equal([
      ['temperature', 1],
      ['top_p', 3],
    ]);
  });

  it('says nothing of a span that says nothing', () => {
    const record = spanRecord({ 'http.method': 'GET', 'server.port': 80 });
    for (const meaning of meanings) expect(meaning(record), meaning.name).to.deep.equal({});
    expect(interpret(record)).to.deep.equal({});
  });

  const key = fc.constantFrom(
    ...['gen_ai.input.messages', 'gen_ai.output.messages', 'gen_ai.system_instructions', 'gen_ai.tool.definitions'],
    ...['gen_ai.tool.call.arguments', 'gen_ai.retrieval.documents', 'gen_ai.prompt', 'gen_ai.prompt.0.content'],
    ...['gen_ai.prompt.0.tool_calls.0.name', 'gen_ai.completion.0', 'gen_ai.request.top_p', 'gen_ai.completion.0.role'],
    ...['llm.input_messages.0.message.content', 'llm.input_messages.0.message.contents.0.message_content.type'],
    ...['llm.tools.0.tool.json_schema', 'llm.invocation_parameters', 'retrieval.documents.0.document.metadata'],
    ...[
      'traceloop.entity.input',
      'traceloop.entity.output',
      'traceloop.prompt.version',
      'llm.request.functions.0.name',
    ],
    ...['ai.prompt', 'ai.prompt.messages', 'ai.prompt.tools', 'ai.response.toolCalls', 'ai.values', 'ai.ranking'],
    ...['pydantic_ai.all_messages', 'events', 'model_request_parameters', 'genkit:input', 'genkit:output', 'input'],
    ...['langfuse.observation.input', 'langfuse.observation.model.parameters', 'gen_ai.event.content', 'message'],
    ...['content', 'tool_calls', 'exception.type', 'db.query.result.metadata', 'db.query.result.distance', '__proto__'],
  );
  const value = fc.oneof(fc.jsonValue(), fc.json(), fc.bigInt(), fc.constant(undefined));
  const attributes = fc
    .array(fc.tuple(key, value), { maxLength: 12 })
    .map((entries) => new Map<string, unknown>(entries));
  const eventName = fc.constantFrom(
    ...['gen_ai.choice', 'gen_ai.user.message', 'gen_ai.client.inference.operation.details', 'gen_ai.content.prompt'],
    ...['gen_ai.evaluation.result', 'exception', 'db.query.result', 'other'],
  );

  it('throws at no value of any attribute', () => {
    fc.assert(
      fc.property(attributes, fc.array(fc.tuple(eventName, attributes), { maxLength: 3 }), (own, events) => {
        const record = {
          ...spanRecord({}),
          attributes: own,
          events: events.map(([name, held]) => ({ name, attributes: held })),
        };
        for (const part of Object.values(interpret(record))) expect(part).to.not.equal(undefined);
      }),
      { numRuns: 1000 },
    );
  });
});
