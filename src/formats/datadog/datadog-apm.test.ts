import { expect } from '@open-wc/testing';
import { sharedText } from '../../test/shared-files.js';
import { readTraces } from '../read-traces.js';

const span = (id: string, more = ''): string =>
  `{"name":"openai.request","service":"shop","resource":"createCompletion","trace_id":13133186153588773034,"span_id":${id},"type":"llm","start":1767268800123456789,"duration":1500000,${more}}`;

describe('Datadog APM', () => {
  it('keeps ids of 64 bits and nanoseconds', async () => {
    const root = '"parent_id":0,"meta":{},"metrics":{}';
    const child = '"parent_id":18446744073709551615,"meta":{},"metrics":{}';
    for (const text of [
      `[[${span('18446744073709551615', root)},${span('18446744073709551614', child)}]]`,
      `{"traces":[[],[${span('18446744073709551615', root)}],[${span('18446744073709551614', child)}]]}`,
    ]) {
      const [trace, ...others] = await readTraces(text);
      expect(others).to.deep.equal([]);
      expect([trace!.format, trace!.id, trace!.problems]).to.deep.equal(['datadog-apm', '13133186153588773034', []]);
      expect([...trace!.spans].map(({ id, parentId }) => [id, parentId])).to.deep.equal([
        ['18446744073709551615', undefined],
        ['18446744073709551614', '18446744073709551615'],
      ]);
      const only = trace!.spans.at(0)!;
      expect(only.duration).to.be.closeTo(1.5, 1e-9);
      expect([only.service, only.label, only.attributes.get('type')]).to.deep.equal([
        'shop',
        'createCompletion',
        'llm',
      ]);
    }
  });

  it('reads errors, events, links and what LLM Observability tagged', async () => {
    const [trace] = await readTraces(
      `[[${span(
        '1',
        `"parent_id":0,"error":1,
        "meta":{"_dd.llmobs.span_kind":"workflow","_dd.llmobs.model_name":"m-1","_dd.llmobs.model_provider":"openai",
          "error.message":"broke","error.type":"Fault","error.stack":"at x"},
        "metrics":{"vllm.latency.ttft":0.25,"openai.response.usage.prompt_tokens":57,"openai.response.usage.completion_tokens":34},
        "span_events":[{"name":"exception","time_unix_nano":1767268800200000000,
          "attributes":{"exception.message":{"type":0,"string_value":"inside"},"plain":1}}],
        "span_links":[{"trace_id":9,"span_id":10,"attributes":{"a":"b"}}]`,
      )}]]`,
    );
    const only = trace!.spans.at(0)!;
    expect([
      only.kind,
      only.model,
      only.provider,
      only.status,
      only.statusMessage,
      only.timeToFirstToken,
    ]).to.deep.equal(['chain', 'm-1', 'openai', 'error', 'broke', 250]);
    expect(only.usage).to.deep.equal({ input: 57, output: 34, total: 91 });
    expect(only.events.map(({ name, time, attributes }) => [name, time, [...attributes]])).to.deep.equal([
      [
        'exception',
        1767268800200,
        [
          ['exception.message', 'inside'],
          ['plain', 1],
        ],
      ],
    ]);
    expect(only.links.map(({ traceId, spanId }) => [traceId, spanId])).to.deep.equal([['9', '10']]);
  });

  it('reads the real files', async function () {
    interface RealSpan {
      span_id: number;
      trace_id: number;
      error?: number;
      duration: number;
      meta: Record<string, string>;
      metrics?: Record<string, number>;
    }
    const counts: Readonly<Record<string, number[]>> = {
      test_agent_invoke_with_step_spans: [20],
      test_hierarchical_crew: [12],
      test_llmobs_classify: [1, 1],
      test_span_finish_on_stream_error: [1],
    };
    for (const [file, sizes] of Object.entries(counts)) {
      const text = await sharedText(`fixtures/datadog-apm/snapshot-${file}.json`);
      if (text === undefined) this.skip();
      const traces = await readTraces(text);
      expect(
        traces.map(({ spans }) => spans.length),
        file,
      ).to.deep.equal(sizes);
      const raw = JSON.parse(text) as RealSpan[][];
      for (const [index, trace] of traces.entries()) {
        expect(trace.format).to.equal('datadog-apm');
        expect(trace.roots.length, file).to.equal(1);
        for (const record of raw[index]!) {
          const read = trace.span(String(record.span_id))!;
          expect(read.status).to.equal(record.error ? 'error' : 'unset');
          expect(read.model).to.equal(record.meta['_dd.llmobs.model_name']);
          expect(read.provider).to.equal(record.meta['_dd.llmobs.model_provider']);
          if (record.meta['_dd.llmobs.span_kind']) expect(read.kind).to.equal(record.meta['_dd.llmobs.span_kind']);
          expect(read.duration!).to.be.closeTo(record.duration / 1e6, 1e-3);
          expect(read.exceptions[0]?.message).to.equal(record.meta['error.message']);
          const ttft = record.metrics?.['vllm.latency.ttft'];
          if (ttft) expect(read.timeToFirstToken!).to.be.closeTo(ttft * 1000, 1e-9);
        }
      }
    }
    const [crew] = await readTraces((await sharedText('fixtures/datadog-apm/snapshot-test_hierarchical_crew.json'))!);
    const kinds = [...crew!.spans].map(({ kind }) => kind);
    expect(['chain', 'agent', 'tool'].map((kind) => kinds.filter((one) => one === kind).length)).to.deep.equal([
      4, 5, 3,
    ]);
  });
});
