import { expect } from '@open-wc/testing';
import { buildTraces, type SpanMeaning, type SpanReader, type Trace } from '../model/index.js';
import { plainReader, ran, tableOf, type SpanSketch } from '../test/trace-builder.js';
import { toolSpansOf } from './tool-spans.js';

interface Raw extends SpanMeaning {
  attributes?: Record<string, unknown>;
}

const reader: SpanReader = {
  ...plainReader,
  record: (raw) => ({
    ...plainReader.record(raw),
    attributes: new Map(Object.entries((raw as Raw).attributes ?? {})),
  }),
  meaning: (_, raw) => raw as Raw,
};

const traceOf = (...sketches: SpanSketch[]): Trace =>
  buildTraces(
    tableOf(
      sketches.map((sketch, at) => ({ start: at, end: at + 1, raw: {}, ...sketch })),
      reader,
    ),
  )[0]!;

/** A model call that asks for tools, each as `name` or `name#id`. */
function asks(...tools: string[]): SpanSketch {
  const parts = tools.map((tool) => {
    const [name = '', id] = tool.split('#');
    return { type: 'tool-call' as const, name, arguments: {}, ...(id !== undefined && { id }) };
  });
  const raw: Raw = { messages: [{ origin: 'output', role: 'assistant', parts }] };
  return { id: 'ask', parentId: 'root', kind: 'llm', raw };
}

const tool = (id: string, name: string, callId?: string, parentId = 'root'): SpanSketch => ({
  id,
  parentId,
  kind: 'tool',
  name,
  raw: { attributes: callId === undefined ? {} : { 'gen_ai.tool.call.id': callId } },
});

const told = (id: string, ...results: string[]): SpanSketch => {
  const parts = results.map((result) => ({ type: 'tool-result' as const, id: result, result: 'r' }));
  return { id, parentId: 'root', kind: 'llm', raw: { messages: [{ origin: 'input', role: 'tool', parts }] } };
};

/** `tool span` of each call. */
function spansOf(...sketches: SpanSketch[]): string[] {
  const trace = traceOf(ran('root', '', { end: 1000 }), ...sketches);
  return Array.from(toolSpansOf(trace.span('ask')!), ([{ name }, { id }]) => `${name} ${id}`);
}

describe('spans of tool calls', () => {
  it('are told by the id of the call, whatever they are called and in whatever order', () => {
    expect(
      spansOf(asks('f#1', 'f#2'), tool('second', 'f', '2'), tool('first', 'run', '1'), tool('other', 'f', '9')),
    ).to.deep.equal(['f second', 'f first']);
  });

  it('are told by name and order where there are no ids, also inside other spans and inside the call', () => {
    expect(
      spansOf(
        asks('get_pun', 'get_pun_now', 'f'),
        tool('inside', 'f', undefined, 'ask'),
        { id: 'group', parentId: 'root', kind: 'chain' },
        tool('long', 'running tool: get_pun_now', undefined, 'group'),
        tool('short', 'execute_tool get_pun', undefined, 'group'),
        tool('again', 'get_pun', undefined, 'group'),
      ),
    ).to.have.members(['f inside', 'get_pun_now long', 'get_pun short']);
  });

  it('end with the next model call, but not with one that a tool makes', () => {
    expect(
      spansOf(
        asks('f', 'g', 'h'),
        tool('one', 'f'),
        { id: 'inner', parentId: 'one', kind: 'llm' },
        tool('deeper', 'h', undefined, 'one'),
        tool('two', 'g'),
        { id: 'next', parentId: 'root', kind: 'llm' },
        tool('late', 'h'),
      ),
    ).to.deep.equal(['f one', 'g two']);
  });

  it('are the next model call where only that was told the result', () => {
    expect(spansOf(asks('f#1', 'g#2', 'h'), told('next', '2', '7'), told('later', '1'))).to.deep.equal(['g next']);
  });

  it('are not those that were given other arguments', () => {
    const call = { type: 'tool-call' as const, name: 'f', arguments: { city: 'Oslo' } };
    const ask = { ...asks(), raw: { messages: [{ origin: 'output' as const, role: 'assistant', parts: [call] }] } };
    const given = (id: string, input: object): SpanSketch => ({ ...tool(id, 'f'), raw: { input } });
    expect(spansOf(ask, given('other', { city: 'Rome' }), given('own', { city: 'Oslo' }))).to.deep.equal(['f own']);
    const wrapped = { input: { city: 'Rome' } };
    expect(spansOf(ask, given('other', wrapped), given('told', { place: 'Oslo' }))).to.deep.equal(['f told']);
  });

  it('are none of a call that asked for none', () => {
    expect(spansOf({ id: 'ask', parentId: 'root', kind: 'llm' }, tool('a', 'f'))).to.deep.equal([]);
  });
});
