import type { QueryField, WordField } from './field.js';
import { ATTRIBUTE, fieldAt, signAt, unquoted, type Sign } from './field-at.js';
import { quantityIn, UNITS, type Quantity } from './quantity.js';
import { MOST_CHARACTERS, MOST_DEPTH, MOST_TERMS, type NumberRange, type Query, type TextPattern } from './query.js';
import { QueryError, type QueryErrorParts } from './query-error.js';
import { QUERY_FIELDS } from './registry.js';

const SPACE = /\s*/y;
/** What stands alone: up to a space, a quote or a parenthesis. */
const WORD = /[^\s()"]+/y;
const INSIDE_QUOTES = /(?:[^"\\]|\\["\\]?)*/y;
/** Words that join terms. */
const JOINT = /(?:or|and)(?![^\s()"])/iy;

/**
 * Reads a query. The grammar is in `docs/query.md`.
 *
 * @throws QueryError where the text is none
 */
export function parseQuery(text: string): Query {
  return new Parser(text).all();
}

class Parser {
  readonly #text: string;
  #at = 0;
  #terms = 0;

  constructor(text: string) {
    this.#text = text;
  }

  all(): Query {
    if (this.#text.length > MOST_CHARACTERS) {
      this.#fail('too-long', MOST_CHARACTERS, this.#text.length, `A query has at most ${MOST_CHARACTERS} characters.`);
    }
    this.#skip(SPACE);
    if (this.#isAtEnd()) return { type: 'all' };
    const query = this.#alternatives(0);
    if (!this.#isAtEnd()) {
      this.#fail(
        'unexpected-close',
        this.#at,
        this.#at + 1,
        'This “)” closes nothing. To search for it, put it in quotes.',
      );
    }
    return query;
  }

  #isAtEnd(): boolean {
    return this.#at >= this.#text.length;
  }

  /** Reads on behind what a sticky pattern matches here. */
  #skip(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text)?.[0];
    if (match !== undefined) this.#at = pattern.lastIndex;
    return match;
  }

  #isNext(character: string): boolean {
    return this.#text[this.#at] === character;
  }

  #fail(
    code: QueryErrorParts['code'],
    start: number,
    end: number,
    message: string,
    { expected = [], isIncomplete = false }: { expected?: readonly string[]; isIncomplete?: boolean } = {},
  ): never {
    throw new QueryError(message, { code, start, end, seen: this.#text.slice(start, end), expected, isIncomplete });
  }

  /** Terms with `or` between them. */
  #alternatives(depth: number): Query {
    const parts = [this.#together(depth)];
    while (this.#joint() === 'or') parts.push(this.#together(depth));
    return joined('or', parts);
  }

  /** Terms side by side. */
  #together(depth: number): Query {
    const parts = [this.#term(depth)];
    for (;;) {
      this.#skip(SPACE);
      if (this.#isAtEnd() || this.#isNext(')')) break;
      const before = this.#at;
      const joint = this.#joint();
      if (joint === 'or') {
        this.#at = before;
        break;
      }
      parts.push(this.#term(depth));
    }
    return joined('and', parts);
  }

  #joint(): string | undefined {
    this.#skip(SPACE);
    return this.#skip(JOINT)?.toLowerCase();
  }

  #term(depth: number): Query {
    this.#skip(SPACE);
    const start = this.#at;
    if (depth > MOST_DEPTH) {
      this.#fail(
        'too-deep',
        start,
        start + 1,
        `More than ${MOST_DEPTH} parentheses and minuses are inside each other.`,
      );
    }
    if (this.#isAtEnd() || this.#isNext(')')) this.#failTerm(start, start);
    const joint = this.#joint();
    if (joint !== undefined) this.#failTerm(start, this.#at);
    if (this.#isNext('-')) {
      this.#at++;
      // A minus belongs to what stands right behind it.
      if (this.#isAtEnd() || this.#skip(/\s+/y) !== undefined || this.#isNext(')')) this.#failTerm(start, start + 1);
      return { type: 'not', part: this.#term(depth + 1) };
    }
    if (this.#isNext('(')) return this.#group(depth);
    if (++this.#terms > MOST_TERMS) {
      this.#fail('too-many-terms', start, this.#text.length, `A query has at most ${MOST_TERMS} words and fields.`);
    }
    if (this.#isNext('"')) {
      const text = this.#quoted();
      if (text === '') this.#failTerm(start, this.#at);
      return { type: 'text', text };
    }
    return this.#comparison() ?? { type: 'text', text: this.#skip(WORD)! };
  }

  #failTerm(start: number, end: number): never {
    const seen = this.#text.slice(start, end);
    const message =
      seen === ''
        ? 'A word, a phrase or a field is missing here.'
        : `Expected a word, a phrase or a field ${seen === '-' ? 'right behind' : 'in place of'} “${seen}”. To search for it, put it in quotes.`;
    this.#fail('expected-term', start, end, message, {
      expected: ['word', '"phrase"', 'field:value'],
      isIncomplete: this.#isAtEnd() && seen !== '""',
    });
  }

  #group(depth: number): Query {
    const start = this.#at++;
    const inside = this.#alternatives(depth + 1);
    this.#skip(SPACE);
    if (!this.#isNext(')')) {
      this.#fail('unclosed-group', start, start + 1, 'This “(” is not closed. To search for it, put it in quotes.', {
        expected: [')'],
        isIncomplete: true,
      });
    }
    this.#at++;
    return inside;
  }

  #quoted(): string {
    const start = this.#at++;
    const written = this.#skip(INSIDE_QUOTES)!;
    if (this.#isAtEnd()) {
      this.#fail('unclosed-quote', start, this.#text.length, 'This quote is not closed.', {
        expected: ['"'],
        isIncomplete: true,
      });
    }
    this.#at++;
    return unquoted(written);
  }

  /** A field or an attribute with what it is compared with; `undefined` where a word stands here. */
  #comparison(): Query | undefined {
    const start = this.#at;
    const found = fieldAt(this.#text, start);
    if (!found) return undefined;
    const { name, field, key, nameEnd, sign } = found;
    this.#at = found.valueAt;
    if (key !== undefined) return { type: 'attribute', key, test: this.#attributeTest(sign, name) };
    if (!field) this.#failField(start, nameEnd);
    if (field.type === 'number') {
      return { type: 'field', field: field.name, test: this.#range(this.#sign(sign), field.name, field.quantity) };
    }
    if (sign !== ':') this.#failComparison(field, nameEnd);
    return field.type === 'word'
      ? this.#known(field)
      : { type: 'field', field: field.name, test: this.#pattern(field.name) };
  }

  #attributeTest(written: Sign, name: string): NumberRange | TextPattern {
    const sign = this.#sign(written);
    return sign === ':' && !this.#isRange() ? this.#pattern(name) : this.#range(sign, name, 'count');
  }

  /** Whether a value that may be a text is two numbers with dots between them. */
  #isRange(): boolean {
    WORD.lastIndex = this.#at;
    const numbers = WORD.exec(this.#text)?.[0].split('..') ?? [];
    return numbers.length === 2 && numbers.every((number) => quantityIn(number, 'count') !== undefined);
  }

  /** A comparison may stand behind a colon as well. */
  #sign(written: Sign): Sign {
    const behind = written === ':' ? signAt(this.#text, this.#at) : undefined;
    if (behind) this.#at = behind.end;
    return behind?.sign ?? written;
  }

  #failField(start: number, end: number): never {
    const name = this.#text.slice(start, end);
    const expected = QUERY_FIELDS.map((field) => field.name);
    this.#fail(
      'unknown-field',
      start,
      end,
      `There is no field “${name}”. Expected one of ${expected.join(', ')}, or an attribute (attr.${name}). To search for the text, put it in quotes.`,
      { expected },
    );
  }

  #failComparison(field: QueryField, nameEnd: number): never {
    this.#fail(
      'not-comparable',
      nameEnd,
      this.#at,
      `“${field.name}” is not a number: expected “:” in place of “${this.#text.slice(nameEnd, this.#at).trim()}”.`,
      { expected: [':'] },
    );
  }

  #known(field: WordField): Query {
    const start = this.#at;
    const written = this.#isNext('"') ? this.#quoted() : (this.#skip(WORD) ?? '');
    const expected = [...field.words.keys()];
    if (written === '') this.#failValue(field.name, expected);
    const word = knownWord(field, written.toLowerCase());
    if (word !== undefined) return { type: 'field', field: field.name, test: { type: 'word', word } };
    // The key of an attribute is something to have as well.
    if (field.name === 'has' && written.includes('.')) {
      const key = written.replace(ATTRIBUTE, '');
      if (key !== '') return { type: 'attribute', key, test: ANYTHING };
    }
    this.#fail(
      'unknown-value',
      start,
      this.#at,
      `“${field.name}” does not know “${written}”. Expected one of ${expected.join(', ')}.`,
      { expected, isIncomplete: this.#isAtEnd() && expected.some((other) => other.startsWith(written.toLowerCase())) },
    );
  }

  #failValue(name: string, expected: readonly string[]): never {
    const list = expected.length ? `: one of ${expected.join(', ')}` : '';
    this.#fail('expected-value', this.#at, this.#at, `A value for “${name}” is missing here${list}.`, {
      expected,
      isIncomplete: this.#isAtEnd(),
    });
  }

  #range(sign: Sign, name: string, quantity: Quantity): NumberRange {
    const start = this.#at;
    const written = this.#skip(WORD) ?? '';
    if (written === '') this.#failValue(name, []);
    if (sign === '>' || sign === '>=') {
      return { type: 'range', from: { value: this.#number(start, written, quantity), isIncluded: sign === '>=' } };
    }
    if (sign === '<' || sign === '<=') {
      return { type: 'range', to: { value: this.#number(start, written, quantity), isIncluded: sign === '<=' } };
    }
    const dots = written.indexOf('..');
    const from = this.#number(start, dots < 0 ? written : written.slice(0, dots), quantity);
    const to = dots < 0 ? from : this.#number(start + dots + 2, written.slice(dots + 2), quantity);
    if (from > to) {
      this.#fail('backwards-range', start, this.#at, `The range “${written}” ends before it begins.`);
    }
    return { type: 'range', from: { value: from, isIncluded: true }, to: { value: to, isIncluded: true } };
  }

  #number(start: number, written: string, quantity: Quantity): number {
    const value = quantityIn(written, quantity);
    if (value !== undefined) return value;
    const units = UNITS[quantity].map(([unit]) => unit).filter((unit) => unit !== '');
    const end = start + written.length;
    this.#fail(
      'not-a-number',
      start,
      end,
      `${written === '' ? 'A number is missing here' : `“${written}” is not a number`}. Expected a number, with or without a unit (${units.join(', ')}).`,
      { expected: units, isIncomplete: end === this.#text.length && isBeginningOfNumber(written, quantity) },
    );
  }

  /** A whole text: words and quotes side by side, `*` outside of quotes for anything. */
  #pattern(name: string): TextPattern {
    const pieces = [''];
    const start = this.#at;
    for (;;) {
      if (this.#isNext('"')) {
        pieces.push(pieces.pop()! + this.#quoted());
        continue;
      }
      const word = this.#skip(WORD);
      if (word === undefined) break;
      const [first, ...others] = word.split('*');
      pieces.push(pieces.pop()! + first!);
      for (const piece of others) pieces.push(piece);
    }
    if (this.#at === start) this.#failValue(name, []);
    return {
      type: 'pattern',
      pieces: pieces.filter((piece, at) => piece !== '' || at === 0 || at === pieces.length - 1),
    };
  }
}

/** Whether a digit, or a letter of a unit, makes it a number. */
const isBeginningOfNumber = (written: string, quantity: Quantity): boolean =>
  quantityIn(`${written}0`, quantity) !== undefined || quantityIn(`${written}s`, quantity) !== undefined;

const ANYTHING: TextPattern = { type: 'pattern', pieces: ['', ''] };

/** A word that a field knows, in the singular or the plural. */
const knownWord = ({ words }: WordField, written: string): string | undefined =>
  [written, `${written}s`, written.replace(/s$/, '')].find((word) => words.has(word));

/** Parts as one query; those of the same type are not kept apart. */
function joined(type: 'and' | 'or', parts: readonly Query[]): Query {
  if (parts.length === 1) return parts[0]!;
  return { type, parts: parts.flatMap((part) => ('parts' in part && part.type === type ? part.parts : [part])) };
}
