import { expect } from '@open-wc/testing';
import { onlyTrace, spanNamed, survivesAnything } from '../test/format-checks.js';
import { ANSWER, expectStory, FAILURE } from '../test/support-story.js';
import { vendorText } from '../test/vendor-files.js';
import { readTraces } from './read-traces.js';
import { weave } from './weave.js';

const OP = 'weave:///team/app/op/openai.chat.completions.create:Xy12';
const CALLS = [
  { id: 'c-1', project_id: 'team/app', op_name: 'weave:///team/app/op/answer:*', trace_id: 't-1', parent_id: null, thread_id: 'th-1', started_at: '2026-05-01T10:00:00.000100Z', ended_at: '2026-05-01T10:00:03.000350Z', inputs: { question: 'Why?' }, output: 'Because.', attributes: { env: 'dev', weave: { kind: 'agent' } }, summary: { usage: { 'gpt-4o': { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 } }, weave: { status: 'descendant_error', feedback: [{ feedback_type: 'wandb.reaction.1', payload: { emoji: '👍' } }, { feedback_type: 'wandb.runnable.quality', payload: { output: { score: 0.5 } } }, { feedback_type: 'wandb.note.1', payload: { note: 'good' } }] } }, wb_user_id: 'u-1' },
  { id: 'c-2', op_name: OP, trace_id: 't-1', parent_id: 'c-1', started_at: '2026-05-01T10:00:01Z', ended_at: '2026-05-01T10:00:02Z', inputs: { model: 'gpt-4o', temperature: 0.3, messages: [{ role: 'user', content: 'Why?' }], tools: [{ type: 'function', function: { name: 'search' } }] }, output: { choices: [{ message: { role: 'assistant', content: 'Because.' }, finish_reason: 'stop' }] }, attributes: {}, summary: { usage: { 'gpt-4o': { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15, prompt_tokens_details: { cached_tokens: 4 }, completion_tokens_details: { reasoning_tokens: 2 } } }, weave: { status: 'success', costs: { 'gpt-4o': { prompt_tokens_total_cost: 0.5, completion_tokens_total_cost: 0.25 } } } } },
  { id: 'c-3', op_name: 'lookup', display_name: 'Look up', trace_id: 't-1', parent_id: 'c-1', started_at: '2026-05-01T10:00:02Z', ended_at: '2026-05-01T10:00:02.5Z', inputs: { q: 'x' }, exception: 'KeyError: x', attributes: { weave: { kind: 'tool' } }, summary: { weave: { status: 'error' } } },
]; // prettier-ignore
const BATCH = { batch: CALLS.flatMap(({ ended_at, output, summary, exception, ...start }) => [
  { mode: 'start', req: { start } },
  { mode: 'end', req: { end: { id: start.id, ended_at, output, summary, exception } } },
]) }; // prettier-ignore

describe('W&B Weave', () => {
  for (const [form, value] of Object.entries({ list: CALLS, wrapped: { calls: CALLS }, 'starts and ends': BATCH })) {
    it(`reads calls as ${form}`, () => {
      const trace = onlyTrace(weave, value);
      expect([...trace.spans].map(({ name, kind, depth, status }) => [name, kind, depth, status])).to.deep.equal([
        ['answer', 'agent', 0, 'unset'],
        ['openai.chat.completions.create', 'llm', 1, 'ok'],
        ['Look up', 'tool', 1, 'error'],
      ]);
      expect([trace.id, trace.sessionId, trace.userId, trace.metadata]).to.deep.equal(['t-1', 'th-1', 'u-1', { env: 'dev' }]); // prettier-ignore
      expect(trace.roots[0]!.duration).to.be.closeTo(3000.25, 1e-9);
      const call = trace.spans.at(1)!;
      expect(call.usage).to.deep.equal({ input: 10, output: 5, total: 15, cacheRead: 4, reasoning: 2 });
      expect([call.model, call.cost]).to.deep.equal(['gpt-4o', 0.75]);
      expect(trace.usage?.input).to.equal(10);
      expect(trace.problems).to.deep.equal([]);
    });
  }

  it('reads conversation, parameters, tools, errors and feedback', () => {
    const trace = onlyTrace(weave, CALLS);
    const call = trace.spans.at(1)!;
    expect(call.messages.map(({ role, origin, parts }) => [role, origin, parts])).to.deep.equal([
      ['user', 'input', [{ type: 'text', text: 'Why?' }]],
      ['assistant', 'output', [{ type: 'text', text: 'Because.' }]],
    ]);
    expect([...call.parameters]).to.deep.equal([['temperature', 0.3]]);
    expect(call.tools).to.deep.equal([{ name: 'search' }]);
    expect(spanNamed(trace, 'Look up').exceptions).to.deep.equal([{ type: 'KeyError', message: 'x' }]);
    expect(trace.roots[0]!.scores).to.deep.equal([
      { name: 'reaction', source: 'human', value: '👍' },
      { name: 'quality.score', value: 0.5, source: 'code' },
      { name: 'note', source: 'human', explanation: 'good' },
    ]);
  });

  it('adds up what Anthropic counts apart', () => {
    const usage = { claude: { input_tokens: 3, output_tokens: 2, cache_read_input_tokens: 100, cache_creation_input_tokens: 20 } }; // prettier-ignore
    const call = onlyTrace(weave, [{ ...CALLS[1], parent_id: null, summary: { usage } }]).spans.at(0)!;
    expect(call.usage).to.deep.include({ input: 123, output: 2, cacheRead: 100, cacheWrite: 20 });
    const litellm = { x: { prompt_tokens: 123, completion_tokens: 2, cache_read_input_tokens: 100 } };
    const other = onlyTrace(weave, [{ ...CALLS[1], parent_id: null, summary: { usage: litellm } }]).spans.at(0)!;
    expect(other.usage).to.deep.include({ input: 123, cacheRead: 100 });
  });

  it('reads the attributes of an OpenTelemetry span, whose dots were made into levels', () => {
    const attributes = { gen_ai: { operation: { name: 'chat' }, request: { model: 'm-1' }, usage: { input_tokens: 7, output_tokens: 1 }, input: { messages: '[{"role":"user","parts":[{"type":"text","content":"Hi"}]}]' } } }; // prettier-ignore
    const trace = onlyTrace(weave, [{ id: 'o', op_name: 'chat', trace_id: 't', started_at: '2026-05-01T10:00:01Z', inputs: {}, otel_dump: { attributes } }]); // prettier-ignore
    const span = trace.spans.at(0)!;
    expect([span.kind, span.model, span.usage?.input]).to.deep.equal(['llm', 'm-1', 7]);
    expect(span.messages.map(({ parts }) => parts)).to.deep.equal([[{ type: 'text', text: 'Hi' }]]);
    expect(span.isRunning).to.equal(true);
  });

  it('survives anything', () => survivesAnything(weave, CALLS, BATCH, { calls: CALLS }));

  it('reads what its SDK for JavaScript sent', async () => {
    interface Half {
      id: string;
      parent_id?: string;
      op_name?: string;
      started_at?: string;
      ended_at?: string;
    }
    const text = await vendorText('weave.jsonl');
    const [trace, ...others] = await readTraces(text);
    expect(others).to.deep.equal([]);
    expectStory(trace!, 'search_help_pages');
    expect(trace!).to.include({ format: 'weave', name: 'support_question' });

    const halves = text.trim().split('\n').flatMap((line) =>
      (JSON.parse(line) as { batch: { req: { start?: Half; end?: Half } }[] }).batch.map(({ req }) => (req.start ?? req.end)!),
    ); // prettier-ignore
    expect([...trace!.spans].map(({ id }) => id)).to.have.members([...new Set(halves.map(({ id }) => id))]);
    for (const { id, parent_id: parent, op_name: name, started_at: start, ended_at: end } of halves) {
      const span = trace!.span(id)!;
      if (name !== undefined) expect(name).to.match(new RegExp(`/op/${span.name}:`));
      if (start !== undefined) expect([span.start, span.parentId]).to.deep.equal([Date.parse(start), parent]);
      if (end !== undefined) expect(span.end).to.equal(Date.parse(end));
    }
    const kinds = [...trace!.spans].map(({ kind, provider }) =>
      provider === undefined ? kind : `${kind} ${provider}`,
    );
    expect(kinds).to.deep.equal(['span', 'retriever', 'llm openai', 'span', 'span', 'llm openai']);
    const calls = [...trace!.spans].filter(({ kind }) => kind === 'llm');
    expect(calls.map(({ messages }) => messages.at(-1)!.finishReason)).to.deep.equal(['tool_calls', 'stop']);
    expect(spanNamed(trace!, 'check_customs').exceptions).to.deep.equal([{ message: FAILURE }]);
    expect(trace!.roots[0]!.output).to.equal(ANSWER);
  });
});
