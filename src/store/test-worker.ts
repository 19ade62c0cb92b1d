/** A worker of any kind that records the spans that it is sent, and answers with what became of them. */
import type { RecordedSpan } from '../model/index.js';
import { openTraceStore as openInPage } from './index.js';
import { openTraceStore as openInServiceWorker } from './service-worker.js';

interface Order {
  name: string;
  spans: RecordedSpan[];
}

const openTraceStore = 'skipWaiting' in globalThis ? openInServiceWorker : openInPage;

async function record({ name, spans }: Order): Promise<unknown> {
  const store = await openTraceStore({ name });
  for (const span of spans) store.started({ ...span });
  for (const span of spans) store.ended(span);
  await store.flush();
  const listed = (await store.list()).length;
  const answer = { ...store.status, listed };
  await store.close();
  return answer;
}

const answerTo = (port: { postMessage(message: unknown): void }, order: Order): void => {
  void record(order).then((answer) => port.postMessage(answer));
};

addEventListener('message', ({ data, source }) => answerTo(source ?? globalThis, data as Order));

addEventListener('connect', (event) => {
  const [port] = (event as MessageEvent).ports;
  port!.onmessage = ({ data }: MessageEvent<Order>) => answerTo(port!, data);
});
