import { expect } from '@open-wc/testing';
import { array, assert, constantFrom, oneof, property, string } from 'fast-check';
import { nearDuplicates } from './near-duplicates.js';

const words = (seed: number, count: number): string[] =>
  Array.from({ length: count }, (_, index) => ((seed + index) * 2654435761).toString(36).slice(-6));

describe('near-duplicates of texts', () => {
  it('are the same but for spaces, case and punctuation', () => {
    expect(
      nearDuplicates(['Refunds take 14 days.', 'Other', 'refunds  take\n14 days', 'Refunds take 15 days.']),
    ).to.deep.equal([0, 1, 0, 3]);
  });

  it('are the same but for a few words of many', () => {
    const text = words(1, 200);
    const edited = text.with(50, 'changed').with(120, 'words');
    const half = [...text.slice(0, 100), ...words(900, 100)];
    const texts = [words(5000, 200), text, edited, half].map((list) => list.join(' '));
    expect(nearDuplicates(texts)).to.deep.equal([0, 1, 1, 3]);
  });

  it('are found in scripts without spaces', () => {
    const text = '返金は商品の到着後十四日以内に限り受け付けております。開封済みの商品は交換のみ可能です。'.repeat(3);
    expect(nearDuplicates([text, `${text}以上`, 'まったく別の文章がここにあります。'])).to.deep.equal([0, 0, 2]);
  });

  it('are not texts that share their beginning', () => {
    const start = words(1, 150).join(' ');
    const texts = [10_000, 20_000, 30_000].map((seed) => `${start} ${words(seed, 300).join(' ')}`);
    expect(nearDuplicates(texts)).to.deep.equal([0, 1, 2]);
  });

  it('are no texts without a word', () => {
    expect(nearDuplicates(['', '', '—', '…'])).to.deep.equal([0, 1, 2, 3]);
  });

  it('belong to the first of their group, whatever the texts', () => {
    const text = constantFrom('a', 'b c', 'B, c!', words(1, 60).join(' '), `${words(1, 60).join(' ')} more`);
    assert(
      property(array(oneof(text, string()), { maxLength: 30 }), (texts) => {
        const firsts = nearDuplicates(texts);
        expect(firsts).to.have.length(texts.length);
        firsts.forEach((first, place) => {
          expect(first).to.be.at.most(place);
          expect(firsts[first]).to.equal(first);
        });
        // The same text is always in the same group, unless it says nothing.
        texts.forEach((one, place) => {
          if (/[\p{L}\p{N}]/u.test(one)) expect(firsts[place]).to.equal(firsts[texts.indexOf(one)]);
        });
      }),
    );
  });
});
