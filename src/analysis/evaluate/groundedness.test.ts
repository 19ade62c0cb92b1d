import { expect } from '@open-wc/testing';
import type { RecordedSpan, Trace } from '../../model/index.js';
import { judged, scoresOf, SPAN_ID } from '../../test/evaluation.js';
import { answered, recordedTrace } from '../../test/recorded-trace.js';
import { groundedness } from './index.js';

describe('groundedness', () => {
  const story = (answer: string, more: Partial<RecordedSpan> = {}): Trace =>
    recordedTrace(
      { id: SPAN_ID, kind: 'chain', start: 0, end: 90 },
      {
        id: 'b'.repeat(16),
        parentId: SPAN_ID,
        kind: 'retriever',
        start: 1,
        end: 5,
        documents: [
          { content: 'Parcel 4711 was stopped at customs on 2 March. Gifts below 45 euros are free of duty.' },
        ],
      },
      answered('c'.repeat(16), answer, '', { parentId: SPAN_ID, start: 10, end: 80, ...more }),
    );

  it('is the share of sentences whose words and numbers are in the documents', async () => {
    const grounded = 'Your parcel 4711 was stopped at customs. Gifts below 45 euros are free.';
    expect((await scoresOf(groundedness(), story(grounded)))[0]!.value).to.equal(1);
    const [half] = await scoresOf(
      groundedness(),
      story('Parcel 4711 was stopped at customs. A courier arrives tomorrow.'),
    );
    expect(half!.value).to.equal(0.5);
    expect(half!.explanation).to.contain('Not: A courier arrives tomorrow.');
    // The words are there, the number is not.
    expect((await scoresOf(groundedness(), story('Gifts below 90 euros are free of duty.')))[0]!.value).to.equal(0);
  });

  it('looks only at what was retrieved by then, and says nothing where that is nothing', async () => {
    expect(await scoresOf(groundedness(), story('Parcel stopped at customs.', { start: -9, end: 0 }))).to.deep.equal(
      [],
    );
    expect(await judged(groundedness(), 'Parcel stopped at customs.')).to.equal(undefined);
    expect(await scoresOf(groundedness(), story('It is.'))).to.deep.equal([]);
  });
});
