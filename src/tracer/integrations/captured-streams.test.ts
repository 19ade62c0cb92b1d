import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { pieces, watchedStream } from '../../test/byte-streams.js';
import { RecordedSpans } from '../../test/recorded-spans.js';
import { createTracer } from '../index.js';
import { traceFetch } from './fetch.js';

/** Texts that streams of models are made of, and others. */
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    'data: {"choices":[{"index":0,"delta":{"content":"hi"}}]}\n\n',
    'data: [DONE]\n\n',
    'event: ping\r\n\r\n',
  ),
  fc.constantFrom('{"message":{"content":"hi"},"done":false}\n', ': comment\n', '\r', '\uFEFF', 'data:'),
);

const body = fc.oneof(
  fc.array(text, { maxLength: 20 }).map((all) => new TextEncoder().encode(all.join(''))),
  fc.uint8Array({ maxLength: 2000 }),
);

async function readAll(response: Response): Promise<{ bytes: number[]; error: unknown }> {
  const bytes: number[] = [];
  const reader = response.body!.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return { bytes, error: undefined };
      bytes.push(...value);
    }
  } catch (error) {
    return { bytes, error };
  }
}

describe('streams that are read through the tracer', () => {
  it('give the same bytes, chunk by chunk, and the same error: 1,000 random ones', async function () {
    this.timeout(120_000);
    const sink = new RecordedSpans();
    const tracer = createTracer({ store: sink });
    const failure = new Error('the line is cut');
    const type = fc.constantFrom('text/event-stream', 'application/x-ndjson', 'application/json', 'audio/mpeg', '');
    await fc.assert(
      fc.asyncProperty(body, fc.integer({ min: 1, max: 700 }), type, fc.boolean(), async (bytes, size, type, fails) => {
        const chunks = [...pieces(bytes, size)];
        const answer = (): Promise<Response> => {
          const { stream } = watchedStream(chunks, fails ? failure : 'close');
          return Promise.resolve(new Response(stream, { headers: { 'content-type': type } }));
        };
        const fetch = traceFetch(answer, { tracer, match: '/' });
        const read = await readAll(await fetch('/v1/chat/completions', { method: 'POST', body: '{"stream":true}' }));
        expect(read.bytes).to.deep.equal([...bytes]);
        expect(read.error).to.equal(fails ? failure : undefined);
      }),
      { numRuns: 1000 },
    );
    await tracer.flush();
    expect(sink.begun).to.have.length.above(999);
    expect(sink.spans.length).to.equal(sink.begun.length);
    expect(tracer.status).to.include({ failures: 0, open: 0 });
  });
});
