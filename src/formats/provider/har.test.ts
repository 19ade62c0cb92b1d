import { expect } from '@open-wc/testing';
import { onlyTrace, readWith, survivesAnything } from '../../test/format-checks.js';
import { withoutSecrets } from './har-redaction.js';
import { har } from './har.js';

const SECRET = 'sk-0123456789';

const entry = (request: object, response: object, more: object = {}) => ({
  startedDateTime: '2025-05-01T10:00:00.250Z',
  time: 1200.5,
  request: {
    method: 'POST',
    url: 'https://api.openai.com/v1/chat/completions',
    headers: [],
    cookies: [],
    queryString: [],
    ...request,
  },
  response: { status: 200, statusText: 'OK', headers: [], cookies: [], content: {}, ...response },
  timings: { blocked: -1, dns: 10, connect: 20, ssl: 15, send: 1, wait: 300, receive: 869.5 },
  ...more,
});

const BODY = { model: 'gpt-4o', messages: [{ role: 'user', content: 'Hi' }] };
const ANSWER = {
  id: 'chatcmpl-1',
  object: 'chat.completion',
  created: 1_700_000_000,
  model: 'gpt-4o-1',
  choices: [{ message: { role: 'assistant', content: 'Hellö' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 },
};
const asked = { postData: { mimeType: 'application/json', text: JSON.stringify(BODY) } };
const base64 = (text: string): string => btoa(String.fromCharCode(...new TextEncoder().encode(text)));
const answered = {
  content: { mimeType: 'application/json', text: base64(JSON.stringify(ANSWER)), encoding: 'base64' },
};
const archive = (...entries: unknown[]) => ({ log: { version: '1.2', creator: { name: 'test' }, entries } });
const only = (...entries: unknown[]) => onlyTrace(har, archive(...entries)).spans.at(0)!;

describe('HAR', () => {
  it('one span a call, with the times of the archive', () => {
    const span = only(entry(asked, answered));
    expect([span.start, span.duration]).to.deep.equal([Date.UTC(2025, 4, 1, 10, 0, 0, 250), 1200.5]);
    expect([span.service, span.provider, span.model, span.status, span.usage?.total]).to.deep.equal([
      'api.openai.com',
      'openai',
      'gpt-4o-1',
      'ok',
      3,
    ]);
    expect(span.messages.map(({ parts }) => parts)).to.deep.equal([
      [{ type: 'text', text: 'Hi' }],
      [{ type: 'text', text: 'Hellö' }],
    ]);
    expect(span.attributes.get('http.response.status_code')).to.equal(200);
    expect(span.attributes.get('timings.wait')).to.equal(300);
    expect(span.timeToFirstToken).to.equal(undefined);
  });

  it('a streamed response, with the time to its first byte', () => {
    const chunk = (content: string) =>
      `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', model: 'gpt-4o', choices: [{ delta: { content } }] })}\n\n`;
    const span = only(entry(asked, { content: { mimeType: 'text/event-stream', text: chunk('Hel') + chunk('lo') } }));
    expect([span.timeToFirstToken, span.messages.at(-1)!.parts]).to.deep.equal([
      331,
      [{ type: 'text', text: 'Hello' }],
    ]);
  });

  it('takes every secret out of what it keeps, and shows few headers', () => {
    const headers = [
      'Authorization',
      'x-api-key',
      'X-Goog-Api-Key',
      'Cookie',
      'Set-Cookie',
      'x-amz-security-token',
      'Proxy-Authorization',
      'api-key',
    ].map((name) => ({ name, value: SECRET }));
    const harmless = [
      { name: 'Content-Type', value: 'application/json' },
      { name: 'x-request-id', value: 'req_1' },
      { name: 'x-ratelimit-remaining-tokens', value: '99' },
      { name: 'X-Odd', value: 'y' },
    ];
    const url = `https://me:${SECRET}@generativelanguage.googleapis.com/v1beta/models/gemini-2.5-flash:generateContent?key=${SECRET}&alt=json`;
    const all = [...headers, ...harmless];
    const gemini = {
      postData: {
        text: JSON.stringify({ contents: [{ parts: [{ text: 'Hi' }] }] }),
        params: [{ name: 'token', value: SECRET }],
      },
    };
    const saved = entry(
      {
        ...gemini,
        url,
        headers: all,
        cookies: [{ name: 'a', value: SECRET }],
        queryString: [{ name: 'key', value: SECRET }],
      },
      { headers: all, cookies: [{ name: 'b', value: SECRET }] },
    );
    const span = only(saved);
    expect(JSON.stringify([span.raw, [...span.attributes], span.input, span.name])).to.not.contain(SECRET);
    expect(JSON.stringify(span.raw)).to.contain('[removed]').and.to.contain('"99"');
    expect(JSON.stringify(saved)).to.contain(SECRET);
    expect([span.model, span.provider]).to.deep.equal(['gemini-2.5-flash', 'gcp.gemini']);
    const shown = [...span.attributes.keys()].filter((key) => key.includes('.header.'));
    expect(shown).to.deep.equal([
      'http.request.header.content-type',
      'http.request.header.x-request-id',
      'http.response.header.content-type',
      'http.response.header.x-request-id',
    ]);
    expect(withoutSecrets('https://a.b/c?X-Amz-Signature=1&q=2#key=3')).to.equal(
      'https://a.b/c?X-Amz-Signature=[removed]&q=2#key=3',
    );
  });

  it('failures: of the service, and of the way to it', () => {
    const error = {
      content: { text: JSON.stringify({ error: { message: 'Bad key.', type: 'invalid_request_error' } }) },
    };
    const refused = only(entry(asked, { ...error, status: 401, statusText: 'Unauthorized' }));
    expect([refused.status, refused.exceptions]).to.deep.equal([
      'error',
      [{ type: 'invalid_request_error', message: 'Bad key.' }],
    ]);
    const broken = only(entry(asked, { content: { text: '<html>' }, status: 502, statusText: 'Bad Gateway' }));
    expect([broken.statusMessage, broken.exceptions]).to.deep.equal([
      'HTTP 502 Bad Gateway',
      [{ type: '502', message: 'HTTP 502 Bad Gateway' }],
    ]);
    const lost = only(entry(asked, { status: 0, statusText: '', _error: 'net::ERR_FAILED' }, { time: -1 }));
    expect([lost.statusMessage, lost.end]).to.deep.equal(['net::ERR_FAILED', undefined]);
  });

  it('leaves out what is no call of a model, and says how much', () => {
    const page = entry({ method: 'GET', url: 'https://a.b/' }, { content: { text: '{"hello":1}' } });
    const traces = readWith(har, archive(page, entry(asked, answered), 'x', entry(asked, answered)));
    expect(traces.map(({ id }) => id)).to.deep.equal(['chatcmpl-1', 'entry-3']);
    const problems = traces.flatMap((trace) => trace.problems.map(({ message }) => message));
    expect(problems).to.include('1 of 3 entries are no calls of a model and were left out.');
  });

  it('survives anything', () => survivesAnything(har, archive(entry(asked, answered), entry(asked, {}))));
});
