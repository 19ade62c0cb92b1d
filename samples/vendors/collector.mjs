// A server on the loopback interface that stands where a vendor's service would be: it takes whatever an SDK sends,
// answers so that the SDK is content, and keeps the requests in the order in which they came.

import { createServer } from 'node:http';
import { once } from 'node:events';
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import { readMultipart } from './multipart.mjs';

// Some SDKs record the address of the server, so it has to be the same on every machine.
const port = 4011;

const decompressors = { gzip: gunzipSync, deflate: inflateSync, br: brotliDecompressSync };

/**
 * `answer(request)` gives the JSON of an answer, or `{ status, json }`; where it gives nothing, the answer is `{}`.
 * A request that was kept: { method, path, contentType, headers, bytes, text, json(), parts() }.
 */
export async function startCollector(answer = () => undefined) {
  const requests = [];
  const server = createServer(async (incoming, outgoing) => {
    const request = await readRequest(incoming);
    requests.push(request);
    const answered = answer(request) ?? {};
    const { status, json } = 'status' in answered && 'json' in answered ? answered : { status: 200, json: answered };
    outgoing.writeHead(status, { 'content-type': 'application/json' });
    outgoing.end(JSON.stringify(json));
  });
  server.listen(port, 'localhost');
  await once(server, 'listening');
  return {
    url: `http://localhost:${port}`,
    requests,
    /** The bodies of the requests whose method and path match, as they were sent. */
    bodies: (pattern) =>
      requests.filter(({ method, path }) => pattern.test(`${method} ${path}`)).map(({ text }) => text),
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function readRequest(incoming) {
  const chunks = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const encoding = incoming.headers['content-encoding'];
  const sent = Buffer.concat(chunks);
  const bytes = encoding in decompressors ? decompressors[encoding](sent) : sent;
  const contentType = incoming.headers['content-type'] ?? '';
  const text = bytes.toString('utf8');
  return {
    method: incoming.method,
    path: incoming.url,
    contentType,
    headers: incoming.headers,
    bytes,
    text,
    json: () => JSON.parse(text),
    parts: () => readMultipart(bytes, contentType),
  };
}
