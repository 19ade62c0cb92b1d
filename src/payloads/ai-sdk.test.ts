import { expect } from '@open-wc/testing';
import { aiSdk } from './ai-sdk.js';
import { messagesOf } from './index.js';

describe('AI SDK', () => {
  it('reads model messages, with the names of all versions', () => {
    const messages = aiSdk.messages(
      [
        {
          role: 'user',
          content: [
            { type: 'image', image: 'https://example.org/a.png' },
            { type: 'file', data: 'JVBERi0=', mediaType: 'application/pdf', filename: 'a.pdf' },
          ],
        },
        {
          role: 'assistant',
          content: [
            { type: 'reasoning', text: 'Hm.' },
            { type: 'tool-call', toolCallId: 'c1', toolName: 'look', input: { at: 'it' } },
            { type: 'tool-call', toolCallId: 'c2', toolName: 'look', args: '{"at":2}' },
          ],
        },
        {
          role: 'tool',
          content: [
            { type: 'tool-result', toolCallId: 'c1', toolName: 'look', output: { type: 'json', value: { ok: 1 } } },
            { type: 'tool-result', toolCallId: 'c2', toolName: 'look', output: { type: 'error-text', value: 'no' } },
            { type: 'tool-result', toolCallId: 'c3', toolName: 'look', result: 'old' },
          ],
        },
      ],
      'input',
    );
    expect(messages?.map(({ parts }) => parts)).to.deep.equal([
      [
        { type: 'media', modality: 'image', uri: 'https://example.org/a.png' },
        { type: 'media', modality: 'file', mimeType: 'application/pdf', data: 'JVBERi0=', name: 'a.pdf' },
      ],
      [
        { type: 'reasoning', text: 'Hm.' },
        { type: 'tool-call', id: 'c1', name: 'look', arguments: { at: 'it' } },
        { type: 'tool-call', id: 'c2', name: 'look', arguments: { at: 2 } },
      ],
      [
        { type: 'tool-result', id: 'c1', name: 'look', result: { ok: 1 } },
        { type: 'tool-result', id: 'c2', name: 'look', result: 'no', isError: true },
        { type: 'tool-result', id: 'c3', name: 'look', result: 'old' },
      ],
    ]);
  });

  it('reads the prompt attribute in each of its forms', () => {
    const expected = [
      { role: 'system', origin: 'input', parts: [{ type: 'text', text: 'Be brief.' }] },
      { role: 'user', origin: 'input', parts: [{ type: 'text', text: 'Hi' }] },
    ];
    expect(aiSdk.messages({ system: 'Be brief.', prompt: 'Hi' }, 'input')).to.deep.equal(expected);
    const turn = { role: 'user', content: 'Hi' };
    expect(aiSdk.messages({ system: 'Be brief.', prompt: [turn] }, 'input')).to.deep.equal(expected);
    expect(aiSdk.messages({ system: 'Be brief.', messages: [turn] }, 'input')).to.deep.equal(expected);
  });

  it('leaves other objects with a prompt', () => {
    expect(aiSdk.messages({ prompt: 'a cat', size: '1024x1024' }, 'input')).to.equal(undefined);
    expect(aiSdk.messages({ prompt: 'a cat' }, 'input')).to.equal(undefined);
    expect(aiSdk.messages({ prompt: [7] }, 'input')).to.equal(undefined);
  });

  it('takes sources for what the text beside them cites', () => {
    const page = { type: 'source', sourceType: 'url', id: 's1', url: 'https://example.org/a', title: 'Page' };
    const document = { type: 'source-document', sourceId: 's2', mediaType: 'application/pdf', title: 'Paper' };
    const call = { type: 'tool-call', toolCallId: 'c1', toolName: 'look', input: {} };
    const parts = (content: object[]) => messagesOf([{ role: 'assistant', content }], 'output')![0]!.parts;
    expect(parts([page, { type: 'text', text: 'It is.' }, document, call])).to.deep.equal([
      {
        type: 'text',
        text: 'It is.',
        citations: [{ url: 'https://example.org/a', title: 'Page' }, { title: 'Paper' }],
      },
      { type: 'tool-call', id: 'c1', name: 'look', arguments: {} },
    ]);
    // Where there is none, they are kept as they came.
    expect(parts([call, page])[1]).to.deep.equal({ type: 'other', value: page });
  });
});
