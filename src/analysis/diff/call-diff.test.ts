import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { emptyOutline } from '../../formats/outline.js';
import {
  buildTraces,
  SpanTable,
  type Message,
  type Span,
  type SpanMeaning,
  type SpanReader,
} from '../../model/index.js';
import { diffCalls, type Compared } from './call-diff.js';

const reader: SpanReader = {
  format: 'test',
  record: () => ({ attributes: new Map(), events: [], links: [], resource: new Map(), scope: {} }),
  meaning: (_, raw) => raw as SpanMeaning,
};

function spanOf(meaning: SpanMeaning): Span {
  const table = new SpanTable();
  table.add({ ...emptyOutline(), traceId: 't', id: 'call', kind: 'llm' }, meaning, reader);
  return buildTraces(table)[0]!.spans.at(0)!;
}

const said = (words: string, role = 'user', origin: Message['origin'] = 'input'): Message => ({
  role,
  origin,
  parts: [{ type: 'text', text: words }],
});

const textOf = (message: Message | undefined): string =>
  message?.parts.map((part) => (part.type === 'text' ? part.text : '')).join('') ?? '';

const told = (messages: readonly Compared<Message>[]): string[] =>
  messages.map(({ before, after, change }) =>
    change === 'changed' ? `${textOf(before)} → ${textOf(after)}` : `${change} ${textOf(after ?? before)}`,
  );

const compared = (before: readonly Message[], after: readonly Message[]): string[] =>
  told(diffCalls(spanOf({ messages: before }), spanOf({ messages: after })).messages);

describe('diffCalls', () => {
  it('tells what entered the context and what fell out', () => {
    const before = [said('Be kind.', 'system'), said('One?'), said('Old news.'), said('Yes.', 'assistant', 'output')];
    const after = [said('Be kind.', 'system'), said('One?'), said('Yes.', 'assistant'), said('Two?')];
    expect(compared(before, after)).to.deep.equal([
      'equal Be kind.',
      'equal One?',
      'missing Old news.',
      'equal Yes.',
      'added Two?',
    ]);
  });

  it('pairs a message with the one that it became', () => {
    const before = [said('Where is the pump?'), said('And who made it, and when?')];
    expect(compared(before, [said('And who made it, and why?')])).to.deep.equal([
      'missing Where is the pump?',
      'And who made it, and when? → And who made it, and why?',
    ]);
    expect(compared([said('Same.', 'user')], [said('Same.', 'system')])).to.deep.equal([
      'missing Same.',
      'added Same.',
    ]);
  });

  it('leaves ids of tool calls out', () => {
    const call = (id: string, city: string): Message => ({
      role: 'assistant',
      origin: 'output',
      parts: [{ type: 'tool-call', id, name: 'weather', arguments: { city } }],
    });
    expect(compared([call('1', 'Rome')], [call('2', 'Rome')])[0]).to.match(/^equal/);
    expect(compared([call('1', 'Rome')], [call('1', 'Oslo')])[0]).not.to.match(/^equal/);
  });

  it('compares tools and parameters by name', () => {
    const before = spanOf({
      tools: [{ name: 'search' }, { name: '__proto__', description: 'one' }],
      parameters: new Map<string, unknown>([['top_p', 1], ['stop', ['a']], ['seed', 1]]), // prettier-ignore
    });
    const after = spanOf({
      tools: [{ name: '__proto__', description: 'two' }, { name: 'fetch' }],
      parameters: new Map<string, unknown>([['stop', ['a']], ['seed', 2], ['user', 'x']]), // prettier-ignore
    });
    const { tools, parameters } = diffCalls(before, after);
    expect(tools.map(({ change, before: one, after: other }) => `${change} ${(other ?? one)!.name}`)).to.deep.equal([
      'missing search',
      'changed __proto__',
      'added fetch',
    ]);
    expect(Array.from(parameters, ([name, { change }]) => `${change} ${name}`)).to.deep.equal([
      'missing top_p',
      'equal stop',
      'changed seed',
      'added user',
    ]);
  });

  it('takes one call alone', () => {
    const span = spanOf({ messages: [said('Hello')], tools: [{ name: 'search' }] });
    expect(told(diffCalls(undefined, span).messages)).to.deep.equal(['added Hello']);
    expect(diffCalls(span, undefined).tools[0]!.change).to.equal('missing');
  });

  it('has every message of both calls once, in order, and finds nothing between a call and itself', () => {
    const conversation = fc.array(
      fc.record({
        words: fc.constantFrom('one', 'two', 'three', ''),
        role: fc.constantFrom('user', 'assistant', 'tool'),
      }),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(conversation, conversation, (some, others) => {
        const [before, after] = [some, others].map((list) => list.map(({ words, role }) => said(words, role)));
        const { messages } = diffCalls(spanOf({ messages: before! }), spanOf({ messages: after! }));
        expect(messages.flatMap((pair) => pair.before ?? [])).to.deep.equal(before);
        expect(messages.flatMap((pair) => pair.after ?? [])).to.deep.equal(after);
        expect(compared(before!, before!).every((words) => words.startsWith('equal'))).to.equal(true);
      }),
    );
  });

  it('aligns thousands of messages', () => {
    const many = Array.from({ length: 4000 }, (_, at) => said(`message ${at}`, at % 2 ? 'assistant' : 'user'));
    const other = [...many.slice(0, 1000), ...many.slice(1002, 3000), said('new', 'tool'), ...many.slice(3000)];
    const { messages } = diffCalls(spanOf({ messages: many }), spanOf({ messages: other }));
    const changes = messages.filter(({ change }) => change !== 'equal');
    expect(told(changes)).to.deep.equal(['missing message 1000', 'missing message 1001', 'added new']);
  });
});
