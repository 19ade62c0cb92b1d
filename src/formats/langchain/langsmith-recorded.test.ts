import { expect } from '@open-wc/testing';
import { spanNamed } from '../../test/format-checks.js';
import { vendorText } from '../../test/vendor-files.js';
import type { Span } from '../../model/index.js';
import { readTraces } from '../read-traces.js';

interface SentRun {
  id: string;
  name: string;
  run_type: string;
  parent_run_id?: string;
  trace_id: string;
  start_time: string;
  end_time?: number;
  error?: string;
  extra: { metadata: { usage_metadata?: Record<string, number> } };
}

/** The runs of the batches in a file: what was sent later of a run is put over what was sent before. */
function runsIn(text: string): Map<string, SentRun> {
  const runs = new Map<string, SentRun>();
  for (const line of text.trim().split('\n')) {
    const { post = [], patch = [] } = JSON.parse(line) as { post?: SentRun[]; patch?: SentRun[] };
    for (const run of [...post, ...patch]) runs.set(run.id, Object.assign(runs.get(run.id) ?? {}, run));
  }
  return runs;
}

const answer =
  'Your parcel 4711 has been at customs since 2 March. I could not find out the customs due; gifts below 45 euros are free.';

function checkRuns(text: string, spans: Iterable<Span>): void {
  const runs = runsIn(text);
  const seen = [...spans];
  expect(seen.map(({ id }) => id)).to.have.members([...runs.keys()]);
  for (const span of seen) {
    const run = runs.get(span.id)!;
    expect(span).to.include({ name: run.name, traceId: run.trace_id });
    expect(span.parentId).to.equal(run.parent_run_id);
    // Behind the milliseconds JavaScript's SDK writes a count.
    expect(span.start).to.equal(Date.parse(run.start_time));
    expect(span.end).to.equal(run.end_time);
    expect(span.status === 'error').to.equal(run.error !== undefined);
    expect(span.raw).to.include({ run_type: run.run_type });
  }
}

describe('LangSmith runs that the SDK sent', () => {
  it('with wrapped functions are one trace with its score', async () => {
    const text = await vendorText('langsmith.jsonl');
    const [trace, ...others] = await readTraces(text);
    expect(others).to.deep.equal([]);
    expect(trace!).to.include({ format: 'langsmith', sessionId: 'session-7f3a', userId: 'user-82' });
    expect([...trace!.tags]).to.deep.equal(['support', 'parcels']);
    expect(trace!.problems).to.deep.equal([]);
    checkRuns(text, trace!.spans);

    const kinds = [...trace!.spans].map(({ kind, depth }) => `${depth} ${kind}`);
    expect(kinds).to.deep.equal(['0 agent', '1 retriever', '1 llm', '1 tool', '1 tool', '1 llm']);
    expect(trace!.usage).to.include({ input: 176 + 291, output: 16 + 30, total: 192 + 321, cacheRead: 128 });
    expect(trace!.roots[0]!.scores).to.deep.equal([
      { name: 'helpful', value: 1, explanation: 'The customer said thank you.', source: 'api' },
    ]);
    const { documents } = spanNamed(trace!, 'search help pages');
    expect(documents.map(({ id, score }) => [id, score])).to.deep.equal([
      ['parcels-003', 0.91],
      ['customs-011', 0.84],
    ]);
    expect(spanNamed(trace!, 'check_customs').exceptions).to.deep.equal([
      { type: 'Error', message: 'The customs service did not answer within 2 seconds.' },
    ]);
  });

  it('have the conversation, tools and parameters of each call', async () => {
    const [trace] = await readTraces(await vendorText('langsmith.jsonl'));
    const [first, second] = [...trace!.spans].filter(({ kind }) => kind === 'llm');
    expect(first!).to.include({ model: 'gpt-4o-mini', provider: 'openai' });
    expect(second!.timeToFirstToken).to.equal(581 - 387);
    expect(second!.tools.map(({ name }) => name)).to.deep.equal(['look_up_parcel', 'check_customs']);
    expect([...second!.parameters.keys()]).to.have.members(['temperature', 'stream', 'stream_options']);
    expect(second!.messages.map(({ role }) => role)).to.deep.equal(['system', 'user', 'assistant', 'tool', 'tool', 'assistant']); // prettier-ignore
    const [, , calls, ...results] = second!.messages;
    const ids = calls!.parts.map((part) => (part.type === 'tool-call' ? part.id : ''));
    expect(ids).to.have.length(2);
    expect(results.slice(0, 2).map(({ parts }) => (parts[0] as { id?: string }).id)).to.deep.equal(ids);
    expect(first!.messages.at(-1)).to.include({ finishReason: 'tool_calls', origin: 'output' });
    expect(second!.messages.at(-1)).to.deep.equal({
      role: 'assistant',
      origin: 'output',
      finishReason: 'stop',
      parts: [{ type: 'text', text: answer }],
    });
  });

  it('of a graph say why the model stopped, and what a tool threw', async () => {
    const text = await vendorText('langsmith-langgraph.jsonl');
    const [trace, ...others] = await readTraces(text);
    expect(others).to.deep.equal([]);
    expect(trace!).to.include({ format: 'langsmith', sessionId: 'session-7f3a', userId: 'user-82' });
    expect(trace!.problems).to.deep.equal([]);
    checkRuns(text, trace!.spans);
    expect(trace!.usage).to.include({ input: 219 + 339, output: 16 + 30, cacheRead: 192 });

    const calls = [...trace!.spans].filter(({ kind }) => kind === 'llm');
    expect(calls.map(({ messages }) => messages.at(-1)!.finishReason)).to.deep.equal(['tool_calls', 'stop']);
    expect(calls[1]!.messages.map(({ role }) => role)).to.deep.equal(['system', 'user', 'assistant', 'tool', 'tool', 'assistant']); // prettier-ignore
    expect(calls[1]!.messages.at(-1)!.parts).to.deep.equal([{ type: 'text', text: answer }]);
    const [exception] = spanNamed(trace!, 'check_customs').exceptions;
    expect(exception).to.include({ type: 'Error', message: 'The customs service did not answer within 2 seconds.' });
    expect(exception!.stacktrace).to.match(/^Error: The customs service[^\n]*\n {4}at checkCustoms /);
    expect(spanNamed(trace!, 'HelpPages').documents.map(({ id }) => id)).to.deep.equal(['parcels-003', 'customs-011']);
  });
});

describe('LangSmith feedback', () => {
  const run = (id: string, parent: string | undefined, more: object = {}) => ({
    id,
    name: id,
    run_type: 'chain',
    trace_id: 'a',
    start_time: '2025-01-02T03:04:05Z',
    ...(parent !== undefined && { parent_run_id: parent }),
    ...more,
  });

  it('is attached to its run, else to its trace, else reported; also where it comes first', async () => {
    const [trace] = await readTraces([
      { id: 'f1', run_id: 'b', key: 'early', score: 1 },
      { post: [run('a', undefined), run('b', 'a')] },
      { id: 'f1', run_id: 'b', key: 'early', score: 0 },
      { id: 'f2', run_id: 'elsewhere', trace_id: 'a', key: 'whole', score: 0.5 },
      { id: 'f3', run_id: 'elsewhere', key: 'lost', score: 1 },
      { id: 'f4', run_id: null, session_id: 'project', key: 'of the project', score: 1 },
    ]);
    expect(trace!.spans).to.have.length(2);
    expect(trace!.span('b')!.scores).to.deep.equal([{ name: 'early', value: 0 }]);
    expect(trace!.scores).to.deep.equal([{ name: 'whole', value: 0.5 }]);
    const [problem, ...others] = trace!.problems.filter(({ code }) => code === 'unreadable-record');
    expect(problem!.message).to.match(/^2 scores /);
    expect(others).to.deep.equal([]);
  });

  it('goes with runs of which only the outermost that says so is an agent', async () => {
    const of = (type: string) => ({ extra: { metadata: { ls_agent_type: type } } });
    const [trace] = await readTraces([
      run('a', undefined, of('root')),
      run('inside', 'a', of('root')),
      run('helper', 'inside', of('subagent')),
      run('around', 'helper', of('middleware')),
    ]);
    expect([...trace!.spans].map(({ kind }) => kind)).to.deep.equal(['agent', 'chain', 'agent', 'chain']);
  });
});
