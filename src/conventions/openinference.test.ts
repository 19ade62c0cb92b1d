import { expect } from '@open-wc/testing';
import { openInferenceMeaning } from './openinference-meaning.js';
import { outlineOf, spanRecord } from './test-spans.js';

describe('OpenInference', () => {
  it('outlines a call', () => {
    const outline = outlineOf({
      'openinference.span.kind': 'LLM',
      'llm.model_name': 'gpt-4o',
      'llm.system': 'openai',
      'llm.token_count.prompt': 10,
      'llm.token_count.completion': 5,
      'llm.token_count.prompt_details.cache_read': 4,
      'llm.cost.prompt': 0.25,
      'llm.cost.completion': 0.5,
      'session.id': 's1',
      'tag.tags': '["a"]',
      metadata: '{"k":1}',
    });
    expect(outline).to.deep.equal({
      name: 'work',
      kind: 'llm',
      model: 'gpt-4o',
      provider: 'openai',
      usage: { input: 10, output: 5, total: 15, cacheRead: 4 },
      cost: 0.75,
      sessionId: 's1',
      tags: ['a'],
      metadata: { k: 1 },
    });
  });

  it('tells kinds in any case, one after the other', () => {
    const words = [
      'AGENT',
      'CHAIN',
      'Agent',
      'ARENT',
      'agent',
      'chain',
      'AGENT',
      '',
      'x'.repeat(1000),
      'LLM',
      'llm',
      'AGENT',
    ];
    const kinds = words.map((word) => outlineOf({ 'openinference.span.kind': word })['kind']);
    expect(kinds).to.deep.equal(
      ['agent', 'chain', 'agent', 'span', 'agent', 'chain', 'agent', 'span', 'span', 'llm', 'llm', 'agent'],
    ); // prettier-ignore
  });

  it('reads messages, tools and parameters', () => {
    const call = 'llm.input_messages.1.message.tool_calls.0.tool_call';
    const parts = 'llm.output_messages.0.message.contents';
    const meaning = openInferenceMeaning(
      spanRecord({
        'llm.input_messages.0.message.role': 'user',
        'llm.input_messages.0.message.content': 'Hi',
        'llm.input_messages.1.message.role': 'assistant',
        [`${call}.id`]: 'c1',
        [`${call}.function.name`]: 'look',
        [`${call}.function.arguments`]: '{"at":1}',
        'llm.input_messages.2.message.role': 'tool',
        'llm.input_messages.2.message.content': 'a cat',
        'llm.input_messages.2.message.tool_call_id': 'c1',
        'llm.output_messages.0.message.role': 'assistant',
        [`${parts}.0.message_content.type`]: 'reasoning',
        [`${parts}.0.message_content.encrypted_content`]: 'gAAA',
        [`${parts}.1.message_content.type`]: 'text',
        [`${parts}.1.message_content.text`]: 'A cat.',
        [`${parts}.2.message_content.type`]: 'image',
        [`${parts}.2.message_content.image.image.url`]: 'data:image/png;base64,aGk=',
        'llm.finish_reason': 'stop',
        'llm.tools.0.tool.json_schema': '{"type":"function","function":{"name":"look"}}',
        'llm.invocation_parameters': '{"temperature":1}',
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
      {
        role: 'assistant',
        origin: 'output',
        finishReason: 'stop',
        parts: [
          { type: 'reasoning', text: '', hidden: 'encrypted' },
          { type: 'text', text: 'A cat.' },
          { type: 'media', modality: 'image', mimeType: 'image/png', data: 'aGk=' },
        ],
      },
    ]);
    expect(meaning.tools).to.deep.equal([{ name: 'look' }]);
    expect(meaning.parameters?.get('temperature')).to.equal(1);
  });

  it('reads documents in and out, embedded texts, prompts and scores', () => {
    const meaning = openInferenceMeaning(
      spanRecord({
        'reranker.query': 'cats',
        'reranker.input_documents.0.document.content': 'a',
        'reranker.output_documents.0.document.content': 'b',
        'reranker.output_documents.0.document.score': '0.5',
        'embedding.embeddings.0.embedding.text': 'c',
        'embedding.embeddings.0.embedding.vector': [0.1],
        'llm.prompt_template.template': 'Hi {n}',
        'llm.prompt_template.variables': '{"n":1}',
        'annotations.0.annotation.name': 'good',
        'annotations.0.annotation.score': 1,
        'annotations.0.annotation.annotator_kind': 'HUMAN',
      }),
    );
    expect(meaning).to.deep.equal({
      input: 'cats',
      documents: [{ content: 'b', score: 0.5 }, { content: 'c' }],
      inputDocuments: [{ content: 'a' }],
      prompt: { template: 'Hi {n}', variables: { n: 1 } },
      scores: [{ name: 'good', value: 1, source: 'human' }],
    });
  });

  it('parses a payload only where its type says JSON', () => {
    const payloads = { 'input.value': '[1]', 'input.mime_type': 'application/json', 'output.value': '[1]' };
    expect(openInferenceMeaning(spanRecord(payloads))).to.deep.equal({ input: [1], output: '[1]' });
  });
});
