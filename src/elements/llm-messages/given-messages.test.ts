import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import type { Message } from '../../model/index.js';
import { givenMessages } from './given-messages.js';

const message = (...parts: readonly unknown[]): unknown => ({ origin: 'input', role: 'user', parts });
const partsOf = (given: unknown): readonly unknown[] => givenMessages([given]).flatMap(({ parts }) => parts);

describe('messages that a page gives', () => {
  it('gives messages back themselves where they are what they should be', () => {
    const given = [
      message(
        { type: 'text', text: 'a', citations: [{ url: 'https://example.com', title: 't' }] },
        { type: 'reasoning', text: '', hidden: 'redacted' },
        { type: 'tool-call', name: 'f', id: '1', arguments: { a: 1 } },
        { type: 'tool-result', id: '1', result: [1] },
        { type: 'media', modality: 'image', data: 'AAAA', mimeType: 'image/png' },
        { type: 'refusal', text: 'no' },
        { type: 'other', value: {} },
      ),
    ];
    expect(givenMessages(given)[0]).to.equal(given[0]);
  });

  for (const [what, part] of [
    ['a part without its text', { type: 'text' }],
    ['a text that is no text', { type: 'text', text: { _$litType$: 1 } }],
    ['a type that there is not', { type: 'script', text: 'a' }],
    ['a name that is no text', { type: 'tool-call', name: ['f'] }],
    ['data of a picture that is no text', { type: 'media', modality: 'image', data: { length: 3 } }],
    ['citations that are no list', { type: 'text', text: 'a', citations: 'b' }],
    ['a citation whose address is no text', { type: 'text', text: 'a', citations: [{ url: {} }] }],
    ['no object', 'just words'],
    ['nothing', null],
  ] as const) {
    it(`shows as the value that it is: ${what}`, () => {
      expect(partsOf(message(part, { type: 'text', text: 'kept' }))).to.deep.equal([
        { type: 'other', value: part },
        { type: 'text', text: 'kept' },
      ]);
    });
  }

  it('takes what is no message as one with that value in it', () => {
    expect(givenMessages(['words', { role: 'user', content: 'a' }])).to.deep.equal([
      { origin: 'input', role: '', parts: [{ type: 'other', value: 'words' }] },
      { origin: 'input', role: 'user', parts: [{ type: 'other', value: { role: 'user', content: 'a' } }] },
    ]);
    for (const none of [undefined, null, 'a', 3, {}]) expect(givenMessages(none)).to.deep.equal([]);
  });

  it('leaves out a name and a reason that are no texts, and keeps the parts', () => {
    const parts = [{ type: 'text', text: 'a' }];
    const given = [
      { origin: 'output', role: 'user', name: { a: 1 }, parts },
      { origin: 'output', role: 'user', finishReason: ['stop'], parts },
    ];
    const wanted = { origin: 'output', role: 'user', parts };
    expect(givenMessages(given)).to.deep.equal([wanted, wanted]);
  });

  it('makes messages of anything, one for each, whose texts are texts', () => {
    const part = fc.record({
      type: fc.constantFrom('text', 'reasoning', 'tool-call', 'tool-result', 'media', 'refusal', 'other', 'x', 1),
      text: fc.option(fc.jsonValue(), { nil: undefined }),
      name: fc.option(fc.jsonValue(), { nil: undefined }),
      modality: fc.option(fc.jsonValue(), { nil: undefined }),
    });
    const record = fc.record({ role: fc.jsonValue(), name: fc.jsonValue(), parts: fc.array(part) });
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.jsonValue(), record)), (given) => {
        const messages: readonly Message[] = givenMessages(given);
        expect(messages).to.have.length(given.length);
        for (const { role, name, parts } of messages) {
          expect([role, name ?? '']).to.satisfy((texts: unknown[]) => texts.every((text) => typeof text === 'string'));
          for (const { type, ...rest } of parts) {
            if (type === 'text' || type === 'reasoning' || type === 'refusal') {
              expect(rest).to.have.property('text').that.is.a('string');
            }
          }
        }
      }),
    );
  });
});
