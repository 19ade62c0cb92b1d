import { expect } from '@open-wc/testing';
import { onlyTrace, openAll, readWith, spanNamed, survivesAnything } from '../../test/format-checks.js';
import { sharedFiles, sharedText } from '../../test/shared-files.js';
import { langfuse } from './langfuse.js';
import { parseText } from '../parse-text.js';
import { readTraces } from '../read-traces.js';

const TRACE = '0af7651916cd43dd8448eb211c80319c';

const observation = (more: object = {}): Record<string, unknown> => ({
  id: 'b7ad6b7169203331',
  traceId: TRACE,
  type: 'GENERATION',
  name: 'answer',
  parentObservationId: 'aaaaaaaaaaaaaaaa',
  startTime: '2025-05-01T10:00:00.100Z',
  endTime: '2025-05-01T10:00:01.100Z',
  completionStartTime: '2025-05-01T10:00:00.350Z',
  level: 'DEFAULT',
  model: 'gpt-4o',
  modelParameters: { temperature: '0.2', seed: null, stop: 'null' },
  usageDetails: { input: 10, input_cached_tokens: 4, output: 5, output_reasoning_tokens: 3, total: 22 },
  costDetails: { input: 0.25, output: 0.5, total: 0.75 },
  promptName: 'support',
  promptVersion: 3,
  input: '[{"role":"user","content":"Hi"}]',
  output: 'Hello',
  metadata: '{}',
  ...more,
});

const root = (more: object = {}): Record<string, unknown> => ({
  id: 'aaaaaaaaaaaaaaaa',
  traceId: TRACE,
  type: 'SPAN',
  name: 'root',
  parentObservationId: null,
  startTime: '2025-05-01T10:00:00.000Z',
  endTime: '2025-05-01T10:00:02.000Z',
  usageDetails: {},
  inputUsage: 0,
  outputUsage: 0,
  totalUsage: 0,
  totalCost: 0,
  ...more,
});

const trace = (more: object = {}): Record<string, unknown> => ({
  id: TRACE,
  name: 'support request',
  timestamp: '2025-05-01T10:00:00.000Z',
  sessionId: 's-1',
  userId: 'ada',
  tags: ['prod'],
  release: 'r7',
  input: '"Hi there"',
  output: '"Hello"',
  metadata: '{"plan":"free"}',
  scores: [
    { name: 'helpful', value: 1, dataType: 'BOOLEAN', stringValue: 'True', source: 'ANNOTATION', observationId: null },
    { name: 'tone', dataType: 'CATEGORICAL', stringValue: 'kind', value: 2, source: 'EVAL', comment: 'warm', observationId: 'b7ad6b7169203331' }, // prettier-ignore
  ],
  ...more,
});

const download = (): unknown => ({
  trace: trace({ observations: [root({ input: null })] }),
  observations: [root(), observation()],
});

describe('Langfuse', () => {
  it('reads a download of the UI', () => {
    const read = onlyTrace(langfuse, download());
    expect([read.name, read.sessionId, read.userId, [...read.tags]]).to.deep.equal([
      'support request',
      's-1',
      'ada',
      ['prod'],
    ]);
    expect(read.metadata).to.deep.equal({ plan: 'free' });
    expect(read.scores).to.deep.equal([{ name: 'helpful', value: true, label: 'True', source: 'human' }]);
    expect(read.spans.length).to.equal(2);
    expect(read.cost).to.equal(0.75);

    const top = spanNamed(read, 'root');
    expect([top.kind, top.usage, top.cost, top.input, top.output]).to.deep.equal([
      'span',
      undefined,
      undefined,
      'Hi there',
      'Hello',
    ]);
    expect(top.attributes.get('trace.release')).to.equal('r7');

    const span = spanNamed(read, 'answer');
    expect([span.kind, span.model, span.duration, span.timeToFirstToken]).to.deep.equal(['llm', 'gpt-4o', 1000, 250]);
    expect(span.parent?.name).to.equal('root');
    // The keys do not overlap: 10 and 4 are 14, 5 and 3 are 8.
    expect(span.usage).to.deep.equal({ input: 14, output: 8, total: 22, cacheRead: 4, reasoning: 3 });
    expect(span.messages).to.deep.equal([
      { role: 'user', origin: 'input', parts: [{ type: 'text', text: 'Hi' }] },
      { role: 'assistant', origin: 'output', parts: [{ type: 'text', text: 'Hello' }] },
    ]);
    expect([...span.parameters]).to.deep.equal([['temperature', '0.2']]);
    expect(span.prompt).to.deep.equal({ name: 'support', version: '3' });
    expect(span.scores).to.deep.equal([{ name: 'tone', value: 'kind', explanation: 'warm', source: 'llm' }]);
    expect(span.attributes.get('level')).to.equal('DEFAULT');
  });

  it('reads a trace of the API, lists of either kind, snake-case rows and lines', () => {
    const api = trace({ observations: [root(), observation()], htmlPath: '/t' });
    const row = {
      id: 'x', trace_id: TRACE, type: 'TOOL', name: 'look up', parent_observation_id: null,
      start_time: '2025-05-01 10:00:00.000123', end_time: '2025-05-01 10:00:00.500000', provided_model_name: 'm',
      trace_name: 'from row', session_id: 's-2', usage_details: '{"input":1,"output":2}', cost_details: '{"total":3}',
    }; // prettier-ignore
    expect(onlyTrace(langfuse, api).spans.length).to.equal(2);
    expect(onlyTrace(langfuse, { data: [root(), observation()], meta: { page: 1 } }).spans.length).to.equal(2);
    const rows = onlyTrace(langfuse, [row, { ...row, id: 'y', parent_observation_id: 'x' }]);
    const first = rows.spans.at(0)!;
    expect([rows.name, rows.sessionId, first.kind, first.model, first.cost, first.duration]).to.deep.equal([
      'from row',
      's-2',
      'tool',
      'm',
      3,
      499.877,
    ]);
    // A list of traces has only the ids of their observations: each trace is a span then.
    const listed = onlyTrace(langfuse, { data: [trace({ observations: ['a', 'b'], latency: 2.5, totalCost: 0.5 })] });
    expect([listed.spans.length, listed.duration, listed.cost, listed.spans.at(0)!.input]).to.deep.equal([
      1,
      2500,
      0.5,
      'Hi there',
    ]);
    expect(listed.problems).to.deep.equal([]);
  });

  it('puts the events of ingestion batches together', () => {
    const event = (type: string, body: object, id = type): object => ({
      id,
      type,
      timestamp: '2025-05-01T10:00:00Z',
      body,
    });
    const batches = [
      {
        batch: [
          event('trace-create', { id: TRACE, name: 'job', userId: 'bob' }),
          event('generation-create', { id: 'g', traceId: TRACE, name: 'call', startTime: '2025-05-01T10:00:00Z', model: 'm', metadata: { a: 1 } }), // prettier-ignore
          event('event-create', { id: 'e', traceId: TRACE, name: 'note', startTime: '2025-05-01T10:00:00Z' }),
          event('sdk-log', { log: 'x' }),
        ],
      },
      {
        batch: [
          event('generation-update', { id: 'g', endTime: '2025-05-01T10:00:03Z', model: null, level: 'ERROR', statusMessage: 'TimeoutError: late', usage: { promptTokens: 7, completionTokens: 2, totalTokens: 9 }, metadata: { b: 2 } }), // prettier-ignore
          event('trace-create', { id: TRACE, sessionId: 's' }, 'again'),
          event('score-create', { id: 'sc', traceId: TRACE, name: 'good', value: 0.5 }),
          event('score-create', { id: 'lost', traceId: TRACE, observationId: 'nobody', name: 'odd', value: 1 }),
        ],
      },
    ];
    const read = onlyTrace(langfuse, batches);
    expect([read.name, read.userId, read.sessionId, read.spans.length]).to.deep.equal(['job', 'bob', 's', 3]);
    expect(read.scores.map(({ name, value }) => [name, value])).to.deep.equal([
      ['good', 0.5],
      ['odd', 1],
    ]);
    const call = spanNamed(read, 'call');
    expect([call.kind, call.model, call.duration, call.status, call.statusMessage]).to.deep.equal([
      'llm',
      'm',
      3000,
      'error',
      'TimeoutError: late',
    ]);
    expect(call.usage).to.deep.equal({ input: 7, output: 2, total: 9 });
    expect(call.exceptions).to.deep.equal([{ type: 'TimeoutError', message: 'late' }]);
    expect([call.attributes.get('metadata.a'), call.attributes.get('metadata.b')]).to.deep.equal([1, 2]);
    const note = spanNamed(read, 'note');
    expect([note.kind, note.duration]).to.deep.equal(['span', 0]);
    // The trace's record stands above what has no parent, for as long as that took.
    expect(read.problems).to.deep.equal([]);
    expect([call.parent?.name, note.parent?.name, read.roots[0]!.duration]).to.deep.equal(['job', 'job', 3000]);
  });

  it('reads the attributes of the span that an observation was made from', () => {
    const attributes = {
      'openinference.span.kind': 'TOOL',
      'tool.name': 'search',
      'llm.output_messages.0.message.role': 'assistant',
      'llm.output_messages.0.message.content': 'found',
    };
    const resourceAttributes = { 'service.name': 'shop' };
    const plain = { attributes, resourceAttributes, scope: { name: 'oi', version: '1' }, extra: 1 };
    // As an object, as JSON text, and as text within text.
    const forms = [
      plain,
      JSON.stringify(plain),
      JSON.stringify(JSON.stringify(plain)),
      { ...plain, attributes: JSON.stringify(attributes) },
    ];
    for (const metadata of forms) {
      const span = onlyTrace(langfuse, [root({ metadata })]).spans.at(0)!;
      expect([span.kind, span.service]).to.deep.equal(['tool', 'shop']);
      expect(span.messages.map(({ parts }) => parts)).to.deep.equal([[{ type: 'text', text: 'found' }]]);
      expect(span.attributes.get('tool.name')).to.equal('search');
      expect(span.attributes.get('metadata.extra')).to.equal(1);
    }
  });

  it('finds tools, calls and media', () => {
    const media = '@@@langfuseMedia:type=image/png|id=med-1|source=bytes@@@';
    const span = onlyTrace(langfuse, [
      root({
        type: 'GENERATION',
        input: [
          { role: 'user', content: [{ type: 'image_url', image_url: { url: media } }, { type: 'text', text: `See ${media}` }] },
          { role: 'tool', content: { type: 'function', function: { name: 'f', parameters: {} } } },
        ],
        output: { role: 'assistant', content: '', additional_kwargs: { tool_calls: [{ id: 'c', function: { name: 'f', arguments: '{}' } }] } },
      }),
    ]).spans.at(0)!; // prettier-ignore
    const picture = { type: 'media', modality: 'image', mimeType: 'image/png', name: 'med-1' };
    expect(span.tools.map(({ name }) => name)).to.deep.equal(['f']);
    expect(span.messages.map(({ parts }) => parts)).to.deep.equal([
      [picture, { type: 'text', text: 'See ' }, picture],
      [{ type: 'tool-call', id: 'c', name: 'f', arguments: {} }],
    ]);
    const listed = onlyTrace(langfuse, [
      root({
        type: 'GENERATION',
        output: 'wait',
        toolDefinitions: { f: '{"description":"does it","parameters":{"type":"object"}}' },
        toolCalls: ['{"id":"c","arguments":"{\\"a\\":1}"}'],
        toolCallNames: ['f'],
      }),
    ]).spans.at(0)!;
    expect(listed.tools).to.deep.equal([{ name: 'f', description: 'does it', parameters: { type: 'object' } }]);
    expect(listed.messages.at(-1)!.parts).to.deep.equal([
      { type: 'tool-call', id: 'c', name: 'f', arguments: { a: 1 } },
    ]);
  });

  it('knows its own and nothing like it', () => {
    for (const other of [
      {}, [], null, 'x', { data: [] }, { trace: { id: 'x' }, spans: [] }, [{ traceId: 'a', type: 'tool_call', startTime: 1 }],
      { batch: [{ type: 'capture', body: {} }] }, { observations: [1] },
    ]) expect(langfuse.detect(other), JSON.stringify(other)).to.equal(false); // prettier-ignore
  });

  it('reports what it cannot read', () => {
    const [read] = readWith(langfuse, { trace: trace(), observations: [root(), 7, null] });
    expect(read!.spans.length).to.equal(1);
    expect(read!.problems.filter(({ code }) => code === 'unreadable-record')).to.have.length(2);
  });

  it('survives anything', () => survivesAnything(langfuse, download(), [observation()], { batch: [{ type: 'span-create', body: root() }] })); // prettier-ignore

  it('reads every real file as it is', async function () {
    this.timeout(60_000);
    const files = (await sharedFiles()).filter((file) => file.startsWith('langfuse/'));
    if (files.length === 0) return this.skip();
    const KINDS: Readonly<Record<string, string>> = { GENERATION: 'llm', TOOL: 'tool', AGENT: 'agent', CHAIN: 'chain' };
    let messages = 0;
    for (const file of files) {
      const text = (await sharedText(`fixtures/${file}`))!;
      type Row = Record<string, unknown>;
      const raw = JSON.parse(text) as { trace: Row & { scores?: Row[] }; observations: Row[] };
      const [read, ...others] = await readTraces(text);
      expect([read!.format, others.length, read!.spans.length], file).to.deep.equal([
        'langfuse',
        0,
        raw.observations.length,
      ]);
      expect(read!.problems, file).to.deep.equal([]);
      expect(read!.name).to.equal(raw.trace['name']);
      if (raw.trace['sessionId']) expect(read!.sessionId).to.equal(raw.trace['sessionId']);
      if (raw.trace['userId']) expect(read!.userId).to.equal(raw.trace['userId']);
      expect(read!.scores.length + [...read!.spans].reduce((sum, { scores }) => sum + scores.length, 0), file).to.equal(
        raw.trace.scores?.length ?? 0,
      );
      for (const row of raw.observations) {
        const span = read!.span(row['id'] as string)!;
        expect(span.raw).to.deep.equal(row);
        expect(span.name).to.equal(row['name']);
        expect(span.parentId ?? null).to.equal(row['parentObservationId'] ?? null);
        expect(span.duration).to.be.closeTo(
          Date.parse(row['endTime'] as string) - Date.parse(row['startTime'] as string),
          1e-6,
        );
        if (KINDS[row['type'] as string])
          expect(span.kind, `${file} ${span.name}`).to.equal(KINDS[row['type'] as string]);
        if (row['model']) expect(span.model).to.equal(row['model']);
        const details = row['usageDetails'] as Record<string, number> | undefined;
        if (details?.['total']) expect(span.usage?.total).to.equal(details['total']);
        if (row['totalCost']) expect(span.cost).to.be.closeTo(row['totalCost'] as number, 1e-12);
        if (row['input']) expect(span.input, `${file} ${span.name}`).to.not.equal(undefined);
        if (row['output']) expect(span.output, `${file} ${span.name}`).to.not.equal(undefined);
      }
      messages += openAll([read!]);
    }
    expect(files.length).to.equal(15);
    // Counted by hand once, so that turns are neither lost nor doubled unseen.
    expect(messages).to.be.greaterThan(200);
  });

  it('leaves the real files of others alone', async function () {
    this.timeout(60_000);
    const files = (await sharedFiles()).filter((file) => /\.jsonl?$/.test(file));
    if (files.length === 0) return this.skip();
    const known: string[] = [];
    for (const file of files) {
      if (langfuse.detect(parseText((await sharedText(`fixtures/${file}`))!).value)) known.push(file.split('/')[0]!);
    }
    expect([...new Set(known)]).to.deep.equal(['langfuse']);
  });
});
