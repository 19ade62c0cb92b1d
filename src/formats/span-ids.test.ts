import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { normalisedId } from './span-ids.js';

const hexOf = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
const base64Of = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));
const idBytes = fc.constantFrom(8, 16).chain((length) => fc.uint8Array({ minLength: length, maxLength: length }));

describe('normalisedId', () => {
  it('is the same for every way of writing the same bytes', () => {
    fc.assert(
      fc.property(idBytes, (bytes) => {
        const hex = hexOf(bytes);
        const expected = /^0+$/.test(hex) ? '' : hex;
        const base64 = base64Of(bytes);
        const written = [hex, hex.toUpperCase(), base64, base64.replaceAll('+', '-').replaceAll('/', '_'), bytes];
        const buffer = { type: 'Buffer', data: [...bytes] };
        for (const id of [...written, buffer]) expect(normalisedId(id), JSON.stringify(id)).to.equal(expected);
      }),
    );
  });

  it('is empty for whatever means none', () => {
    const NONE = [
      undefined,
      null,
      '',
      '0',
      '0000000000000000',
      'AAAAAAAAAAA=',
      0,
      0n,
      NaN,
      {},
      [],
      true,
      new Uint8Array(8),
    ];
    for (const none of NONE) expect(normalisedId(none), typeof none).to.equal('');
  });

  it('leaves ids that are no hex as they are, case and all', () => {
    for (const id of ['6f9619ff-8b86-D011-b42d-00CF4FC964FF', 'Span-1', '__proto__', 'x=']) {
      expect(normalisedId(id)).to.equal(id);
    }
  });

  it('takes numbers as their digits', () => {
    expect(normalisedId(1234)).to.equal('1234');
    expect(normalisedId(12345678901234567890n)).to.equal('12345678901234567890');
  });

  it('never throws, whatever a Buffer holds', () => {
    const forged = JSON.parse('{"data":[{"toString":1,"valueOf":1},"x",null,[1],300]}') as unknown;
    expect(normalisedId(forged)).to.equal('000000002c');
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(normalisedId(value)).to.be.a('string');
      }),
    );
  });
});
