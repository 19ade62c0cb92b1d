import { expect } from '@open-wc/testing';
import { interpret } from './interpret.js';
import { openLlmetryMeaning } from './openllmetry-meaning.js';
import { outlineOf, spanRecord } from './test-spans.js';

describe('OpenLLMetry', () => {
  it('outlines, whatever kind the newer names give', () => {
    const outline = outlineOf({
      'gen_ai.operation.name': 'invoke_agent',
      'traceloop.span.kind': 'workflow',
      'gen_ai.response.model': 'unknown',
      'traceloop.association.properties.ls_model_name': 'claude',
      'gen_ai.usage.prompt_tokens': '14',
      'gen_ai.usage.completion_tokens': '173',
      'llm.usage.total_tokens': '190',
      'traceloop.association.properties.session_id': 's1',
      'traceloop.association.properties.user_id': 'u1',
    });
    expect(outline).to.deep.equal({
      name: 'work',
      kind: 'chain',
      model: 'claude',
      usage: { input: 14, output: 173, total: 190 },
      sessionId: 's1',
      userId: 'u1',
    });
    expect(outlineOf({ 'llm.request.type': 'rerank' }).kind).to.equal('reranker');
    expect(outlineOf({ 'db.system': 'chroma', 'db.vector.query.top_k': 3 }).kind).to.equal('retriever');
    expect(outlineOf({ 'db.system': 'postgresql' }).kind).to.equal('span');
  });

  it('reads numbered messages, tools and parameters', () => {
    const meaning = openLlmetryMeaning(
      spanRecord({
        'gen_ai.prompt.10.role': 'tool',
        'gen_ai.prompt.10.content': 'a cat',
        'gen_ai.prompt.10.tool_call_id': 'c1',
        'gen_ai.prompt.2.role': 'assistant',
        'gen_ai.prompt.2.tool_calls.0.id': 'c1',
        'gen_ai.prompt.2.tool_calls.0.name': 'look',
        'gen_ai.prompt.2.tool_calls.0.arguments': '{"at":1}',
        'gen_ai.prompt.0.role': 'user',
        'gen_ai.prompt.0.content': '[{"type": "text", "text": "Hi"}]',
        'gen_ai.completion.0.role': 'assistant',
        'gen_ai.completion.0.content': 'A cat.',
        'gen_ai.completion.0.finish_reason': 'stop',
        'gen_ai.completion.1': 'None',
        'llm.request.functions.0.name': 'look',
        'llm.request.functions.0.parameters': '{"type":"object"}',
        'llm.is_streaming': true,
        'llm.headers': 'None',
      }),
    );
    expect(meaning.messages).to.deep.equal([
      { role: 'user', origin: 'input', parts: [{ type: 'text', text: 'Hi' }] },
      {
        role: 'assistant',
        origin: 'input',
        parts: [{ type: 'tool-call', id: 'c1', name: 'look', arguments: { at: 1 } }],
      },
      { role: 'tool', origin: 'input', parts: [{ type: 'tool-result', id: 'c1', result: 'a cat' }] },
      { role: 'assistant', origin: 'output', finishReason: 'stop', parts: [{ type: 'text', text: 'A cat.' }] },
    ]);
    expect(meaning.tools).to.deep.equal([{ name: 'look', parameters: { type: 'object' } }]);
    expect([...(meaning.parameters ?? [])]).to.deep.equal([['stream', true]]);
  });

  it('unwraps what went into workflows and tools and came out', () => {
    const through = (input: unknown, output: unknown) => {
      const meaning = interpret(
        spanRecord({
          'traceloop.entity.input': JSON.stringify(input),
          'traceloop.entity.output': JSON.stringify(output),
          'gen_ai.tool.call.arguments': JSON.stringify(input),
        }),
      );
      return [meaning.input, meaning.output];
    };
    expect(through({ inputs: { q: 1 }, tags: [], metadata: {} }, { outputs: { a: 2 }, kwargs: {} })).to.deep.equal([
      { q: 1 },
      { a: 2 },
    ]);
    expect(through({ args: ['q'], kwargs: {} }, { answer: 2 })).to.deep.equal(['q', { answer: 2 }]);
    expect(through({ args: [], kwargs: { q: 1 } }, [1])).to.deep.equal([{ q: 1 }, [1]]);
    // Both are always written as JSON, a text too.
    expect(through('Why?', 'Hello…')).to.deep.equal(['Why?', 'Hello…']);
    expect(through({ args: [1, 2], kwargs: { q: 1 } }, {})).to.deep.equal([{ args: [1, 2], kwargs: { q: 1 } }, {}]);
  });

  it('reads the hits of a vector query, and the template of a prompt', () => {
    const meaning = openLlmetryMeaning(
      spanRecord(
        { 'traceloop.prompt.key': 'ask', 'traceloop.prompt.version': 3, 'traceloop.prompt.template': 'Hi {n}' },
        [
          [
            'db.query.result',
            { 'db.query.result.id': 'd1', 'db.query.result.score': '0.5', 'db.query.result.document': 'a' },
          ],
          ['db.search.result', { 'db.search.result.id': 'd2', 'db.search.result.distance': 0.25 }],
        ],
      ),
    );
    expect(meaning.documents).to.deep.equal([
      { id: 'd1', score: 0.5, content: 'a' },
      { id: 'd2', metadata: { distance: 0.25 } },
    ]);
    expect(meaning.prompt).to.deep.equal({ name: 'ask', version: '3', template: 'Hi {n}' });
  });
});
