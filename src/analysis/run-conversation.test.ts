import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { buildTraces, type Message, type MessagePart, type SpanReader, type Trace } from '../model/index.js';
import { plainReader, ran, tableOf, type SpanSketch } from '../test/trace-builder.js';
import { runConversation, type RunConversation } from './run-conversation.js';

/** Spans whose raw record is their messages. */
const speaking: SpanReader = {
  ...plainReader,
  meaning: (_record, raw) => (Array.isArray(raw) ? { messages: raw as Message[] } : {}),
};
const tracesOf = (...sketches: SpanSketch[]): Trace => buildTraces(tableOf(sketches, speaking))[0]!;

const said = (role: string, ...parts: (string | MessagePart)[]): Message => ({
  role,
  origin: 'input',
  parts: parts.map((part) => (typeof part === 'string' ? { type: 'text', text: part } : part)),
});
const wrote = (...parts: (string | MessagePart)[]): Message => ({ ...said('assistant', ...parts), origin: 'output' });
const call = (name: string, id?: string): MessagePart => ({
  type: 'tool-call',
  name,
  arguments: { of: name },
  ...(id !== undefined && { id }),
});
const result = (text: string, id?: string): MessagePart => ({
  type: 'tool-result',
  result: text,
  ...(id !== undefined && { id }),
});

let calls = 0;
const llm = (parent: string, messages: Message[], more: SpanSketch = {}): SpanSketch =>
  ran(`call-${++calls}`, parent, { kind: 'llm', start: calls, raw: messages, ...more });

function read(trace: Trace): RunConversation {
  const work = runConversation(trace);
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

const words = (part: MessagePart): string => {
  if (part.type === 'text' || part.type === 'reasoning') return part.text;
  if (part.type === 'tool-call') return `${part.name}()`;
  return part.type === 'tool-result' ? `= ${String(part.result)}` : part.type;
};

/** The entries as lines, indented; results behind their calls. */
function lines({ trace, entries, results }: RunConversation): string[] {
  return entries.map((entry) => {
    const indent = '  '.repeat(entry.depth);
    if (entry.type === 'part') return `${indent}# ${trace.spanAt(entry.position).name}`;
    if (entry.type === 'repeated') return `${indent}(${entry.count} above)`;
    if (entry.type === 'failure') return `${indent}failed`;
    const parts = entry.message.parts.map((part) => {
      const answer = part.type === 'tool-call' ? results.get(part) : undefined;
      return answer ? `${words(part)} ${words(answer)}` : words(part);
    });
    return `${indent}${entry.message.role}${entry.isChanged ? '*' : ''}: ${parts.join(' | ')}`;
  });
}

const conversation = (...sketches: SpanSketch[]): string[] => lines(read(tracesOf(...sketches)));

describe('runConversation', () => {
  it('says once what each call repeats, with results beside their calls', () => {
    const system = said('system', 'Be good.');
    const history = [
      system,
      said('user', 'Weather?'),
      said('assistant', call('look', '1')),
      said('tool', result('sunny', '1')),
    ];
    expect(
      conversation(
        ran('root', '', { kind: 'chain' }),
        llm('root', [...history.slice(0, 2), wrote({ type: 'reasoning', text: 'Hm.' }, call('look', '1'))]),
        llm('root', [...history, wrote('It is sunny.')]),
        llm('root', [...history, said('assistant', 'It is sunny.'), said('user', 'Thanks'), wrote('Bye')]),
      ),
    ).to.deep.equal([
      'system: Be good.',
      'user: Weather?',
      'assistant: Hm. | look() = sunny',
      'assistant: It is sunny.',
      'user: Thanks',
      'assistant: Bye',
    ]);
  });

  it('keeps what was said twice', () => {
    const first = [said('user', 'yes'), said('assistant', 'ok')];
    expect(
      conversation(
        llm('', [first[0]!, wrote('ok')]),
        llm('', [...first, said('user', 'yes'), wrote('ok')]),
        llm('', [said('user', 'in short: yes'), first[1]!, said('user', 'yes'), wrote('done')]),
      ),
    ).to.deep.equal([
      'user: yes',
      'assistant: ok',
      'user: yes',
      'assistant: ok',
      'user: in short: yes',
      'user: yes',
      'assistant: done',
    ]);
  });

  it('marks instructions that changed, and says when a call begins again', () => {
    expect(
      conversation(
        llm('', [said('system', 'one'), said('user', 'a'), wrote('b')]),
        llm('', [said('system', 'two'), said('user', 'a'), wrote('c')], { status: 'error' }),
        llm('', [said('user', 'a'), wrote('d')]),
      ),
    ).to.deep.equal([
      'system: one',
      'user: a',
      'assistant: b',
      'system*: two',
      '(1 above)',
      'assistant: c',
      'failed',
      '(1 above)',
      'assistant: d',
    ]);
  });

  it('leaves out what is left of a history that was shortened', () => {
    const turns = Array.from({ length: 6 }, (_, at) => said(at % 2 ? 'assistant' : 'user', `m${at}`));
    expect(
      conversation(
        llm('', [...turns.slice(0, 5), wrote('m5')]),
        llm('', [said('user', 'summary'), ...turns.slice(3), said('user', 'm6'), wrote('m7')]),
      ).slice(6),
    ).to.deep.equal(['user: summary', 'user: m6', 'assistant: m7']);
  });

  it('has a part for each agent, inside the one that called it, also for one that was handed the history', () => {
    const history = [said('user', 'a'), said('assistant', 'b'), said('user', 'c')];
    expect(
      conversation(
        ran('lead', '', { kind: 'agent' }),
        llm('lead', [said('user', 'a'), wrote(call('helper'))]),
        ran('helper', 'lead', { kind: 'agent', start: calls }),
        llm('helper', [said('user', 'do'), wrote('did')]),
        llm('lead', [said('user', 'a'), said('assistant', call('helper')), said('tool', result('did')), wrote('b')]),
        ran('next', '', { kind: 'agent', start: 100 }),
        llm('next', [...history, wrote('d')], { start: 100 }),
      ),
    ).to.deep.equal([
      '# lead',
      '  user: a',
      '  assistant: helper() = did',
      '  # helper',
      '    user: do',
      '    assistant: did',
      '  assistant: b',
      '# next',
      '  (2 above)',
      '  user: c',
      '  assistant: d',
    ]);
  });

  it('reads agents that state what was said, where no call is recorded', () => {
    expect(conversation(ran('agent', '', { kind: 'agent', raw: [said('user', 'a'), wrote('b')] }))).to.deep.equal([
      '# agent',
      '  user: a',
      '  assistant: b',
    ]);
  });

  it('does not read a root beside the calls that it lost', () => {
    const messages = [said('user', 'a'), wrote('b')];
    expect(conversation(ran('root', '', { kind: 'chain', raw: messages }), llm('lost', messages))).to.deep.equal([
      'user: a',
      'assistant: b',
    ]);
    expect(conversation(ran('root', '', { kind: 'chain', raw: messages }))).to.have.length(3);
  });

  it('gives results to calls by id, else in order, each once', () => {
    const first = [said('user', 'go'), wrote(call('a'), call('b'), call('c', 'x'))];
    expect(
      conversation(
        llm('', first),
        llm('', [
          said('user', 'go'),
          said('assistant', call('a'), call('b'), call('c', 'x')),
          said('tool', result('of c', 'x'), result('of a'), result('of b'), result('of nothing')),
        ]),
      ).slice(1),
    ).to.deep.equal(['assistant: a() = of a | b() = of b | c() = of c', 'tool: = of nothing']);
  });

  const line = fc.constantFrom('a', 'b', 'c', 'd');
  const turn = fc.record({ role: fc.constantFrom('user', 'assistant', 'tool'), text: line });

  it('says everything that any call was told or wrote at least once, and nothing that nobody said', () => {
    const sketch = fc.record({
      agent: fc.nat(2),
      system: fc.option(line, { nil: undefined }),
      given: fc.array(turn, { maxLength: 6 }),
      written: line,
    });
    fc.assert(
      fc.property(fc.array(sketch, { minLength: 1, maxLength: 8 }), (sketches) => {
        const spans = sketches.map(({ agent, system, given, written }, at) =>
          ran(`c${at}`, agent ? `agent-${agent}` : '', {
            kind: 'llm',
            start: at + 1,
            raw: [
              ...(system === undefined ? [] : [said('system', system)]),
              ...given.map(({ role, text }) => said(role, text)),
              wrote(written),
            ],
          }),
        );
        const trace = tracesOf(ran('agent-1', '', { kind: 'agent' }), ran('agent-2', '', { kind: 'agent' }), ...spans);
        const { entries } = read(trace);
        const shown = new Set<string>();
        for (const entry of entries) {
          if (entry.type !== 'message') continue;
          for (const part of entry.message.parts) shown.add(`${entry.message.role} ${words(part)}`);
        }
        const all = new Set(
          sketches.flatMap(({ system, given, written }) => [
            ...(system === undefined ? [] : [`system ${system}`]),
            ...given.map(({ role, text }) => `${role} ${text}`),
            `assistant ${written}`,
          ]),
        );
        expect([...shown].sort()).to.deep.equal([...all].sort());
      }),
    );
  });

  it('says a conversation that only grows exactly once, message by message', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ asked: fc.array(line, { maxLength: 2 }), answer: line }), { minLength: 1 }),
        (turns) => {
          const history: Message[] = [];
          const spans = turns.map(({ asked, answer }, at) => {
            history.push(...asked.map((text) => said('user', text)));
            const raw = [...history, wrote(answer)];
            history.push(said('assistant', answer));
            return ran(`c${at}`, '', { kind: 'llm', start: at, raw });
          });
          const expected = history.map(({ role, parts }) => `${role}: ${words(parts[0]!)}`);
          expect(conversation(...spans)).to.deep.equal(expected);
        },
      ),
    );
  });
});
