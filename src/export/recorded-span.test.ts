import { expect } from '@open-wc/testing';
import { readTraces } from '../formats/index.js';
import { addRecordedSpan, buildTraces, SpanTable, type RecordedSpan, type Trace } from '../model/index.js';
import { sharedFiles } from '../test/shared-files.js';
import { toOtlp } from './otlp.js';
import { recordedSpanOf } from './recorded-span.js';

const SAMPLES = ['rag-kensho', 'agent-tools', 'error-retry', 'nested-agents', 'chat-genai', 'streaming-reasoning'];

const recorded = (traces: readonly Trace[]): Map<string, RecordedSpan> =>
  new Map(
    traces.flatMap((trace) =>
      [...trace.spans].map((span): [string, RecordedSpan] => {
        const record = recordedSpanOf(span);
        return [`${record.traceId} ${record.id}`, record];
      }),
    ),
  );

/** Spans that do not come back as they were sent. */
async function changed(traces: readonly Trace[]): Promise<[RecordedSpan, RecordedSpan | undefined][]> {
  const sent = recorded(traces);
  const received = recorded(await readTraces(JSON.stringify(toOtlp(sent.values()))));
  return [...sent].flatMap(([id, span]) => {
    // OTLP has no word for the very moment of the epoch, from which some clocks count.
    if (span.start === 0) return [];
    const back = received.get(id);
    try {
      expect(back).to.deep.equal(span);
      return [];
    } catch {
      return [[span, back] as [RecordedSpan, RecordedSpan | undefined]];
    }
  });
}

describe('recordedSpanOf', () => {
  it('gives what was recorded as it was', () => {
    const span: RecordedSpan = {
      traceId: 'a'.repeat(32),
      id: 'b'.repeat(16),
      name: 'work',
      kind: 'chain',
      start: 1_767_268_800_000,
      tags: ['x'],
      links: [{ traceId: 'c'.repeat(32), spanId: 'd'.repeat(16), attributes: { why: 'batch' } }],
    };
    const table = new SpanTable();
    addRecordedSpan(table, span);
    const [trace] = buildTraces(table);
    expect(recordedSpanOf(trace!.spans.at(0)!)).to.deep.equal(span);
    expect(trace!.spans.at(0)!.links[0]!.attributes.get('why')).to.equal('batch');
  });

  it('tells the first span what is said of the trace', async () => {
    const document = {
      resourceSpans: [
        {
          scopeSpans: [
            {
              spans: [
                {
                  traceId: 'a'.repeat(32),
                  spanId: 'b'.repeat(16),
                  name: 'work',
                  startTimeUnixNano: '1767268800000000000',
                  attributes: [
                    { key: 'session.id', value: { stringValue: 's' } },
                    { key: 'digest', value: { bytesValue: 'AAEC' } },
                  ],
                },
              ],
            },
          ],
        },
      ],
    };
    const [trace] = await readTraces(document);
    expect(recordedSpanOf(trace!.spans.at(0)!)).to.deep.equal({
      traceId: 'a'.repeat(32),
      id: 'b'.repeat(16),
      name: 'work',
      kind: 'span',
      start: 1_767_268_800_000,
      sessionId: 's',
      attributes: { 'session.id': 's', digest: 'AAEC' },
    });
  });

  for (const name of SAMPLES) {
    it(`takes every span of ${name}, which comes back equal from OTLP`, async () => {
      const traces = await readTraces(await fetch(`/demo/traces/${name}.json`));
      expect(await changed(traces)).to.deep.equal([]);
    });
  }

  it('takes real traces of every format', async function () {
    const files = (await sharedFiles()).filter((file) => /\.(json|jsonl|ndjson|txt)$/.test(file));
    if (files.length === 0) this.skip();
    let spans = 0;
    const failed: unknown[] = [];
    for (const file of files) {
      const blob = await (await fetch(`/shared/fixtures/${file}`)).blob();
      if (blob.size > 1_000_000) continue;
      const traces = await readTraces(blob).catch(() => []);
      if (traces.length === 0) continue;
      spans += recorded(traces).size;
      const [first] = await changed(traces);
      if (first) failed.push([file, first]);
    }
    expect(failed).to.deep.equal([]);
    expect(spans).to.be.greaterThan(1000);
  }).timeout(120_000);
});
