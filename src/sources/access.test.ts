import { expect } from '@open-wc/testing';
import { backend, type BackendAnswer } from '../test/backend.js';
import { jaegerSource } from './jaeger.js';
import { TraceSourceError, type SourceFailure } from './source-error.js';
import type { SourceOptions } from './source.js';
import { tempoSource } from './tempo.js';

async function failureOf(work: Promise<unknown>): Promise<TraceSourceError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).to.be.instanceOf(TraceSourceError);
  return error as TraceSourceError;
}

const list = (url: string, options: Partial<SourceOptions> = {}): Promise<unknown> =>
  jaegerSource({ url, ...options }).list({ service: 'shop' });

const failing = async (answer: Omit<BackendAnswer, 'path'>): Promise<TraceSourceError> =>
  failureOf(list((await backend({ path: '', ...answer })).url));

/** Another origin than that of the tests, on the same server, which allows nobody. */
const elsewhere = (path: string): string => {
  const url = new URL(path, location.href);
  url.hostname = url.hostname === 'localhost' ? '127.0.0.1' : 'localhost';
  return url.href;
};

describe('asking a backend', () => {
  const cases: readonly [what: string, answer: Omit<BackendAnswer, 'path'>, reason: SourceFailure, words: RegExp][] = [
    ['401', { status: 401, body: { error: 'no key' } }, 'key', /wants a key.*no key/],
    ['403', { status: 403 }, 'forbidden', /may not read/],
    ['404', { status: 404, body: 'nothing here' }, 'not-found', /no such API.*without the path/],
    ['a wrong address of a site', { status: 404, type: 'text/html', body: '<h1>404</h1>' }, 'page', /page for people/],
    ['an HTML answer', { type: 'text/html', body: '<!doctype html><h1>Sign in</h1>' }, 'page', /sign in/],
    ['400', { status: 400, body: { errors: [{ msg: 'bad tag' }] } }, 'refused', /bad tag/],
    [
      '500 that stays',
      { status: 500, body: { detail: 'out of order' } },
      'server',
      /has a fault \(500\).*out of order/,
    ],
    ['something else than JSON', { body: 'hello' }, 'unreadable', /something else/],
    ['JSON of something else', { body: { hello: 1 } }, 'unreadable', /something else/],
    ['a connection that breaks', { end: 'broken' }, 'network', /Nothing answers/],
  ];
  for (const [what, answer, reason, words] of cases) {
    it(`tells ${what}`, async () => {
      const error = await failing(answer);
      expect(error).to.include({ reason, status: answer.status, title: 'Jaeger' });
      expect(error.message).to.match(words);
    });
  }

  it('waits as long as a backend asks for, and asks again', async () => {
    const { url, asked } = await backend(
      { path: 'api/traces', status: 429, headers: { 'retry-after': '1' } },
      { path: 'api/traces', body: { data: [] } },
    );
    const began = performance.now();
    expect(await jaegerSource({ url }).list({ service: 'shop' })).to.have.property('traces').that.is.empty;
    expect(performance.now() - began).to.be.greaterThan(900);
    expect(await asked()).to.have.length(2);
  });

  it('does not wait for long, and says for how long it should', async () => {
    const { url, asked } = await backend({ path: '', status: 429, headers: { 'retry-after': '120' } });
    const error = await failureOf(list(url));
    expect(error).to.include({ reason: 'too-many', retryAfter: 120_000 });
    expect(error.message).to.contain('wait 120 s');
    expect(await asked()).to.have.length(1);
  });

  it('asks again where a fault passes', async () => {
    const { url, asked } = await backend({ path: '', status: 503 }, { path: '', body: { data: [] } });
    await list(url);
    expect(await asked()).to.have.length(2);
  });

  it('gives up a backend that falls silent', async () => {
    const { url } = await backend({ path: '', end: 'silence' });
    expect(await failureOf(list(url, { timeout: 50 }))).to.have.property('reason', 'timeout');
  });

  it('tells what may not be read from what does not answer', async () => {
    const { url } = await backend({ path: '', body: { data: [] } });
    const refused = await failureOf(list(elsewhere(url)));
    expect(refused).to.have.property('reason', 'cors');
    expect(refused.message)
      .to.contain('extensions.jaeger_query.http.cors.allowed_origins')
      .and.contain(location.origin);
    expect(await failureOf(list('http://127.0.0.1:9'))).to.have.property('reason', 'network');
    // Where there is nothing to set, a relay is the only way.
    expect((await failureOf(tempoSource({ url: elsewhere(url) }).list({}))).message).to.contain('relay');
  });

  it('tells what is no address', async () => {
    for (const url of ['http://[', 'javascript:alert(1)', 'file:///etc/passwd']) {
      expect(await failureOf(list(url))).to.have.property('reason', 'address');
    }
  });

  it('asks for the headers before each request', async () => {
    const { url, asked } = await backend({ path: '', body: { data: [] } });
    let key = 0;
    const source = jaegerSource({ url, headers: () => Promise.resolve({ authorization: `Bearer ${++key}` }) });
    await source.list({ service: 'shop' });
    await source.trace('a');
    const keys = (await asked()).map(({ headers }) => headers['authorization']);
    expect(keys).to.deep.equal(['Bearer 1', 'Bearer 2']);
    expect(JSON.stringify(source)).not.to.contain('Bearer');
  });

  it('ends a request with its signal', async () => {
    const { url } = await backend({ path: '', end: 'silence' });
    const controller = new AbortController();
    const work = jaegerSource({ url }).list({ service: 'shop' }, { signal: controller.signal });
    controller.abort(new Error('enough'));
    expect(await work.catch((error: unknown) => error)).to.have.property('message', 'enough');
  });
});
