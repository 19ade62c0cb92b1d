import { expect } from '@open-wc/testing';
import { array, assert, constantFrom, property } from 'fast-check';
import { foldedStack } from './stack-frames.js';

/** `library 3` for what is folded, the first line for what is shown. */
const shape = (stack: string): string[] =>
  foldedStack(stack).map(({ count, fold, text }) => (fold ? `${fold} ${count}` : text));

const repeated = (count: number, text: string): string => Array.from({ length: count }, () => text).join('\n');

describe('a stack trace', () => {
  it('of JavaScript folds the frames of packages and of the runtime', () => {
    const own = 'Error: no\n    at ask (file:///app/ask.ts:3:1)';
    const library = repeated(3, '    at x (/app/node_modules/openai/a.js:1:1)')
      .split('\n')
      .map((line, at) => `${line}${at}`);
    const stack = [
      own,
      ...library,
      '    at process.processTicksAndRejections (node:internal/process:95:5)',
      '    at main (/app/main.ts:1:1)',
    ];
    expect(shape(stack.join('\n'))).to.deep.equal([own, 'library 4', '    at main (/app/main.ts:1:1)']);
  });

  it('of Python keeps the code under its frame', () => {
    const frame = (file: string): string => `  File "${file}", line 3, in run\n    return call()\n           ^^^^^^`;
    const library = ['a', 'b', 'c'].map((name) => frame(`/usr/lib/python3.12/site-packages/${name}.py`));
    const first = `Traceback (most recent call last):\n${frame('/app/main.py')}`;
    const end = '  [Previous line repeated 996 more times]\nValueError: no';
    expect(shape([first, ...library, end].join('\n'))).to.deep.equal([first, 'library 3', end]);
  });

  it('of Java folds the frames of the platform', () => {
    const library = repeated(3, '\tat java.base/java.lang.Thread.run(Thread.java:1)')
      .split('\n')
      .map((line, at) => `${line}${at}`);
    const jdk = library.map((line) => line.replace('java.base/', ''));
    const own = 'java.lang.Error: no\n\tat com.shop.Main.ask(Main.java:3)';
    expect(shape([own, ...jdk, 'Caused by: no'].join('\n'))).to.deep.equal([own, 'library 3', 'Caused by: no']);
  });

  it('of a recursion shows one round', () => {
    const round = '    at even (/app/a.js:1:1)\n    at odd (/app/a.js:2:1)';
    const stack = `RangeError\n${repeated(500, round)}\n    at main (/app/a.js:9:1)`;
    expect(shape(stack)).to.deep.equal([`RangeError\n${round}`, 'repeated 499', '    at main (/app/a.js:9:1)']);
  });

  it('leaves few frames of packages, and whatever is no stack, as they are', () => {
    const short = 'Error\n    at a (/x/node_modules/a.js:1:1)\n    at b (/x/node_modules/b.js:1:1)';
    expect(shape(short)).to.deep.equal([short]);
    const text = repeated(50, 'the same line of a log');
    expect(shape(text)).to.deep.equal([text]);
    expect(shape('')).to.deep.equal(['']);
  });

  it('is whole when its pieces are put together', () => {
    const line = constantFrom(
      '',
      'Error: x',
      '    at a (/app/a.js:1:1)',
      '    at b (/app/node_modules/b.js:1:1)',
      '  File "/app/a.py", line 1',
      '    code',
      'x@http://h/a.js:1:2',
    );
    assert(
      property(array(line, { maxLength: 60 }), (lines) => {
        const stack = lines.join('\n');
        expect(
          foldedStack(stack)
            .map(({ text }) => text)
            .join('\n'),
        ).to.equal(stack);
      }),
    );
  });

  it('of a million lines is cut in no time to speak of, and whole', () => {
    const stack = repeated(1_000_000, '    at a (/app/a.js:1:1)');
    const pieces = foldedStack(stack);
    expect(pieces.length).to.be.below(5);
    expect(pieces.map(({ text }) => text).join('\n').length).to.equal(stack.length);
  });
});
