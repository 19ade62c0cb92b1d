import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { parseQuery } from './parse-query.js';
import { printQuery } from './print-query.js';
import { MOST_CHARACTERS, MOST_DEPTH, MOST_TERMS, type Query } from './query.js';
import { QueryError } from './query-error.js';
import { QUERY_FIELDS } from './registry.js';
import { queries } from './test-queries.js';

const text = (word: string): Query => ({ type: 'text', text: word });
const pattern = (field: string, ...pieces: string[]): Query => ({
  type: 'field',
  field,
  test: { type: 'pattern', pieces },
});
const word = (field: string, known: string): Query => ({ type: 'field', field, test: { type: 'word', word: known } });
const above = (field: string, value: number, isIncluded = false): Query => ({
  type: 'field',
  field,
  test: { type: 'range', from: { value, isIncluded } },
});
const below = (field: string, value: number, isIncluded = false): Query => ({
  type: 'field',
  field,
  test: { type: 'range', to: { value, isIncluded } },
});
const between = (field: string, from: number, to: number): Query => ({
  type: 'field',
  field,
  test: { type: 'range', from: { value: from, isIncluded: true }, to: { value: to, isIncluded: true } },
});
const not = (part: Query): Query => ({ type: 'not', part });
const and = (...parts: Query[]): Query => ({ type: 'and', parts });
const or = (...parts: Query[]): Query => ({ type: 'or', parts });

function errorOf(query: string): QueryError {
  try {
    parseQuery(query);
  } catch (error) {
    if (error instanceof QueryError) return error;
    throw error;
  }
  throw new Error(`“${query}” is a query.`);
}

describe('parseQuery', () => {
  const examples: [string, Query][] = [
    ['', { type: 'all' }],
    ['  \n', { type: 'all' }],
    ['refund', text('refund')],
    ['"two words"', text('two words')],
    [String.raw`"a \"b\" \\ C:\temp"`, text(String.raw`a "b" \ C:\temp`)],
    ['a b', and(text('a'), text('b'))],
    ['a AND b', and(text('a'), text('b'))],
    ['a b or c', or(and(text('a'), text('b')), text('c'))],
    ['a (b Or c)', and(text('a'), or(text('b'), text('c')))],
    ['(a b) c', and(text('a'), text('b'), text('c'))],
    ['-a --b', and(not(text('a')), not(not(text('b'))))],
    ['-(a or b)', not(or(text('a'), text('b')))],
    ['order and-or', and(text('order'), text('and-or'))],
    ['12:30 a.b', and(text('12:30'), text('a.b'))],
    ['kind:tool', word('kind', 'tool')],
    ['KIND: Tool', word('kind', 'tool')],
    ['has:image', word('has', 'images')],
    ['has:scores', word('has', 'score')],
    ['model:gpt*', pattern('model', 'gpt', '')],
    ['model:"gpt*"', pattern('model', 'gpt*')],
    ['name:"a b"*c**d', pattern('name', 'a b', 'c', 'd')],
    ['name:""', pattern('name', '')],
    ['tokens>5k', above('tokens', 5000)],
    ['tokens >= 5K', above('tokens', 5000, true)],
    ['tokens:>1.5M', above('tokens', 1_500_000)],
    ['tokens:7', between('tokens', 7, 7)],
    ['tokens=7', between('tokens', 7, 7)],
    ['tokens:1..2k', between('tokens', 1, 2000)],
    ['duration>1.005s', above('duration', 1005)],
    ['duration<=2M', below('duration', 120_000, true)],
    ['start:1m..1h', between('start', 60_000, 3_600_000)],
    ['ttft>250us', above('ttft', 0.25)],
    ['cost>$0.01', above('cost', 0.01)],
    ['depth<3', below('depth', 3)],
    [
      'gen_ai.system:openai',
      { type: 'attribute', key: 'gen_ai.system', test: { type: 'pattern', pieces: ['openai'] } },
    ],
    ['attr.k:5', { type: 'attribute', key: 'k', test: { type: 'pattern', pieces: ['5'] } }],
    ['attr.k>-5', { type: 'attribute', key: 'k', test: { type: 'range', from: { value: -5, isIncluded: false } } }],
    [String.raw`Attr."odd \"key":x`, { type: 'attribute', key: 'odd "key', test: { type: 'pattern', pieces: ['x'] } }],
    ['has:a.b', { type: 'attribute', key: 'a.b', test: { type: 'pattern', pieces: ['', ''] } }],
  ];
  for (const [written, query] of examples) {
    it(`reads ${written || 'nothing'}`, () => expect(parseQuery(written)).to.deep.equal(query));
  }

  it('reads the example of every field as a query of that field', () => {
    for (const { name, example } of QUERY_FIELDS) {
      const query = parseQuery(example);
      expect('field' in query && query.field, example).to.equal(name);
    }
  });

  const errors: [string, QueryError['code'], number, number, boolean][] = [
    ['a or', 'expected-term', 4, 4, true],
    ['or a', 'expected-term', 0, 2, false],
    ['a and or b', 'expected-term', 6, 8, false],
    ['()', 'expected-term', 1, 1, false],
    ['a - b', 'expected-term', 2, 3, false],
    ['a -', 'expected-term', 2, 3, true],
    ['""', 'expected-term', 0, 2, false],
    ['a (b', 'unclosed-group', 2, 3, true],
    ['a) b', 'unexpected-close', 1, 2, false],
    ['a "b', 'unclosed-quote', 2, 4, true],
    ['kind:', 'expected-value', 5, 5, true],
    ['kind:to', 'unknown-value', 5, 7, true],
    ['kind:xy', 'unknown-value', 5, 7, false],
    ['kind:to a', 'unknown-value', 5, 7, false],
    ['kind>tool', 'not-comparable', 4, 5, false],
    ['model > b', 'not-comparable', 5, 8, false],
    ['error:x', 'unknown-field', 0, 5, false],
    ['tokens>', 'expected-value', 7, 7, true],
    ['tokens>many', 'not-a-number', 7, 11, false],
    ['tokens>5s', 'not-a-number', 7, 9, false],
    ['duration>5u', 'not-a-number', 9, 11, true],
    ['tokens:1..', 'not-a-number', 10, 10, true],
    ['tokens:2..1', 'backwards-range', 7, 11, false],
  ];
  for (const [written, code, start, end, isIncomplete] of errors) {
    it(`says what is wrong with ${written}`, () => {
      const error = errorOf(written);
      const { message } = error;
      expect([error.code, error.start, error.end, error.isIncomplete]).to.deep.equal([code, start, end, isIncomplete]);
      expect(error.seen).to.equal(written.slice(start, end));
      expect(message).to.match(/\S.*\.$/);
    });
  }

  it('names what was seen and what was expected', () => {
    expect(errorOf('kind:xy').message).to.match(/“kind” does not know “xy”.*agent, chain, llm, tool/);
    expect(errorOf('tokens>many').message).to.match(/“many” is not a number.*\(k, M, G\)/);
    expect(errorOf('http://a').message).to.match(/no field “http”.*attr\.http.*put it in quotes/);
    expect(errorOf('kind:').expected).to.include.members(['agent', 'tool']);
  });

  it('has limits, and says so', () => {
    expect(parseQuery('-'.repeat(MOST_DEPTH) + 'a').type).to.equal('not');
    expect(errorOf('-'.repeat(MOST_DEPTH + 1) + 'a').code).to.equal('too-deep');
    expect(errorOf('('.repeat(MOST_DEPTH + 1)).code).to.equal('too-deep');
    expect(errorOf('a '.repeat(MOST_TERMS + 1)).code).to.equal('too-many-terms');
    expect(errorOf('a'.repeat(MOST_CHARACTERS + 1)).code).to.equal('too-long');
  });

  it('reads back what is printed, whatever the query', () => {
    fc.assert(
      fc.property(queries(fc.string({ unit: 'binary', maxLength: 6 })), (query) => {
        expect(parseQuery(printQuery(query))).to.deep.equal(query);
      }),
      { numRuns: 1000 },
    );
    const odd = fc.constantFrom(
      'or',
      'and',
      '-',
      '-a',
      'tokens',
      '>5',
      ':x',
      'a*b',
      '*',
      'kind:x',
      '\\',
      '"',
      'a\\',
      '(',
      'attr.',
      'Attr.x',
      'x.y',
      'kind',
      '12',
    );
    fc.assert(
      fc.property(queries(odd), (query) => {
        expect(parseQuery(printQuery(query))).to.deep.equal(query);
      }),
      { numRuns: 1000 },
    );
  });

  it('prints as shortly as one would write', () => {
    for (const short of [
      'a b -c',
      'tokens>5k',
      'duration:1.5s..2m',
      'cost>0.01',
      'a or b c',
      'model:gpt*',
      'gen_ai.x:*',
      '-(a b)',
    ]) {
      expect(printQuery(parseQuery(short))).to.equal(short);
    }
    expect(printQuery(parseQuery('(Kind:TOOL) AND (a OR "b")'))).to.equal('kind:tool (a or b)');
  });

  it('reads any text, or says where it is wrong', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        ' ',
        '(',
        ')',
        '"',
        '-',
        ':',
        '>',
        '<=',
        '=',
        '*',
        '..',
        '\\',
        'or',
        'and',
        'attr.',
        'attr."',
        '5k',
        '2s',
        '.',
        'kind',
        'tool',
        'tokens',
        'name',
        'has',
        'x.y',
      ),
      fc.string({ unit: 'binary', maxLength: 3 }),
    );
    let read = 0;
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const written = pieces.join('');
        let query: Query;
        try {
          query = parseQuery(written);
        } catch (error) {
          if (!(error instanceof QueryError)) throw error;
          expect(error.start).to.be.within(0, error.end);
          expect(error.end).to.be.within(error.start, written.length);
          return;
        }
        read++;
        const printed = printQuery(query);
        expect(parseQuery(printed)).to.deep.equal(query);
        expect(printQuery(parseQuery(printed))).to.equal(printed);
      }),
      { numRuns: 3000 },
    );
    expect(read).to.be.above(300);
  });
});
