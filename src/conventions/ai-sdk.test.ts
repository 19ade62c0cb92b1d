import { expect } from '@open-wc/testing';
import { interpret } from './interpret.js';
import { outlineOf, spanRecord } from './test-spans.js';

describe('AI SDK spans', () => {
  it('knows the kind by operation, by span name, and by operation.name', () => {
    expect(outlineOf({ 'ai.operationId': 'ai.streamText.doStream' }).kind).to.equal('llm');
    expect(outlineOf({}, 'ai.generateText').kind).to.equal('chain');
    expect(outlineOf({ 'operation.name': 'ai.embed.doEmbed my-function' }).kind).to.equal('embedding');
    expect(outlineOf({ 'ai.operationId': 'ai.generateText', 'gen_ai.operation.name': 'invoke_agent' }).kind).to.equal(
      'agent',
    );
  });

  it('reads the token counts of every version', () => {
    expect(outlineOf({ 'ai.usage.promptTokens': 14, 'ai.usage.completionTokens': 20 }).usage).to.deep.equal({
      input: 14,
      output: 20,
      total: 34,
    });
    expect(
      outlineOf({
        'ai.usage.inputTokens': 15,
        'ai.usage.outputTokens': 112,
        'ai.usage.totalTokens': 130,
        'ai.usage.reasoningTokens': 7,
        'ai.usage.cachedInputTokens': 5,
      }).usage,
    ).to.deep.equal({ input: 15, output: 112, total: 130, reasoning: 7, cacheRead: 5 });
    expect(
      outlineOf({
        'ai.usage.cachedInputTokens': 1,
        'ai.usage.inputTokenDetails.cacheReadTokens': 5,
        'ai.usage.inputTokenDetails.cacheWriteTokens': 6,
        'ai.usage.outputTokenDetails.reasoningTokens': 7,
      }).usage,
    ).to.deep.equal({ cacheRead: 5, cacheWrite: 6, reasoning: 7 });
    expect(outlineOf({ 'ai.usage.tokens': 10 }).usage).to.deep.equal({ input: 10 });
  });

  it('reads model, time to the first chunk (milliseconds) and what the application told', () => {
    const outline = outlineOf(
      {
        'ai.model.id': 'gpt-4o',
        'ai.response.model': 'gpt-4o-2024',
        'ai.model.provider': 'openai.chat',
        'ai.response.msToFirstChunk': 426.5,
        'ai.telemetry.functionId': 'my-function',
        'ai.telemetry.metadata.sessionId': 's1',
        'ai.telemetry.metadata.userId': 'u1',
        'ai.telemetry.metadata.tags': ['a', 'b'],
      },
      'ai.streamText.doStream',
    );
    expect(outline).to.deep.equal({
      name: 'ai.streamText.doStream',
      kind: 'llm',
      label: 'my-function',
      model: 'gpt-4o-2024',
      provider: 'openai.chat',
      timeToFirstToken: 426.5,
      sessionId: 's1',
      userId: 'u1',
      tags: ['a', 'b'],
    });
  });

  it('reads prompt and answer', () => {
    const { messages, tools, parameters } = interpret(
      spanRecord({
        'ai.prompt': '{"prompt":"Hi"}',
        'ai.prompt.tools': ['{"type":"function","name":"look","inputSchema":{}}'],
        'ai.response.reasoning': 'Hm.',
        'ai.response.text': 'Hello',
        'ai.response.toolCalls': '[{"toolCallId":"c1","toolName":"look","input":"{\\"at\\":1}"}]',
        'ai.response.finishReason': 'tool-calls',
        'ai.settings.maxRetries': 2,
      }),
    );
    expect(messages).to.deep.equal([
      { role: 'user', origin: 'input', parts: [{ type: 'text', text: 'Hi' }] },
      {
        role: 'assistant',
        origin: 'output',
        finishReason: 'tool-calls',
        parts: [
          { type: 'reasoning', text: 'Hm.' },
          { type: 'text', text: 'Hello' },
          { type: 'tool-call', id: 'c1', name: 'look', arguments: { at: 1 } },
        ],
      },
    ]);
    expect(tools).to.deep.equal([{ name: 'look', parameters: {} }]);
    expect(parameters?.get('maxRetries')).to.equal(2);
  });

  it('believes the messages that were sent rather than the prompt, and gives an object as output', () => {
    const meaning = interpret(
      spanRecord({
        'ai.prompt': '{"prompt":"Hi"}',
        'ai.prompt.messages': '[{"role":"user","content":[{"type":"text","text":"Hi there"}]}]',
        'ai.response.object': '{"sure":true}',
      }),
    );
    expect(meaning.messages?.[0]?.parts).to.deep.equal([{ type: 'text', text: 'Hi there' }]);
    expect(meaning.output).to.deep.equal({ sure: true });
  });

  it('reads a tool call, embedded texts without their vectors, and a ranking', () => {
    const called = { 'ai.toolCall.name': 'look', 'ai.toolCall.args': '{"at":1}', 'ai.toolCall.result': '{"is":2}' };
    expect(interpret(spanRecord(called))).to.deep.equal({
      input: { at: 1 },
      output: { is: 2 },
      tools: [{ name: 'look' }],
    });
    const embedded = { 'ai.values': ['"one"', '"two"'], 'ai.embeddings': ['[0.1]', '[0.2]'] };
    expect(interpret(spanRecord(embedded))).to.deep.equal({ documents: [{ content: 'one' }, { content: 'two' }] });
    const ranked = {
      'ai.documents': ['"one"', '"two"'],
      'ai.ranking': ['{"originalIndex":1,"score":0.9,"document":"two"}'],
    };
    expect(interpret(spanRecord(ranked))).to.deep.equal({
      inputDocuments: [{ content: 'one' }, { content: 'two' }],
      documents: [{ id: '1', content: 'two', score: 0.9 }],
    });
  });
});
