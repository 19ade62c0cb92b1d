import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { diffTexts, type TextDiff, type TextPiece } from './text-diff.js';

const written = ({ pieces }: TextDiff): string =>
  pieces.map(({ kind, text }) => (kind === 'equal' ? text : kind === 'added' ? `[+${text}]` : `[-${text}]`)).join('');

/** The one text or the other, put together from the pieces. */
const side = (pieces: readonly TextPiece[], without: TextPiece['kind']): string =>
  pieces
    .filter(({ kind }) => kind !== without)
    .map(({ text }) => text)
    .join('');

const words = fc.array(fc.constantFrom('one ', 'two', ' ', '\n', 'three, ', '日本', '\u{1f600}', '\u202e', '<b>'), {
  maxLength: 60,
});

describe('diffTexts', () => {
  it('tells words apart', async () => {
    expect(written(await diffTexts('You are a helpful bot.', 'You are a very kind bot.'))).to.equal(
      'You are a [-helpful][+very kind] bot.',
    );
    expect(written(await diffTexts('one two', 'one two three'))).to.equal('one two[+ three]');
    expect(written(await diffTexts('say one two now', 'say red blue now'))).to.equal('say [-one two][+red blue] now');
    expect(written(await diffTexts('0.5', '0.75'))).to.equal('[-0.5][+0.75]');
    expect(written(await diffTexts('same', 'same'))).to.equal('same');
    expect(written(await diffTexts('', 'new'))).to.equal('[+new]');
    expect(written(await diffTexts('old', ''))).to.equal('[-old]');
  });

  it('loses nothing of either text, whatever they are', async () => {
    await fc.assert(
      fc.asyncProperty(words, words, async (one, other) => {
        const [before, after] = [one.join(''), other.join('')];
        const { pieces } = await diffTexts(before, after);
        expect(side(pieces, 'added')).to.equal(before);
        expect(side(pieces, 'missing')).to.equal(after);
        for (const { text } of pieces) expect(text).not.to.equal('');
      }),
      { numRuns: 300 },
    );
  });

  it('finds one word that changed in a long text', async () => {
    const long = Array.from({ length: 20_000 }, (_, at) => `word${at}`).join(' ');
    const { pieces, by } = await diffTexts(long, long.replace('word12345', 'another'));
    expect(by).to.equal('words');
    expect(pieces.filter(({ kind }) => kind !== 'equal')).to.deep.equal([
      { kind: 'missing', text: 'word12345' },
      { kind: 'added', text: 'another' },
    ]);
  });

  it('compares long texts that differ in many places line by line, and says so', async () => {
    const lines = (name: string, every: number): string =>
      Array.from({ length: 6000 }, (_, at) => `line ${at} ${at % every ? 'is as it was' : name}\n`).join('');
    const { by, pieces } = await diffTexts(lines('old', 50), lines('new', 50));
    expect(by).to.equal('lines');
    expect(pieces[0]).to.deep.equal({ kind: 'equal', text: 'line 0 ' } satisfies TextPiece);
    expect(pieces.filter(({ kind }) => kind === 'added')).to.have.length(120);
  });

  it('shows texts that have nothing in common as they are', async () => {
    const text = (seed: number): string => Array.from({ length: 4000 }, (_, at) => `w${(at + 1) * seed}`).join(' ');
    const { by, pieces } = await diffTexts(text(7919), text(104_729));
    expect(by).to.equal('whole');
    expect(pieces.map(({ kind }) => kind)).to.deep.equal(['missing', 'added']);
  });

  it('compares the beginning of a huge text, and says how much', async () => {
    const huge = 'x '.repeat(500_000);
    const { limit, pieces } = await diffTexts(huge, `${huge}y`);
    expect(limit).to.equal(200_000);
    expect(pieces).to.have.length(1);
  });
});
