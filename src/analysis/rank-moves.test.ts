import { expect } from '@open-wc/testing';
import { array, assert, constantFrom, option, property, record } from 'fast-check';
import { rankMoves } from './rank-moves.js';

const ids = (letters: string): { id: string }[] => Array.from(letters, (id) => ({ id }));

describe('moves of a reranker', () => {
  it('are found by id', () => {
    expect(rankMoves(ids('abc'), ids('cax'))).to.deep.equal({ to: [1, undefined, 0], from: [2, 0, undefined] });
  });

  it('are found by text where there are no ids', () => {
    const moves = rankMoves(
      [{ content: 'one' }, { content: 'two' }],
      [{ content: 'two' }, { id: 'new', content: 'one' }],
    );
    expect(moves).to.deep.equal({ to: [1, 0], from: [1, 0] });
  });

  it('are found where the answer names places', () => {
    expect(rankMoves([{ content: 'one' }, { content: 'two' }], [{ id: '1', score: 0.9 }, { id: '7' }])).to.deep.equal({
      to: [undefined, 0],
      from: [1, undefined],
    });
  });

  it('match documents that come twice in order', () => {
    expect(rankMoves(ids('aba'), ids('aab'))).to.deep.equal({ to: [0, 2, 1], from: [0, 2, 1] });
  });

  it('lead there and back, whatever the documents', () => {
    const document = record(
      { id: option(constantFrom('a', 'b', '0', '1', '99'), { nil: undefined }), content: constantFrom('x', 'y', 'z') },
      { requiredKeys: [] },
    ).map(({ id, content }) => ({ ...(id !== undefined && { id }), ...(content !== undefined && { content }) }));
    assert(
      property(array(document), array(document), (given, returned) => {
        const { from, to } = rankMoves(given, returned);
        from.forEach((place, at) => {
          if (place !== undefined) expect(to[place]).to.equal(at);
        });
        to.forEach((place, at) => {
          if (place !== undefined) expect(from[place]).to.equal(at);
        });
      }),
    );
  });
});
