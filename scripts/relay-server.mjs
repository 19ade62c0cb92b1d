// A relay for the demo: `/{address of a backend, escaped}/{path}` is asked there, with the headers that the page gives. A
// relay of an application knows its backend, and adds the key itself (docs/backends.md).
import { Readable } from 'node:stream';

/** Headers that go on; the others are about the connection, or cookies of the page. */
const ASKED = ['accept', 'authorization', 'content-type'];
const isAsked = (name) => ASKED.includes(name) || /^(x|comet|langsmith)-/.test(name);
const ANSWERED = ['content-type', 'link', 'retry-after'];

export function relayServer() {
  return async (request, response) => {
    const [, escaped = '', rest = ''] = /^\/([^/?]+)(.*)$/.exec(request.url) ?? [];
    const base = decodeURIComponent(escaped).replace(/\/+$/, '');
    // Only for the pages of this server: others would reach through it what they must not.
    const isOwn = request.headers['sec-fetch-site'] === 'same-origin';
    if (!isOwn || !/^https?:\/\//.test(base)) return void response.writeHead(403).end();
    const headers = Object.fromEntries(Object.entries(request.headers).filter(([name]) => isAsked(name)));
    const { method } = request;
    const body = method === 'POST' ? { body: request, duplex: 'half' } : {};
    let answer;
    try {
      answer = await fetch(`${base}${rest}`, { method, headers, redirect: 'manual', ...body });
    } catch (error) {
      return void response.writeHead(502, { 'content-type': 'text/plain' }).end(String(error.cause ?? error));
    }
    for (const name of ANSWERED) if (answer.headers.has(name)) response.setHeader(name, answer.headers.get(name));
    response.writeHead(answer.status);
    if (answer.body) Readable.fromWeb(answer.body).pipe(response);
    else response.end();
    return undefined;
  };
}
