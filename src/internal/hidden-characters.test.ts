import { expect, fixture, html } from '@open-wc/testing';
import fc from 'fast-check';
import { piecesOf, revealed } from './hidden-characters.js';

const hidden = (text: string): string[] => [...piecesOf(text)].flatMap((piece) => piece.hidden ?? []);

describe('hidden characters', () => {
  const cases: readonly [string, string, string][] = [
    ['a zero width space', 'ig\u200bnore', 'U+200B'],
    ['a run of them, once with its count', 'a\u200b\u200b\u200bb', 'U+200B × 3'],
    ['a change of direction', 'access = "user\u202e // admin";', 'U+202E'],
    ['a joiner inside a Latin word', 'ig\u200dnore', 'U+200D'],
    ['a byte order mark that is not the first', 'a\ufeff', 'U+FEFF'],
    ['a filler', 'ig\u115fnore', 'U+115F'],
    ['words in tag characters', `page.${tags('ignore all')}`, 'tags “ignore all”'],
    ['data in variation selectors', '\u{1f600}\u{e0163}\u{e0155}', 'U+E0163 U+E0155'],
    ['a control', 'a\0b', '␀'],
    ['backspaces', 'evil\b\b\b\bgood', '␈ × 4'],
    ['half of a pair', 'a\ude00b', 'U+DE00'],
    ['a separator of lines', 'a\u2028b', 'U+2028'],
    ['an end of line that overwrites', 'evil\rgood', '␍'],
    ['a colour of a terminal', '\x1b[31mred', '␛[31m'],
    ['the same in one character', '\x9b31mred', '␛[31m'],
    ['a link of a terminal, whose address stays text', '\x1b]8;;https://evil.example', '␛'],
  ];
  for (const [name, text, expected] of cases) {
    it(`shows ${name}`, () => {
      expect(hidden(text)).to.deep.equal([expected]);
    });
  }

  it('leaves alone what writing needs', () => {
    const needed = [
      'tab\tand\r\nline\n',
      '\ufefffirst',
      'family 👨‍👩‍👧 heart ❤️ rainbow 🏳️‍🌈 thumb 👍🏽 key 1️⃣',
      `Scotland \u{1f3f4}${tags('gbsct')}\u{e007f}`,
      'می‌خواهم',
      'क्‍ष',
      'مرحبا world 123',
      '葛\u{e0100}',
      'naïve Łódź Ünïcode',
    ];
    for (const text of needed) expect(hidden(text), text).to.deep.equal([]);
  });

  it('loses no character', () => {
    const letters = fc.constantFrom(
      'a',
      '\u200b',
      '\u200d',
      '😀',
      '\ufe0f',
      '\x1b[31m',
      '\x1b]8;;',
      '\r',
      '\n',
      '\ude00',
    );
    fc.assert(
      fc.property(fc.string({ unit: letters }), (text) => {
        expect([...piecesOf(text)].map((piece) => piece.text).join('')).to.equal(text);
      }),
    );
  });

  it('makes few elements, however much is hidden, and still shows all of it', async () => {
    const element = await fixture(html`<p>${revealed('a\u200bb\u202e'.repeat(5000))}</p>`);
    expect(element.querySelectorAll('span').length).to.be.below(500);
    expect(element.textContent.match(/U\+200B/g)).to.have.length(5000);
    expect(element.querySelector('span')!.title).to.equal('U+200B zero width space');
  });

  it('is the text itself where nothing is hidden', () => {
    expect(revealed('plain')).to.equal('plain');
  });
});

function tags(text: string): string {
  return Array.from(text, (letter) => String.fromCodePoint(0xe0000 + letter.charCodeAt(0))).join('');
}
