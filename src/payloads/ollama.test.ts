import { expect } from '@open-wc/testing';
import { messagesOf } from './index.js';
import { ollama } from './ollama.js';

describe('Ollama', () => {
  it('reads responses of chat and generate', () => {
    const chat = {
      created_at: '2025-01-01T00:00:00Z',
      message: {
        role: 'assistant',
        content: 'Sunny.',
        thinking: 'Look.',
        tool_calls: [{ function: { name: 'weather', arguments: { city: 'Rome' } } }],
      },
      done: true,
      done_reason: 'stop',
    };
    expect(messagesOf(chat, 'output')).to.deep.equal([
      {
        role: 'assistant',
        origin: 'output',
        finishReason: 'stop',
        parts: [
          { type: 'reasoning', text: 'Look.' },
          { type: 'text', text: 'Sunny.' },
          { type: 'tool-call', name: 'weather', arguments: { city: 'Rome' } },
        ],
      },
    ]);
    expect(messagesOf({ response: 'Blue.', done: true, done_reason: 'length' }, 'output')).to.deep.equal([
      { role: 'assistant', origin: 'output', finishReason: 'length', parts: [{ type: 'text', text: 'Blue.' }] },
    ]);
  });

  it('reads requests with images', () => {
    const image = { type: 'media', modality: 'image', data: 'iVBO' };
    const user = { role: 'user', origin: 'input', parts: [{ type: 'text', text: 'What?' }, image] };
    expect(messagesOf({ model: 'llava', prompt: 'What?', images: ['iVBO'], system: 'Look.' }, 'input')).to.deep.equal([
      { role: 'system', origin: 'input', parts: [{ type: 'text', text: 'Look.' }] },
      user,
    ]);
    const turns = [{ role: 'user', content: 'What?', images: ['iVBO'] }];
    expect(messagesOf({ model: 'llava', messages: turns }, 'input')).to.deep.equal([user]);
    expect(ollama.messages({ model: 'x', messages: [{ role: 'user', content: 'Hi' }] }, 'input')).to.equal(undefined);
  });
});
