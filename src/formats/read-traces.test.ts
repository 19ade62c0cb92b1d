import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { gzipped } from '../test/byte-streams.js';
import { otlpDocument, otlpSpan } from '../test/otlp-builder.js';
import { rejection } from '../test/rejection.js';
import { EmptyInputError, TraceReadError, TraceSyntaxError, UnknownFormatError } from './errors.js';
import type { Format } from './format.js';
import { readTraces } from './read-traces.js';
import { formats, loadFurtherFormats } from './registry.js';

const document = otlpDocument(otlpSpan({ id: 'aa', name: 'root' }));
const text = JSON.stringify(document);

async function expectTracesOrReadError(input: unknown, format?: string): Promise<void> {
  try {
    for (const trace of await readTraces(input, { format })) expect([...trace.spans]).to.not.be.empty;
  } catch (error) {
    expect(error, String((error as Error).stack)).to.be.instanceOf(TraceReadError);
  }
}

describe('readTraces', () => {
  it('reads a trace from whatever holds it', async () => {
    for (const input of [document, text, new Blob([text]), new Response(text), await gzipped(text)]) {
      const traces = await readTraces(input);
      expect(traces.map(({ name, spans }) => [name, spans.length])).to.deep.equal([['root', 1]]);
    }
  });

  it('lists lines that could not be read with the problems of the trace', async () => {
    const [trace] = await readTraces(
      `${text}\n${JSON.stringify(otlpDocument(otlpSpan({ id: 'bb', parentId: 'aa' })))}\n{"cut`,
    );
    expect(trace!.spans).to.have.length(2);
    expect(trace!.problems.map(({ message }) => message)).to.deep.equal(['Line 3 is not valid JSON and was left out.']);
  });

  for (const [name, input, error, ...words] of [
    ['null', null, UnknownFormatError, 'null', 'OTLP JSON'],
    ['undefined', undefined, UnknownFormatError, 'undefined'],
    ['a number', 5, UnknownFormatError, 'a number'],
    ['a function', () => 5, UnknownFormatError, 'a function'],
    ['an empty list', [], EmptyInputError, 'empty'],
    ['an empty object', {}, UnknownFormatError, '(none)', 'OTLP JSON'],
    ['a list of numbers', [1, 2, 3], UnknownFormatError, 'a list of 3'],
    ['a list of null', [null], UnknownFormatError, 'a list of 1'],
    ['a list of unknown objects', [null, { foo: 1, bar: 2 }], UnknownFormatError, 'a list of 2', '“foo”, “bar”'],
    ['an unknown object', { foo: 1, bar: 2 }, UnknownFormatError, '“foo”, “bar”', 'OpenTelemetry JS'],
    [
      'an object of many keys',
      Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`key${index}`, 1])),
      UnknownFormatError,
      '“key7” and 4 more',
    ],
    ['an object with a long key', { ['k'.repeat(1000)]: 1 }, UnknownFormatError, `“${'k'.repeat(40)}…”`],
    ['text that is no JSON', 'text', TraceSyntaxError, 'line 1, column 1'],
    ['JSON text of a number', '5', UnknownFormatError, 'a number'],
    ['JSON text of a string', '"text"', UnknownFormatError, 'a string'],
    [
      'an event stream of something else',
      'data: {"a":1}\n\ndata: {"b":2}\n\n',
      UnknownFormatError,
      'The input is an event stream (SSE) of 2 events.',
    ],
    [
      'an event stream of one event',
      'event: x\ndata: hello\n\n',
      UnknownFormatError,
      'an event stream (SSE) of 1 event.',
    ],
    ['empty text', '', EmptyInputError, '0 bytes'],
    ['bytes that are no text', new Uint8Array([0, 1, 2]), UnknownFormatError, '3 bytes'],
    ['a document without spans', { resourceSpans: [] }, EmptyInputError, 'OTLP JSON', 'no spans'],
  ] as const) {
    it(`says what is wrong with ${name}`, async () => {
      const failure = await rejection(readTraces(input));
      expect(failure).to.be.instanceOf(error).and.instanceOf(TraceReadError);
      expect((failure as Error).name).to.equal(error.name);
      for (const word of words) expect((failure as Error).message).to.contain(word);
      expect((failure as Error).message.length).to.be.below(1000);
    });
  }

  it('never fails in any other way, whatever JSON it is given', async () => {
    const key = fc.constantFrom('resourceSpans', 'scopeSpans', 'spans', 'startTime', 'data', 'traceId', 'gen_ai.operation.name', 'a'); // prettier-ignore
    const { junk } = fc.letrec((tie) => ({
      junk: fc.oneof(
        { maxDepth: 5 },
        fc.constantFrom(null, 0, 5, 'x', true, '2026-01-01T00:00:00Z'),
        fc.array(tie('junk'), { maxLength: 3 }),
        fc.dictionary(key, tie('junk'), { maxKeys: 3 }),
      ),
    }));
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.jsonValue(), junk!), async (value) => {
        await expectTracesOrReadError(value);
      }),
      { numRuns: 2000 },
    );
  });

  it('never fails in any other way where the format is given by name', async () => {
    const names = [...formats, ...(await loadFurtherFormats())].map(({ name }) => name);
    for (const format of names) {
      for (const value of [null, 5, 'text', true, [], {}, [null], [[]], { a: null }, { spans: 5 }]) {
        await expectTracesOrReadError(JSON.stringify(value), format);
      }
    }
  });

  it('reads as the format that is named, and says which there are where it is none', async () => {
    expect((await readTraces({ mine: 1 }, { format: 'attributes' }))[0]!.format).to.equal('attributes');
    const failure = await rejection(readTraces(document, { format: 'fax' }));
    expect(failure).to.be.instanceOf(UnknownFormatError).with.property('message').that.contains('“fax”');
    for (const { name } of formats) expect((failure as Error).message).to.contain(name);
  });

  it('reads a format that a page adds', async () => {
    const own: Format = {
      ...formats[0]!,
      name: 'own',
      detect: (value) => typeof value === 'object' && value !== null && 'mine' in value,
      read: (value, table) => formats[0]!.read((value as { mine: unknown }).mine, table),
    };
    formats.push(own);
    try {
      expect((await readTraces({ mine: document }))[0]!.name).to.equal('root');
    } finally {
      formats.splice(formats.indexOf(own), 1);
    }
  });

  it('rejects with the reason of the signal, before and while it reads', async () => {
    const reason = new Error('changed my mind');
    expect(await rejection(readTraces(document, { signal: AbortSignal.abort(reason) }))).to.equal(reason);
    const abort = new AbortController();
    const many = otlpDocument(...Array.from({ length: 100_000 }, (_, index) => otlpSpan({ id: `span ${index}` })));
    const onProgress = (): void => abort.abort(reason);
    expect(await rejection(readTraces(many, { signal: abort.signal, onProgress }))).to.equal(reason);
  });

  it('tells of progress in bytes', async () => {
    const seen: unknown[] = [];
    await readTraces(new Blob([text]), { onProgress: (...figures) => seen.push(figures) });
    expect(seen[0]).to.deep.equal([text.length, text.length]);
  });
});

describe('the registry of formats', () => {
  it('has detectors that never throw', async () => {
    const all = [...formats, ...(await loadFurtherFormats())];
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.array(fc.constantFrom(null, undefined, {}, [])), fc.object()), (value) => {
        for (const { detect, name } of all) expect(detect(value), name).to.be.a('boolean');
      }),
      { numRuns: 2000 },
    );
  });

  it('has one format a name', async () => {
    const names = [...formats, ...(await loadFurtherFormats())].map(({ name }) => name);
    expect(new Set(names).size).to.equal(names.length);
  });
});
