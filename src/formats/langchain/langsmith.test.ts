import { expect } from '@open-wc/testing';
import { sharedFiles, sharedText } from '../../test/shared-files.js';
import { survivesAnything } from '../../test/format-checks.js';
import { rejection } from '../../test/rejection.js';
import { EmptyInputError } from '../errors.js';
import { langSmith } from './langsmith.js';
import { readTraces } from '../read-traces.js';

const ROOT = '11111111-1111-4111-8111-111111111111';
const MODEL = '22222222-2222-4222-8222-222222222222';
const SEARCH = '33333333-3333-4333-8333-333333333333';
const ORDER = `20250102T030405000000Z${ROOT}`;

const root = (more: object = {}): Record<string, unknown> => ({
  id: ROOT,
  trace_id: ROOT,
  name: 'support_agent',
  run_type: 'chain',
  start_time: '2025-01-02T03:04:05.000123',
  end_time: '2025-01-02T03:04:08.500456',
  dotted_order: ORDER,
  session_id: 'project-id',
  status: 'success',
  error: null,
  inputs: { input: 'Where is my parcel?' },
  outputs: { output: 'On its way.' },
  extra: {
    metadata: { thread_id: 'thread-7', user_id: 'ada', revision_id: 'r1' },
    runtime: { sdk: 'langsmith-py', sdk_version: '0.4.1' },
  },
  tags: ['prod', 'beta'],
  total_tokens: 30,
  total_cost: '0.0021',
  feedback_stats: {
    helpful: { n: 2, avg: 0.5, values: {} },
    tone: { n: 3, avg: null, values: { kind: 2, rude: 1 } },
  },
  ...more,
});

const modelRun = (more: object = {}): Record<string, unknown> => ({
  id: MODEL,
  trace_id: ROOT,
  parent_run_id: ROOT,
  name: 'ChatOpenAI',
  run_type: 'llm',
  start_time: '2025-01-02T03:04:05.100+00:00',
  end_time: '2025-01-02T03:04:07+00:00',
  dotted_order: `${ORDER}.20250102T030405100000Z${MODEL}`,
  first_token_time: '2025-01-02T03:04:05.350+00:00',
  tags: ['seq:step:1'],
  extra: {
    metadata: { ls_provider: 'openai', ls_model_name: 'gpt-4.1', ls_temperature: 0.2, ls_max_tokens: 99 },
    invocation_params: {
      model: 'gpt-4.1',
      top_p: 1,
      tools: [
        { type: 'function', function: { name: 'track', description: 'Finds it', parameters: { type: 'object' } } },
      ],
    },
  },
  inputs: {
    messages: [
      [
        {
          lc: 1,
          type: 'constructor',
          id: ['langchain', 'schema', 'messages', 'HumanMessage'],
          kwargs: { content: 'Where?' },
        },
      ],
    ],
  },
  outputs: {
    generations: [
      [
        {
          text: '',
          message: {
            lc: 1,
            type: 'constructor',
            id: ['langchain', 'schema', 'messages', 'AIMessage'],
            kwargs: {
              content: '',
              tool_calls: [{ id: 'call_1', name: 'track', args: { parcel: 5 } }],
              usage_metadata: {
                input_tokens: 20,
                output_tokens: 10,
                total_tokens: 30,
                input_token_details: { cache_read: 8 },
              },
            },
          },
        },
      ],
    ],
    llm_output: { token_usage: { prompt_tokens: 1, completion_tokens: 1 } },
  },
  prompt_cost: '0.0015',
  completion_cost: 0.0006,
  ...more,
});

const retriever = (more: object = {}): Record<string, unknown> => ({
  id: SEARCH,
  trace_id: ROOT,
  name: 'VectorStoreRetriever',
  run_type: 'retriever',
  start_time: 1735787046000,
  end_time: 1735787046250,
  dotted_order: `${ORDER}.20250102T030406000001Z${SEARCH}`,
  inputs: { query: 'parcel' },
  outputs: {
    documents: [
      { page_content: 'first', metadata: { score: 0.9, source: 'a.md' } },
      { lc: 1, type: 'constructor', id: ['langchain', 'Document'], kwargs: { page_content: 'second', metadata: {} } },
    ],
  },
  ...more,
});

describe('LangSmith', () => {
  it('reads a flat list, and says all of it', async () => {
    const [trace, ...others] = await readTraces([retriever(), modelRun(), root()]);
    expect(others).to.deep.equal([]);
    expect(trace!.format).to.equal('langsmith');
    expect(trace!.problems).to.deep.equal([]);
    expect([...trace!.spans].map(({ id, depth }) => [id, depth])).to.deep.equal([[ROOT, 0], [MODEL, 1], [SEARCH, 1]]); // prettier-ignore
    expect(trace!).to.include({ id: ROOT, sessionId: 'thread-7', userId: 'ada' });
    expect([...trace!.tags]).to.deep.equal(['prod', 'beta']);
    expect(trace!.metadata).to.deep.include({ revision_id: 'r1' });

    const [agent, model, search] = [...trace!.spans];
    expect(agent).to.include({
      kind: 'agent',
      status: 'ok',
      cost: 0.0021,
      input: 'Where is my parcel?',
      output: 'On its way.',
    });
    expect(agent!.start).to.be.closeTo(Date.UTC(2025, 0, 2, 3, 4, 5) + 0.123, 0.001);
    expect(agent!.duration).to.be.closeTo(3500.333, 1e-6);
    expect(agent!.attributes.get('session_id')).to.equal('project-id');
    expect(agent!.attributes.get('extra.metadata.revision_id')).to.equal('r1');
    expect(agent!.scope).to.deep.equal({ name: 'langsmith-py', version: '0.4.1' });
    expect(agent!.scores).to.deep.equal([{ name: 'helpful', value: 0.5 }, { name: 'tone', value: 'kind' }]); // prettier-ignore

    expect(model).to.include({
      kind: 'llm',
      model: 'gpt-4.1',
      provider: 'openai',
      cost: 0.0021,
      timeToFirstToken: 250,
    });
    expect(model!.usage).to.deep.equal({ input: 20, output: 10, total: 30, cacheRead: 8 });
    expect(model!.messages.map(({ role, origin }) => [role, origin])).to.deep.equal([['user', 'input'], ['assistant', 'output']]); // prettier-ignore
    expect(model!.messages[1]!.parts).to.deep.equal([
      { type: 'tool-call', id: 'call_1', name: 'track', arguments: { parcel: 5 } },
    ]);
    expect(model!.tools.map(({ name }) => name)).to.deep.equal(['track']);
    expect([...model!.parameters]).to.deep.equal([['top_p', 1], ['temperature', 0.2], ['max_tokens', 99]]); // prettier-ignore

    expect(search!.parentId, 'from dotted_order').to.equal(ROOT);
    expect(search).to.include({ kind: 'retriever', duration: 250 });
    expect(search!.documents).to.deep.equal([
      { content: 'first', score: 0.9, metadata: { score: 0.9, source: 'a.md' } },
      { content: 'second', metadata: {} },
    ]);
  });

  it('reads nested runs that say nothing of their place, however deep', async () => {
    const nest = (run: Record<string, unknown>, children: unknown[]) => {
      return { ...run, trace_id: undefined, parent_run_id: undefined, dotted_order: undefined, child_runs: children };
    };
    const [trace] = await readTraces(nest(root(), [nest(modelRun(), [nest(retriever(), [])])]));
    expect([...trace!.spans].map(({ id, depth }) => [id, depth])).to.deep.equal([[ROOT, 0], [MODEL, 1], [SEARCH, 2]]); // prettier-ignore
    expect(trace!.id).to.equal(ROOT);

    let deep: Record<string, unknown> = { id: 'leaf', name: 'leaf', run_type: 'tool' };
    for (let level = 0; level < 20_000; level++)
      deep = { id: `r${level}`, name: 'chain', run_type: 'chain', child_runs: [deep] };
    const [tower] = await readTraces(deep);
    expect(tower!.span('leaf')!.depth).to.equal(20_000);
  });

  it('reads a page of runs with feedback beside them', async () => {
    const feedback = [
      { run_id: ROOT, key: 'helpful', score: 1, comment: 'Thanks!', feedback_source: { type: 'app' } },
      { run_id: MODEL, key: 'style', score: null, value: 'terse', source_info: { type: 'model' } },
      { trace_id: ROOT, key: 'whole', score: 0.25 },
    ];
    const [trace] = await readTraces({ runs: [root(), modelRun()], feedback });
    expect(trace!.span(ROOT)!.scores).to.deep.equal([
      { name: 'helpful', value: 1, explanation: 'Thanks!', source: 'human' },
      { name: 'tone', value: 'kind' },
    ]);
    expect(trace!.span(MODEL)!.scores).to.deep.equal([{ name: 'style', value: 'terse', source: 'llm' }]);
    expect(trace!.scores).to.deep.include({ name: 'whole', value: 0.25 });
    const [lines] = await readTraces([root(), ...feedback].map((row) => JSON.stringify(row)).join('\n'));
    expect(lines!.span(ROOT)!.scores[0]).to.include({ name: 'helpful', value: 1 });
  });

  it('puts the halves of a run together, in either order, with or without an id', async () => {
    const { end_time, outputs, ...post } = modelRun({ outputs: undefined });
    const whole = modelRun();
    const patch = {
      end_time: whole['end_time'],
      outputs: whole['outputs'],
      dotted_order: whole['dotted_order'],
      trace_id: ROOT,
      tags: [],
    };
    expect([end_time, outputs]).to.have.length(2);
    for (const input of [
      { post: [root(), post], patch: [patch] },
      { post: [root(), post], patch: [{ id: MODEL, parent_run_id: null, ...patch }] },
      [{ patch: [patch] }, { post: [post, root()] }],
    ]) {
      const [trace] = await readTraces(input);
      expect(trace!.spans).to.have.length(2);
      expect(trace!.problems).to.deep.equal([]);
      const span = trace!.span(MODEL)!;
      expect(span).to.include({ name: 'ChatOpenAI', duration: 1900, parentId: ROOT });
      expect(span.usage!.total).to.equal(30);
      expect(span.attributes.get('tags'), 'an empty list says nothing').to.deep.equal(['seq:step:1']);
    }
    const [alone] = await readTraces({ patch: [{ ...patch, extra: { runtime: { sdk: 'langsmith-js' } } }] });
    expect(alone!.span(MODEL)!.start).to.equal(Date.UTC(2025, 0, 2, 3, 4, 5, 100));
  });

  it('keeps the order of siblings that JavaScript’s SDK numbers within a millisecond', async () => {
    const sibling = (id: string, sequence: string) => ({
      id,
      trace_id: ROOT,
      name: id,
      run_type: 'tool',
      start_time: Date.UTC(2025, 0, 2, 3, 4, 6),
      dotted_order: `${ORDER}.20250102T030406000${sequence}Z${id}`,
    });
    const [trace] = await readTraces([sibling('c', '003'), root(), sibling('a', '001'), sibling('b', '002')]);
    expect(trace!.span(ROOT)!.children.map(({ id }) => id)).to.deep.equal(['a', 'b', 'c']);
  });

  it('reads errors, events, prompts, wrapped requests and bare prompts', async () => {
    const error = 'ValueError(\'bad\')Traceback (most recent call last):\n  File "x.py"\nValueError: bad';
    const [trace] = await readTraces([
      root({ error, status: 'error' }),
      modelRun({
        first_token_time: undefined,
        events: [{ name: 'new_token', time: '2025-01-02T03:04:05.600+00:00', kwargs: { token: 'Hi' } }],
        inputs: { model: 'gpt-4.1-mini', messages: [{ role: 'user', content: 'Hi' }], temperature: 0.7, stop: null },
        outputs: { choices: [{ message: { role: 'assistant', content: 'Ho' }, finish_reason: 'stop' }], usage: { prompt_tokens: 3, completion_tokens: 1 } },
        extra: {},
      }),
      retriever({ name: 'template', run_type: 'prompt', inputs: { city: 'Rome' }, outputs: {}, extra: { metadata: { lc_hub_owner: 'me', lc_hub_repo: 'weather', lc_hub_commit_hash: 'abc' } }, serialized: { kwargs: { messages: [{ kwargs: { prompt: { kwargs: { template: 'In {city}?' } } } }] } } }),
      retriever({ id: 'legacy', name: 'OpenAI', run_type: 'llm', dotted_order: undefined, parent_run_id: ROOT, inputs: { prompts: ['Say hi'] }, outputs: { generations: [[{ text: 'hi' }]], llm_output: { model_name: 'davinci', token_usage: { prompt_tokens: 2, completion_tokens: 1, total_tokens: 3 } } } }),
    ]); // prettier-ignore
    expect(trace!.span(ROOT)).to.include({ status: 'error', statusMessage: 'bad' });
    expect(trace!.span(ROOT)!.exceptions).to.deep.equal([{ type: 'ValueError', message: 'bad', stacktrace: error }]);
    const model = trace!.span(MODEL)!;
    expect(model).to.include({ model: 'gpt-4.1-mini', timeToFirstToken: 500 });
    expect(model.usage).to.deep.equal({ input: 3, output: 1, total: 4 });
    expect([...model.parameters]).to.deep.equal([['temperature', 0.7]]);
    expect(model.messages[1]!.finishReason).to.equal('stop');
    expect(model.events[0]).to.include({ name: 'new_token', time: Date.UTC(2025, 0, 2, 3, 4, 5, 600) });
    expect(trace!.span(SEARCH)!.prompt).to.deep.equal({ name: 'me/weather', version: 'abc', template: 'In {city}?', variables: { city: 'Rome' } }); // prettier-ignore
    const legacy = trace!.span('legacy')!;
    expect(legacy.usage!.total).to.equal(3);
    expect(legacy.model).to.equal('davinci');
    expect(legacy.messages.map(({ role, parts }) => [role, parts[0]])).to.deep.equal([
      ['user', { type: 'text', text: 'Say hi' }],
      ['assistant', { type: 'text', text: 'hi' }],
    ]);
  });

  it('shows values without the objects that the SDKs put around them', async () => {
    const outputs = async (value: object) => (await readTraces([root({ outputs: value })]))[0]!.span(ROOT)!.output;
    expect(await outputs({ output: 'python' })).to.equal('python');
    expect(await outputs({ outputs: 'javascript' })).to.equal('javascript');
    expect(await outputs({ output: 1, more: 2 })).to.deep.equal({ output: 1, more: 2 });
  });

  it('reports what is no run', async () => {
    const [trace] = await readTraces({ runs: [root(), 5, null] });
    expect(trace!.problems.map(({ code }) => code)).to.deep.equal(['unreadable-record', 'unreadable-record']);
    expect(langSmith.detect([{ id: 'x', type: 'llm', trace_id: 'y' }])).to.equal(false);
    const failure = await rejection(readTraces({ runs: [] }, { format: 'langsmith' }));
    expect(failure).to.be.instanceOf(EmptyInputError);
  });

  it('takes whatever JSON comes', () =>
    survivesAnything(
      langSmith,
      [root(), modelRun(), retriever(), { run_id: ROOT, key: 'helpful', score: 1 }],
      { post: [root()], patch: [modelRun()] },
      root({ child_runs: [modelRun()] }),
    ));
});

/** What the batches state, of what is looked at. */
interface Batch {
  post: [
    {
      id: string;
      start_time: string | number;
      extra: { metadata: { ls_model_name: string } };
      inputs: { messages: [{ content: string }] };
    },
  ];
  patch: [
    {
      end_time: string | number;
      events?: unknown[];
      outputs: {
        choices: [{ message: { content: string } }];
        usage_metadata?: {
          input_tokens: number;
          output_tokens: number;
          total_tokens: number;
          output_token_details: { reasoning: number };
        };
      };
    },
  ];
}

const files = await sharedFiles();

describe('real LangSmith batches', () => {
  if (files.length === 0) {
    it('are not on this machine: nothing is tested', () => expect(files).to.be.empty);
    return;
  }
  const own = files.filter((file) => file.startsWith('langsmith/'));

  it('are all there', () => expect(own).to.have.length(5));

  for (const file of own) {
    it(`${file} is one run of a model`, async () => {
      const text = (await sharedText(`fixtures/${file}`))!;
      const { post, patch } = JSON.parse(text) as Batch;
      const [trace, ...others] = await readTraces(text);
      expect(others).to.deep.equal([]);
      expect(trace!.format).to.equal('langsmith');
      expect(trace!.problems).to.deep.equal([]);
      expect(trace!.spans).to.have.length(1);
      const span = trace!.spans.at(0)!;
      expect(span).to.include({ id: post[0].id, kind: 'llm', name: 'ChatOpenAI', model: post[0].extra.metadata.ls_model_name, provider: 'openai' }); // prettier-ignore
      expect(span.duration).to.be.closeTo(
        Number(new Date(patch[0].end_time)) - Number(new Date(post[0].start_time)),
        1,
      );
      const usage = patch[0].outputs.usage_metadata;
      if (usage) {
        expect(span.usage).to.include({ input: usage.input_tokens, output: usage.output_tokens, total: usage.total_tokens, reasoning: usage.output_token_details.reasoning }); // prettier-ignore
      } else expect(span.usage).to.equal(undefined);
      expect(span.messages.map(({ role }) => role)).to.deep.equal(['user', 'assistant']);
      expect(span.messages[0]!.parts).to.deep.equal([{ type: 'text', text: post[0].inputs.messages[0].content }]);
      expect(span.messages[1]!.parts).to.deep.equal([
        { type: 'text', text: patch[0].outputs.choices[0].message.content },
      ]);
      expect(span.timeToFirstToken !== undefined).to.equal((patch[0].events ?? []).length > 0);
    });
  }

  it('are the only files that are taken for it', async () => {
    for (const file of files.filter((name) => name.endsWith('.json') && !own.includes(name))) {
      const value: unknown = JSON.parse((await sharedText(`fixtures/${file}`)) || 'null');
      expect(langSmith.detect(value), file).to.equal(false);
    }
  });
});
