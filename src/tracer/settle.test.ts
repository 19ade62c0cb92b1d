import { expect } from '@open-wc/testing';
import { otherWork } from '../test/other-work.js';
import { RecordedSpans } from '../test/recorded-spans.js';
import { createTracer } from './index.js';

function traced() {
  const sink = new RecordedSpans();
  return { sink, tracer: createTracer({ store: sink }) };
}

describe('what a traced function gives back', () => {
  it('is over before the caller goes on', async () => {
    const { sink, tracer } = traced();
    expect(await tracer.span('call', () => Promise.resolve(1))).to.equal(1);
    expect(sink.spans).to.have.length(1);
  });

  it('is the same object where it is more than a promise', async () => {
    class Answer extends Promise<string> {
      readonly id = 7;
    }
    const { sink, tracer } = traced();
    const answer = new Answer((resolve) => resolve('yes'));
    const back = tracer.span('call', () => answer);
    expect(back).to.equal(answer);
    expect(back.id).to.equal(7);
    expect(await back).to.equal('yes');
    expect(sink.named('call').output).to.equal('yes');
  });

  it('is not begun by the tracer where it begins when somebody waits for it', async () => {
    const { sink, tracer } = traced();
    let begun = 0;
    const query = {
      filter: 'none',
      where(filter: string) {
        this.filter = filter;
        return this;
      },
      then<Result>(done: (rows: string[]) => Result): Promise<Result> {
        begun++;
        return Promise.resolve([this.filter]).then(done);
      },
    };
    const back = tracer.span('query', { kind: 'retriever' }, () => query);
    await otherWork(1);
    expect(begun).to.equal(0);
    expect(await back.where('id = 1')).to.deep.equal(['id = 1']);
    expect(begun).to.equal(1);
    expect(sink.named('query').documents).to.deep.equal([{ content: 'id = 1' }]);
  });

  it('ends a span with the generator that it stands for, also when its reader goes away', async () => {
    const { sink, tracer } = traced();
    async function* words(): AsyncGenerator<string> {
      yield await Promise.resolve('one');
      yield 'two';
    }
    const all: string[] = [];
    for await (const word of tracer.span('through', words)) all.push(word);
    expect(all).to.deep.equal(['one', 'two']);
    expect(sink.named('through').output).to.deep.equal(['one', 'two']);
    for await (const word of tracer.span('left', words)) if (word === 'one') break;
    expect(sink.named('left').output).to.deep.equal(['one']);
  });

  it('says why a generator failed, and passes on what its reader sends', async () => {
    const { sink, tracer } = traced();
    async function* echo(): AsyncGenerator<string, void, string> {
      let word = 'first';
      while (word !== 'stop') word = yield await Promise.resolve(word);
      throw new Error('stopped');
    }
    const words = tracer.span('echo', echo);
    expect([(await words.next('')).value, (await words.next('second')).value]).to.deep.equal(['first', 'second']);
    const error = await words.next('stop').catch((reason: unknown) => reason);
    expect(error).to.be.an('error');
    expect(sink.named('echo')).to.include({ status: 'error', statusMessage: 'stopped' });
    expect(Object.prototype.toString.call(words)).to.equal('[object AsyncGenerator]');
  });

  it('may be anything', () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    const { sink, tracer } = traced();
    for (const value of [undefined, null, 0, proxy, Object.freeze({ then: () => {} })]) {
      expect(tracer.span('call', () => value)).to.equal(value);
    }
    expect(sink.spans.length).to.be.at.least(4);
    expect(tracer.status.failures).to.equal(0);
  });
});
