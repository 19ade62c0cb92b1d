import { expect, fixture, html } from '@open-wc/testing';
import '../../define.js';
import { allIn, hasRole, settled, until } from '../../elements/test-support.js';
import type { LlmTextBlock } from '../../elements/llm-text-block/llm-text-block.js';
import { en } from '../../i18n/index.js';
import { ViewSettings } from '../view-settings.js';
import { MarkdownText } from './markdown-text.js';
import { families, inParagraphs } from './test-families.js';

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
        expect(longest <= MOST_AT_ONCE || text.pieces.length < 20).to.equal(true);
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
