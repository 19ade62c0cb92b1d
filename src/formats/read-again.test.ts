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

describe('reading several files at once', () => {
  const file = (...spans: object[]): File =>
    new File([JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] })], 'part.json');
  const id = (digit: string, length: number): string => digit.repeat(length);
  const root = { traceId: id('1', 32), spanId: id('a', 16), name: 'root' };
  const child = { traceId: id('1', 32), spanId: id('b', 16), parentSpanId: id('a', 16), name: 'child' };

  it('puts the spans of one trace together, whichever file they are in', async () => {
    const traces = await readTraces([file(child), file(root)]);
    expect(traces).to.have.length(1);
    expect([...traces[0]!.spans].map(({ name, depth }) => [name, depth])).to.deep.equal([
      ['root', 0],
      ['child', 1],
    ]);
  });

  it('takes the files of an input element', async () => {
    const transfer = new DataTransfer();
    transfer.items.add(file(root));
    transfer.items.add(file(child));
    const [trace] = await readTraces(transfer.files);
    expect(trace!.spans.length).to.equal(2);
  });

  it('says which fault one of them has', async () => {
    const failure = await readTraces([file(root), new File(['<html>'], 'login.html')]).catch((error: unknown) => error);
    expect((failure as Error).message).to.match(/a web page/);
  });
});

describe('reading a large source', () => {
  it('interprets no message until a span is looked at', async () => {
    let touched = 0;
    const messages = {
      get stringValue() {
        touched++;
        return '[{"role":"user","parts":[{"type":"text","content":"hello"}]}]';
      },
    };
    const spans = Array.from({ length: 10_000 }, (_, index) => ({
      traceId: '1'.repeat(32),
      spanId: (index + 1).toString(16).padStart(16, '0'),
      name: 'chat',
      attributes: [{ key: 'gen_ai.input.messages', value: messages }],
    }));
    const [trace] = await readTraces({ resourceSpans: [{ scopeSpans: [{ spans }] }] });
    expect([trace!.spans.length, touched]).to.deep.equal([10_000, 0]);
    expect(trace!.spans.at(0)!.messages).to.have.length(1);
    expect(touched).to.be.greaterThan(0);
  });
});
