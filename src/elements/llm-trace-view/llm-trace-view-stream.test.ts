import { expect } from '@open-wc/testing';
import '../../define.js';
import { bytesOf } from '../../test/byte-streams.js';
import { emptyView, idsOf, loadedView, otlp, settled, until } from '../test-support.js';

/** A stream that gives lines when the test says so. */
function linesByHand(): {
  stream: ReadableStream;
  give(...ids: string[]): void;
  end(): void;
  fail(error: Error): void;
} {
  let controller!: ReadableStreamDefaultController;
  const stream = new ReadableStream({ start: (given) => void (controller = given) });
  return {
    stream,
    give: (...ids) => {
      const line = (id: string): string =>
        `${JSON.stringify(otlp({ id, parent: id === 'root' ? '' : 'root', start: 1, end: 2 }))}\n`;
      controller.enqueue(bytesOf(ids.map(line).join('')));
    },
    end: () => controller.close(),
    fail: (error) => controller.error(error),
  };
}

describe('llm-trace-view: JSON Lines that come in', () => {
  it('shows the first spans while others are to come, and tells the page once all are there', async () => {
    const view = await emptyView();
    let told = 0;
    view.addEventListener('llm-trace-load', () => told++);
    const lines = linesByHand();
    const loaded = view.load(lines.stream);
    lines.give('a', 'b');
    await until(() => view.trace?.spans.length === 2, 'the first spans');
    await settled(view);
    expect(idsOf(view)).to.deep.equal(['a', 'b']);
    // Their parent may still come.
    expect(view.trace!.problems).to.deep.equal([]);
    expect(view.loading).to.equal(true);
    expect(told).to.equal(0);
    lines.give('root');
    lines.end();
    await loaded;
    await settled(view);
    expect(idsOf(view)).to.deep.equal(['root', 'a', 'b']);
    expect(view.loading).to.equal(false);
    expect(told).to.equal(1);
  });

  it('shows what was there before again when the rest cannot be had', async () => {
    const view = await loadedView(otlp({ id: 'before', start: 0, end: 1 }));
    const lines = linesByHand();
    const loaded = view.load(lines.stream);
    lines.give('a', 'b');
    await until(() => view.trace?.span('a') !== undefined, 'the first spans');
    lines.fail(new Error('The network is gone.'));
    const error = await loaded.catch((reason: unknown) => reason);
    await settled(view);
    expect((error as Error).message).to.equal('The network is gone.');
    expect(view.error).to.equal(error);
    expect(idsOf(view)).to.deep.equal(['before']);
  });

  it('shows what was there before again when another input takes over', async () => {
    const view = await loadedView(otlp({ id: 'before', start: 0, end: 1 }));
    const lines = linesByHand();
    const loaded = view.load(lines.stream).catch((reason: unknown) => reason);
    lines.give('a', 'b');
    await until(() => view.trace?.span('a') !== undefined, 'the first spans');
    const next = view.load(otlp({ id: 'next', start: 0, end: 1 }));
    await settled(view);
    expect(((await loaded) as Error).name).to.equal('AbortError');
    await next;
    await settled(view);
    expect(idsOf(view)).to.deep.equal(['next']);
  });

  it('adds what is appended meanwhile once all are there', async () => {
    const view = await emptyView();
    const lines = linesByHand();
    const loaded = view.load(lines.stream);
    lines.give('a', 'b');
    await until(() => view.trace?.span('a') !== undefined, 'the first spans');
    const appended = view.append(otlp({ id: 'late', parent: 'root', start: 5, end: 6 }));
    lines.give('root');
    lines.end();
    await Promise.all([loaded, appended]);
    await settled(view);
    expect(idsOf(view)).to.deep.equal(['root', 'a', 'b', 'late']);
  });
});

describe('llm-trace-view: many parts appended one after the other', () => {
  it('builds traces of them once a frame', async () => {
    const view = await loadedView(otlp({ id: 'root', start: 0, end: 100 }));
    let told = 0;
    view.addEventListener('llm-trace-load', () => told++);
    const ids = Array.from({ length: 40 }, (_, number) => `part-${number}`);
    await Promise.all(ids.map((id) => view.append(otlp({ id, parent: 'root', start: 1, end: 2 }))));
    await settled(view);
    expect(view.trace!.spans.length).to.equal(41);
    expect(told).to.be.lessThan(10);
  });
});
