import { expect } from '@open-wc/testing';
import { gemini } from './gemini.js';

describe('Gemini', () => {
  it('reads a request body, in both spellings', () => {
    const expected = [
      { role: 'system', origin: 'input', parts: [{ type: 'text', text: 'Be brief.' }] },
      {
        role: 'user',
        origin: 'input',
        parts: [
          { type: 'text', text: 'Hi' },
          { type: 'media', modality: 'image', mimeType: 'image/png', data: 'iVBORw==' },
        ],
      },
      { role: 'assistant', origin: 'input', parts: [{ type: 'tool-call', name: 'look', arguments: { at: 'it' } }] },
      { role: 'tool', origin: 'input', parts: [{ type: 'tool-result', name: 'look', result: { ok: true } }] },
    ];
    const camel = {
      systemInstruction: { parts: [{ text: 'Be brief.' }] },
      contents: [
        { role: 'user', parts: [{ text: 'Hi' }, { inlineData: { mimeType: 'image/png', data: 'iVBORw==' } }] },
        { role: 'model', parts: [{ functionCall: { name: 'look', args: { at: 'it' } } }] },
        { role: 'user', parts: [{ functionResponse: { name: 'look', response: { ok: true } } }] },
      ],
    };
    const snake = {
      config: { system_instruction: 'Be brief.' },
      contents: [
        { role: 'user', parts: [{ text: 'Hi' }, { inline_data: { mime_type: 'image/png', data: 'iVBORw==' } }] },
        { role: 'model', parts: [{ function_call: { name: 'look', args: { at: 'it' } } }] },
        { role: 'function', parts: [{ function_response: { name: 'look', response: { ok: true } } }] },
      ],
    };
    expect(gemini.messages(camel, 'input')).to.deep.equal(expected);
    expect(gemini.messages(snake, 'input')).to.deep.equal(expected);
  });

  it('reads the candidates of a response body', () => {
    const code = { executableCode: { language: 'PYTHON', code: '1' } };
    const messages = gemini.messages(
      {
        candidates: [
          {
            finishReason: 'STOP',
            content: {
              role: 'model',
              parts: [
                { text: 'Hm.', thought: true },
                { text: 'Yes.' },
                code,
                { fileData: { fileUri: 'gs://bucket/a.mp4', mimeType: 'video/mp4' } },
              ],
            },
          },
          { finishReason: 'SAFETY' },
        ],
      },
      'input',
    );
    expect(messages).to.deep.equal([
      {
        role: 'assistant',
        origin: 'output',
        finishReason: 'STOP',
        parts: [
          { type: 'reasoning', text: 'Hm.' },
          { type: 'text', text: 'Yes.' },
          { type: 'other', value: code },
          { type: 'media', modality: 'video', mimeType: 'video/mp4', uri: 'gs://bucket/a.mp4' },
        ],
      },
    ]);
  });

  it('takes texts for turns only in a body that names a model', () => {
    expect(gemini.messages({ model: 'gemini-2.5-flash', contents: 'Hi' }, 'input')).to.deep.equal([
      { role: 'user', origin: 'input', parts: [{ type: 'text', text: 'Hi' }] },
    ]);
    expect(gemini.messages({ contents: 'Hi' }, 'input')).to.equal(undefined);
    expect(gemini.messages([{ role: 'user', parts: [{ type: 'text', content: 'Hi' }] }], 'input')).to.equal(undefined);
  });
});
