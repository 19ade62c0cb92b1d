import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { blocksOf, definitionsOf, type MarkdownBlock } from './blocks.js';
import { parseMarkdown } from './parse.js';

const blocks = (source: string): MarkdownBlock[] => [...blocksOf(source)].filter((block) => block !== undefined);

/** What a text says, without how it was cut: the kinds and texts of its tokens. A long list becomes several. */
const said = (sources: readonly string[]): string[] =>
  sources.flatMap((source) =>
    parseMarkdown(source, {})
      .filter(({ type }) => !type.includes('_list_'))
      .flatMap(({ type, content, children }) =>
        children ? children.map((child) => `${child.type} ${child.content}`) : `${type} ${content}`,
      ),
  );

/** So long that the blocks around it are not joined with it. */
const LONG = `${'Long paragraph. '.repeat(400)}\n`;

describe('blocksOf', () => {
  it('takes code out whole, however long, with its language', () => {
    const code = `line\n\n# no heading\n${'x'.repeat(50_000)}`;
    const source = `Before\n\`\`\`python title="a"\n${code}\n\`\`\`\nAfter`;
    const found = blocks(source);
    expect(found.map(({ type }) => type)).to.deep.equal(['markdown', 'code', 'markdown']);
    const block = found[1]!;
    expect(block.type === 'code' && block.language).to.equal('python title="a"');
    expect(block.type === 'code' && block.text === code).to.equal(true);
  });

  it('ends a fence by its own marks only, or with the text', () => {
    const found = blocks('````\n```\n~~~~\n``` `\n');
    const block = found[0]!;
    expect(found).to.have.length(1);
    expect(block.type === 'code' && block.text).to.equal('```\n~~~~\n``` `');
  });

  it('leaves the fence of a list in its list', () => {
    const item = '1. one\n   ```\n   a\n\n   b\n   ```\n';
    const found = blocks(`${LONG}\n${item}\n${LONG}`).map(({ source }) => source);
    expect(found.some((source) => source.includes(item))).to.equal(true);
  });

  it('keeps apart what is too long to be read at once', () => {
    const table = '| a | b |\n|---|---|\n' + '| 1 | 2 |\n'.repeat(3000);
    expect(blocks(`Short.\n\n${table}\nShort.`).map(({ type }) => type)).to.deep.equal([
      'markdown',
      'plain',
      'markdown',
    ]);
  });

  it('cuts a long list between its items', () => {
    const list = '1. item of a long list\n'.repeat(3000);
    const found = blocks(list);
    expect(found.every(({ type, source }) => type === 'markdown' && source.startsWith('1. '))).to.equal(true);
    expect(found.length).to.be.above(3);
  });

  it('gives every character once, in order', () => {
    fc.assert(
      fc.property(markdown, (source) => {
        expect(
          blocks(source)
            .map((block) => block.source)
            .join('') === source,
        ).to.equal(true);
      }),
    );
  });

  it('cuts where the parts say the same as the whole', () => {
    fc.assert(
      fc.property(markdown, (source) => {
        const sources = blocks(source).map((block) => block.source);
        expect(said(sources)).to.deep.equal(said([source]));
      }),
      { numRuns: 300 },
    );
  });
});

describe('definitionsOf', () => {
  it('finds the definitions of links, but for those in code', () => {
    expect(definitionsOf('a\n\n[one]: https://a.example "x"\n```\n[two]: /b\n```\n  [three]: c')).to.equal(
      '[one]: https://a.example "x"\n\n  [three]: c',
    );
  });
});

/** Texts of which some pieces are long enough to be cut. Lists are short: a long one is cut between its items. */
const markdown = fc
  .array(
    fc.constantFrom(
      LONG,
      '- item\n',
      '1. one\n\n   its second paragraph\n',
      '   ```\n   code\n',
      '```js\ncode\n',
      '~~~\n',
      '```\n',
      '> quote\n',
      '| a | b |\n|---|---|\n| 1 | 2 |\n',
      '# heading\n',
      'Setext\n---\n',
      '    indented\n',
      '\n',
      '\n',
      '\n\n',
      'text\r\n',
      '\t\n',
      'lazy *em\n',
    ),
    { maxLength: 14 },
  )
  .map((pieces) => pieces.join(''));
