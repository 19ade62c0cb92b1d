import { expect } from '@open-wc/testing';
import { watchedStream } from '../../test/byte-streams.js';
import { rejection } from '../../test/rejection.js';
import { watchIterable, watchStream, type ValuesRecord } from './watch-values.js';

/** A record that is told once. */
function told(idleLimit = 60_000) {
  const records: ValuesRecord[] = [];
  const ended = new Promise<ValuesRecord>((resolve) => {
    records.push = (record) => {
      resolve(record);
      return Array.prototype.push.call(records, record);
    };
  });
  const options = { idleLimit, ended: (record: ValuesRecord) => void records.push(record) };
  return { records, ended, options };
}

const summary = ({ values, reason, error }: ValuesRecord): unknown[] => [
  values.map(({ value }) => value),
  reason,
  ...(error === undefined ? [] : [error]),
];

async function* numbers(count: number, failure?: Error): AsyncGenerator<number, string> {
  for (let number = 1; number <= count; number++) yield await Promise.resolve(number);
  if (failure) throw failure;
  return 'done';
}

describe('watchIterable', () => {
  it('gives the same values and the same end, and tells them once', async () => {
    const { records, options } = told();
    const watched = watchIterable(numbers(2), options);
    expect(watched[Symbol.asyncIterator]()).to.equal(watched);
    const steps = [await watched.next(), await watched.next(), await watched.next(), await watched.next()];
    expect(steps.map(({ done, value }) => [done, value])).to.deep.equal([
      [false, 1],
      [false, 2],
      [true, 'done'],
      [true, undefined],
    ]);
    expect(records.map(summary)).to.deep.equal([[[1, 2], 'completed']]);
  });

  it('follows an iterable whose iterator is another object', async () => {
    const { records, options } = told();
    const source = { [Symbol.asyncIterator]: () => numbers(2) };
    const seen: number[] = [];
    for await (const number of watchIterable(source, options)) seen.push(number);
    expect(seen).to.deep.equal([1, 2]);
    expect(records.map(summary)).to.deep.equal([[[1, 2], 'completed']]);
  });

  it('tells readers that go away, by break and by return, and lets the source clean up', async () => {
    for (const leave of ['break', 'return'] as const) {
      const { records, options } = told();
      let isClean = false;
      const source = (async function* () {
        try {
          yield* numbers(3);
        } finally {
          isClean = true;
        }
      })();
      const watched = watchIterable(source, options);
      if (leave === 'break') {
        for await (const number of watched) if (number === 1) break;
      } else {
        await watched.next();
        expect(await watched.return()).to.deep.equal({ done: true, value: undefined });
      }
      expect(isClean, leave).to.be.true;
      expect(records.map(summary)).to.deep.equal([[[1], 'stopped']]);
    }
  });

  it('hands on what the source throws', async () => {
    const { records, options } = told();
    const failure = new Error('lost');
    const watched = watchIterable(numbers(1, failure), options);
    await watched.next();
    expect(await rejection(watched.next())).to.equal(failure);
    expect(records.map(summary)).to.deep.equal([[[1], 'failed', failure]]);
  });

  it('tells that nobody reads any more', async () => {
    const { ended, options } = told(5);
    const watched = watchIterable(numbers(2), options);
    await watched.next();
    expect(summary(await ended)).to.deep.equal([[1], 'unread']);
    expect(await watched.next()).to.deep.equal({ done: false, value: 2 });
  });
});

describe('watchStream', () => {
  it('asks for nothing before its reader does', async () => {
    const { records, options } = told();
    const source = watchedStream(['a', 'b']);
    const stream = watchStream(source.stream, options);
    await Promise.resolve();
    expect(source.pulled).to.equal(0);
    const reader = stream.getReader();
    expect(await reader.read()).to.deep.equal({ done: false, value: 'a' });
    expect(source.pulled).to.equal(1);
    await reader.read();
    expect((await reader.read()).done).to.be.true;
    expect(records.map(summary)).to.deep.equal([[['a', 'b'], 'completed']]);
  });

  it('cancels the source with its reason', async () => {
    const { records, options } = told();
    const source = watchedStream(['a', 'b'], 'wait');
    await watchStream(source.stream, options).cancel('enough');
    expect([source.isCancelled, source.reason]).to.deep.equal([true, 'enough']);
    expect(records.map(summary)).to.deep.equal([[[], 'stopped']]);
  });

  it('hands on errors, also to a reader that waits for nothing', async () => {
    const { ended, options } = told();
    const failure = new Error('lost');
    let fail = (): void => {};
    const source = new ReadableStream<string>({ start: (controller) => void (fail = () => controller.error(failure)) });
    const reader = watchStream(source, options).getReader();
    fail();
    expect(await rejection(reader.closed)).to.equal(failure);
    expect(summary(await ended)).to.deep.equal([[], 'failed', failure]);
  });
});
