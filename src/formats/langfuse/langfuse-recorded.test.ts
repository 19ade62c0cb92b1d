import { expect } from '@open-wc/testing';
import { spanNamed } from '../../test/format-checks.js';
import { otlpDocument, otlpSpan, TRACE_ID } from '../../test/otlp-builder.js';
import { ANSWER, expectStory, FAILURE, QUESTION } from '../../test/support-story.js';
import { vendorText } from '../../test/vendor-files.js';
import { readTraces } from '../read-traces.js';

const helpful = { name: 'helpful', value: 1, explanation: 'The customer said thank you.' };

const lines = <T>(text: string): T[] => text.trim().split('\n').map((line) => JSON.parse(line) as T); // prettier-ignore

describe('what Langfuse’s SDK sends over OpenTelemetry', () => {
  interface SentSpan {
    spanId: string;
    parentSpanId?: string;
    name: string;
    startTimeUnixNano: string;
    endTimeUnixNano: string;
    attributes: { key: string; value: { stringValue?: string } }[];
  }
  const sentIn = (text: string): SentSpan[] =>
    lines<{ resourceSpans?: { scopeSpans: { spans: SentSpan[] }[] }[] }>(text).flatMap(({ resourceSpans = [] }) =>
      resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans)),
    );

  it('is one trace with its score, its name and its metadata', async () => {
    const text = await vendorText('langfuse-otlp.jsonl');
    const [trace, ...others] = await readTraces(text);
    expect(others).to.deep.equal([]);
    expectStory(trace!, 'search help pages');
    expect(trace!).to.include({ format: 'otlp', name: 'support question' });
    expect([...trace!.tags]).to.deep.equal(['support', 'parcels']);
    expect(trace!.metadata).to.deep.equal({ channel: 'help-center' });
    expect(trace!.scores).to.deep.equal([helpful]);
    expect(trace!.roots[0]!).to.include({ kind: 'agent', input: QUESTION, output: ANSWER });

    const sent = sentIn(text);
    expect(trace!.spans).to.have.length(sent.length);
    for (const { spanId, parentSpanId, name, startTimeUnixNano, endTimeUnixNano, attributes } of sent) {
      const span = trace!.span(spanId)!;
      expect(span).to.include({ name, parentId: parentSpanId });
      const nanos = Number(BigInt(endTimeUnixNano) - BigInt(startTimeUnixNano));
      expect(span.duration).to.be.closeTo(nanos / 1e6, 1e-6);
      expect(span.attributes.size).to.equal(attributes.length);
      const type = attributes.find(({ key }) => key === 'langfuse.observation.type')!.value.stringValue;
      expect(span.kind).to.equal(type === 'generation' ? 'llm' : type);
    }
  });

  it('says when the first token came', async () => {
    const text = await vendorText('langfuse-otlp.jsonl');
    const [trace] = await readTraces(text);
    const [first, second] = [...trace!.spans].filter(({ kind }) => kind === 'llm');
    const sent = sentIn(text).find(({ spanId }) => spanId === second!.id)!;
    const moment = sent.attributes.find(({ key }) => key.endsWith('.completion_start_time'))!.value.stringValue!;
    const expected = Date.parse(JSON.parse(moment) as string) - Number(BigInt(sent.startTimeUnixNano) / 1_000_000n);
    expect([first!.timeToFirstToken, second!.timeToFirstToken]).to.deep.equal([undefined, expected]);
  });

  it('keeps every score, whatever comes first', async () => {
    const score = (id: string, more: object): object => ({
      id,
      type: 'score-create',
      timestamp: '2026-01-01T12:00:00Z',
      body: { id, name: id, value: 1, dataType: 'NUMERIC', traceId: TRACE_ID, ...more },
    });
    const batch = {
      batch: [
        score('of the span', { observationId: 'eee19b7ec3c1b174' }),
        score('of the trace', {}),
        score('of the trace', { value: 0.5 }),
        score('of another', { traceId: 'f'.repeat(32) }),
        { id: 'x', type: 'trace-create', body: { id: TRACE_ID } },
        { id: 'y', type: 'sdk-log', body: {} },
      ],
    };
    for (const value of [
      [batch, otlpDocument(otlpSpan()), {}],
      [otlpDocument(otlpSpan()), {}, batch],
    ]) {
      const [trace, ...others] = await readTraces(value);
      expect(others).to.deep.equal([]);
      expect(trace!.format).to.equal('otlp');
      expect(trace!.spans.at(0)!.scores).to.deep.equal([{ name: 'of the span', value: 1 }]);
      expect(trace!.scores).to.deep.equal([{ name: 'of the trace', value: 0.5 }]);
      expect(trace!.problems.map(({ code, message }) => `${code} ${message.slice(0, 8)}`)).to.deep.equal([
        'unreadable-record 1 record',
        'unreadable-record 1 score ',
      ]);
    }
  });
});

describe('what Langfuse’s SDK version 3 sends', () => {
  interface SentEvent {
    type: string;
    body: Record<string, unknown> & { id: string };
  }

  it('is one trace, whose record stands above its observations', async () => {
    const text = await vendorText('langfuse-ingestion.jsonl');
    const [trace, ...others] = await readTraces(text);
    expect(others).to.deep.equal([]);
    expectStory(trace!, 'search help pages');
    expect(trace!).to.include({ format: 'langfuse', name: 'support question' });
    expect([...trace!.tags]).to.deep.equal(['support', 'parcels']);
    expect(trace!.metadata).to.deep.equal({ channel: 'help-center' });
    expect(trace!.scores).to.deep.equal([helpful]);

    const events = lines<{ batch: SentEvent[] }>(text).flatMap(({ batch }) => batch);
    const sent = new Map<string, Record<string, unknown>>();
    for (const { type, body } of events) {
      if (!/^(trace|score)/.test(type)) sent.set(body.id, { ...sent.get(body.id), ...body });
    }
    expect(trace!.spans).to.have.length(sent.size + 1);
    for (const [id, row] of sent) {
      const span = trace!.span(id)!;
      expect(span).to.include({ name: row['name'], parentId: trace!.id });
      expect([span.start, span.end]).to.deep.equal(
        [row['startTime'], row['endTime'] ?? row['startTime']].map((time) => Date.parse(time as string)),
      );
    }

    // The trace began when it was created, though its update has another timestamp, and its texts are nobody else's.
    const created = events.find(({ type }) => type === 'trace-create')!.body['timestamp'] as string;
    const root = trace!.roots[0]!;
    expect(root).to.include({ id: trace!.id, start: Date.parse(created), input: QUESTION, output: ANSWER });
    expect(spanNamed(trace!, 'answered')).to.include({ input: undefined, output: undefined, duration: 0 });
    expect(spanNamed(trace!, 'check_customs').output).to.equal(undefined);
    expect(spanNamed(trace!, 'check_customs').exceptions).to.deep.equal([{ message: FAILURE }]);
    expect(spanNamed(trace!, 'search help pages').kind).to.equal('retriever');
    expect([...trace!.spans].find(({ usage }) => usage?.input === 291)!.timeToFirstToken).to.equal(870 - 674);
  });

  it('has its scores reported where their trace is not there', async () => {
    const text = await vendorText('langfuse-ingestion.jsonl');
    const lost = { id: 'a', type: 'score-create', body: { id: 'b', name: 'lost', value: 1, traceId: 'elsewhere' } };
    const [trace] = await readTraces(`${text.trim()}\n${JSON.stringify({ batch: [lost] })}`);
    expect(trace!.problems.map(({ message }) => message)).to.deep.equal([
      '1 score is of a trace that is not here and left out.',
    ]);
  });
});
