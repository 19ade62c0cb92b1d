import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { maskPersonal } from './mask-personal.js';

const masked = (text: string): string => maskPersonal(text, { masked: 0 });

const digits = (length: number): fc.Arbitrary<string> =>
  fc.array(fc.nat({ max: 9 }), { minLength: length, maxLength: length }).map((all) => all.join(''));

/** The digit that makes a number a card's (ISO/IEC 7812). */
function luhnDigit(number: string): string {
  const sum = Array.from(number, Number)
    .reverse()
    .reduce((total, digit, place) => {
      const value = place % 2 ? digit : digit * 2;
      return total + (value > 9 ? value - 9 : value);
    }, 0);
  return String((10 - (sum % 10)) % 10);
}

const ibanOf = (country: string, rest: string): string => {
  const number = Array.from(`${rest}${country}00`, (character) => parseInt(character, 36)).join('');
  return `${country}${String(98n - (BigInt(number) % 97n)).padStart(2, '0')}${rest}`;
};

const inGroups = (text: string, separator: string): string => text.replace(/(.{4})(?=.)/g, `$1${separator}`);

describe('maskPersonal', () => {
  it('finds every card number that its last digit proves', () => {
    const card = fc
      .tuple(fc.constantFrom('4', '51', '2221', '34', '6011', '30', '3528', '5018'), fc.integer({ min: 12, max: 19 }))
      .chain(([front, length]) => digits(length - front.length - 1).map((rest) => front + rest))
      .map((number) => number + luhnDigit(number));
    fc.assert(
      fc.property(card, fc.constantFrom('', ' ', '-'), (number, separator) => {
        const text = `Charge ${inGroups(number, separator)}, please.`;
        expect(masked(text)).to.match(/^Charge \[masked:(?:card|phone)\], please\.$/);
      }),
    );
  });

  it('finds every IBAN that its remainder proves', () => {
    const iban = fc.constantFrom<[string, number]>(['DE', 18], ['GB', 18], ['FR', 23], ['NO', 11], ['MT', 27]);
    fc.assert(
      fc.property(
        iban.chain(([country, length]) => digits(length).map((rest) => ibanOf(country, rest))),
        fc.boolean(),
        (number, isGrouped) => {
          expect(masked(`to ${isGrouped ? inGroups(number, ' ') : number}.`)).to.equal('to [masked:iban].');
        },
      ),
    );
  });

  it('finds e-mail and IP addresses', () => {
    const email = fc.emailAddress({ size: '-1' }).filter((address) => /^[\w.+%-]+@/.test(address));
    const ip = fc.oneof(fc.ipV4(), fc.ipV6()).filter((address) => !/^:|:$|\d\.\d.*:|:.*\d\.\d/.test(address));
    fc.assert(
      fc.property(fc.oneof(email, ip), (address) => {
        expect(masked(`from ${address} today`)).to.match(/^from \[masked:(?:email|ip|phone)\] today$/);
      }),
    );
  });

  it('finds social security and phone numbers', () => {
    for (const text of ['078-05-1120', '+49 30 1234567', '(212) 555-0147', '+1-202-555-0143', '020 7946 0958']) {
      expect(masked(`call ${text}!`), text).to.match(/^call \[masked:\w+\]!$/);
    }
  });

  it('changes nothing that is no such thing', () => {
    for (const text of [
      'At 12:30:45 on 2026-01-15 10:30 we had 1.234.567,89 and 3.14159.',
      'Version 1.2.3, build 20260115, section 4.2.1.7.3, std::vector<int>.',
      'The order no. 12-3456 came @noon, ratio 16:9, id 550e8400-e29b-41d4-a716-446655440000.',
      'Card 4111 1111 1111 1112 has a wrong digit.',
    ]) {
      expect(masked(text)).to.equal(text);
    }
  });
});
