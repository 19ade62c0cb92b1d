/** A worker that traces calls, as an application would, and says what was recorded and what it saw itself. */
import type { RecordedSpan } from '../model/index.js';
import { createTracer, type SpanSink } from './index.js';
import { traceFetch } from './integrations/fetch.js';

const spans: RecordedSpan[] = [];
const store: SpanSink = {
  started() {},
  ended: (span) => void spans.push(span),
  flush: () => Promise.resolve({ stored: spans.length, dropped: 0 }),
};
const untaken: string[] = [];
addEventListener('unhandledrejection', (event) => {
  event.preventDefault();
  untaken.push(String(event.reason));
});

async function work(): Promise<void> {
  const tracer = createTracer({ store, content: 'masked' });
  const traced = traceFetch(fetch, { tracer, match: '/model/' });
  await tracer.flush();
  const said = await tracer.span('root', { input: 'ada@example.org' }, async (root) => {
    const body = JSON.stringify({ model: 'm', stream: true, messages: [{ role: 'user', content: 'hello' }] });
    const answer = await root.use(traced)('/model/text/v1/chat/completions', { method: 'POST', body });
    return (await answer.text()).length;
  });
  void tracer.span('left', () => Promise.reject(new Error('nobody takes this')));
  tracer.span('taken', () => Promise.reject(new Error('somebody takes this'))).catch(() => {});
  await tracer.flush();
  // After the event that tells of what nobody has taken.
  setTimeout(() => {
    postMessage({ said, spans, untaken, status: tracer.status });
  });
}

void work();
