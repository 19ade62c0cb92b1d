import { expect } from '@open-wc/testing';
import { anthropic } from './anthropic.js';

describe('Anthropic', () => {
  it('reads a request body', () => {
    const messages = anthropic.messages(
      {
        model: 'claude-sonnet-4-5',
        max_tokens: 100,
        system: [{ type: 'text', text: 'Be brief.', cache_control: { type: 'ephemeral' } }],
        messages: [
          {
            role: 'user',
            content: [
              { type: 'image', source: { type: 'base64', media_type: 'image/jpeg', data: '/9j/4A==' } },
              { type: 'image', source: { type: 'url', url: 'https://example.org/b.png' } },
              { type: 'document', title: 'Notes', source: { type: 'text', media_type: 'text/plain', data: 'Plain.' } },
              { type: 'document', source: { type: 'base64', media_type: 'application/pdf', data: 'JVBERi0=' } },
            ],
          },
          {
            role: 'assistant',
            content: [
              { type: 'thinking', thinking: 'Hm.', signature: 'Eq' },
              { type: 'redacted_thinking', data: 'Em' },
              { type: 'tool_use', id: 't1', name: 'look', input: { at: 'it' } },
            ],
          },
          {
            role: 'user',
            content: [
              { type: 'tool_result', tool_use_id: 't1', is_error: true, content: [{ type: 'text', text: 'broken' }] },
              { type: 'tool_result', tool_use_id: 't2', content: [{ type: 'image', source: {} }] },
            ],
          },
        ],
      },
      'input',
    );
    expect(messages).to.deep.equal([
      { role: 'system', origin: 'input', parts: [{ type: 'text', text: 'Be brief.' }] },
      {
        role: 'user',
        origin: 'input',
        parts: [
          { type: 'media', modality: 'image', mimeType: 'image/jpeg', data: '/9j/4A==' },
          { type: 'media', modality: 'image', uri: 'https://example.org/b.png' },
          { type: 'text', text: 'Plain.' },
          { type: 'media', modality: 'file', mimeType: 'application/pdf', data: 'JVBERi0=' },
        ],
      },
      {
        role: 'assistant',
        origin: 'input',
        parts: [
          { type: 'reasoning', text: 'Hm.' },
          { type: 'reasoning', text: '', hidden: 'redacted' },
          { type: 'tool-call', id: 't1', name: 'look', arguments: { at: 'it' } },
        ],
      },
      {
        role: 'user',
        origin: 'input',
        parts: [
          { type: 'tool-result', id: 't1', result: 'broken', isError: true },
          { type: 'tool-result', id: 't2', result: [{ type: 'image', source: {} }] },
        ],
      },
    ]);
  });

  it('reads a response body, with the results of its own tools and why it refused', () => {
    const messages = anthropic.messages(
      {
        type: 'message',
        role: 'assistant',
        stop_reason: 'refusal',
        stop_details: { type: 'refusal', explanation: 'Not this.' },
        content: [
          { type: 'server_tool_use', id: 's1', name: 'web_search', input: { query: 'q' } },
          { type: 'web_search_tool_result', tool_use_id: 's1', content: [{ type: 'web_search_result', url: 'u' }] },
        ],
      },
      'output',
    );
    expect(messages).to.deep.equal([
      {
        role: 'assistant',
        origin: 'output',
        finishReason: 'refusal',
        parts: [
          { type: 'tool-call', id: 's1', name: 'web_search', arguments: { query: 'q' } },
          { type: 'tool-result', id: 's1', result: [{ type: 'web_search_result', url: 'u' }] },
          { type: 'refusal', text: 'Not this.' },
        ],
      },
    ]);
  });

  it('leaves turns that any provider could have written', () => {
    expect(anthropic.messages([{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }], 'input')).to.equal(
      undefined,
    );
    expect(anthropic.messages({ type: 'error', error: { message: 'no' } }, 'output')).to.equal(undefined);
  });

  it('reads what a block cites, in each of the five ways', () => {
    const quoted = { cited_text: 'Said there.' };
    const inDocument = { ...quoted, document_index: 1, document_title: 'Notes', file_id: null };
    const citations = [
      { type: 'char_location', ...inDocument, start_char_index: 0, end_char_index: 11 },
      { type: 'page_location', ...inDocument, start_page_number: 1, end_page_number: 2 },
      { type: 'content_block_location', ...inDocument, document_title: null, start_block_index: 0, end_block_index: 1 },
      {
        type: 'web_search_result_location',
        ...quoted,
        url: 'https://example.org/a',
        title: 'Page',
        encrypted_index: 'E',
      },
      {
        type: 'search_result_location',
        ...quoted,
        source: 'kb-7',
        title: 'Entry',
        search_result_index: 0,
        start_block_index: 0,
        end_block_index: 1,
      },
      {
        type: 'search_result_location',
        ...quoted,
        source: 'https://example.org/b',
        title: null,
        search_result_index: 1,
      },
    ];
    const body = {
      type: 'message',
      role: 'assistant',
      stop_reason: 'end_turn',
      content: [
        { type: 'text', text: 'It is.', citations },
        { type: 'text', text: ' So.', citations: null },
      ],
    };
    const text = 'Said there.';
    expect(anthropic.messages(body, 'output')![0]!.parts).to.deep.equal([
      {
        type: 'text',
        text: 'It is.',
        citations: [
          { text, documentIndex: 1, title: 'Notes' },
          { text, documentIndex: 1, title: 'Notes' },
          { text, documentIndex: 1 },
          { text, url: 'https://example.org/a', title: 'Page' },
          { text, title: 'Entry' },
          { text, url: 'https://example.org/b' },
        ],
      },
      { type: 'text', text: ' So.' },
    ]);
  });
});
