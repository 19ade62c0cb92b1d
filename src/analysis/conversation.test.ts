import { expect } from '@open-wc/testing';
import { assert, array, constantFrom, integer, property } from 'fast-check';
import { readTraces } from '../formats/index.js';
import { buildTraces, type Message, type MessagePart, type Trace } from '../model/index.js';
import { plainReader, ran, tableOf, type SpanSketch } from '../test/trace-builder.js';
import { continuationOf } from './conversation.js';

const says = (role: string, ...parts: (string | MessagePart)[]): Message => ({
  role,
  parts: parts.map((part) => (typeof part === 'string' ? { type: 'text', text: part } : part)),
  origin: 'input',
});

/** Ids of the calls whose messages were asked for. */
let read: string[] = [];

const reader = {
  ...plainReader,
  meaning: (_: unknown, raw: unknown) => {
    const { id, messages } = raw as { id: string; messages?: Message[] };
    read.push(id);
    return messages ? { messages } : {};
  },
};

/** A call at a moment, with what it was given and what it wrote. */
const call = (
  id: string,
  at: number,
  given: readonly Message[],
  written: readonly Message[],
  more: SpanSketch = {},
): SpanSketch => {
  const messages = [...given, ...written.map((message) => ({ ...message, origin: 'output' }))];
  return ran(id, 'agent', { kind: 'llm', start: at, end: at + 5, raw: { id, messages }, ...more });
};

const traceOf = (...sketches: SpanSketch[]): Trace => {
  read = [];
  const agent = ran('agent', '', { kind: 'agent', end: 1000, raw: { id: 'agent' } });
  return buildTraces(tableOf([agent, ...sketches], reader))[0]!;
};

/** `previous from to left`, as a call's continuation says. */
function found(trace: Trace, id: string): string {
  const continuation = continuationOf(trace.span(id)!);
  if (!continuation) return 'none';
  const { previous, from, to, left } = continuation;
  return `${previous.id} ${from} ${to} ${left}`;
}

const system = says('system', 'Be brief.');
const question = says('user', 'Weather in Oslo?');
const asks: MessagePart = { type: 'tool-call', id: 'c1', name: 'weather', arguments: { city: 'Oslo' } };
const asked = says('assistant', asks);
const told = says('tool', { type: 'tool-result', id: 'c1', result: { sky: 'rain' } });
const answer = says('assistant', 'Rain.');

describe('continuationOf', () => {
  it('finds the call whose question and answer come first', () => {
    const trace = traceOf(
      call('one', 0, [system, question], [asked]),
      call('two', 10, [system, question, asked, told], [answer]),
      call('three', 20, [system, question, asked, told, answer, says('user', 'And Rome?')], []),
    );
    expect(['one', 'two', 'three'].map((id) => found(trace, id))).to.deep.equal(['none', 'one 0 3 0', 'two 0 5 0']);
  });

  it('reads no more calls than it needs, and no span of another kind', () => {
    const trace = traceOf(
      ...Array.from({ length: 50 }, (_, index) => call(`other-${index}`, index, [says('user', `${index}`)], [])),
      call('one', 60, [system, question], [asked]),
      ran('tool', 'agent', { kind: 'tool', start: 66, end: 69, raw: { id: 'tool' } }),
      call('two', 70, [system, question, asked, told], [answer]),
      call('new', 80, [says('user', 'Something else')], []),
    );
    expect(found(trace, 'two')).to.equal('one 0 3 0');
    expect(read).to.have.members(['one', 'two']);
    read = [];
    expect(found(trace, 'new')).to.equal('none');
    expect(read.length).to.be.within(5, 20);
  });

  it('knows an answer again that comes back without its reasoning, in pieces, or with another id', () => {
    const thought: MessagePart = { type: 'reasoning', text: 'Hm.' };
    const trace = traceOf(
      call('one', 0, [question], [says('assistant', thought, 'I look.', asks)]),
      call('two', 10, [question, says('assistant', ' I look. '), says('assistant', { ...asks, id: 'x' }), told], []),
    );
    expect(found(trace, 'two')).to.equal('one 0 3 0');
  });

  it('counts no message of which a part is new', () => {
    const trace = traceOf(
      call('one', 0, [question], [says('assistant', 'I look.')]),
      call('two', 10, [question, says('assistant', 'I look.', 'And more.')], []),
    );
    expect(found(trace, 'two')).to.equal('one 0 1 0');
  });

  it('says from where on they are the same when the instructions are other ones', () => {
    const trace = traceOf(
      call('one', 0, [says('system', 'It is 12:00.'), question], [asked]),
      call('two', 10, [says('system', 'It is 12:01.'), says('developer', 'More.'), question, asked, told], [answer]),
    );
    expect(found(trace, 'two')).to.equal('one 2 4 0');
  });

  it('takes no calls for one conversation that share their instructions only', () => {
    const trace = traceOf(call('one', 0, [system, question], [answer]), call('two', 10, [system, told], []));
    expect(found(trace, 'two')).to.equal('none');
  });

  it('counts the longest common beginning where history was shortened', () => {
    const trace = traceOf(
      call('one', 0, [question], [asked]),
      call('two', 10, [question, asked, told, answer, says('user', 'long')], [says('assistant', 'story')]),
      call('three', 20, [question, asked, told, says('user', 'Summary: …')], []),
    );
    expect(found(trace, 'three')).to.equal('two 0 3 3');
    const edited = traceOf(
      call('two', 10, [question, asked, told, answer], [says('assistant', 'story')]),
      call('three', 20, [question, asked, says('user', 'Summary: …')], []),
    );
    expect(found(edited, 'three')).to.equal('two 0 2 3');
  });

  it('does not mix up branches that run at the same time', () => {
    const left = says('assistant', 'left');
    const right = says('assistant', 'right');
    const trace = traceOf(
      call('left-1', 0, [system, question], [left]),
      call('right-1', 1, [system, question], [right]),
      call('left-2', 10, [system, question, left, told], [answer]),
      call('right-2', 11, [system, question, right, told], [answer]),
    );
    expect(found(trace, 'right-1')).to.equal('none');
    expect(found(trace, 'left-2')).to.equal('left-1 0 3 0');
    expect(found(trace, 'right-2')).to.equal('right-1 0 3 0');
  });

  it('passes over the calls of a sub-agent, and follows a conversation that is handed over', () => {
    const inSub = { parentId: 'sub' };
    const trace = traceOf(
      call('one', 0, [system, question], [asked]),
      ran('sub', 'agent', { kind: 'agent', start: 6, end: 50, raw: { id: 'sub' } }),
      call('sub-1', 10, [system, question, says('user', 'Only the sky.')], [says('assistant', 'wet')], inSub),
      call('sub-2', 20, [system, question, asked], [], inSub),
      call('two', 60, [system, question, asked, told], [answer]),
    );
    expect(found(trace, 'sub-1'), 'only a beginning, of another agent').to.equal('none');
    expect(found(trace, 'sub-2'), 'all of it, of another agent').to.equal('one 0 3 0');
    expect(found(trace, 'two')).to.equal('one 0 3 0');
  });

  it('takes another try of a call that failed for what it is', () => {
    const trace = traceOf(call('failed', 0, [system, question], []), call('again', 10, [system, question], [answer]));
    expect(found(trace, 'again')).to.equal('failed 0 2 0');
  });

  it('compares a call inside another with such ones', () => {
    const first = [system, question];
    const second = [system, question, asked, told];
    const trace = traceOf(
      call('outer-1', 0, first, [asked]),
      call('inner-1', 1, first, [asked], { parentId: 'outer-1', end: 4 }),
      call('outer-2', 10, second, [answer]),
      call('inner-2', 11, second, [answer], { parentId: 'outer-2', end: 14 }),
    );
    expect(found(trace, 'outer-2')).to.equal('outer-1 0 3 0');
    expect(found(trace, 'inner-2')).to.equal('inner-1 0 3 0');
    expect(found(trace, 'inner-1')).to.equal('none');
  });

  it('finds the calls of a recorded agent', async () => {
    const [trace] = await readTraces(await (await fetch('/demo/traces/agent-tools.json')).text());
    const continued = [...trace!.spans].map(continuationOf).filter((continuation) => continuation !== undefined);
    expect(continued.length).to.be.at.least(1);
    expect(continued.every(({ to, left }) => to > 1 && left === 0)).to.equal(true);
  });

  it('says of no message that it is as before when it is not', () => {
    const word = constantFrom('a', 'b');
    const turns = array(array(word, { maxLength: 4 }), { minLength: 1, maxLength: 4 });
    assert(
      property(array(turns, { minLength: 2, maxLength: 5 }), integer({ min: 0, max: 9 }), (conversations, gap) => {
        const given = conversations.map((turn) => turn.map((words) => says('user', ...words)));
        const trace = traceOf(...given.map((messages, index) => call(`${index}`, index * gap, messages, [])));
        for (const span of trace.spans) {
          const continuation = continuationOf(span);
          if (!continuation) continue;
          const { previous, from, to } = continuation;
          expect(to).to.be.greaterThan(from);
          const textOf = (messages: readonly Message[]): string =>
            messages.flatMap(({ parts }) => parts.map((part) => (part as { text: string }).text)).join('');
          expect(textOf(previous.messages).startsWith(textOf(span.messages.slice(from, to)))).to.equal(true);
        }
      }),
    );
  });
});
