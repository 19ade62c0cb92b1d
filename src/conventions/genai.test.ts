import { expect } from '@open-wc/testing';
import { genAiMeaning } from './genai-meaning.js';
import { interpret } from './interpret.js';
import { outlineOf, spanRecord } from './test-spans.js';

const INPUT = [{ role: 'user', parts: [{ type: 'text', content: 'Weather?' }] }];
const OUTPUT = [{ role: 'assistant', parts: [{ type: 'text', content: 'Rain.' }] }];

describe('OpenTelemetry GenAI', () => {
  it('outlines a call', () => {
    const outline = outlineOf({
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.model': 'gpt-4o',
      'gen_ai.response.model': 'gpt-4o-2024-08-06',
      'gen_ai.usage.prompt_tokens': 1,
      'gen_ai.usage.input_tokens': '97',
      'gen_ai.usage.output_tokens': 52,
      'gen_ai.usage.cache_read.input_tokens': 40,
      'gen_ai.usage.cache_creation_input_tokens': 3,
      'gen_ai.usage.reasoning.output_tokens': 20,
      'gen_ai.usage.cost': 0.25,
      'gen_ai.response.time_to_first_chunk': 0.125,
      'gen_ai.conversation.id': 's1',
    });
    expect(outline).to.deep.equal({
      name: 'work',
      kind: 'llm',
      model: 'gpt-4o-2024-08-06',
      provider: 'openai',
      usage: { input: 97, output: 52, total: 149, cacheRead: 40, cacheWrite: 3, reasoning: 20 },
      cost: 0.25,
      timeToFirstToken: 125,
      sessionId: 's1',
    });
  });

  it('knows the kinds by operation, and a tool by the id of its call', () => {
    const kindOf = (operation: string) => outlineOf({ 'gen_ai.operation.name': operation }).kind;
    const operations = [
      'embeddings',
      'retrieval',
      'execute_tool',
      'invoke_agent',
      'invoke_workflow',
      'rerank',
      'dream',
    ];
    expect(operations.map(kindOf)).to.deep.equal([
      'embedding',
      'retriever',
      'tool',
      'agent',
      'chain',
      'reranker',
      'span',
    ]);
    expect(outlineOf({ 'gen_ai.tool.call.id': 'c1' }).kind).to.equal('tool');
    expect(outlineOf({ 'gen_ai.request.model': 'unknown' }).model).to.equal(undefined);
  });

  for (const [form, write] of [
    ['structured values', (value: unknown) => value],
    ['JSON text', (value: unknown) => JSON.stringify(value)],
  ] as const) {
    it(`reads messages from ${form}`, () => {
      const { messages, tools, parameters } = interpret(
        spanRecord({
          'gen_ai.system_instructions': write([{ type: 'text', content: 'Be brief.' }]),
          'gen_ai.input.messages': write(INPUT),
          'gen_ai.output.messages': write(OUTPUT),
          'gen_ai.response.finish_reasons': write(['stop']),
          'gen_ai.tool.definitions': write([{ type: 'function', name: 'look', parameters: {} }]),
          'gen_ai.request.model': 'm',
          'gen_ai.request.temperature': 0.5,
          'gen_ai.request.seed': '',
          'gen_ai.output.type': 'json',
        }),
      );
      expect(messages).to.deep.equal([
        { role: 'system', origin: 'input', parts: [{ type: 'text', text: 'Be brief.' }] },
        { role: 'user', origin: 'input', parts: [{ type: 'text', text: 'Weather?' }] },
        { role: 'assistant', origin: 'output', finishReason: 'stop', parts: [{ type: 'text', text: 'Rain.' }] },
      ]);
      expect(tools).to.deep.equal([{ name: 'look', parameters: {} }]);
      expect([...(parameters ?? [])]).to.deep.equal([
        ['temperature', 0.5],
        ['output.type', 'json'],
      ]);
    });
  }

  it('takes instructions that are plain text', () => {
    const { messages } = genAiMeaning(spanRecord({ 'gen_ai.system_instructions': 'Be brief.' }));
    expect(messages?.[0]).to.deep.include({ role: 'system', parts: [{ type: 'text', text: 'Be brief.' }] });
  });

  it('reads a tool call, a retrieval and a judgement', () => {
    expect(
      interpret(
        spanRecord({
          'gen_ai.tool.name': 'look',
          'gen_ai.tool.description': 'Looks.',
          'gen_ai.tool.call.arguments': '{"at":1}',
          'gen_ai.tool.call.result': { is: 'a cat' },
        }),
      ),
    ).to.deep.equal({ input: { at: 1 }, output: { is: 'a cat' }, tools: [{ name: 'look', description: 'Looks.' }] });
    expect(
      interpret(
        spanRecord({
          'gen_ai.retrieval.query.text': 'cats',
          'gen_ai.retrieval.documents': '[{"id":"d1","score":0.9}]',
          'gen_ai.prompt.name': 'p',
        }),
      ),
    ).to.deep.equal({ input: 'cats', documents: [{ id: 'd1', score: 0.9 }], prompt: { name: 'p' } });
    const judged = [
      'gen_ai.evaluation.result',
      {
        'gen_ai.evaluation.name': 'Relevance',
        'gen_ai.evaluation.score.value': 4,
        'gen_ai.evaluation.score.label': 'pass',
      },
    ] as const;
    expect(interpret(spanRecord({}, [judged]))).to.deep.equal({
      scores: [{ name: 'Relevance', value: 4, label: 'pass' }],
    });
  });
});
