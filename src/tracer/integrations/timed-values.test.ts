import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import type { BodyPiece } from './read-through.js';
import { lineValues, sseValues } from './timed-values.js';

/** A text in pieces of these sizes; the time of each is its number. */
function inPieces(text: string, sizes: readonly number[]): BodyPiece[] {
  const bytes = new TextEncoder().encode(text);
  const pieces: BodyPiece[] = [];
  for (let at = 0; at < bytes.length;) {
    const size = sizes[pieces.length % sizes.length] ?? 1;
    pieces.push({ time: pieces.length, bytes: bytes.slice(at, at + size) });
    at += size;
  }
  return pieces;
}

const sizes = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1 });
const lineEnd = fc.constantFrom('\n', '\r\n', '\r');

describe('the values of a stream', () => {
  it('are read from server-sent events, wherever the bytes are parted', () => {
    const values = fc.array(fc.oneof(fc.record({ text: fc.string({ unit: 'grapheme' }) }), fc.constant([1, 'ü'])));
    fc.assert(
      fc.property(values, sizes, lineEnd, (expected, parted, end) => {
        const events = expected.map((value) => `event: x${end}data: ${JSON.stringify(value)}${end}${end}`).join('');
        const text = `: a comment${end}${end}${events}data: [DONE]${end}${end}`;
        const read = [...sseValues(inPieces(text, parted))];
        expect(read.map(({ value }) => value)).to.deep.equal(expected);
        const times = read.map(({ time }) => time);
        expect([...times].sort((one, other) => one - other)).to.deep.equal(times);
      }),
    );
  });

  it('are read line by line, wherever the bytes are parted', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ text: fc.string({ unit: 'grapheme' }) })),
        sizes,
        lineEnd,
        (expected, parted, end) => {
          const text = expected.map((value) => JSON.stringify(value)).join(end);
          expect([...lineValues(inPieces(text, parted))].map(({ value }) => value)).to.deep.equal(expected);
        },
      ),
    );
  });

  it('have the time of the piece that completed them', () => {
    const pieces = ['data: {"a":1}\n', '\ndata: {"a"', ':2}\n\n'].map((text, time) => ({
      time,
      bytes: new TextEncoder().encode(text),
    }));
    expect([...sseValues(pieces)]).to.deep.equal([
      { time: 1, value: { a: 1 } },
      { time: 2, value: { a: 2 } },
    ]);
  });

  it('have several lines, and may be cut off', () => {
    const pieces = inPieces('data: {"a":\ndata: 1}\n\ndata: {"a', [100]);
    expect([...sseValues(pieces)].map(({ value }) => value)).to.deep.equal([{ a: 1 }, '{"a']);
  });
});
