import { expect, fixture, html } from '@open-wc/testing';
import '../../define.js';
import { allIn, hasRole, settled, until } from '../../elements/test-support.js';
import type { LlmTextBlock } from '../../elements/llm-text-block/llm-text-block.js';
import { en } from '../../i18n/index.js';
import { ViewSettings } from '../view-settings.js';
import { MarkdownText } from './markdown-text.js';

const SIZE = 150_000;
const filled = (piece: string): string => piece.repeat(Math.ceil(SIZE / piece.length)).slice(0, SIZE);
/** Numbered pieces, as many as fit. */
function numbered(piece: (index: number) => string): string {
  const pieces: string[] = [];
  for (let length = 0, index = 0; length < SIZE; index++) length += pieces[pieces.push(piece(index)) - 1]!.length;
  return pieces.join('').slice(0, SIZE);
}

/** Texts that cost readers of Markdown more than they are long. */
const families: readonly (readonly [string, string])[] = [
  ['quotes in quotes', filled('> ')],
  ['lists in lists, on a line', filled('- ')],
  ['lists in lists, on lines', numbered((index) => `${' '.repeat(2 * (index % 200))}- a\n`)],
  ['openings of emphasis', filled('*a_ ')],
  ['emphasis that may open and close', filled('a**b') + filled('c* ')],
  ['marks of emphasis', filled('*')],
  ['marks with words', filled('**x*y __z_')],
  ['openings of links', filled('[')],
  ['links in links', filled('[a](')],
  ['pictures in links', filled('![[]()')],
  ['references to nothing', filled('[a][b]')],
  ['definitions', numbered((index) => `[label ${index}]: /a${index}\n`)],
  ['the same definition', filled('[a]: /b\n')],
  ['marks of code, one more each time', numbered((index) => `${'`'.repeat(index % 500)}a`)],
  ['marks of code', filled('`a``b')],
  ['openings of HTML', filled('<a ')],
  ['comments of HTML', filled('<!-- a --')],
  ['declarations', filled('<!A <![CDATA[ <?')],
  ['addresses in angles', filled('<a:b')],
  ['references to characters', filled('&amp;&#x26;&bogus')],
  ['escapes', filled('\\*\\_\\')],
  ['a wide table with short rows', `${'|a'.repeat(20_000)}\n${'|-'.repeat(20_000)}\n${filled('|\n')}`.slice(0, SIZE)],
  ['a wide table that is read', `${'|a'.repeat(1500)}\n${'|-'.repeat(1500)}\n${'|\n'.repeat(2500)}\n`.repeat(11)],
  ['rows of a table', `|a|b|\n|-|-|\n${filled('|**a**|`b`|\n')}`],
  ['fences', filled('```\n')],
  ['fences in a list', filled('- ```\n')],
  ['headings', filled('# a\n\n')],
  ['lines under lines', filled('a\n=\n')],
  ['strikes', filled('~~a~ ~~')],
  ['spaces', filled(' ')],
  ['ends of lines', filled('\n')],
  ['tabs', filled('\t- a\n')],
  ['one word', filled('a')],
  ['hard breaks', filled('a  \n')],
  ['NUL', filled('a\0*')],
];

/** In paragraphs as long as are still read as Markdown. */
const inParagraphs = (source: string): string => (source.match(/[^]{1,9900}/g) ?? []).join('\n\n');

/** Characters that are read without a pause. The parser is at its slowest when it gets many at once. */
const MOST_AT_ONCE = 20_000;

describe(`Markdown that is made to be slow: ${families.length} families`, () => {
  for (const [name, source] of families) {
    it(`is read to its end in short stretches: ${name}`, () => {
      for (const given of [source, inParagraphs(source)]) {
        const text = new MarkdownText(given, en, new ViewSettings());
        let before = 0;
        let longest = 0;
        const work = text.more(Infinity);
        while (!work.next().done) {
          longest = Math.max(longest, text.read - before);
          before = text.read;
        }
        expect(text.isWhole).to.equal(true);
        expect(text.read).to.equal(given.length);
        // What is longer was not given to the parser.
        expect(longest <= MOST_AT_ONCE || text.blocks.length < 20).to.equal(true);
      }
    });
  }

  it('becomes a bounded number of elements at first', async () => {
    const settings = new ViewSettings();
    settings.change({ textForm: 'markdown' });
    for (const [name, source] of families) {
      const value = inParagraphs(source);
      const block = await fixture<LlmTextBlock>(
        html`<llm-text-block .settings=${settings} .value=${{ value }}></llm-text-block>`,
      );
      await until(() => hasRole(block, 'button', /Show more/) || allIn(block, '.markdown').length > 0, name);
      await settled(block);
      expect(allIn(block, '*').length, name).to.be.below(12_000);
      block.remove();
    }
  });
});
