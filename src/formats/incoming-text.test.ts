import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { SpanTable } from '../model/span-table.js';
import { IncomingText, plainJson } from './incoming-text.js';
import { parseText } from './parse-text.js';
import { StreamedLines } from './streamed-lines.js';

/** Documents, lines and things that are neither, put together in any order. */
const texts = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '{',
        '}',
        '[',
        ']',
        '\n',
        '\r\n',
        ' ',
        '\ufeff',
        '"',
        ',',
        'data: {}',
        '<html>',
        '12345678901234567890',
      ),
      fc.json({ maxDepth: 2 }),
      fc.json({ maxDepth: 2 }).map((json) => `{"value":${json}}\n`),
      fc.constantFrom('{"resourceSpans":[]}\n', '{"a": NaN}', '{"t":1767268800123456789}', '{\n  "a": [1]\n}'),
    ),
    { maxLength: 8 },
  )
  .map((pieces) => pieces.join(''));

function parsed(text: string): unknown {
  try {
    return parseText(text);
  } catch {
    return undefined;
  }
}

/** What becomes of a text that comes in pieces, and which of them were taken. */
async function taken(reader: IncomingText | StreamedLines, pieces: readonly string[]): Promise<unknown> {
  let isTaken = false;
  for (const piece of pieces) isTaken = await reader.take(piece);
  const streamed = await reader.finish();
  reader.end();
  return [isTaken, streamed && ('value' in streamed ? streamed.value : streamed.table.length)];
}

describe('What is there at first of reading texts', () => {
  it('reads a document as what reads every text does, or leaves it to that', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const plain = plainJson(text);
        if (plain) expect({ ...plain, problems: [] }).to.deep.equal(parsed(text));
      }),
    );
    expect(plainJson('\ufeff {"a": [1]} ')).to.deep.equal({ value: { a: [1] } });
    expect(plainJson('[1]')).to.deep.equal({ value: [1] });
    expect(plainJson('{"t":1767268800123456789}')).to.equal(undefined);
  });

  it('tells JSON Lines as what reads them does, however they are cut', async () => {
    await fc.assert(
      fc.asyncProperty(texts, fc.array(fc.nat(80), { maxLength: 4 }), async (text, places) => {
        const cuts = [0, ...places.map((place) => Math.min(place, text.length)).sort((a, b) => a - b), text.length];
        const pieces = cuts.slice(1).map((end, index) => text.slice(cuts[index], end));
        const expected = await taken(new StreamedLines({}, new SpanTable()), pieces);
        expect(await taken(new IncomingText({}, new SpanTable()), pieces)).to.deep.equal(expected);
      }),
    );
  });
});
