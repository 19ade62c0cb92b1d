import { expect } from '@open-wc/testing';
import { documentsOf } from './documents.js';

describe('documents', () => {
  it('reads the usual shapes, and bare texts', () => {
    expect(
      documentsOf([
        { id: 7, content: 'a', score: 0.5, metadata: '{"page":1}' },
        { pageContent: 'b' },
        { document: { x: 1 }, relevance_score: 0.2 },
        'c',
        null,
      ]),
    ).to.deep.equal([
      { id: '7', content: 'a', score: 0.5, metadata: { page: 1 } },
      { content: 'b' },
      { content: '{"x":1}', score: 0.2 },
      { content: 'c' },
      { content: 'null' },
    ]);
    expect(documentsOf('none')).to.deep.equal([]);
  });
});
