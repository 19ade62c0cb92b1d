import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import type { Trace } from '../model/index.js';
import { bytesOf, gzipped, pieces, watchedStream } from '../test/byte-streams.js';
import { otlpDocument, otlpSpan } from '../test/otlp-builder.js';
import { rejection } from '../test/rejection.js';
import { readSpans, readTraces } from './read-traces.js';

const id = (number: number): string => number.toString(16).padStart(16, '0');

/** A line for each span; each is the child of one that comes later, as exporters write them. */
const lineOf = (number: number, parent: number): string =>
  JSON.stringify(otlpDocument(otlpSpan({ id: id(number), parentId: id(parent), name: `span ${number} ≠` })));

const outlineOf = (traces: readonly Trace[]): unknown =>
  traces.map(({ format, problems, spans, id: traceId }) => ({
    traceId,
    format,
    problems,
    spans: Array.from(spans, ({ id: spanId, name, depth, start, raw }) => ({ spanId, name, depth, start, raw })),
  }));

describe('readTraces: JSON Lines as they come in', () => {
  it('gives the same however a stream is cut, as a text, and packed', async () => {
    const lines = fc.array(
      fc.oneof(
        { weight: 8, arbitrary: fc.tuple(fc.integer({ min: 1, max: 20 }), fc.nat(20)).map(([a, b]) => lineOf(a, b)) },
        fc.constantFrom('', 'garbage', '{"resourceMetrics":[]}', '{"resourceSpans":[7]}', '{"cut": '),
      ),
      { minLength: 1, maxLength: 30 },
    );
    await fc.assert(
      fc.asyncProperty(lines, fc.integer({ min: 1, max: 900 }), async (contents, size) => {
        const text = [lineOf(1, 0), lineOf(2, 1), ...contents].join('\n');
        const whole = outlineOf(await readTraces(text));
        const bytes = bytesOf(text);
        expect(outlineOf(await readTraces(watchedStream(pieces(bytes, size)).stream))).to.deep.equal(whole);
        const packed = await gzipped(bytes);
        expect(outlineOf(await readTraces(watchedStream(pieces(packed, size)).stream))).to.deep.equal(whole);
        expect(outlineOf(await readTraces(new Blob([bytes])))).to.deep.equal(whole);
      }),
      { numRuns: 60 },
    );
  });

  it('has the first spans before more than the first lines were read', async () => {
    const lines = Array.from({ length: 500 }, (_, number) => bytesOf(`${lineOf(number + 1, 0)}\n`));
    const watched = watchedStream(lines);
    const seen: [pulled: number, spans: number][] = [];
    const onSpans = (table: { length: number }): Promise<void> => {
      seen.push([watched.pulled, table.length]);
      return Promise.resolve();
    };
    const table = await readSpans(watched.stream, { onSpans });
    expect(table.length).to.equal(500);
    expect(seen[0]![0]).to.be.at.most(3);
    expect(seen[0]![1]).to.be.at.least(1);
    expect(seen.at(-1)![1]).to.be.greaterThan(400);
  });

  it('waits for the end where the format has to see all', async () => {
    const row = (number: number): string =>
      JSON.stringify({
        id: `obs-${number}`,
        traceId: 't',
        type: 'SPAN',
        name: `row ${number}`,
        startTime: '2026-01-01T12:00:00Z',
      });
    const text = Array.from({ length: 200 }, (_, number) => row(number)).join('\n');
    const asList: unknown = JSON.parse(`[${text.replaceAll('\n', ',')}]`);
    const streamed = await readTraces(watchedStream(pieces(bytesOf(text), 1000)).stream);
    expect(outlineOf(streamed)).to.deep.equal(outlineOf(await readTraces(asList)));
  });

  it('ends when it is told to, in the middle of a text', async () => {
    const control = new AbortController();
    const onSpans = (): Promise<void> => Promise.resolve(control.abort());
    const lines = Array.from({ length: 10 }, (_, number) => bytesOf(`${lineOf(number + 1, 0)}\n`));
    const watched = watchedStream(lines);
    const error = await rejection(readSpans(watched.stream, { signal: control.signal, onSpans }));
    expect((error as Error).name).to.equal('AbortError');
    expect(watched.isCancelled).to.equal(true);
  });
});
