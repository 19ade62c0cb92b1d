import { expect } from '@open-wc/testing';
import { addRecordedSpan, buildTraces, SpanTable, type RecordedSpan } from '../model/index.js';
import { readTraces } from './index.js';

const span = (traceId: string, id: string, more: Partial<RecordedSpan> = {}): RecordedSpan => ({
  traceId,
  id,
  name: id,
  kind: 'chain',
  start: 1_700_000_000_000.25,
  end: 1_700_000_000_001,
  sessionId: `session of ${traceId}`,
  ...more,
});

describe('reading traces that were read before', () => {
  const table = new SpanTable();
  addRecordedSpan(table, span('one', 'root'));
  addRecordedSpan(table, span('other', 'elsewhere'));
  addRecordedSpan(table, span('one', 'child', { parentId: 'root' }));
  const traces = buildTraces(table);

  it('takes one of several as it is, without the others', async () => {
    const [trace, ...more] = await readTraces(traces[0]);
    expect(more).to.deep.equal([]);
    expect(trace!.id).to.equal('one');
    expect([...trace!.spans].map(({ id, depth }) => [id, depth])).to.deep.equal([
      ['root', 0],
      ['child', 1],
    ]);
    expect(trace!.sessionId).to.equal('session of one');
    expect(trace!.roots[0]!.duration).to.equal(0.75);
  });

  it('takes a list of them', async () => {
    expect((await readTraces(traces)).map(({ id }) => id)).to.deep.equal(['one', 'other']);
  });

  it('copies of their source what belongs to them, once', async () => {
    const source = new SpanTable();
    for (const id of ['one', 'two', 'three']) addRecordedSpan(source, span(id, 'other'));
    source.facts('one').scores.push({ name: 'good' });
    source.problems.push({ code: 'unreadable-record', message: 'lost' });
    const [one, two] = buildTraces(source);
    const read = await readTraces([one, traces[0], two, two, null, 'x']);
    expect(read.map(({ id, spans }) => [id, spans.length])).to.deep.equal([['one', 3], ['two', 1]]); // prettier-ignore
    expect(read[0]!.table).to.have.length(4);
    expect(read[0]!.scores).to.deep.equal([{ name: 'good' }]);
    expect(read[0]!.table.facts('three').sessionId).to.equal(undefined);
    expect(read[0]!.table.problems.map(({ message }) => message)).to.deep.equal([
      'lost',
      '2 of 6 items are no traces and left out.',
    ]);
  });
});
