import { expect } from '@open-wc/testing';
import { EmptyInputError, TraceSyntaxError, UnknownFormatError } from './errors.js';
import { parseText } from './parse-text.js';

/** What `parseText` throws for a text. */
function failure(text: string): Error {
  try {
    parseText(text);
  } catch (error) {
    return error as Error;
  }
  throw new Error('It was read.');
}

describe('parseText', () => {
  it('reads a JSON document, with or without a byte order mark', () => {
    expect(parseText('{"a": [1]}')).to.deep.equal({ value: { a: [1] }, problems: [] });
    expect(parseText('\ufeff {"a": [1]} ').value).to.deep.equal({ a: [1] });
  });

  it('keeps every digit of long integers', () => {
    expect(parseText('{"t":1767268800123456789}').value).to.deep.equal({ t: '1767268800123456789' });
    expect(parseText('{"t":1767268800123456789}\n{"t":1}').value).to.deep.equal([
      { t: '1767268800123456789' },
      { t: 1 },
    ]);
  });

  it('reads JSON Lines, with blank lines and any line ends', () => {
    expect(parseText('\ufeff{"a":1}\r\n\r\n[2]\n  {"b":3}  \n').value).to.deep.equal([{ a: 1 }, [2], { b: 3 }]);
  });

  it('leaves out a last line that is cut off, and says which', () => {
    const { value, problems } = parseText('{"a":1}\n\n{"b":2}\n{"c":');
    expect(value).to.deep.equal([{ a: 1 }, { b: 2 }]);
    expect(problems).to.deep.equal([
      { code: 'unreadable-record', message: 'Line 4 is not valid JSON and was left out.' },
    ]);
  });

  it('leaves out each line that is no object or list, and reads the others', () => {
    const lines = Array.from({ length: 1000 }, (_, index) => (index === 500 ? 'oops' : `{"line":${index}}`));
    const { value, problems } = parseText([...lines, '5', '"text"'].join('\n'));
    expect(value).to.have.length(999);
    expect(problems.map(({ message }) => /Line (\d+)/.exec(message)![1])).to.deep.equal(['501', '1001', '1002']);
  });

  it('reads the one good line where the next is cut off', () => {
    const { value, problems } = parseText('{"a":1}\n{"b":');
    expect(value).to.deep.equal([{ a: 1 }]);
    expect(problems.map(({ message }) => message)).to.deep.equal(['Line 2 is not valid JSON and was left out.']);
    expect(failure('[1]\n{"b":')).to.be.instanceOf(TraceSyntaxError);
  });

  it('lists no more than 100 bad lines one by one', () => {
    const { problems } = parseText(['{}', '{}', ...Array<string>(8000).fill('oops')].join('\n'));
    expect(problems).to.have.length(101);
    expect(problems.at(-1)!.message).to.equal('And 7900 more lines are not valid JSON and left out.');
  });

  it('tells where a document is wrong', () => {
    const error = failure('{\n  "a": 1\n  "b": 2\n}') as TraceSyntaxError;
    expect(error).to.be.instanceOf(TraceSyntaxError);
    expect([error.line, error.column]).to.deep.equal([3, 3]);
    expect(error.message).to.contain('line 3, column 3');
  });

  it('tells where a document goes on after its end', () => {
    const error = failure('{"a": 1}\ngarbage') as TraceSyntaxError;
    expect([error.line, error.column]).to.deep.equal([2, 1]);
  });

  it('counts columns behind a byte order mark from 1', () => {
    expect((failure('\ufeffoops') as TraceSyntaxError).column).to.equal(1);
  });

  it('tells the place in the text as it came, also behind long integers', () => {
    const text = '{"t":1767268800123456789,"u":oops}';
    expect((failure(text) as TraceSyntaxError).column).to.equal(text.indexOf('oops') + 1);
  });

  it('says that nothing is there', () => {
    expect(failure('')).to.be.instanceOf(EmptyInputError).with.property('message').that.contains('0 bytes');
    expect(failure('\ufeff')).to.be.instanceOf(EmptyInputError);
    expect(failure(' \r\n\t ')).to.be.instanceOf(EmptyInputError).with.property('message').that.contains('white space');
  });

  it('says that it got a page, by its title', () => {
    const error = failure('\n<!doctype html><html><head><title lang="en">\n Sign in </title>');
    expect(error).to.be.instanceOf(UnknownFormatError);
    expect(error.message).to.contain('a web page (“Sign in”)');
    expect(failure('<html>').message).to.contain('a web page, not a trace');
  });

  it('says that it got XML', () => {
    expect(failure('<?xml version="1.0"?><a/>')).to.be.instanceOf(UnknownFormatError);
    expect(failure('<?xml version="1.0"?><a/>').message).to.contain('an XML document');
  });

  it('reads, or refuses with a place, what is 100,000 deep', () => {
    expect(parseText('['.repeat(100_000) + ']'.repeat(100_000)).value).to.be.an('array');
    expect(failure('['.repeat(100_000)))
      .to.be.instanceOf(TraceSyntaxError)
      .with.property('column', 100_001);
  });
});
