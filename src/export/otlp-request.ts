import { retryAfter } from './backoff.js';
import { otlpJson, type OtlpAnswer, type OtlpEncoding } from './otlp-encoding.js';
import type { OtlpExporterOptions } from './otlp-exporter.js';

/**
 * What became of a request.
 * `stored`: taken, but for `rejected` spans. `later`: not now. `fault`: the receiver's own failure, which may end, or may
 * come of these very spans. `too-large`: not so many at once. `refused`: never. `closed`: nothing that is sent there will
 * be taken, until something is changed by hand.
 */
export interface Outcome {
  is: 'stored' | 'later' | 'fault' | 'too-large' | 'refused' | 'closed';
  rejected: number;
  message?: string;
  /** Milliseconds that the receiver asks for. */
  wait?: number;
}

/** Answers that say: later (opentelemetry-proto, docs/specification.md, "Retryable Response Codes"). */
const LATER: ReadonlySet<number> = new Set([429, 502, 503, 504]);
/** Answers that are about the address or the key: no other spans would fare better. */
const CLOSED: ReadonlySet<number> = new Set([401, 403, 404, 405, 415]);
/** Characters of what a receiver says. */
const MESSAGE = 200;

/** Sends the body of a request. Rejects where no answer comes. */
export async function sendOtlp(
  bytes: Uint8Array<ArrayBuffer>,
  options: OtlpExporterOptions,
  keepalive: boolean,
): Promise<Outcome> {
  const { url, headers, credentials = 'same-origin', timeout = 10_000, encoding = otlpJson } = options;
  const all = new Headers(await (typeof headers === 'function' ? headers() : headers));
  all.set('content-type', encoding.contentType);
  // A page that goes away has no time for it.
  const isPacked = !keepalive && (options.gzip ?? isOwnOrigin(url)) && typeof CompressionStream === 'function';
  if (isPacked) all.set('content-encoding', 'gzip');
  const body = isPacked ? await packed(bytes) : bytes;
  const signal = AbortSignal.timeout(timeout);
  const response = await untraced(options.fetch)(url, {
    method: 'POST',
    headers: all,
    body,
    keepalive,
    credentials,
    signal,
  });
  return outcomeOf(response, await answerOf(response, encoding));
}

function outcomeOf({ ok, status, headers }: Response, { rejected = 0, message }: OtlpAnswer): Outcome {
  if (ok) {
    const said = rejected > 0 ? `The receiver rejected ${rejected} spans` : message && 'The receiver warns';
    return { is: 'stored', rejected, ...(said && { message: sentence(said, message) }) };
  }
  const failed = { rejected: 0, message: sentence(`The receiver answered ${status}`, message) };
  if (LATER.has(status)) {
    const wait = retryAfter(headers.get('retry-after'));
    return { is: 'later', ...failed, ...(wait !== undefined && { wait }) };
  }
  if (status === 413) return { is: 'too-large', ...failed };
  if (CLOSED.has(status)) return { is: 'closed', ...failed };
  return { is: status >= 500 ? 'fault' : 'refused', ...failed };
}

const sentence = (said: string, why: string | undefined): string =>
  why ? `${said}: ${why.slice(0, MESSAGE)}` : `${said}.`;

/** What a receiver says; nothing where it says nothing that can be read. Many answer with nothing, or with a page. */
async function answerOf(response: Response, encoding: OtlpEncoding): Promise<OtlpAnswer> {
  try {
    const type = response.headers.get('content-type') ?? '';
    const known = [otlpJson, encoding].find(({ contentType }) => type.startsWith(contentType));
    if (known) return known.decode(new Uint8Array(await response.arrayBuffer()));
    return !response.ok && type.startsWith('text/plain') ? { message: await response.text() } : {};
  } catch {
    return {};
  }
}

const packed = (bytes: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer> =>
  new Response(new Blob([bytes]).stream().pipeThrough(new CompressionStream('gzip'))).arrayBuffer();

const isOwnOrigin = (url: string): boolean =>
  absolute(url).origin === (globalThis as Partial<typeof globalThis>).origin;

/** An address as `fetch` takes it: in a page relative to its `base`. */
export function absolute(url: string): URL {
  const { document, location } = globalThis as Partial<typeof globalThis>;
  return new URL(url, document?.baseURI ?? location?.href);
}

/** What stands for a `fetch` names it so, by a custom that OpenTelemetry's instrumentations began. */
type Traced = typeof fetch & { __original?: typeof fetch };

/** The `fetch` behind one that is traced: spans of our own requests would be sent by more of them, for ever. */
function untraced(given: typeof fetch | undefined): typeof fetch {
  let found: Traced = given ?? globalThis.fetch;
  while (found.__original) found = found.__original;
  return (input, init) => found.call(undefined, input, init);
}
