import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { matchedTexts, matchRanges } from './match-ranges.js';
import { parseQuery } from './parse-query.js';
import { fewLetters, holds, isMatch, queries, textsOfSpan, traces } from './test-queries.js';
import { buildTraces } from '../../model/index.js';
import { tableOf } from '../../test/trace-builder.js';

const marked = (text: string, query: string): string[] =>
  matchRanges(text, parseQuery(query)).map(({ start, end }) => text.slice(start, end));

describe('matchRanges', () => {
  it('marks the words and phrases of a query, whatever their case', () => {
    expect(marked('A refund for a Refund', 'refund')).to.deep.equal(['refund', 'Refund']);
    expect(marked('say "hi" to all', String.raw`"\"HI\" to"`)).to.deep.equal(['"hi" to']);
    expect(marked('ΟΔΟΣ οδος', 'οδος')).to.deep.equal(['ΟΔΟΣ', 'οδος']);
    expect(marked('a.b a-b', 'a.b')).to.deep.equal(['a.b']);
    expect(marked('refund', '')).to.deep.equal([]);
  });

  it('marks what one of several words finds, and nothing twice', () => {
    expect(marked('abcdef abc', '(abc or cd) bcd kind:tool')).to.deep.equal(['abcd', 'abc']);
    expect(marked('aXb', 'b a')).to.deep.equal(['a', 'b']);
  });

  it('does not mark what is not wanted', () => {
    expect(marked('red blue', 'red -blue')).to.deep.equal(['red']);
    expect(marked('red blue', '-(red -blue)')).to.deep.equal(['blue']);
  });

  it('gives stretches in their order that hold what was looked for', () => {
    fc.assert(
      fc.property(fc.array(fewLetters), queries(fewLetters), (letters, query) => {
        const text = letters.join('');
        let last = 0;
        for (const { start, end } of matchRanges(text, query)) {
          expect(start).to.be.at.least(last);
          expect(end).to.be.above(start);
          expect(end).to.be.at.most(text.length);
          last = end;
        }
      }),
    );
  });
});

describe('matchedTexts', () => {
  it('says where a word stands', () => {
    const reader = {
      format: 'test',
      record: () => ({
        attributes: new Map<string, unknown>([
          ['gen_ai.prompt', '{"text":"a \\"big\\" refund"}'],
          ['other', 'nothing'],
        ]),
        events: [{ name: 'refund asked', attributes: new Map() }],
        links: [],
        resource: new Map(),
        scope: {},
      }),
      meaning: () => ({
        input: { text: 'a "big" refund' },
        messages: [
          { role: 'user', origin: 'input' as const, parts: [{ type: 'text' as const, text: 'a "big" refund' }] },
        ],
      }),
    };
    const trace = buildTraces(tableOf([{ id: 'a', name: 'Refund', model: 'gpt-5' }], reader))[0]!;
    const span = trace.spans.at(0)!;
    const places = (query: string): string[] =>
      matchedTexts(span, parseQuery(query)).map(
        ({ place, key, text, ranges }) =>
          `${place} ${key}: ${ranges.map(({ start, end }) => text.slice(start, end)).join('|')}`,
      );
    expect(places('refund')).to.deep.equal([
      'name : Refund',
      'input : refund',
      'messages 0: refund',
      'attributes gen_ai.prompt: refund',
      'events refund asked: refund',
    ]);
    expect(places(String.raw`"\"big\""`)).to.deep.equal([
      'input : "big"',
      'messages 0: "big"',
      'attributes gen_ai.prompt: ',
    ]);
    expect(places('model:GPT* attr.other:no*')).to.deep.equal(['model : gpt-5', 'attributes other: nothing']);
    expect(places('-refund')).to.deep.equal([]);
    expect(matchedTexts(span, parseQuery('refund'), 2)).to.have.length(2);
  });

  it('has something of each span that a word finds', () => {
    fc.assert(
      fc.property(
        traces,
        fewLetters.filter((letters) => letters !== ''),
        (trace, text) => {
          const query = { type: 'text', text } as const;
          for (const span of trace.spans) {
            const texts = matchedTexts(span, query, 10_000).map((matched) => matched.text);
            expect(texts.length > 0).to.equal(isMatch(span, query));
            expect(texts.sort()).to.deep.equal(
              textsOfSpan(span)
                .filter((other) => holds([other], text))
                .sort(),
            );
          }
        },
      ),
    );
  });
});
