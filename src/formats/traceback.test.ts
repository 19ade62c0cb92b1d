import { expect } from '@open-wc/testing';
import { thrown } from './traceback.js';

describe('what was thrown', () => {
  it('is the last line at the margin of a Python traceback', () => {
    const text = 'Traceback (most recent call last):\n  File "a.py", line 1, in f\nopenai.RateLimitError: Slow down\n';
    expect(thrown(text)).to.deep.equal({ type: 'openai.RateLimitError', message: 'Slow down', stacktrace: text });
    const repeated = `ValueError('no such tool')Traceback (most recent call last):\n\n  File "a.py"\n\nValueError: no such tool`;
    expect(thrown(repeated)).to.include({ type: 'ValueError', message: 'no such tool' });
    const several =
      'Traceback (most recent call last):\n  File "a.py"\npydantic.ValidationError: 1 error for X\nname\n  missing';
    expect(thrown(several)).to.include({ type: 'pydantic.ValidationError', message: '1 error for X' });
  });

  it('is the first line of a JavaScript stack', () => {
    const text = 'TypeError: x is not a function\n    at f (a.js:1:2)';
    expect(thrown(text)).to.deep.equal({ type: 'TypeError', message: 'x is not a function', stacktrace: text });
  });

  it('is the message before a JavaScript stack that repeats it', () => {
    const stack = 'MyFault: too late\n    at f (a.js:1:2)';
    expect(thrown(`too late\n\n${stack}`)).to.deep.equal({ type: 'MyFault', message: 'too late', stacktrace: stack });
    expect(thrown(`something else\n\n${stack}`).type).to.equal(undefined);
  });

  it('is the text itself where it names no class', () => {
    expect(thrown('Warn: too slow')).to.deep.equal({ message: 'Warn: too slow' });
    expect(thrown("KeyError('city')")).to.deep.equal({ type: 'KeyError', message: 'city' });
    expect(thrown('first\nsecond')).to.deep.equal({ message: 'first', stacktrace: 'first\nsecond' });
  });
});
