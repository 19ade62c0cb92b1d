import { expect } from '@open-wc/testing';
import { onlyTrace, openAll, readWith, spanNamed, survivesAnything } from '../test/format-checks.js';
import { vendorText } from '../test/vendor-files.js';
import { honeyHive } from './honeyhive.js';
import { readTraces } from './read-traces.js';

interface Sent {
  event_id?: string;
  event_name: string;
  session_id: string;
  parent_id: string;
  start_time: number;
  duration: number;
  error?: string;
  inputs: Record<string, unknown>;
  outputs?: Record<string, unknown>;
  metadata?: { prompt_tokens: number; completion_tokens: number; total_tokens: number };
}

const FAILURE = 'The customs service did not answer within 2 seconds.';

describe('what HoneyHive’s SDK sent', () => {
  const read = async () => {
    const text = await vendorText('honeyhive.jsonl');
    const [, batch] = text.split('\n').map((line) => JSON.parse(line || 'null') as { events: Sent[] });
    const [trace, ...others] = await readTraces(text);
    expect(others).to.deep.equal([]);
    return { text, trace: trace!, events: batch!.events };
  };

  it('is a session with all its events', async () => {
    const { trace, events } = await read();
    const [{ session_id: session }] = events as [Sent];
    expect([trace.format, trace.id, trace.problems]).to.deep.equal(['honeyhive', session, []]);
    expect([trace.name, trace.sessionId, trace.userId]).to.deep.equal(['support question', session, 'user-82']);
    expect([...trace.spans].map(({ name, kind, depth, status }) => [name, kind, depth, status])).to.deep.equal([
      ['support question', 'chain', 0, 'unset'],
      ['support question', 'chain', 1, 'unset'],
      ['search help pages', 'retriever', 2, 'unset'],
      ['openai.chat', 'llm', 2, 'unset'],
      ['look_up_parcel', 'tool', 2, 'unset'],
      ['check_customs', 'tool', 2, 'error'],
      ['openai.chat', 'llm', 2, 'unset'],
    ]);
    [...trace.spans].slice(1).forEach((span, place) => {
      const { start_time: start, duration, parent_id: parentId, metadata } = events[place]!;
      expect([span.start, span.duration, span.parentId]).to.deep.equal([start, duration, parentId]);
      expect(span.usage).to.deep.equal(
        metadata && {
          input: metadata.prompt_tokens,
          output: metadata.completion_tokens,
          total: metadata.total_tokens,
        },
      );
    });
    // The session is said to have begun, and nothing else: it lasts as long as what is in it.
    expect([trace.roots[0]!.start, trace.roots[0]!.duration]).to.deep.equal([events[0]!.start_time, events[0]!.duration]); // prettier-ignore
    openAll([trace]);
  });

  it('has turns with linked calls, tools, documents, the error, metrics and feedback', async () => {
    const { trace, events } = await read();
    const [first, second] = [...trace.spans].filter(({ kind }) => kind === 'llm');
    expect([first!.model, first!.provider]).to.deep.equal(['gpt-4o-mini', 'openai']);
    expect(Object.fromEntries(second!.parameters)).to.deep.equal({ temperature: 0, stream: true });
    expect(first!.tools.map(({ name }) => name)).to.deep.equal(['look_up_parcel', 'check_customs']);
    const calls = first!.messages.at(-1)!.parts.map((part) => (part.type === 'tool-call' ? part.id : ''));
    expect(calls).to.have.length(2);
    expect(second!.messages.map(({ role }) => role)).to.deep.equal([
      ...['system', 'user', 'assistant', 'tool', 'tool', 'assistant'],
    ]);
    expect(
      second!.messages.flatMap(({ parts }) => parts).flatMap((part) => (part.type === 'tool-result' ? [part.id] : [])),
    ).to.deep.equal(calls);
    expect(second!.messages.at(-1)).to.deep.equal({ role: 'assistant', origin: 'output', finishReason: 'stop', parts: [{ type: 'text', text: events[5]!.outputs!['content'] }] }); // prettier-ignore
    expect(spanNamed(trace, 'search help pages').documents).to.deep.equal(events[1]!.outputs!['documents']);
    expect(spanNamed(trace, 'look_up_parcel').output).to.deep.equal(events[3]!.outputs!['result']);
    expect(spanNamed(trace, 'check_customs').exceptions).to.deep.equal([{ message: FAILURE }]);
    expect(trace.span(events[0]!.event_id!)!.scores).to.deep.equal([
      { name: 'grounded', value: 0.9 },
      { name: 'helpful', value: 1, explanation: 'The customer said thank you.', source: 'human' },
    ]);
  });

  it('is read without the session, from single events, and reports a change of what is not there', async () => {
    const { text } = await read();
    const [, batch, change] = text.trim().split('\n') as [string, string, string];
    const [bare] = await readTraces(batch);
    expect([bare!.roots.map(({ name }) => name), bare!.problems]).to.deep.equal([['support question'], []]);
    const events = (JSON.parse(batch) as { events: object[] }).events.map((event) => ({ event }));
    expect(onlyTrace(honeyHive, [...events, JSON.parse(change)]).roots[0]!.scores).to.have.length(2);
    const [lost] = readWith(honeyHive, [...events.slice(1), JSON.parse(change), { hello: 1 }]);
    expect(lost!.problems.map(({ message }) => message)).to.include.members([
      '1 change is of an event that is not here and left out.',
      'What is no event of HoneyHive was left out.',
    ]);
  });

  it('keeps a comment that explains nothing, or more than one thing', () => {
    const event = { event_type: 'chain', event_name: 'a', event_id: 'e', session_id: 's', start_time: 1, end_time: 2 };
    const scores = (feedback: object) => onlyTrace(honeyHive, { ...event, feedback }).roots[0]!.scores;
    expect(scores({ comment: 'Good' }).map(({ name, value }) => [name, value])).to.deep.equal([['comment', 'Good']]);
    expect(scores({ a: 1, b: 2, comment: 'Good' }).map(({ name }) => name)).to.deep.equal(['a', 'b', 'comment']);
  });

  it('survives anything', async () => {
    const values = (await vendorText('honeyhive.jsonl')).trim().split('\n').map((line) => JSON.parse(line) as unknown); // prettier-ignore
    survivesAnything(honeyHive, values, values.slice(1));
  });
});
