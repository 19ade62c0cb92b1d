import { expect } from '@open-wc/testing';
import { stubbed } from '../elements/test-support.js';
import { define } from './define.js';

describe('define', () => {
  it('registers an element', () => {
    class First extends HTMLElement {}
    define('test-define-first', First);
    expect(customElements.get('test-define-first')).to.equal(First);
  });

  it('leaves a tag that is taken to who has it, and says so once', async () => {
    class Theirs extends HTMLElement {}
    class Ours extends HTMLElement {}
    customElements.define('test-define-taken', Theirs);
    const said: unknown[] = [];
    await stubbed(
      console,
      'warn',
      (text: unknown) => void said.push(text),
      () => {
        define('test-define-taken', Ours);
        define('test-define-taken', Ours);
        return Promise.resolve();
      },
    );
    expect(customElements.get('test-define-taken')).to.equal(Theirs);
    expect(said).to.have.length(1);
    expect(String(said[0])).to.contain('<test-define-taken>');
  });

  it('says nothing when the same class comes again', async () => {
    class Same extends HTMLElement {}
    const said: unknown[] = [];
    await stubbed(
      console,
      'warn',
      (text: unknown) => void said.push(text),
      () => {
        define('test-define-same', Same);
        define('test-define-same', Same);
        return Promise.resolve();
      },
    );
    expect(said).to.deep.equal([]);
  });

  it('registers nothing by import of the classes alone', async () => {
    const { LlmTraceView } = await import('../elements/index.js');
    expect(LlmTraceView).to.be.a('function');
    expect(customElements.get('llm-trace-view')).to.equal(undefined);
  });
});
