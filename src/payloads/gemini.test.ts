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

  it('reads what an answer rests on, whose places are stated in bytes of UTF-8', () => {
    const text = 'Añ😀 ist. So.';
    const bytes = (end: number) => new TextEncoder().encode(text.slice(0, end)).length;
    const segment = (start: number, end: number) => ({
      ...(start > 0 && { startIndex: bytes(start) }),
      endIndex: bytes(end),
      partIndex: 1,
      text: text.slice(start, end),
    });
    const groundingMetadata = {
      groundingChunks: [
        { web: { uri: 'https://example.org/a', title: 'Page' } },
        null,
        { retrievedContext: { uri: 'gs://bucket/a.pdf', title: 'Paper', text: 'Said there.', documentName: 'docs/1' } },
        { maps: { uri: 'https://maps.example.org/p', title: 'Place', placeId: 'places/1' } },
      ],
      groundingSupports: [
        { segment: segment(0, 9), groundingChunkIndices: [0, 2] },
        { segment: segment(10, 13), groundingChunkIndices: [0, 1, 7] },
        { segment: { ...segment(10, 13), text: 'of another part' }, groundingChunkIndices: [0] },
      ],
    };
    const candidate = {
      content: { role: 'model', parts: [{ text: 'Hm.', thought: true }, { text }] },
      groundingMetadata,
      citationMetadata: {
        citationSources: [{ startIndex: bytes(2), endIndex: bytes(4), uri: 'https://example.org/q' }],
      },
    };
    const page = { url: 'https://example.org/a', title: 'Page' };
    const paper = { url: 'gs://bucket/a.pdf', title: 'Paper', text: 'Said there.', documentId: 'docs/1' };
    expect(gemini.messages({ candidates: [candidate] }, 'output')![0]!.parts).to.deep.equal([
      { type: 'reasoning', text: 'Hm.' },
      {
        type: 'text',
        text,
        citations: [
          { ...page, start: 0, end: 9 },
          { ...paper, start: 0, end: 9 },
          { ...page, start: 10, end: 13 },
          page,
          { url: 'https://maps.example.org/p', title: 'Place', documentId: 'places/1' },
          { url: 'https://example.org/q', start: 2, end: 4 },
        ],
      },
    ]);
  });

  it('reads grounding in the spelling of Python, and none without a text', () => {
    const metadata = {
      grounding_chunks: [{ web: { uri: 'https://example.org/a' } }],
      grounding_supports: [{ segment: { end_index: 2 }, grounding_chunk_indices: [0] }],
    };
    const answer = (parts: object[]) =>
      gemini.messages({ candidates: [{ content: { parts }, grounding_metadata: metadata }] }, 'output')![0]!.parts;
    expect(answer([{ text: 'So.' }])).to.deep.equal([
      { type: 'text', text: 'So.', citations: [{ url: 'https://example.org/a', start: 0, end: 2 }] },
    ]);
    expect(answer([{ functionCall: { name: 'go' } }])).to.have.length(1);
  });
});
