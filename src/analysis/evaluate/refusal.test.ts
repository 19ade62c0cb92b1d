import { expect } from '@open-wc/testing';
import type { Message } from '../../model/index.js';
import { judged, valueOf, written } from '../../test/evaluation.js';
import { refusal } from './index.js';

describe('refusal', () => {
  for (const [language, text] of [
    ['English', "I'm sorry, but I can’t help with that request."],
    ['English', 'As an AI language model, I cannot give legal advice.'],
    ['German', 'Es tut mir leid, dabei kann ich dir leider nicht helfen.'],
    ['French', 'Désolé, je ne peux pas répondre à cette question.'],
    ['Spanish', 'Lo siento, no puedo ayudar con eso.'],
  ] as const) {
    it(`is told in ${language}: ${text}`, async () => {
      expect(await judged(refusal(), text)).to.deep.include({ value: 1, label: 'refused' });
    });
  }

  it('is no answer that found nothing, and none that talks of refusing', async () => {
    for (const text of [
      'I cannot find parcel 4711 in our system.',
      "I can't help but notice that your parcel is late.",
      `${'Your parcel is at customs. '.repeat(20)} I cannot help with the duty.`,
    ]) {
      expect(await valueOf(refusal(), text)).to.equal(0);
    }
  });

  it('is said by the model or its provider, too', async () => {
    const marked = written({ type: 'refusal', text: 'No.' });
    expect(await valueOf(refusal(), '', { more: marked })).to.equal(1);
    const messages: Message[] = [{ role: 'assistant', origin: 'output', parts: [], finishReason: 'content_filter' }];
    expect(await valueOf(refusal(), '', { more: { messages } })).to.equal(1);
  });
});
