import { expect } from '@open-wc/testing';
import { openAiChat } from './openai-chat.js';

describe('OpenAI chat', () => {
  it('reads a request body', () => {
    const messages = openAiChat.messages(
      {
        model: 'gpt-4o',
        messages: [
          {
            role: 'user',
            name: 'ann',
            content: [
              { type: 'text', text: 'What is this?' },
              { type: 'image_url', image_url: { url: 'data:image/png;base64,iVBORw==', detail: 'low' } },
              { type: 'input_audio', input_audio: { data: 'UklGRg==', format: 'wav' } },
              { type: 'file', file: { file_id: 'file-1', filename: 'a.pdf' } },
            ],
          },
          {
            role: 'assistant',
            content: null,
            tool_calls: [{ id: 'c1', type: 'function', function: { name: 'look', arguments: '{"n":1}' } }],
          },
          { role: 'tool', tool_call_id: 'c1', content: '{"is":"a cat"}' },
          { role: 'assistant', content: null, function_call: { name: 'old', arguments: 'not json' } },
          { role: 'function', name: 'old', content: [{ type: 'text', text: 'done' }] },
        ],
      },
      'input',
    );
    expect(messages).to.deep.equal([
      {
        role: 'user',
        name: 'ann',
        origin: 'input',
        parts: [
          { type: 'text', text: 'What is this?' },
          { type: 'media', modality: 'image', mimeType: 'image/png', data: 'iVBORw==' },
          { type: 'media', modality: 'audio', mimeType: 'audio/wav', data: 'UklGRg==' },
          { type: 'media', modality: 'file', name: 'a.pdf' },
        ],
      },
      {
        role: 'assistant',
        origin: 'input',
        parts: [{ type: 'tool-call', id: 'c1', name: 'look', arguments: { n: 1 } }],
      },
      { role: 'tool', origin: 'input', parts: [{ type: 'tool-result', id: 'c1', result: { is: 'a cat' } }] },
      { role: 'assistant', origin: 'input', parts: [{ type: 'tool-call', name: 'old', arguments: 'not json' }] },
      { role: 'tool', name: 'old', origin: 'input', parts: [{ type: 'tool-result', name: 'old', result: 'done' }] },
    ]);
  });

  it('reads the choices of a response body, whatever side asks', () => {
    const messages = openAiChat.messages(
      {
        object: 'chat.completion',
        choices: [
          {
            index: 0,
            finish_reason: 'stop',
            message: { role: 'assistant', content: 'Yes.', reasoning_content: 'Hm.' },
          },
          { index: 1, finish_reason: 'content_filter', message: { role: 'assistant', content: null, refusal: 'No.' } },
          { index: 2, message: { role: 'assistant', content: null, audio: { data: 'UklGRg==', transcript: 'Hello' } } },
          null,
        ],
      },
      'input',
    );
    expect(messages).to.deep.equal([
      {
        role: 'assistant',
        origin: 'output',
        finishReason: 'stop',
        parts: [
          { type: 'reasoning', text: 'Hm.' },
          { type: 'text', text: 'Yes.' },
        ],
      },
      {
        role: 'assistant',
        origin: 'output',
        finishReason: 'content_filter',
        parts: [{ type: 'refusal', text: 'No.' }],
      },
      {
        role: 'assistant',
        origin: 'output',
        parts: [
          { type: 'text', text: 'Hello' },
          { type: 'media', modality: 'audio', data: 'UklGRg==' },
        ],
      },
    ]);
  });

  it('reads a turn alone, a legacy completion and a call without a name', () => {
    expect(openAiChat.messages({ role: 'assistant', content: 'Hi' }, 'output')).to.have.length(1);
    expect(openAiChat.messages({ choices: [{ text: 'Once', finish_reason: 'length' }] }, 'output')).to.deep.equal([
      { role: 'assistant', origin: 'output', finishReason: 'length', parts: [{ type: 'text', text: 'Once' }] },
    ]);
    expect(openAiChat.messages([{ role: 'assistant', tool_calls: [{ id: 'x' }, null, 3] }], 'input')).to.deep.equal([
      {
        role: 'assistant',
        origin: 'input',
        parts: [
          { type: 'other', value: { id: 'x' } },
          { type: 'other', value: 3 },
        ],
      },
    ]);
  });

  it('takes nothing that has no turns', () => {
    for (const value of [
      [],
      {},
      [1, 2],
      { messages: [] },
      { messages: 'none' },
      { choices: [] },
      { role: 'admin' },
      null,
    ]) {
      expect(openAiChat.messages(value, 'input')).to.equal(undefined);
    }
  });

  it('reads what an answer cites, of OpenAI and of Perplexity', () => {
    const page = { title: 'Page', url: 'https://example.org/a', start_index: 4, end_index: 8 };
    const answer = (message: object, more: object = {}) =>
      openAiChat.messages(
        { choices: [{ message: { role: 'assistant', content: 'See this.', ...message } }], ...more },
        'output',
      )![0]!.parts;
    const annotations = [
      { type: 'url_citation', url_citation: page },
      {
        type: 'url_citation',
        url_citation: { url: 'https://example.org/b', content: 'Said there.', start_index: 0, end_index: 99 },
      },
      { type: 'unheard_of' },
    ];
    expect(answer({ annotations }, { citations: ['https://example.org/twice'] })).to.deep.equal([
      {
        type: 'text',
        text: 'See this.',
        citations: [
          { url: 'https://example.org/a', title: 'Page', start: 4, end: 8 },
          { url: 'https://example.org/b', text: 'Said there.' },
        ],
      },
    ]);
    expect(answer({}, { citations: ['https://example.org/a', 'no address'] })).to.deep.equal([
      { type: 'text', text: 'See this.', citations: [{ url: 'https://example.org/a' }] },
    ]);
    const found = [{ title: 'Page', url: 'https://example.org/a', snippet: 'Said there.', date: '2025-01-01' }];
    expect(answer({}, { citations: ['https://example.org/a'], search_results: found })).to.deep.equal([
      {
        type: 'text',
        text: 'See this.',
        citations: [{ title: 'Page', url: 'https://example.org/a', text: 'Said there.' }],
      },
    ]);
  });
});
