import { expect } from '@open-wc/testing';
import { otelParts } from './otel-parts.js';

describe('OpenTelemetry parts', () => {
  it('reads every kind of part', () => {
    const messages = otelParts.messages(
      [
        {
          role: 'user',
          parts: [
            { type: 'text', content: 'Look:' },
            { type: 'blob', modality: 'image', mime_type: 'image/png', content: 'iVBORw==' },
            { type: 'uri', modality: 'video', uri: 'https://example.org/a.mp4' },
            { type: 'file', file_id: 'file_1', modality: 'audio' },
            { type: 'hologram', content: 1 },
          ],
        },
        {
          role: 'assistant',
          parts: [
            { type: 'reasoning', content: 'Let me see.' },
            { type: 'tool_call', id: 'c1', name: 'look', arguments: '{"at":"it"}' },
            { type: 'server_tool_call', id: 's1', name: 'search', server_tool_call: { type: 'web', query: 'q' } },
          ],
          finish_reason: 'tool_call',
        },
        {
          role: 'tool',
          parts: [
            { type: 'tool_call_response', id: 'c1', response: { found: true } },
            { type: 'tool_call_response', id: 'c2', result: 'older name' },
          ],
        },
      ],
      'input',
    );
    expect(messages).to.deep.equal([
      {
        role: 'user',
        origin: 'input',
        parts: [
          { type: 'text', text: 'Look:' },
          { type: 'media', modality: 'image', mimeType: 'image/png', data: 'iVBORw==' },
          { type: 'media', modality: 'video', uri: 'https://example.org/a.mp4' },
          { type: 'media', modality: 'audio', name: 'file_1' },
          { type: 'other', value: { type: 'hologram', content: 1 } },
        ],
      },
      {
        role: 'assistant',
        origin: 'input',
        finishReason: 'tool_call',
        parts: [
          { type: 'reasoning', text: 'Let me see.' },
          { type: 'tool-call', id: 'c1', name: 'look', arguments: { at: 'it' } },
          { type: 'tool-call', id: 's1', name: 'search', arguments: { type: 'web', query: 'q' } },
        ],
      },
      {
        role: 'tool',
        origin: 'input',
        parts: [
          { type: 'tool-result', id: 'c1', result: { found: true } },
          { type: 'tool-result', id: 'c2', result: 'older name' },
        ],
      },
    ]);
  });

  it('reads turns with content between those with parts, and skips holes', () => {
    const messages = otelParts.messages(
      [{ role: 'system', content: 'Be brief.' }, null, { role: 'user', parts: [{ type: 'text', content: 'Hi' }] }],
      'input',
    );
    expect(messages?.map(({ parts }) => parts)).to.deep.equal([
      [{ type: 'text', text: 'Be brief.' }],
      [{ type: 'text', text: 'Hi' }],
    ]);
  });

  it('leaves parts without types to Gemini', () => {
    expect(otelParts.messages([{ role: 'user', parts: [{ text: 'Hi' }] }], 'input')).to.equal(undefined);
  });
});
