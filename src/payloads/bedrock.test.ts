import { expect } from '@open-wc/testing';
import { bedrock } from './bedrock.js';
import { messagesOf } from './index.js';

describe('Bedrock', () => {
  it('reads a Converse request: calls, results, reasoning and media', () => {
    const body = {
      system: [{ text: 'Be brief.' }],
      inferenceConfig: { maxTokens: 100 },
      messages: [
        { role: 'user', content: [{ text: 'What is it?' }, { image: { format: 'png', source: { bytes: 'iVBO' } } }] },
        {
          role: 'assistant',
          content: [
            { reasoningContent: { reasoningText: { text: 'I look.', signature: 's' } } },
            { reasoningContent: { redactedContent: 'AAAA' } },
            { toolUse: { toolUseId: 't1', name: 'look', input: { at: 'it' } } },
          ],
        },
        {
          role: 'user',
          content: [{ toolResult: { toolUseId: 't1', content: [{ json: { is: 'cat' } }], status: 'error' } }],
        },
      ],
    };
    expect(messagesOf(body, 'input')).to.deep.equal([
      { role: 'system', origin: 'input', parts: [{ type: 'text', text: 'Be brief.' }] },
      {
        role: 'user',
        origin: 'input',
        parts: [
          { type: 'text', text: 'What is it?' },
          { type: 'media', modality: 'image', mimeType: 'image/png', data: 'iVBO' },
        ],
      },
      {
        role: 'assistant',
        origin: 'input',
        parts: [
          { type: 'reasoning', text: 'I look.' },
          { type: 'reasoning', text: '', hidden: 'redacted' },
          { type: 'tool-call', id: 't1', name: 'look', arguments: { at: 'it' } },
        ],
      },
      {
        role: 'tool',
        origin: 'input',
        parts: [{ type: 'tool-result', id: 't1', result: { is: 'cat' }, isError: true }],
      },
    ]);
  });

  it('reads the responses of Converse, Titan and Llama', () => {
    const answers = [
      { output: { message: { role: 'assistant', content: [{ text: 'Hi' }] } }, stopReason: 'end_turn' },
      { inputTextTokenCount: 1, results: [{ outputText: 'Hi', completionReason: 'end_turn' }] },
      { generation: 'Hi', stop_reason: 'end_turn' },
    ];
    for (const body of answers) {
      expect(messagesOf(body, 'output')).to.deep.equal([
        { role: 'assistant', origin: 'output', parts: [{ type: 'text', text: 'Hi' }], finishReason: 'end_turn' },
      ]);
    }
  });

  it('leaves turns to others that could be anybody’s', () => {
    expect(bedrock.messages([{ role: 'user', content: [{ text: 'Hi' }] }], 'input')).to.equal(undefined);
    expect(bedrock.messages({ messages: [{ role: 'user', content: 'Hi' }] }, 'input')).to.equal(undefined);
  });

  it('reads a text with its sources', () => {
    const citations = [
      {
        title: 'Page',
        sourceContent: [{ text: 'Said' }, { text: 'there.' }],
        location: { web: { url: 'https://example.org/a', domain: 'example.org' } },
      },
      { title: 'Notes', sourceContent: [], location: { documentChar: { documentIndex: 2, start: 7, end: 9 } } },
      {
        source: 'https://example.org/b',
        location: { searchResultLocation: { searchResultIndex: 0, start: 0, end: 1 } },
      },
    ];
    const content = [{ citationsContent: { content: [{ text: 'It ' }, { text: 'is.' }], citations } }];
    expect(messagesOf([{ role: 'assistant', content }], 'output')![0]!.parts).to.deep.equal([
      {
        type: 'text',
        text: 'It is.',
        citations: [
          { title: 'Page', text: 'Said\nthere.', url: 'https://example.org/a' },
          { title: 'Notes', documentIndex: 2 },
          { url: 'https://example.org/b' },
        ],
      },
    ]);
  });
});
