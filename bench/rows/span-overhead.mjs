import { source } from './source.mjs';

/** Beginning and ending a span with ten attributes, which goes to a store, against OpenTelemetry with its batch processor. */
export const spanOverhead = {
  name: 'start and end of a span with 10 attributes',
  unit: 'µs',
  cases: ['tracer', 'sdk-trace-web'],
  holds: { ratioAtMost: 1, atMost: 50 },
  program: `
import { ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { BatchSpanProcessor, WebTracerProvider } from '@opentelemetry/sdk-trace-web';
import { openTraceStore } from ${source('store/index.ts')};
import { createTracer } from ${source('tracer/index.ts')};

const attributes = {
  'app.name': 'chat', 'app.step': 3, 'app.user': 'u-17', 'app.beta': true, 'gen_ai.system': 'openai',
  'gen_ai.request.model': 'gpt-4.1', 'gen_ai.usage.input_tokens': 812, 'gen_ai.usage.output_tokens': 96,
  'http.status': 200, 'app.note': 'a short text of some words',
};
const BATCHES = 100;
const SPANS = 1000;
let once;
let count = 0;
let check;

/** The median of batches, a span. Between them there is time to write. */
async function median() {
  const times = [];
  for (let batch = 0; batch < BATCHES; batch++) {
    const begun = performance.now();
    for (let at = 0; at < SPANS; at++) once();
    times.push(((performance.now() - begun) * 1000) / SPANS);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  times.sort((one, other) => one - other);
  await check();
  return times[BATCHES / 2];
}

window.bench = {
  async prepare(name) {
    if (name === 'tracer') {
      const store = await openTraceStore({ retention: { traces: Infinity } });
      const tracer = createTracer({ store });
      const root = tracer.start('root');
      once = () => root.start('span', { attributes }).end();
      check = async () => {
        const { stored } = await tracer.flush();
        if (stored !== SPANS * BATCHES) throw new Error(stored + ' spans');
      };
    } else {
      const exporter = {
        export(spans, done) {
          count += spans.length;
          done({ code: 0 });
        },
        shutdown: async () => {},
      };
      const provider = new WebTracerProvider({
        spanProcessors: [new BatchSpanProcessor(exporter, { maxQueueSize: 100_000, scheduledDelayMillis: 200 })],
      });
      const tracer = provider.getTracer('bench');
      const root = trace.setSpan(ROOT_CONTEXT, tracer.startSpan('root'));
      once = () => tracer.startSpan('span', { attributes }, root).end();
      check = async () => {
        await provider.forceFlush();
        if (count !== SPANS * BATCHES) throw new Error(count + ' spans');
      };
    }
  },
  tracer: median,
  'sdk-trace-web': median,
};
`,
};
