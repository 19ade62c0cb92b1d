import { expect } from '@open-wc/testing';
import type { Trace } from '../../model/index.js';
import { onlyTrace, readWith, spanNamed, survivesAnything } from '../../test/format-checks.js';
import { claudeCode } from './claude-code.js';
import { readTraces } from '../read-traces.js';

const AT = Date.UTC(2025, 5, 1, 10);

/** A line that was written so many seconds after the start. */
const line = (second: number, uuid: string, parentUuid: string | null, fields: object) => ({
  parentUuid,
  isSidechain: false,
  userType: 'external',
  cwd: '/home/ada/shop',
  sessionId: 's-1',
  version: '2.0.74',
  gitBranch: 'main',
  uuid,
  timestamp: new Date(AT + second * 1000).toISOString(),
  ...fields,
});
const user = (content: unknown, more: object = {}) => ({ type: 'user', message: { role: 'user', content }, ...more });
const assistant = (id: string, content: unknown[], more: object = {}, fields: object = {}) => ({
  type: 'assistant',
  requestId: `req_${id}`,
  message: {
    id,
    type: 'message',
    role: 'assistant',
    model: 'claude-sonnet-4-5',
    content,
    stop_reason: null,
    usage: { input_tokens: 4, cache_creation_input_tokens: 100, cache_read_input_tokens: 1000, output_tokens: 1 },
    ...more,
  },
  ...fields,
});
const DONE = {
  stop_reason: 'tool_use',
  usage: { input_tokens: 4, cache_creation_input_tokens: 100, cache_read_input_tokens: 1000, output_tokens: 50 },
};

const SESSION = [
  { type: 'summary', summary: 'Fixing the till', leafUuid: 'u9' },
  { type: 'file-history-snapshot', messageId: 'm', snapshot: {} },
  line(0, 'u1', null, user('Caveat: …', { isMeta: true })),
  line(1, 'u2', 'u1', user('Fix the till\nplease')),
  line(3, 'a1', 'u2', assistant('msg_1', [{ type: 'thinking', thinking: 'Hmm.', signature: 's' }])),
  line(
    4,
    'a2',
    'a1',
    assistant('msg_1', [{ type: 'tool_use', id: 't1', name: 'Bash', input: { command: 'ls' } }], DONE),
  ),
  line(
    5,
    'a3',
    'a2',
    assistant('msg_1', [{ type: 'tool_use', id: 't2', name: 'Read', input: { file_path: 'x' } }], DONE),
  ),
  line(
    6,
    'r1',
    'a2',
    user([{ type: 'tool_result', tool_use_id: 't1', content: 'till.py' }], { toolUseResult: { stdout: 'till.py' } }),
  ),
  line(
    7,
    'r2',
    'a3',
    user([
      { type: 'tool_result', tool_use_id: 't2', content: [{ type: 'text', text: 'No such file\nx' }], is_error: true },
    ]),
  ),
  line(8, 'y1', 'r2', { type: 'system', subtype: 'stop_hook_summary', content: 'ok', level: 'info' }),
  line(
    10,
    'a4',
    'y1',
    assistant(
      'msg_2',
      [
        {
          type: 'tool_use',
          id: 't3',
          name: 'Task',
          input: { description: 'Look', prompt: 'Look around', subagent_type: 'Explore' },
        },
      ],
      { stop_reason: 'tool_use' },
    ),
  ),
  line(11, 'k1', null, user('Look around', { isSidechain: true })),
  line(
    13,
    'k2',
    'k1',
    assistant('msg_3', [{ type: 'text', text: 'All fine.' }], { stop_reason: 'end_turn' }, { isSidechain: true }),
  ),
  line(
    14,
    'r3',
    'a4',
    user([{ type: 'tool_result', tool_use_id: 't3', content: [{ type: 'text', text: 'All fine.' }] }]),
  ),
  line(16, 'a5', 'r3', assistant('msg_4', [{ type: 'text', text: 'Fixed.' }], { stop_reason: 'end_turn' })),
  line(20, 'u9', 'a5', user([{ type: 'text', text: 'Thanks' }])),
  line(
    21,
    'a9',
    'u9',
    assistant(
      'msg_5',
      [{ type: 'text', text: 'API Error: busy' }],
      { model: '<synthetic>' },
      { isApiErrorMessage: true },
    ),
  ),
];

const tree = (trace: Trace): string[] =>
  [...trace.spans].map(({ depth, kind, name }) => `${'  '.repeat(depth)}${kind} ${name}`);

describe('Claude Code sessions', () => {
  it('are recognised, and make a tree', async () => {
    const [trace] = await readTraces(SESSION.map((each) => JSON.stringify(each)).join('\n'));
    expect([trace!.format, trace!.id, trace!.name, trace!.sessionId]).to.deep.equal([
      'claude-code',
      's-1',
      'Fixing the till',
      's-1',
    ]);
    expect(trace!.metadata).to.deep.equal({ cwd: '/home/ada/shop', gitBranch: 'main', version: '2.0.74' });
    expect(tree(trace!)).to.deep.equal([
      'agent Fixing the till',
      '  agent Fix the till',
      '    llm chat claude-sonnet-4-5',
      '    tool Bash',
      '    tool Read',
      '    llm chat claude-sonnet-4-5',
      '    tool Task',
      '      agent Explore',
      '        llm chat claude-sonnet-4-5',
      '    llm chat claude-sonnet-4-5',
      '  agent Thanks',
      '    llm chat',
    ]);
    expect(trace!.problems).to.deep.equal([]);
  });

  it('a call of the model: its lines are one, from the line it answers to its last', () => {
    const call = onlyTrace(claudeCode, SESSION).span('msg_1')!;
    expect([call.start - AT, call.duration]).to.deep.equal([1000, 4000]);
    expect([call.provider, call.model, call.status]).to.deep.equal(['anthropic', 'claude-sonnet-4-5', 'ok']);
    expect(call.usage).to.deep.equal({ input: 1104, output: 50, total: 1154, cacheRead: 1000, cacheWrite: 100 });
    expect(call.messages.map(({ role, origin, parts }) => [role, origin, parts.map(({ type }) => type)])).to.deep.equal(
      [
        ['user', 'input', ['text']],
        ['user', 'input', ['text']],
        ['assistant', 'output', ['reasoning', 'tool-call', 'tool-call']],
      ],
    );
    expect((call.raw as { lines: unknown[] }).lines).to.have.length(3);
    expect(call.attributes.get('requestId')).to.equal('req_msg_1');
  });

  it('a later call has seen what went before, every result of it', () => {
    const call = onlyTrace(claudeCode, SESSION).span('msg_2')!;
    const asked = call.messages.filter(({ origin }) => origin === 'input').flatMap(({ parts }) => parts);
    expect(asked.map((part) => (part.type === 'tool-result' ? part.id : part.type))).to.deep.equal([
      'text',
      'text',
      'reasoning',
      'tool-call',
      'tool-call',
      't1',
      't2',
    ]);
  });

  it('tools: input, result, duration, failure', () => {
    const trace = onlyTrace(claudeCode, SESSION);
    const bash = spanNamed(trace, 'Bash');
    expect([bash.start - AT, bash.duration, bash.status, bash.input, bash.output]).to.deep.equal([
      4000,
      2000,
      'ok',
      { command: 'ls' },
      'till.py',
    ]);
    const read = spanNamed(trace, 'Read');
    expect([read.status, read.statusMessage, read.exceptions[0]?.message]).to.deep.equal([
      'error',
      'No such file',
      'No such file',
    ]);
    expect(onlyTrace(claudeCode, SESSION.slice(0, 7)).span('t1')!.end).to.equal(undefined);
  });

  it('turns: what was asked and answered, and what happened beside it', () => {
    const trace = onlyTrace(claudeCode, SESSION);
    const turn = spanNamed(trace, 'Fix the till');
    expect([turn.input, turn.output, turn.events.map(({ name }) => name)]).to.deep.equal([
      'Fix the till\nplease',
      'Fixed.',
      ['stop_hook_summary'],
    ]);
    expect([turn.start - AT, turn.duration]).to.deep.equal([1000, 15_000]);
    const agent = spanNamed(trace, 'Explore');
    expect([agent.input, agent.output, agent.usage]).to.deep.include('All fine.');
    const failed = trace.span('msg_5')!;
    expect([failed.status, failed.statusMessage, failed.model]).to.deep.equal(['error', 'API Error: busy', undefined]);
    expect(trace.roots[0]!.events.map(({ name }) => name)).to.deep.equal(['summary', 'file-history-snapshot', 'user']);
  });

  it('a sub-agent in a file of its own, and one that is told by its id', () => {
    const inAgent = (second: number, uuid: string, parent: string | null, fields: object) =>
      line(second, uuid, parent, { ...fields, isSidechain: true, agentId: 'abc' });
    const agent = [
      inAgent(1, 'k1', null, user('Look')),
      inAgent(2, 'k2', 'k1', assistant('msg_k', [{ type: 'text', text: 'Ok.' }])),
    ];
    expect(tree(onlyTrace(claudeCode, agent))).to.deep.equal([
      'agent Claude Code session',
      '  agent sub-agent',
      '    llm chat claude-sonnet-4-5',
    ]);
    const whole = [
      line(0, 'u1', null, user('Go')),
      line(
        1,
        'a1',
        'u1',
        assistant('msg_1', [{ type: 'tool_use', id: 't1', name: 'Agent', input: { prompt: 'Other words' } }]),
      ),
      ...agent,
      line(
        3,
        'r1',
        'a1',
        user([{ type: 'tool_result', tool_use_id: 't1', content: 'Ok.' }], { toolUseResult: { agentId: 'abc' } }),
      ),
    ];
    expect(onlyTrace(claudeCode, whole).span('agent-abc')!.parentId).to.equal('t1');
  });

  it('several sessions, lines that are repeated, and lines that are none', () => {
    const other = SESSION.map((each) => ('uuid' in each ? { ...each, sessionId: 's-2' } : each));
    const traces = readWith(claudeCode, [...SESSION, ...SESSION, ...other, 'x']);
    expect(traces.map(({ id, spans }) => [id, spans.length])).to.deep.equal([
      ['s-1', 12],
      ['s-2', 12],
    ]);
    expect(traces[0]!.problems.map(({ code }) => code)).to.include('unreadable-record');
  });

  it('survives anything', () => survivesAnything(claudeCode, SESSION));
});
