import { expect } from '@open-wc/testing';
import { genkitModel } from './genkit.js';

describe('Genkit', () => {
  it('reads a request and a response', () => {
    const messages = genkitModel.messages(
      {
        messages: [
          {
            role: 'user',
            content: [{ text: 'Hi' }, { media: { url: 'https://example.org/a.png', contentType: 'image/png' } }],
          },
          {
            role: 'model',
            content: [{ reasoning: 'Hm.' }, { toolRequest: { ref: 'c1', name: 'look', input: { at: 1 } } }],
          },
          { role: 'tool', content: [{ toolResponse: { ref: 'c1', name: 'look', output: 'a cat' } }] },
        ],
      },
      'input',
    );
    expect(messages?.map(({ role, parts }) => [role, parts])).to.deep.equal([
      [
        'user',
        [
          { type: 'text', text: 'Hi' },
          { type: 'media', modality: 'image', mimeType: 'image/png', uri: 'https://example.org/a.png' },
        ],
      ],
      [
        'assistant',
        [
          { type: 'reasoning', text: 'Hm.' },
          { type: 'tool-call', id: 'c1', name: 'look', arguments: { at: 1 } },
        ],
      ],
      ['tool', [{ type: 'tool-result', id: 'c1', name: 'look', result: 'a cat' }]],
    ]);
    const response = { finishReason: 'stop', message: { role: 'model', content: [{ text: { sure: true } }] } };
    expect(genkitModel.messages(response, 'output')).to.deep.equal([
      {
        role: 'assistant',
        origin: 'output',
        finishReason: 'stop',
        parts: [{ type: 'other', value: { text: { sure: true } } }],
      },
    ]);
  });

  it('leaves turns whose parts have types', () => {
    expect(genkitModel.messages([{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }], 'input')).to.equal(
      undefined,
    );
  });
});
