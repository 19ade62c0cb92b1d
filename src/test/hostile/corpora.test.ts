import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { piecesOf } from '../../internal/hidden-characters.js';
import { linkAddress } from '../../internal/web-address.js';
import { readTraces } from '../../formats/index.js';
import type { Span } from '../../model/index.js';
import { addressesOf, written } from './vectors.js';

const corpus = async (name: string): Promise<string> => (await fetch(`/test/corpora/${name}.json`)).text();

describe('the corpus of addresses', () => {
  it('becomes links only where it may', async () => {
    const { allowed, refused } = addressesOf({ urls: await corpus('urls') });
    expect([allowed.length, refused.length]).to.deep.equal([5, 76]);
    // A place in the page that shows the trace is none of its business.
    expect(allowed.filter((text) => !linkAddress(text))).to.deep.equal(['#section']);
    // A name in other letters is a link, whose host is shown as the network reads it.
    expect(refused.filter((text) => linkAddress(text))).to.deep.equal(['https://xn--80ak6aa92e.com']);
  });
});

describe('the corpus of hidden characters', () => {
  interface Case {
    readonly class: string;
    readonly title: string;
    readonly text: Parameters<typeof written>[0];
    readonly expect: string;
  }
  const FLAGGED = new Set(['bidi', 'invisible', 'tags', 'vs', 'surrogate', 'nul', 'c1', 'ansi']);
  const hides = (text: string): boolean => [...piecesOf(text)].some(({ hidden }) => hidden !== undefined);

  it('is flagged, and what writing needs is not', async () => {
    const { vectors } = JSON.parse(await corpus('unicode-ansi')) as { vectors: Case[] };
    const wrong = vectors.filter((item) => {
      const isLegitimate = item.expect.startsWith('no warning');
      return (isLegitimate || FLAGGED.has(item.class)) && hides(written(item.text)) === isLegitimate;
    });
    expect(wrong.map(({ title }) => title)).to.deep.equal([]);
    expect(vectors.length).to.be.above(40);
  });

  it('is all there, in order', async () => {
    const { vectors } = JSON.parse(await corpus('unicode-ansi')) as { vectors: Case[] };
    for (const { text } of vectors)
      expect([...piecesOf(written(text))].map((piece) => piece.text).join('')).to.equal(written(text));
  });
});

/** What a polluted prototype would show. */
const fingerprint = (): string =>
  JSON.stringify(
    [Object, Array, Function, String, Map].map(({ prototype }) => [
      Reflect.ownKeys(prototype).map(String),
      Object.getPrototypeOf(prototype) === null,
    ]),
  );

type Attributes = readonly (readonly [string, unknown])[];

async function spanWith(attributes: Attributes): Promise<Span> {
  const span = {
    traceId: 'trace',
    spanId: 'span',
    name: 'span',
    attributes: attributes.map(([key, value]) => ({
      key,
      value: typeof value === 'string' ? { stringValue: value } : { stringValue: JSON.stringify(value ?? null) },
    })),
  };
  const [trace] = await readTraces({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] });
  return trace!.spans.at(0)!;
}

/** Everything that a span makes of its attributes. */
const readAll = ({ messages, documents, parameters, tools, prompt, scores, input, output, events }: Span): unknown => [
  messages,
  documents,
  parameters,
  tools,
  prompt,
  scores,
  input,
  output,
  events,
];

describe('keys that name what objects have', () => {
  it('change no prototype and are all there: the corpus', async () => {
    const { vectors } = JSON.parse(await corpus('unflatten')) as {
      vectors: { title: string; attributes: Attributes }[];
    };
    expect(vectors.length).to.be.above(40);
    const before = fingerprint();
    for (const { title, attributes: entries } of vectors) {
      const attributes = entries.map(([key, value]) => [written(key), value] as const);
      const span = await spanWith(attributes);
      readAll(span);
      expect(span.messages.length, title).to.be.at.most(attributes.length);
      const keys = new Set(span.attributes.keys());
      expect(
        attributes.map(([key]) => key).filter((key) => !keys.has(key)),
        title,
      ).to.deep.equal([]);
      expect(fingerprint(), title).to.equal(before);
    }
  });

  it('change no prototype and are all there: random ones', async () => {
    const before = fingerprint();
    const word = fc.constantFrom(
      ...[
        '__proto__',
        'constructor',
        'prototype',
        'toString',
        'hasOwnProperty',
        '0',
        '1',
        '-1',
        '4294967295',
        '1e9',
        '',
      ],
      ...[
        'llm',
        'input_messages',
        'message',
        'content',
        'retrieval',
        'documents',
        'document',
        'gen_ai',
        'prompt',
        'polluted',
      ],
    );
    const key = fc.array(word, { minLength: 1, maxLength: 6 }).map((words) => words.join('.'));
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.tuple(key, fc.string()), { maxLength: 12, selector: ([name]) => name }),
        async (attributes) => {
          const span = await spanWith(attributes);
          readAll(span);
          const keys = new Set(span.attributes.keys());
          expect(attributes.every(([name]) => keys.has(name))).to.equal(true);
          expect(fingerprint() === before).to.equal(true);
        },
      ),
      { numRuns: 300 },
    );
  });
});
