import { expect, fixture, html } from '@open-wc/testing';
import fc from 'fast-check';
import { sharedText } from '../test/shared-files.js';
import { piecesOf, revealed, revealedText } from './hidden-characters.js';

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
    ['a colour of a terminal', '\x1b[31mred', '\\e[31m'],
    ['the same in one character', '\x9b31mred', '\\e[31m'],
    ['a link of a terminal that has no end, whose address stays text', '\x1b]8;;https://evil.example', '\\e'],
    ['a command to a terminal', '\x1b]0;title\x07', '\\e]0;title'],
  ];
  for (const [name, text, expected] of cases) {
    it(`shows ${name}`, () => {
      expect(hidden(text)).to.deep.equal([expected]);
    });
  }

  it('shows what the hostile texts hide, and nothing of those that are not', async function () {
    const file = await sharedText('corpora/strings/unicode-ansi.json');
    if (file === undefined) this.skip();
    const { vectors } = JSON.parse(file) as {
      vectors: { class: string; title: string; text: unknown; expect: string }[];
    };
    const shown = vectors.filter(({ text }) => typeof text === 'string');
    const wanted = shown.filter(({ expect }) => /^(?:hidden|visible|handled as line breaks)/.test(expect));
    expect(wanted.filter(({ text }) => hidden(text as string).length === 0).map(({ title }) => title)).to.deep.equal(
      [],
    );
    const plain = shown.filter(({ expect }) => expect.startsWith('no warning'));
    expect(plain.filter(({ text }) => hidden(text as string).length > 0).map(({ title }) => title)).to.deep.equal([]);
    expect(wanted.length).to.be.above(15);
  });

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

  it('shows the colours of a terminal, and that there are some', async () => {
    const text = 'a \x1b[1;31mred\x1b[39m bold\x1b[0m plain \x1b[8mconcealed \x1b[38;5;196mother\x1b[2K';
    const element = await fixture(html`<p>${revealed(text)}</p>`);
    const classOf = (word: string): string | undefined =>
      [...element.querySelectorAll('span:not(.hidden-character)')].find(({ textContent }) => textContent.includes(word))
        ?.className;
    expect(classOf('red')).to.equal('terminal-red terminal-bold');
    expect(classOf('bold')).to.equal('terminal-bold');
    expect(classOf('plain')).to.equal(undefined);
    expect(element.textContent).to.contain('concealed');
    const marks = [...element.querySelectorAll<HTMLElement>('.hidden-character')];
    expect(marks.map(({ textContent }) => textContent)).to.deep.equal(['\\e', '\\e', '\\e', '\\e', '\\e', '\\e[2K']);
    expect(marks[0]!.title).to.equal('terminal escape sequence \\e[1;31m');
  });

  it('takes the nearest of eight colours, and none for a grey', async () => {
    const colours = {
      '38;5;196': 'terminal-red',
      '38;5;46': 'terminal-green',
      '38;5;12': 'terminal-blue',
      '38;5;244': undefined,
      '38;5;231': undefined,
      '38;2;250;200;30': 'terminal-yellow',
      '38:2::200:20:220': 'terminal-magenta',
      '38:5:51;1': 'terminal-cyan terminal-bold',
      '4:3': 'terminal-underline',
      '48;5;196;3': 'terminal-italic',
      '38;2': undefined,
    };
    for (const [codes, wanted] of Object.entries(colours)) {
      const element = await fixture(html`<p>${revealed(`\x1b[${codes}mwords`)}</p>`);
      const words = [...element.querySelectorAll('span')].find(({ textContent }) => textContent === 'words');
      expect(words?.className, codes).to.equal(wanted);
    }
  });

  it('shows where a link of a terminal leads, as text, and what its address hides', async () => {
    const text = 'see \x1b]8;id=1;https://evil.example/?q=\u200bs\x1b\\the docs\x1b]8;;\x07 now';
    const element = await fixture(html`<p>${revealed(text)}</p>`);
    expect(element.textContent).to.equal('see link https://evil.example/?q=⟨U+200B⟩sthe docs\\e now');
    expect(element.querySelector('a')).to.equal(null);
  });

  it('is plain text where only that can stand', () => {
    expect(revealedText('a\u202eb \x1b[31mred')).to.equal('a⟨U+202E⟩b ⟨\\e[31m⟩red');
    expect(revealedText('plain')).to.equal('plain');
  });

  it('is the text itself where nothing is hidden', () => {
    expect(revealed('plain')).to.equal('plain');
  });
});

function tags(text: string): string {
  return Array.from(text, (letter) => String.fromCodePoint(0xe0000 + letter.charCodeAt(0))).join('');
}
