import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { JsonLines, linesOf } from './json-lines.js';

/** What is read of a text that comes in these pieces. */
function read(pieces: readonly string[]): { areLines: boolean; values: unknown[]; problems: string[] } {
  const lines = new JsonLines();
  const values: unknown[] = [];
  for (const piece of pieces) values.push(...lines.take(piece));
  values.push(...lines.finish());
  return { areLines: lines.areLines, values, problems: lines.problems.map(({ message }) => message) };
}

/** A text, cut at random places. */
function cut(text: string, places: readonly number[]): string[] {
  const ends = places.map((place) => place % (text.length + 1)).sort((a, b) => a - b);
  return [...ends, text.length].map((end, index) => text.slice(index ? ends[index - 1] : 0, end));
}

const line = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 1 })).map((value) => JSON.stringify(value)),
  },
  fc.constantFrom('', ' ', '{"cut": ', 'garbage', '[1, 2]', '{}', '7', '{"long": 12345678901234567890}'),
);

describe('JsonLines', () => {
  it('reads the same, wherever the text is cut', () => {
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 12 }),
        fc.constantFrom('\n', '\r\n'),
        fc.array(fc.nat(), { maxLength: 6 }),
        (lines, end, places) => {
          const text = lines.join(end);
          const whole = linesOf(text);
          const pieces = read(cut(text, places));
          // Where the last line decides, the text is left to whoever has it as a whole.
          if (!pieces.areLines) return;
          expect(pieces.values).to.deep.equal(whole?.value);
          expect(pieces.problems).to.deep.equal(whole?.problems.map(({ message }) => message));
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('knows lines by the beginning of the second one, before it has ended', () => {
    const lines = new JsonLines();
    expect([...lines.take('{"a":1}')]).to.deep.equal([]);
    expect([...lines.take('\n')]).to.deep.equal([]);
    expect(lines.areLines).to.equal(false);
    expect([...lines.take('{"b"')]).to.deep.equal([{ a: 1 }]);
    expect(lines.areLines).to.equal(true);
    expect([...lines.take(':2}')]).to.deep.equal([]);
    expect([...lines.finish()]).to.deep.equal([{ b: 2 }]);
  });

  it('leaves a document alone, in one line or in many', () => {
    for (const text of ['{"a":1}', '{"a":1}\n', '{\n"a":1\n}', '[\n{"a":1},\n{"b":2}\n]', '{"a":1}\nrest', '<html>']) {
      expect(read(text.split(/(?<=.)/s)), text).to.deep.include({ areLines: false, values: [] });
    }
  });

  it('does not parse a document in one line, whatever space is behind it', () => {
    const { parse } = JSON;
    let parsed = 0;
    JSON.parse = (text: string): unknown => {
      parsed++;
      return parse(text) as unknown;
    };
    try {
      read(['{"a":1}\n', ' \n']);
    } finally {
      JSON.parse = parse;
    }
    expect(parsed).to.equal(0);
  });

  it('counts lines that it cannot read', () => {
    expect(read(['{"a":1}\n{"b":2}\n\nnone\n{"c"', '\n[3]'])).to.deep.equal({
      areLines: true,
      values: [{ a: 1 }, { b: 2 }, [3]],
      problems: ['Line 4 is not valid JSON and was left out.', 'Line 5 is not valid JSON and was left out.'],
    });
  });

  it('does not hold a beginning for ever', () => {
    const lines = new JsonLines();
    expect([...lines.take('{"a":1}\n')]).to.deep.equal([]);
    for (let piece = 0; piece < 20; piece++) expect([...lines.take('none\n')]).to.deep.equal([]);
    expect([...lines.take('{"b":2}\n')]).to.deep.equal([]);
    expect(lines.areLines).to.equal(false);
  });
});
