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
});
