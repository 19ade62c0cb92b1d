import { expect } from '@open-wc/testing';
import { ran, tableOf, type SpanSketch } from '../test/trace-builder.js';
import { buildTraces } from './build-at-once.js';
import { compactTable } from './compact-table.js';

const of = (traceId: string, id: string, more: SpanSketch = {}): SpanSketch => ran(id, '', { traceId, ...more });

describe('compactTable', () => {
  it('drops rows that no trace uses, and changes nothing that is shown', () => {
    const nameless = { name: 'nameless', sessionId: 's1' };
    const table = tableOf([
      of('one', 'root', { end: NaN }),
      of('two', 'a'),
      of('one', 'root'),
      of('one', 'root'),
      of('one', '', nameless),
      of('one', 'b'),
      of('one', 'b', { name: 'other' }),
      of('one', 'b'),
    ]);
    table.facts('one').scores.push({ name: 'good', value: 1 });
    const before = buildTraces(table);
    const compact = compactTable(table, before);
    expect([table.length, compact.length]).to.deep.equal([8, 5]);
    const after = buildTraces(compact);
    const shown = (traces: typeof before): unknown[] =>
      traces.map(({ id, spans, sessionId, scores, start, duration }) => [
        [id, sessionId, scores, start, duration],
        Array.from(spans, (span) => [span.id, span.name, span.isRunning, span.start]),
      ]);
    expect(shown(after)).to.deep.equal(shown(before));
    expect(compactTable(compact, after).length).to.equal(5);
  });

  it('keeps only what belongs to the traces it is given', () => {
    const table = tableOf([of('one', 'a'), of('two', 'b', { sessionId: 's2' })]);
    const compact = compactTable(table, buildTraces(table).slice(0, 1));
    expect([...compact.ids]).to.deep.equal(['a']);
    expect(compact.facts('two').sessionId).to.equal(undefined);
  });
});
