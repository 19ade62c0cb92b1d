import { expect, fixture, html } from '@open-wc/testing';
import fc from 'fast-check';
import '../../define.js';
import { ViewSettings } from '../../internal/view-settings.js';
import { allByRole, allIn, byRole, hasRole, pageFaultsDuring, settled, textIn, until } from '../test-support.js';
import type { LlmTextBlock } from './llm-text-block.js';

function settingsWith(settings: Parameters<ViewSettings['change']>[0]): ViewSettings {
  const made = new ViewSettings();
  made.change({ textForm: 'markdown', ...settings });
  return made;
}

/** A text as Markdown, once it is all there. */
async function show(value: string, settings = settingsWith({})): Promise<LlmTextBlock> {
  const block = await fixture<LlmTextBlock>(
    html`<llm-text-block .settings=${settings} .value=${{ value }}></llm-text-block>`,
  );
  await isRead(block);
  return block;
}

async function isRead(block: LlmTextBlock): Promise<void> {
  let before = -1;
  await until(() => {
    const { length } = block.shadowRoot!.querySelectorAll('.markdown *');
    const isStill =
      block.shadowRoot!.querySelector('.markdown') !== null && length === before && !block.isUpdatePending;
    before = length;
    return isStill;
  }, 'Markdown');
  await settled(block);
}

const finding = (block: LlmTextBlock): string | undefined =>
  allByRole(block, 'button', /Markdown hides/).map(textIn)[0];

describe('llm-text-block: Markdown', () => {
  it('is one click away, and back, for all texts of a view', async () => {
    const settings = new ViewSettings();
    const blocks = await Promise.all(
      ['# One', '# Two'].map((value) =>
        fixture<LlmTextBlock>(html`<llm-text-block .settings=${settings} .value=${{ value }}></llm-text-block>`),
      ),
    );
    const toggle = (): HTMLElement => byRole(blocks[0]!, 'button', 'Markdown');
    expect(toggle().getAttribute('aria-pressed')).to.equal('false');
    expect(textIn(blocks[1]!)).to.equal('# Two');
    toggle().click();
    await isRead(blocks[0]!);
    await isRead(blocks[1]!);
    expect(toggle().getAttribute('aria-pressed')).to.equal('true');
    expect(hasRole(blocks[1]!, 'heading', 'Two')).to.equal(true);
    toggle().click();
    await settled(blocks[1]!);
    expect(textIn(blocks[1]!)).to.equal('# Two');
  });

  it('shows headings, lists, tables, quotes, code', async () => {
    const block = await show(
      [
        '# Title\n\nSome *em*, **strong**, ~~gone~~ and `a  b`.',
        '3. three\n4. four\n   - inner',
        '> said',
        '| a | b |\n|:--|--:|\n| 1 | 2 |',
        '```js\n  let x;\n\n```',
        'one\\\ntwo\n\n---',
      ].join('\n\n'),
    );
    expect(byRole(block, 'heading', 'Title').getAttribute('aria-level')).to.equal('4');
    expect(allByRole(block, 'listitem').map(textIn)).to.deep.equal(['three', 'four inner', 'inner']);
    expect((byRole(block, 'list') as HTMLOListElement).start).to.equal(3);
    for (const [selector, text] of [
      ['em', 'em'],
      ['strong', 'strong'],
      ['s', 'gone'],
      ['blockquote', 'said'],
      ['figcaption', 'js'],
      ['th.right', 'b'],
      ['td.left', '1'],
    ] as const) {
      expect(textIn(allIn(block, selector)[0]!), selector).to.equal(text);
    }
    expect(allIn(block, 'code')[0]!.textContent).to.equal('a  b');
    expect(allIn(block, 'pre')[0]!.textContent).to.equal('  let x;\n');
    expect(allByRole(block, 'button', 'Copy')).to.have.length(2);
    expect(allIn(block, 'br, hr')).to.have.length(2);
    expect(hasRole(byRole(block, 'group', 'Table'), 'listitem')).to.equal(false);
    expect(finding(block)).to.equal(undefined);
  });

  it('keeps markup as text', async () => {
    const evil = '<img src=x onerror="alert(1)"><script>alert(1)</script>';
    const block = await show(`${evil}\n\n<div>\n${evil}\n\n\`${evil}\`\n\n[${evil}](https://a.example "${evil}")`);
    expect(textIn(block).split('onerror').length).to.be.above(3);
    expect(allIn(block, 'img, script, div[onerror], iframe')).to.have.length(0);
    expect(allIn(block, '[style], [id]')).to.have.length(0);
  });

  const LINK = 'See [the *page*](https://a.example/p?q=1 "a title") now.';
  it('asks before it opens a link, and shows its whole address', async () => {
    const block = await show(LINK, settingsWith({ links: 'ask' }));
    expect(hasRole(block, 'link')).to.equal(false);
    expect(textIn(block)).to.contain('the page a.example');
    (allIn(block, 'details')[0] as HTMLDetailsElement).open = true;
    const link = byRole(block, 'link') as HTMLAnchorElement;
    expect(textIn(link)).to.equal('https://a.example/p?q=1');
    expect(link.rel).to.equal('noopener noreferrer nofollow ugc');
    expect(link.target).to.equal('_blank');
    expect(link.referrerPolicy).to.equal('no-referrer');
    expect(textIn(block)).to.contain('a title');
  });

  it('opens links at once, or never, as the page wants', async () => {
    const open = await show(LINK, settingsWith({ links: 'on' }));
    expect(textIn(byRole(open, 'link'))).to.equal('the page');
    expect(textIn(open)).to.contain('a.example').and.contain('a title');
    const closed = await show(LINK, settingsWith({ links: 'off' }));
    expect(allIn(closed, 'a, details')).to.have.length(0);
    expect(textIn(closed)).to.contain('the page https://a.example/p?q=1 “a title”');
  });

  it('shows the host as the network reads it, and no other address as a link', async () => {
    const block = await show('[paypal](https://p\u0430ypal.com/)', settingsWith({ links: 'on' }));
    expect(textIn(block)).to.contain('xn--');
    const addresses = [
      'javascript:alert(1)',
      'data:text/html,x',
      '//a.example',
      '/\\a.example',
      'vbscript:x',
      '#top',
      '',
    ];
    for (const address of addresses) {
      const none = await show(`[text](<${address}>)`, settingsWith({ links: 'on' }));
      expect(allIn(none, 'a, details'), address).to.have.length(0);
      expect(textIn(none)).to.contain(`text ${address}`.trim());
    }
  });

  it('loads no picture, and keeps it out of the link around it', async () => {
    const block = await show(
      '[![alt](https://a.example/i.png?secret)](https://b.example)',
      settingsWith({ links: 'on' }),
    );
    expect(allIn(block, 'img')).to.have.length(0);
    const media = allIn(block, 'llm-media')[0]!;
    expect(textIn(media)).to.contain('alt').and.contain('a.example');
    expect(media.closest('a, summary') === null).to.equal(true);
    expect((byRole(block, 'link') as HTMLAnchorElement).host).to.equal('b.example');
  });

  it('resolves links that are defined anywhere in a long text', async () => {
    const long = `${'word '.repeat(1000)}\n\n`;
    const block = await show(`[one][far]\n\n${long.repeat(3)}[far]: https://far.example`);
    expect(textIn(block)).to.contain('one far.example');
  });

  // What a renderer of Markdown leaves out, or a person would not see.
  const tricks: readonly [string, string, boolean][] = [
    ['a definition that nothing uses', '[//]: # (secret words)', true],
    ['another one', '[secret]: <words>', true],
    ['a second definition', '[a]: https://a.example\n[a]: https://secret.words\n\n[a]', true],
    ['cells beyond the last column', '| a |\n|---|\n| 1 | secret | words |', true],
    ['what nests too deep', `${'> '.repeat(120)}secret words`, true],
    ['lists that nest too deep', `${'- '.repeat(120)}secret words`, true],
    ['the alternative of a picture', '![secret words](https://a.example/i.png)', false],
    ['the title of a picture', '![](https://a.example/i.png "secret words")', false],
    ['the title of a link', '[a](https://a.example "secret words")', false],
    ['a link without words', '[](secret-words)', false],
    ['the address of a link', '[a](https://a.example/?secret=words)', false],
    ['the line of a fence', '``` js secret words\ncode\n```', false],
    ['the line of a fence in a list', '- ``` js secret words\n  code\n  ```', false],
    ['a comment of HTML', '<!-- secret words -->', false],
    ['an element of HTML', '<div hidden>secret words</div>', false],
    ['references to characters', '&#115;ecret w&#x6f;rds &eacute;', false],
  ];
  for (const [name, source, isHidden] of tricks) {
    it(`${isHidden ? 'says that it hides' : 'shows'} ${name}`, async () => {
      const block = await show(`Before.\n\n${source}\n\nAfter.`);
      for (const details of allIn(block, 'details')) (details as HTMLDetailsElement).open = true;
      expect(finding(block) !== undefined, textIn(block)).to.equal(isHidden);
      if (isHidden) {
        byRole(block, 'button', /Markdown hides/).click();
        await settled(block);
      }
      expect(textIn(block)).to.match(/secret.?(words|level)?/);
    });
  }

  it('finds nothing hidden in ordinary texts', async () => {
    const block = await show(
      '# A\n\n1. *b*\n2) c\n\n- [x] done & more &amp; < > \\* a\\_b\n\n<https://a.example/x> `&lt;`',
    );
    expect(finding(block)).to.equal(undefined);
  });

  it('makes invisible characters visible', async () => {
    const block = await show('**ig\u200bnore** `\u202e`');
    expect(textIn(block))
      .to.match(/ig ?U\+200B ?nore/)
      .and.contain('U+202E');
  });

  it('masks what it shows where the page wants it', async () => {
    const key = `sk-proj-${'aB3'.repeat(16)}`;
    const source = `Key **${key}**, mail someone@mail.example.\n\n\`\`\`\n${key}\n\`\`\``;
    const settings = settingsWith({ content: 'masked' });
    const block = await show(source, settings);
    await until(() => textIn(block).includes('Key'), 'the text');
    expect(textIn(block)).to.contain('masked').and.not.contain('aB3').and.not.contain('someone');
    settings.change({ textForm: 'source' });
    await settled(block);
    expect(textIn(block)).to.contain('masked').and.not.contain('aB3').and.not.contain('someone');
  });

  it('shows a long text in part, and goes on', async () => {
    const block = await show(
      Array.from({ length: 3000 }, (_, index) => `Paragraph *${index}* of many words.`).join('\n\n'),
    );
    const paragraphs = (): number => allIn(block, 'p').length;
    const first = paragraphs();
    expect(first).to.be.within(100, 1000);
    byRole(block, 'button', /Show more/).click();
    await until(() => paragraphs() > first, 'more');
    await isRead(block);
    expect(allIn(block, 'em')[first]!.textContent).to.equal(String(first));
  });

  it('begins anew with another text', async () => {
    const block = await show('# One');
    block.value = { value: '# Two' };
    await until(() => hasRole(block, 'heading', 'Two'), 'the other text');
    expect(hasRole(block, 'heading', 'One')).to.equal(false);
  });

  it('is not for code and other values', async () => {
    const settings = settingsWith({});
    for (const element of [
      html`<llm-text-block mono .settings=${settings} .value=${{ value: '# One' }}></llm-text-block>`,
      html`<llm-text-block .settings=${settings} .value=${{ value: ['# One'] }}></llm-text-block>`,
    ]) {
      const block = await fixture<LlmTextBlock>(element);
      expect(hasRole(block, 'button', 'Markdown')).to.equal(false);
      expect(textIn(block)).to.contain('# One');
    }
  });

  it('shows any text, or says what it hides', async () => {
    const faults = await pageFaultsDuring(() =>
      fc.assert(
        fc.asyncProperty(anyMarkdown, async (source) => {
          const block = await show(source);
          for (const details of allIn(block, 'details')) (details as HTMLDetailsElement).open = true;
          const seen = textIn(block);
          const missing = (source.match(/w\d+q/g) ?? []).filter((word) => !seen.includes(word));
          expect(missing.length > 0, `${missing.join()} | ${finding(block)}`).to.equal(finding(block) !== undefined);
        }),
        { numRuns: 60, endOnFailure: true },
      ),
    );
    expect(faults).to.deep.equal([]);
  });
});

/** Each word once, so that a missing one is missed. */
const anyMarkdown = fc
  .array(
    fc.constantFrom(
      'W',
      ' W ',
      '*',
      '**',
      '_',
      '`',
      '```',
      '\n',
      '\n\n',
      '> ',
      '- ',
      '1. ',
      '# ',
      '[',
      '](',
      ')',
      ']: ',
      '![',
      '| W |\n|---|\n| W | W |\n',
      '<',
      '>',
      '&',
      '\\',
      '~~',
      '    ',
      '"',
      ':',
    ),
    { minLength: 1, maxLength: 40 },
  )
  .map((pieces) => {
    let count = 0;
    return `start${pieces.join('')}`.replaceAll('W', () => `w${count++}q`);
  });
