import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { otherWork } from '../test/other-work.js';
import { RecordedSpans } from '../test/recorded-spans.js';
import { createTracer, type TracerSpan } from './index.js';

/** What a call does: how long it takes, what it calls inside, and how it ends. */
interface Call {
  before: number;
  after: number;
  end: 'well' | 'fails' | 'aborted' | 'never';
  isParallel: boolean;
  inner: Call[];
}

const call = fc.memo((depth): fc.Arbitrary<Call> =>
  fc.record({
    before: fc.nat({ max: 3 }),
    after: fc.nat({ max: 3 }),
    end: fc.constantFrom('well', 'fails', 'aborted', 'never'),
    isParallel: fc.boolean(),
    inner: depth <= 1 ? fc.constant([]) : fc.array(call(depth - 1), { maxLength: 3 }),
  }),
);

/** The work of one call: like a client's, it is given up at once when it is aborted. */
async function work({ before, after, end }: Call, inner: () => Promise<void>): Promise<void> {
  await otherWork(before);
  const abort = new AbortController();
  const aborted = new Promise<never>((_, reject) => {
    abort.signal.addEventListener('abort', () => reject(abort.signal.reason as Error));
  });
  if (end === 'aborted') {
    // What was begun inside goes on.
    const going = inner();
    void otherWork(after).then(() => abort.abort());
    await Promise.race([aborted, going.then(() => aborted)]);
  }
  await inner();
  await otherWork(after);
  if (end === 'fails') throw new Error('as planned');
}

describe('spans of calls that run at once', () => {
  it('have the right parents in 1,000 interleavings of nested, parallel, failing and aborted calls', async function () {
    this.timeout(120_000);
    let counter = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(call(3), { minLength: 1, maxLength: 3 }), async (chats) => {
        const sink = new RecordedSpans();
        const tracer = createTracer({ store: sink });
        const expected = new Map<string, string | undefined>();
        /** Everything that goes on, also what nobody waits for any more. */
        const all: Promise<unknown>[] = [];
        const begin = (begun: Promise<unknown>): Promise<unknown> => {
          all.push(begun);
          return begun;
        };
        const nameUnder = (parent: string | undefined): string => {
          const name = `call/${counter++}`;
          expected.set(name, parent);
          return name;
        };
        const perform = (span: TracerSpan, doing: Call, own: string): Promise<void> =>
          work(doing, async () => {
            const calls = async (): Promise<void> => {
              if (doing.isParallel) await Promise.all(doing.inner.map((child) => beginInside(span, child, own)));
              else for (const child of doing.inner) await beginInside(span, child, own);
            };
            await begin(calls());
          });
        const beginInside = (parent: TracerSpan, child: Call, parentName: string): Promise<unknown> => {
          const name = nameUnder(parentName);
          return begin(
            child.end === 'never'
              ? perform(parent.start(name), { ...child, end: 'well' }, name)
              : parent.child(name, (span) => perform(span, child, name)).catch(() => undefined),
          );
        };
        for (const chat of chats) {
          const name = nameUnder(undefined);
          void begin(tracer.span(name, (span) => perform(span, chat, name)).catch(() => undefined));
        }
        for (const running of all) await running;
        const names = new Map(sink.begun.map(({ id, name }) => [id, name]));
        const found = new Map(sink.begun.map(({ name, parentId }) => [name, parentId && names.get(parentId)]));
        expect(found).to.deep.equal(new Map([...found.keys()].map((name) => [name, expected.get(name)])));
        expect(found.size).to.equal(expected.size);
        expect(sink.spans.length + tracer.status.open).to.equal(sink.begun.length);
      }),
      { numRuns: 1000 },
    );
  });
});
