/* global window, structuredClone -- of the page */
// What runs in the browser: records a run with the tracer, sends it with the tracer's exporter, and reads it back.
import { otlpExporter, recordedSpanOf } from '../../src/export/index.js';
import { otlpProtobuf } from '../../src/export/protobuf.js';
import { createTracer } from '../../src/tracer/index.js';
import { clickHouseSource, clickHouseSummaryTable } from '../../src/sources/clickhouse.js';
import { jaegerSource } from '../../src/sources/jaeger.js';
import { mlflowSource } from '../../src/sources/mlflow.js';
import { phoenixSource } from '../../src/sources/phoenix.js';
import { zipkinSource } from '../../src/sources/zipkin.js';

const open = {
  clickhouse: clickHouseSource,
  jaeger: jaegerSource,
  mlflow: mlflowSource,
  phoenix: phoenixSource,
  zipkin: zipkinSource,
};

/** A trip that is planned: every kind of span that backends tell apart, a failure, and letters of many scripts. */
async function plan(tracer, city) {
  const options = {
    kind: 'agent',
    input: { city, note: 'Größe “日本” — 𝄞 \\ \' " \t\n' },
    sessionId: 'session-7',
    userId: 'user-1',
    tags: ['trip', 'demo'],
    metadata: { plan: 1 },
  };
  await tracer.span('plan a trip', options, async (agent) => {
    await agent.child('search', { kind: 'retriever', input: `sights in ${city}` }, async (span) => {
      await span.child('embed', { kind: 'embedding', model: 'embed-3-small', provider: 'openai' }, (call) => {
        call.update({ input: ['sights'], usage: { input: 3, total: 3 }, recordOutput: false });
      });
      span.update({
        documents: [{ id: 'd1', content: 'The tower stands at the river.', score: 0.87, metadata: { page: 2 } }],
      });
    });
    for (const [turn, answer] of ['Shall I look at the weather?', 'Go to the tower.'].entries()) {
      await agent.child('chat', { kind: 'llm', model: 'gpt-4o-mini', provider: 'openai' }, (call) => {
        call.update({
          parameters: { temperature: 0.2, max_tokens: 100, stop_sequences: ['END'] },
          messages: [
            {
              role: 'user',
              origin: 'input',
              parts: [{ type: 'text', text: `What is there to see in ${city}? ${turn}` }],
            },
            {
              role: 'assistant',
              origin: 'output',
              finishReason: turn ? 'stop' : 'tool_call',
              parts: turn
                ? [{ type: 'text', text: answer }]
                : [{ type: 'tool-call', id: 'call-1', name: 'weather', arguments: { city } }],
            },
          ],
          usage: { input: 120, output: 30 + turn, total: 150 + turn, cacheRead: 20, reasoning: 5 },
          cost: 0.00042,
          timeToFirstToken: 12.5,
        });
        call.addEvent('first word', { place: turn });
      });
      if (turn) continue;
      await agent
        .child('weather', { kind: 'tool', input: { city } }, () => Promise.reject(new TypeError('No weather today.')))
        .catch(() => {});
    }
    agent.addScore({ name: 'helpful', value: 0.9 });
    return { answer: 'Go to the tower.' };
  });
}

window.kit = {
  clickHouseSummaryTable,

  /** Records runs, and sends them. Gives the spans as they were recorded, and what the exporter says of itself. */
  async send({ url, headers, isProtobuf, openInference }, runs) {
    const spans = [];
    const exporter = otlpExporter({ url, headers, ...(isProtobuf && { encoding: otlpProtobuf }), openInference });
    const keeper = {
      started() {},
      ended: (span) => spans.push(structuredClone(span)),
      flush: () => Promise.resolve({ stored: 0, dropped: 0 }),
    };
    const tracer = createTracer({ exporters: [exporter, keeper], service: 'trip-planner' });
    for (let run = 0; run < runs; run++) await plan(tracer, `Porto ${run}`);
    const { dropped } = await exporter.flush();
    const { stored, lastError } = exporter.status;
    await exporter.close();
    return { spans, stored, dropped, lastError };
  },

  /** Pages of a list to their end, as many as asked for at most. */
  async list(name, options, query = {}, most = 50) {
    const source = open[name](options);
    const traces = [];
    let cursor;
    let pages = 0;
    do {
      const page = await source.list(query, { cursor });
      for (const { preview, ...trace } of page.traces) traces.push({ ...trace, preview });
      ({ cursor } = page);
      pages++;
    } while (cursor !== undefined && pages < most);
    return { traces, pages };
  },

  /** A trace, as the spans that were recorded. */
  async trace(name, options, id) {
    const trace = await open[name](options).trace(id);
    return (
      trace && {
        spans: Array.from(trace.spans, recordedSpanOf),
        problems: trace.problems.map(({ message }) => message),
      }
    );
  },

  async summarise(name, options, query = {}) {
    const metrics = await open[name](options).summarise(query);
    return { ...metrics, errorTypes: [...metrics.errorTypes], resources: undefined, buckets: metrics.buckets };
  },

  /** How long a question takes from end to end, and the bytes of its answers. */
  async measure(name, options, what, ...rest) {
    performance.clearResourceTimings();
    const start = performance.now();
    const result = await window.kit[what](name, options, ...rest);
    const millis = performance.now() - start;
    const answers = performance.getEntriesByType('resource');
    return {
      millis,
      bytes: answers.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0),
      requests: answers.length,
      result,
    };
  },
};
