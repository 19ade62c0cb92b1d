import { createServer } from 'node:http';
import { once } from 'node:events';
import { gunzipSync } from 'node:zlib';
import { freePort, fromMaven, start } from './processes.mjs';
import { zipkinSpansOf } from './zipkin-spans.mjs';

const VERSION = '3.6.1';

export const title = `Zipkin ${VERSION}`;

export const install = () => fromMaven(`io.zipkin:zipkin-server:${VERSION}:jar:exec`);

export async function serve(jar, folder) {
  const port = await freePort();
  const stopServer = await start('java', ['-Xmx512m', '-jar', jar], {
    folder,
    ready: `http://127.0.0.1:${port}/health`,
    env: { QUERY_PORT: `${port}`, QUERY_HOST: '127.0.0.1', STORAGE_TYPE: 'mem' },
  });
  // It takes no OTLP: a collector stands before it, whose work this does.
  const relay = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const isZipped = request.headers['content-encoding'] === 'gzip';
    const spans = zipkinSpansOf(JSON.parse(isZipped ? gunzipSync(body) : body));
    const { status } = await fetch(`http://127.0.0.1:${port}/api/v2/spans`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(spans),
    });
    response.writeHead(status < 300 ? 200 : status, { 'content-type': 'application/json' }).end('{}');
  });
  await once(relay.listen(0, '127.0.0.1'), 'listening');
  const stop = async () => {
    relay.close();
    await stopServer();
  };
  return { stop, otlp: { port: relay.address().port, path: '/v1/traces' }, source: { port } };
}

/** Milliseconds that times may be off: Zipkin counts microseconds, of a start and of a duration. */
export const precision = 0.002;

export const lost = { attributes: 'it adds its own', parameters: 'all are texts' };
