import { expect } from '@open-wc/testing';
import { stubbed } from '../elements/test-support.js';
import { fetchTrace, TraceFetchError, type FetchOptions } from './fetch-trace.js';

const options = (more: Partial<FetchOptions> = {}): FetchOptions => ({
  signal: new AbortController().signal,
  timeout: 10_000,
  credentials: 'omit',
  ...more,
});

async function failure(action: Promise<unknown>): Promise<TraceFetchError> {
  try {
    await action;
  } catch (error) {
    return error as TraceFetchError;
  }
  throw new Error('It did not fail.');
}

async function failureOfStatus(status: number): Promise<TraceFetchError> {
  let error: TraceFetchError | undefined;
  const stub = (() => Promise.resolve(new Response('', { status }))) as typeof fetch;
  await stubbed(globalThis, 'fetch', stub, async () => {
    error = await failure(fetchTrace('/any', options()));
  });
  return error!;
}

describe('fetchTrace', () => {
  it('gives the answer of an address relative to the page', async () => {
    const response = await fetchTrace('/demo/traces/index.json', options());
    expect(await response.json()).to.be.an('array');
  });

  for (const [status, advice] of [
    [401, 'sign-in'],
    [403, 'sign-in'],
    [404, 'no such file'],
    [410, 'no such file'],
    [418, 'Check the address'],
    [500, 'try again later'],
    [503, 'try again later'],
  ] as const) {
    it(`advises on ${status}`, async () => {
      const error = await failureOfStatus(status);
      expect(error).to.be.instanceOf(TraceFetchError);
      expect(error).to.include({ reason: 'http', status });
      expect(error.message).to.contain(String(status)).and.to.contain(advice);
    });
  }

  it('says what is no address', async () => {
    expect(await failure(fetchTrace('http://[', options()))).to.include({ reason: 'address', status: undefined });
  });

  it('tells a network failure apart, and keeps the cause', async () => {
    const error = await failure(fetchTrace('http://127.0.0.1:9/trace.json', options()));
    expect(error.reason).to.equal('network');
    expect(error.message).to.contain('Access-Control-Allow-Origin');
    expect(error.cause).to.be.instanceOf(Error);
  });

  it('gives up a server that never answers', async () => {
    const error = await failure(fetchTrace('/awkward/never', options({ timeout: 30 })));
    expect(error).to.be.instanceOf(TraceFetchError);
    expect(error.reason).to.equal('timeout');
  });

  it('gives up a server that falls silent in the middle', async () => {
    const stub = ((_url: URL, { signal }: RequestInit) => {
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          controller.enqueue(new TextEncoder().encode('{"resourceSpans":'));
          signal!.addEventListener('abort', () => controller.error(signal!.reason));
        },
      });
      return Promise.resolve(new Response(body));
    }) as typeof fetch;
    await stubbed(globalThis, 'fetch', stub, async () => {
      const response = await fetchTrace('/any', options({ timeout: 30 }));
      const reader = response.body!.getReader();
      await reader.read();
      expect((await failure(reader.read())).reason).to.equal('timeout');
    });
  });

  it('hands on the abort of its caller as it is', async () => {
    const controller = new AbortController();
    const answer = failure(fetchTrace('/awkward/never', options({ signal: controller.signal })));
    controller.abort();
    expect((await answer).name).to.equal('AbortError');
  });

  it('sends nothing for a caller that has already gone', async () => {
    const error = await failure(fetchTrace('/demo/traces/index.json', options({ signal: AbortSignal.abort() })));
    expect(error.name).to.equal('AbortError');
  });
});
