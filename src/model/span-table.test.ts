import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { NOON, ran, tableOf } from '../test/trace-builder.js';
import { buildTraces } from './build-at-once.js';
import { IdColumn } from './id-column.js';
import { CountColumn, NumberColumn } from './number-column.js';
import { SharedColumn } from './shared-column.js';
import { SpanTable } from './span-table.js';
import { TimeOrigin } from './time-origin.js';

describe('TimeOrigin', () => {
  it('keeps the nanoseconds of any two moments of a day', () => {
    const noon = BigInt(NOON) * 1_000_000n;
    const withinDay = fc.bigInt({ min: 0n, max: 86_400_000_000_000n });
    fc.assert(
      fc.property(withinDay, withinDay, (first, second) => {
        const origin = new TimeOrigin();
        const start = origin.fromNanos((noon + first).toString());
        const end = origin.fromNanos(noon + second);
        expect(BigInt(Math.round((end - start) * 1e6))).to.equal(second - first);
      }),
    );
  });

  it('takes text, big integers and numbers for the same moment', () => {
    const origin = new TimeOrigin();
    const moments = ['1767268800000000000', 1767268800000000000n, 1767268800000000000];
    expect(moments.map((moment) => origin.toEpoch(origin.fromNanos(moment)))).to.deep.equal([NOON, NOON, NOON]);
  });

  it('takes fewer digits than a millisecond has', () => {
    const origin = new TimeOrigin();
    expect(origin.toEpoch(origin.fromNanos('5'))).to.equal(5e-6);
    expect(origin.toEpoch(origin.fromNanos('1000001'))).to.equal(1.000001);
  });

  const NO_TIMES = [
    '', '0', '000', 0, -0, 0n, null, undefined, NaN, Infinity, -Infinity, 'abc', '-1', -1, -5n, '1e3', '1.5', ' 5 ',
    1e30, '9'.repeat(30), '9'.repeat(5000), 1e300, true, {}, [], ['5'], Symbol('5'),
  ]; // prettier-ignore

  it('reads no time from anything else, and stays open for the next', () => {
    for (const nonsense of NO_TIMES) {
      const origin = new TimeOrigin();
      expect(origin.fromNanos(nonsense), typeof nonsense).to.be.NaN;
      expect(origin.epoch, typeof nonsense).to.equal(undefined);
    }
  });

  it('keeps a fraction of a millisecond that the sum would lose', () => {
    const origin = new TimeOrigin();
    expect(origin.fromMillis(NOON, 0.000001)).to.equal(0.000001);
    expect(origin.fromMillis(NOON - 1, 0.000001)).to.equal(-1 + 0.000001);
  });

  it('reads no time from milliseconds beyond any date', () => {
    for (const millis of [8.7e15, -8.7e15, Infinity, NaN]) expect(new TimeOrigin().fromMillis(millis)).to.be.NaN;
    expect(new TimeOrigin().fromMillis(8.64e15)).to.equal(0);
  });
});

describe('SpanTable.append', () => {
  it('puts times of another origin on the same clock', () => {
    const table = tableOf([ran('a', '', { start: 0, end: 10 })]);
    table.append(tableOf([ran('b', 'a', { start: 86_400_000.25, end: 86_400_001.5 })]));
    const [trace] = buildTraces(table);
    expect(trace!.span('b')!.start).to.equal(NOON + 86_400_000.25);
    expect(trace!.span('b')!.duration).to.equal(1.25);
    expect(trace!.span('b')!.parent).to.equal(trace!.span('a'));
    expect(trace!.duration).to.equal(86_400_001.5);
  });

  it('takes over the origin where it has none, also after tables without times', () => {
    const table = new SpanTable();
    table.append(tableOf([{ id: 'timeless' }]));
    expect(table.origin.epoch).to.equal(undefined);
    table.append(tableOf([ran('a', '', { start: 0.000001, end: 0.000003 })]));
    const [trace] = buildTraces(table);
    expect(trace!.span('a')!.duration).to.be.closeTo(0.000002, 1e-9);
    expect(trace!.span('a')!.start).to.equal(NOON);
  });

  it('leaves its own times alone when a table without times comes', () => {
    const table = tableOf([ran('a')]);
    table.append(tableOf([{ id: 'timeless', parentId: 'a' }]));
    const [trace] = buildTraces(table);
    expect(trace!.span('a')!.start).to.equal(NOON);
    expect(trace!.span('timeless')!.hasStart).to.equal(false);
  });

  it('keeps every column, what is said of the trace, and problems', () => {
    const said = {
      label: 'l', kind: 'llm', status: 'error', statusMessage: 'm', service: 's', model: 'gpt', provider: 'p',
      usage: { input: 1 }, cost: 2, timeToFirstToken: 3, name: 'n',
    } as const; // prettier-ignore
    const other = tableOf([ran('b', 'a', { ...said, raw: { mine: 1 }, sessionId: 'se', tags: ['x'], metadata: 5 })]);
    other.problems.push({ code: 'unreadable-record', message: 'lost' });
    other.facts('t').scores.push({ name: 'good' });
    const table = tableOf([ran('a', '', { tags: ['y'], userId: 'u' })]);
    table.append(other);
    const [trace] = buildTraces(table);
    const span = trace!.span('b')!;
    for (const [part, value] of Object.entries(said)) expect(span[part as keyof typeof said]).to.deep.equal(value);
    expect(span.raw).to.deep.equal({ mine: 1 });
    expect([trace!.sessionId, trace!.userId, trace!.metadata, trace!.tags]).to.deep.equal(['se', 'u', 5, ['y', 'x']]);
    expect(trace!.scores).to.deep.equal([{ name: 'good' }]);
    expect(trace!.problems.map(({ message }) => message)).to.include('lost');
  });

  it('believes the root most, whatever comes first', () => {
    const root = tableOf([ran('a', '', { sessionId: 'of root', userId: 'of root' })]);
    const child = tableOf([ran('b', 'a', { sessionId: 'of child', metadata: 'of child' })]);
    const other = tableOf([ran('c', 'a', { sessionId: 'of other', metadata: 'of other' })]);
    for (const parts of [
      [root, child, other],
      [child, root, other],
      [child, other, root],
    ]) {
      const table = new SpanTable();
      for (const part of parts) table.append(part);
      // Once more, as a whole.
      const copy = new SpanTable();
      copy.append(table);
      copy.append(other);
      for (const { sessionId, userId, metadata } of [table.facts('t'), copy.facts('t')]) {
        expect([sessionId, userId, metadata]).to.deep.equal(['of root', 'of root', 'of child']);
      }
    }
  });

  it('believes a container more than a child', () => {
    const container = tableOf([ran('a', '', {}), ran('b', 'a', { sessionId: 'of child' })]);
    container.facts('t').sessionId = 'of container';
    const table = tableOf([ran('c', 'a', { sessionId: 'of child' })]);
    table.append(container);
    table.append(tableOf([ran('d', 'a', { sessionId: 'late' })]));
    expect(table.facts('t').sessionId).to.equal('of container');
  });

  it('adds a score of the trace once, and keeps two of one source that are the same', () => {
    const part = tableOf([ran('a')]);
    part.facts('t').scores.push({ name: 'good', value: 1 }, { name: 'good', value: 1 }, { name: 'good', value: 2 });
    const table = new SpanTable();
    table.append(part);
    table.append(part);
    expect(table.facts('t').scores.map(({ value }) => value)).to.deep.equal([1, 1, 2]);
  });
});

/** Rows that are written one after the other, with places where what is there is trimmed. */
const written = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<{ value: Value; isTrimmed: boolean }[]> =>
  fc.array(fc.record({ value, isTrimmed: fc.nat(9).map((chance) => chance === 0) }), { maxLength: 300 });

describe('columns', () => {
  it('give back ids as they were, of any kind, also those that were written anew', () => {
    const id = fc.oneof(
      fc.constantFrom('', 'a', '0'.repeat(16), 'F'.repeat(16), '__proto__', '000000000000000:', '\u0131'.repeat(16)),
      fc.bigInt({ min: 1n, max: 2n ** 64n - 1n }).map((value) => value.toString(16).padStart(16, '0')),
      fc.uuid(),
    );
    fc.assert(
      fc.property(written(id), fc.array(fc.tuple(fc.nat(), id)), fc.nat(400), (rows, changes, room) => {
        const column = new IdColumn();
        const wanted = rows.map(({ value }) => value);
        for (const { value, isTrimmed } of rows) {
          column.push(value);
          if (isTrimmed) column.trim();
          else column.expect(room);
        }
        for (const [place, value] of rows.length > 0 ? changes : []) {
          column.set(place % rows.length, value);
          wanted[place % rows.length] = value;
        }
        column.trim();
        expect([...column]).to.deep.equal(wanted);
        expect(column.numbers).to.have.length(wanted.length * 2);
        expect(wanted.map((_, row) => column.hasId(row))).to.deep.equal(wanted.map((value) => value !== ''));
        expect(column.at(wanted.length)).to.equal('');
      }),
    );
  });

  it('give back numbers as they were, also where counts are no counts', () => {
    const number = fc.oneof(fc.nat(), fc.double(), fc.constantFrom(NaN, 2 ** 24, 2 ** 24 + 1, 2 ** 53, -0, 0.1));
    fc.assert(
      fc.property(written(number), fc.nat(400), (rows, room) => {
        for (const column of [new NumberColumn(), new CountColumn()]) {
          rows.forEach(({ value, isTrimmed }, row) => {
            column.set(row, value);
            if (isTrimmed) column.trim(row + 1);
            else column.expect(room);
          });
          for (const [row, { value }] of rows.entries()) {
            expect(column.at(row)).to.equal(Number.isNaN(value) ? undefined : value);
          }
          column.trim(rows.length);
          expect(column.values).to.have.length(rows.length);
        }
      }),
    );
  });

  it('keep counts in half the memory', () => {
    const column = new CountColumn();
    column.set(0, 2 ** 24);
    expect(column.values.BYTES_PER_ELEMENT).to.equal(4);
    column.set(1, 2 ** 24 + 1);
    expect(column.values.BYTES_PER_ELEMENT).to.equal(8);
  });

  it('give back what few or many rows share, and what none of them has', () => {
    const value = fc.option(fc.constantFrom('', 'a', 'b', '__proto__'), { nil: undefined });
    fc.assert(
      fc.property(written(value), fc.constantFrom(0, 300, 70_000), (rows, others) => {
        const column = new SharedColumn<string>();
        for (let row = 0; row < others; row++) column.set(row, `other ${row}`);
        rows.forEach(({ value: each, isTrimmed }, row) => {
          column.set(others + row, each);
          if (isTrimmed) column.trim(others + row + 1);
        });
        for (const [row, { value: each }] of rows.entries()) expect(column.at(others + row)).to.equal(each);
        for (const row of [0, 255, 256, 65_536]) if (row < others) expect(column.at(row)).to.equal(`other ${row}`);
        const distinct = new Set(rows.flatMap(({ value: each }) => (each === undefined ? [] : [each])));
        expect(new Set([...column.distinct()].slice(others))).to.deep.equal(distinct);
        expect(column.at(others + rows.length)).to.equal(undefined);
      }),
      { numRuns: 30 },
    );
  });
});
