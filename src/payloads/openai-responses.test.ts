import { expect } from '@open-wc/testing';
import { openAiResponses } from './openai-responses.js';

describe('OpenAI responses', () => {
  it('reads items, those of the model in a row as one turn', () => {
    const search = { type: 'web_search_call', id: 'ws_1', status: 'completed' };
    const messages = openAiResponses.messages(
      {
        object: 'response',
        output: [
          { type: 'reasoning', summary: [{ type: 'summary_text', text: 'I add.' }], encrypted_content: 'gAAA' },
          { type: 'reasoning', summary: [], encrypted_content: 'gAAA' },
          search,
          { type: 'function_call', id: 'fc_1', call_id: 'c1', name: 'add', arguments: '{"a":1}' },
          { type: 'function_call_output', call_id: 'c1', output: '{"sum":2}' },
          {
            type: 'message',
            role: 'assistant',
            content: [
              { type: 'output_text', text: 'Two.', annotations: [] },
              { type: 'refusal', refusal: 'No more.' },
            ],
          },
          null,
        ],
      },
      'output',
    );
    expect(messages).to.deep.equal([
      {
        role: 'assistant',
        origin: 'output',
        parts: [
          { type: 'reasoning', text: 'I add.' },
          { type: 'reasoning', text: '', hidden: 'encrypted' },
          { type: 'other', value: search },
          { type: 'tool-call', id: 'c1', name: 'add', arguments: { a: 1 } },
        ],
      },
      { role: 'tool', origin: 'output', parts: [{ type: 'tool-result', id: 'c1', result: { sum: 2 } }] },
      {
        role: 'assistant',
        origin: 'output',
        parts: [
          { type: 'text', text: 'Two.' },
          { type: 'refusal', text: 'No more.' },
        ],
      },
    ]);
  });

  it('reads a request whose input is text, or turns', () => {
    const expected = [
      { role: 'system', origin: 'input', parts: [{ type: 'text', text: 'Be brief.' }] },
      { role: 'user', origin: 'input', parts: [{ type: 'text', text: 'Hi' }] },
    ];
    const body = { model: 'gpt-5', instructions: 'Be brief.' };
    expect(openAiResponses.messages({ ...body, input: 'Hi' }, 'input')).to.deep.equal(expected);
    expect(openAiResponses.messages({ ...body, input: [{ role: 'user', content: 'Hi' }] }, 'input')).to.deep.equal(
      expected,
    );
    const part = { type: 'input_image', image_url: 'https://example.org/a.png' };
    expect(openAiResponses.messages([{ role: 'user', content: [part] }], 'input')?.[0]?.parts).to.deep.equal([
      { type: 'media', modality: 'image', uri: 'https://example.org/a.png' },
    ]);
  });

  it('takes no other body that has an input or an output', () => {
    const others = [
      { input: 'a question' },
      { input: 'text', model: 'text-embedding-3-small' },
      { input: 'text', model: 'nameless', dimensions: 8 },
      { output: ['a', 'b'] },
      { output: [{ type: 'text', text: 'x' }] },
      { input: [{ role: 'user', content: 'Hi' }] },
    ];
    for (const body of others)
      expect(openAiResponses.messages(body, 'input'), JSON.stringify(body)).to.equal(undefined);
  });

  it('reads annotations of every kind', () => {
    const annotations = [
      { type: 'url_citation', url: 'https://example.org/a', title: 'Page', start_index: 0, end_index: 4 },
      { type: 'file_citation', file_id: 'file-1', filename: 'a.pdf', index: 5 },
      {
        type: 'container_file_citation',
        container_id: 'c',
        file_id: 'file-2',
        filename: 'b.png',
        start_index: 1,
        end_index: 2,
      },
      { type: 'file_path', file_id: 'file-3', index: 7 },
    ];
    const item = {
      type: 'message',
      role: 'assistant',
      content: [{ type: 'output_text', text: 'Cited.', annotations }],
    };
    expect(openAiResponses.messages({ object: 'response', output: [item] }, 'output')![0]!.parts).to.deep.equal([
      {
        type: 'text',
        text: 'Cited.',
        citations: [
          { url: 'https://example.org/a', title: 'Page', start: 0, end: 4 },
          { documentId: 'file-1', title: 'a.pdf', start: 5, end: 5 },
          { documentId: 'file-2', title: 'b.png', start: 1, end: 2 },
          // Behind the end of the text.
          { documentId: 'file-3' },
        ],
      },
    ]);
  });
});
